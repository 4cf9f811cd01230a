import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { CannotStart } from '../../../embedded/up/home';
import { claimWebPort } from '../../../embedded/up/web-port';

const other = createServer();
let taken = 0;
beforeAll(async () => {
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  taken = (other.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => other.close(resolve)));

test('on real time a port that somebody has is refused by its number, because mails that were sent lead to it', async () => {
  const refused = claimWebPort(taken, true);
  await expect(refused).rejects.toThrow(CannotStart);
  await expect(refused).rejects.toThrow(new RegExp(`^Cổng ${taken} đang được chương trình khác sử dụng\\.[^]*DONDOC_WEB_PORT`));
});

test('a demonstration takes another, and so does who asked for any', async () => {
  const ports = [await claimWebPort(taken, false), await claimWebPort(0, true)];
  for (const port of ports) expect([port > 0, port === taken]).toEqual([true, false]);
});
