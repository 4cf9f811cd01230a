import { Hono } from 'hono';
import { peerOf, UNNAMED } from '../../../client/web/link/peer';

const peer = async (trustProxy: boolean, forwarded: string | undefined, remoteAddress = '127.0.0.1'): Promise<string> => {
  const app = new Hono().get('/', (c) => c.text(peerOf(c, trustProxy)));
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress } } })).text();
};

test('a proxy is believed where the site says so, in its own last word', async () => {
  expect(await peer(true, '198.51.100.1, 192.0.2.7')).toBe('192.0.2.7');
  expect(await peer(false, '198.51.100.1, 192.0.2.7', '192.0.2.9')).toBe('192.0.2.9');
  expect([await peer(true, undefined), await peer(true, ' , ')]).toEqual([UNNAMED, UNNAMED]);
});

test('one peer stays one, however a proxy spells it: with a port, as IPv6, from any address of its own network', async () => {
  for (const spelling of ['192.0.2.7:50123', '::ffff:192.0.2.7', '[::ffff:192.0.2.7]:443', ' 192.0.2.7 ']) expect(await peer(true, spelling)).toBe('192.0.2.7');
  const networks = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff:1:2:3', '[2001:db8:1:2::9]:443', '2001:0db8:0001:0002:0:0:0:5'].map((one) => peer(true, one));
  expect(new Set(await Promise.all(networks))).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(await peer(true, '2001:db8::1')).toBe('2001:db8:0:0::/64');
});
