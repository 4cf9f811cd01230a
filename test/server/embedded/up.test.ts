import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv } from '../../../config/env';
import { parseInstant } from '../../../domain/time';
import { type Running, up } from '../../../embedded/up';
import { connectLedger, type Ledger } from '../../../ledger/connect';
import { readClock } from '../../../ledger/settings';
import { at } from '../../support/builders';
import { processesOf } from '../../support/processes';
import { workflowBundle } from '../../support/temporal';

const home = mkdtempSync(join(tmpdir(), 'dondoc-up-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const env = { PATH: processEnv()['PATH'], HOME: processEnv()['HOME'], LOG_LEVEL: 'warn' };
const start = async (said: string[] = []): Promise<Running> =>
  up({ env, home, fresh: false, realClock: false, ports: { web: 0, inbox: 0, smtp: 0 }, workflowBundle: workflowBundle.codePath, say: (text) => said.push(text) });

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 100));
};
const accepted = (ledger: Ledger) => ledger.selectFrom('message').select(['class', 'frozen_at', 'settled_at']).where('state', 'in', ['accepted', 'delivered']).orderBy('frozen_at').execute();
const storyTime = async (ledger: Ledger): Promise<number> => (await readClock(ledger))?.until ?? 0;

test('the plan comes to life, its first mails leave, time passes; stopped and started again it goes on, and nothing is left running', async () => {
  const said: string[] = [];
  const first = await start(said);
  const run: unknown = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8'));
  expect(run).toEqual({ temporalAddress: first.temporalAddress, uiUrl: first.uiUrl, webUrl: first.webUrl, inboxUrl: first.inboxUrl, smtpUrl: first.smtpUrl, metricsUrl: first.metricsUrl, socketDir: first.socketDir, pid: process.pid });
  for (const address of [first.webUrl, first.inboxUrl, first.uiUrl]) expect(said.join('\n')).toContain(address);
  expect(said.join('\n')).toContain('12 nhiệm vụ; đồng hồ trình diễn bắt đầu từ ngày 22/10/2018');
  expect(processesOf(home).length).toBeGreaterThan(0);

  const ledger = connectLedger({ socketDir: first.socketDir ?? '' });
  await until(async () => (await storyTime(ledger)) > at('2018-11-01T00:00') && (await accepted(ledger)).some((m) => m.class === 'digest'));
  const sent = await accepted(ledger);
  expect(sent[0]).toEqual({ class: 'act', frozen_at: at('2018-10-22T08:00'), settled_at: at('2018-10-22T08:00') });
  expect(sent.filter((m) => (m.settled_at ?? Infinity) - m.frozen_at > 30 * 60_000)).toEqual([]);
  await until(async () => (await ledger.selectFrom('message').select('key').where('channel', '=', 'sms').where('state', '=', 'delivered').execute()).length > 10);
  const mail = await ledger.selectFrom('message').select('key').where('channel', '=', 'email').executeTakeFirstOrThrow();
  const shown = await (await fetch(`${first.webUrl}/outbox/${mail.key}`)).text();
  expect(shown).toContain('Đã gửi');
  await ledger.close();
  await first.stop();
  expect(processesOf(home)).toEqual([]);
  expect(existsSync(join(home, 'run.json'))).toBe(false);

  const again: string[] = [];
  const second = await start(again);
  const reopened = connectLedger({ socketDir: second.socketDir ?? '' });
  const day = /chạy tiếp từ ngày (\d\d)\/(\d\d)\/(\d{4})/.exec(again.join('\n'));
  expect(parseInstant(`${day?.[3]}-${day?.[2]}-${day?.[1]}T23:59`)).toBeGreaterThan(at('2018-11-01T00:00'));
  const stoodAt = await storyTime(reopened);
  const before = (await accepted(reopened)).length;
  await until(async () => (await storyTime(reopened)) > stoodAt);
  expect(before).toBeGreaterThanOrEqual(sent.length);
  expect((await reopened.selectFrom('start').select('id').execute()).length).toBe(1);
  await reopened.close();
  await second.stop();
  expect(processesOf(home)).toEqual([]);
}, 240_000);

test('a real database is not a place for a demonstration, and data on real time are not wiped', async () => {
  await expect(up({ env: { ...env, DATABASE_URL: 'postgres://db.example/dondoc' }, home, fresh: false, realClock: false, say: () => undefined })).rejects.toThrow('Đề nghị bỏ DATABASE_URL');
  await expect(up({ env, home, fresh: false, realClock: true, ports: { web: 0 }, say: () => undefined })).rejects.toThrow('Đề nghị bỏ --real-clock');
});
