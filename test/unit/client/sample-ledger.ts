import { readFileSync } from 'node:fs';
import { readDirectory } from '../../../config/directory';
import { readPlan } from '../../../config/read-plan';
import { hashOf, seedsOf } from '../../../client/start-plan';
import { SHIPPED_CALENDAR } from '../../../domain/calendar-data';
import type { Command } from '../../../domain/acts';
import { live } from '../../../domain/life';
import { instantAt, type Instant } from '../../../domain/time';
import { commitBatch } from '../../../ledger/commit';
import type { Ledger } from '../../../ledger/connect';
import { importDirectory } from '../../../ledger/directory';
import { insertPlan } from '../../../ledger/plans';
import { writeClock } from '../../../ledger/settings';
import { insertTask } from '../../../ledger/tasks';
import { writeText } from '../../../ledger/texts';
import { hashSecret } from '../../../links';

const PLAN = 'examples/ke-hoach-25-ctr-thai-binh.txt';
/** Secrets in Crockford's letters, as a mail would carry them. */
export const SECRETS = { task: 'A'.repeat(26), page: 'B'.repeat(26), expired: 'C'.repeat(26), revoked: 'D'.repeat(26), secret: 'E'.repeat(26) } as const;
export const NOW = instantAt('2020-01-02', 9 * 60);

/**
 * The real plan, started on 22/10/2018 and seen on 02/01/2020: task 05 was acknowledged and is overdue, task 01 nobody touched, task 09 is
 * confidential. One mail stands in the outbox; five links were given out.
 */
export const fillLedger = async (ledger: Ledger): Promise<void> => {
  const { directory } = readDirectory(readFileSync('examples/thu-muc-thai-binh.yaml', 'utf8'), 'thu-muc');
  if (!directory) throw new Error('the example directory has errors');
  await importDirectory(ledger, directory, { replace: false, today: '2018-10-22' });
  await writeClock(ledger, { anchor: 0, from: NOW, rate: 1, until: NOW });
  const bytes = readFileSync(PLAN);
  const { plan } = readPlan({ name: PLAN, bytes }, { directory, code: 'CN18' });
  if (!plan) throw new Error('the example plan has errors');
  const wanted = plan.tasks.filter((t) => ['CN18-01', 'CN18-05', 'CN18-09'].includes(t.id)).map((t) => (t.id === 'CN18-09' ? { ...t, confidential: true } : t));
  const startAt = instantAt('2018-10-22', 8 * 60);
  await insertPlan(ledger, { header: plan.plan, tasks: wanted, file: { name: 'ke-hoach.txt', content: bytes, hash: hashOf(bytes) }, startedAt: startAt });
  const deliverable = await writeText(ledger, { subject: 'CN18-05', field: 'deliverable', content: 'Quyết định <b>của</b> UBND tỉnh', now: startAt });
  const acknowledge: Command = { act: 'acknowledge', fields: { deliverable }, actor: { by: 'tb-skhdt/officer', via: 'cli', operator: 'os-1' } };
  for (const seed of seedsOf(plan, wanted, { calendar: SHIPPED_CALENDAR, startAt, startId: 'start-1' })) {
    await insertTask(ledger, seed, startAt);
    const played = live(seed, seed.id === 'CN18-05' ? [{ at: instantAt('2018-10-23', 9 * 60), command: acknowledge }] : [], NOW);
    await commitBatch(ledger, { task: seed.id, events: played.events, notices: played.notices, projection: played.views.at(-1)!.projection, now: NOW });
  }
  await addMail(ledger, startAt);
  await addLinks(ledger, startAt);
};

const addMail = async (ledger: Ledger, at: Instant): Promise<void> => {
  const slot = 'S'.repeat(26);
  await ledger.insertInto('message').values({ key: 'm-1', plan: 'CN18', channel: 'email', address: 'dau-moi@skhdt.example', class: 'act', grp: 'start-1', positions: ['tb-skhdt/officer'], subject: '[CN18-05] Giao nhiệm vụ', state: 'failed', reason: 'rejected', frozen_at: new Date(at) }).execute();
  await ledger.insertInto('attempt').values({ message: 'm-1', number: 1, started_at: new Date(at), outcome: 'rejected', detail: '550 no such user' }).execute();
  const preview = { subject: '[CN18-05] Giao nhiệm vụ', text: `Kính gửi: Sở Kế hoạch và Đầu tư\nhttps://nv.example/t/${slot}` };
  await ledger.insertInto('body').values({ message: 'm-1', content: Buffer.from('x'), hash: 'h', content_type: 'message/rfc822', preview: JSON.stringify(preview) }).execute();
  await ledger.insertInto('link').values({ id: 'l-0', hash: 'h-0', key_id: 'k', kind: 'step', slot, message: 'm-1', position: 'tb-skhdt/officer', task: 'CN18-05', created_at: new Date(at), expires_on: '2020-03-01' }).execute();
};

const addLinks = async (ledger: Ledger, at: Instant): Promise<void> => {
  const link = (id: keyof typeof SECRETS, task: string | null, more: { readonly expires_on?: string; readonly revoked_at?: Date; readonly revoked_reason?: string } = {}) =>
    ledger.insertInto('link').values({ id, hash: hashSecret(SECRETS[id]), key_id: 'k', kind: task === null ? 'position' : 'step', slot: id, position: 'tb-skhdt/officer', task, created_at: new Date(at), expires_on: '2020-03-01', ...more }).execute();
  await link('task', 'CN18-05');
  await link('page', null);
  await link('expired', 'CN18-05', { expires_on: '2020-01-01' });
  await link('revoked', 'CN18-05', { revoked_at: new Date(NOW), revoked_reason: 'đơn vị chủ trì đã được điều chỉnh' });
  await link('secret', 'CN18-09');
};
