import { sql } from 'kysely';
import type { Seat, Unit, UnitGroup } from '../../domain/plan';
import { datedTasksOf, listMessages, listTasks, openSeeds, openTasksOf, readOutlook, readUndelivered, specsOf, taskHistory } from '../../ledger/board';
import { readAgenda, readClockBearers } from '../../ledger/agenda';
import { loadCalendarYears } from '../../ledger/calendar';
import { commitBatch } from '../../ledger/commit';
import type { Ledger } from '../../ledger/connect';
import { diffDirectory, importDirectory, readDirectory, seatsOn } from '../../ledger/directory';
import { fileNames } from '../../ledger/files';
import { insertLinks, revokeLinks } from '../../ledger/links';
import { noteReferences, readLostContents } from '../../ledger/lost';
import {
  type AttemptRef, claimQueued, endOpenAttempts, failOver, holdUnsaid, markBodyStarted, planDetours, planNotices, postponeDeliveries, putOff, readAmendedTitles, readHeld, readLost, readNotices,
  readProjections, readQueue, readSendables, readStarts, readStillWaiting, readTaken, readUndecided, recordReceipt, recordResults, releaseUnsaid, setNextSteps, settleDeliveries,
  supersede, writeFrozen,
} from '../../ledger/outbox';
import { insertPlan, recordStart } from '../../ledger/plans';
import { findSentMail } from '../../ledger/replies';
import { statesFromEvents } from '../../ledger/rebuild';
import { insertAll } from '../../ledger/rows';
import { deleteTerms } from '../../ledger/seats';
import { readAudit, readSealKeys, writeAudit, writeSealKeys } from '../../ledger/settings';
import { clearNeedsRepair, insertTask, insertTasks, listOpenTasks, markNeedsRepair, readEventsOf, readSeeds } from '../../ledger/tasks';
import { readTexts } from '../../ledger/texts';
import { recordUnsealed } from '../../ledger/unsealed';
import { unknownTasks } from '../../ledger/watch';
import { all, fillLedger, MANY, slimSeed } from '../support/large-ledger';
import { ledgerEngines } from '../support/ledger';
import { ledgerQueries } from '../support/ledger-queries';
import { header, spec } from '../support/builders';
import { acknowledgedEvent, assignedEvent, noticeOf, projectionFor, START } from '../support/task-values';

const LATER = START + 3_600_000;
const ids = (prefix: string): readonly string[] => all((i) => `${prefix}-${i}`);
const attempts: readonly AttemptRef[] = all((i) => ({ key: `m-${i}`, number: 1 }));
const onChannel = (channel: 'email' | 'sms') => all((i) => ({ notice: `p-${i}`, channel }));
const unit = (i: number): Unit => ({ id: `u-${i}`, name: 'Sở', shortName: 'Sở', smsName: 'SO', type: 'department', address: 'quý Sở', aliases: [] });
const seat = (i: number): Seat => ({ position: `u-${i}/head`, person: `h-${i}`, name: 'Nguyễn Văn', from: '2018-01-01', email: `h${i}@x.example` });
const group = (i: number): UnitGroup => ({ id: `g-${i}`, name: 'Nhóm', aliases: [], members: [] });
const directory = () => ({ hostUnit: 'u-1', authorityOffice: 'u-2', smsPrefix: 'X', units: all(unit), groups: all(group), seats: all(seat) });
const import_ = { replace: true, today: '2019-01-01' } as const;
const frozen = (i: number) => ({
  key: `w-${i}`, plan: 'CN18', channel: 'email' as const, address: `w${i}@x.example`, class: 'digest' as const, group: '2018-10-22', positions: ['u-1/officer' as const], subject: 'x',
  content: Buffer.from('bytes'), contentType: 'message/rfc822', template: null, preview: {}, links: [], receipts: [{ plan: 'CN18', unit: `w-${i}` }],
  deliveries: [{ notice: `p-${i}`, channel: 'email' as const, position: 'u-1/officer' as const }],
});
const link = (i: number) => ({
  id: `k-${i}`, hash: `hk-${i}`, keyId: 'k', kind: 'page' as const, slot: 's', message: `m-${i}`, notice: null, position: 'u-1/officer' as const, person: null, task: null, step: null, version: null, expiresOn: '2019-01-01',
});

const countDeliveries = async (db: Ledger, columns: Readonly<Record<string, unknown>>): Promise<number> => {
  const wheres = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return (await sql<{ n: number }>`select count(*)::int as n from delivery where ${sql.join(wheres, sql` and `)}`.execute(db)).rows[0]?.n ?? 0;
};

/** What each query that takes a list says to {@link MANY} elements, and what it then answers; in this order, because the later ones stand on the earlier. */
const LISTS: Readonly<Record<string, (db: Ledger) => Promise<unknown>>> = {
  listMessages: async (db) => (await listMessages(db, { keys: ids('m'), limit: MANY })).length,
  specsOf: async (db) => (await specsOf(db, all((i) => ({ id: `T-${i}`, plan: 'CN18' })))).size,
  listTasks: async (db) => (await listTasks(db, { ids: ids('T') })).filter((t) => t.title.startsWith('title ')).length,
  readProjections: async (db) => (await readProjections(db, ids('T'))).size,
  readStarts: async (db) => (await readStarts(db, ['start-1', ...ids('start-')])).size * MANY,
  readTaken: async (db) => (await readTaken(db, ids('g'))).size,
  readSendables: async (db) => (await readSendables(db, ids('m'))).filter((m) => m.links.length === 1).length,
  readNotices: async (db) => (await readNotices(db, ids('m'))).size,
  readAmendedTitles: async (db) => (await readAmendedTitles(db, ids('T'))).size,
  readSeeds: async (db) => (await readSeeds(db, ids('T'))).size,
  readEventsOf: async (db) => (await readEventsOf(db, ids('T'))).size,
  statesFromEvents: async (db) => (await statesFromEvents(db, ids('T'))).size,
  readTexts: async (db) => (await readTexts(db, ids('tx'))).size,
  unknownTasks: async (db) => (await unknownTasks(db, [...ids('T'), ...ids('U')])).length,
  markNeedsRepair: async (db) => {
    await markNeedsRepair(db, ids('T'), 'x');
    return (await listOpenTasks(db)).filter((t) => t.needsRepair === 'x').length;
  },
  clearNeedsRepair: async (db) => {
    await clearNeedsRepair(db, ids('T'));
    return MANY - (await listOpenTasks(db)).filter((t) => t.needsRepair !== null).length;
  },
  fileNames: async (db) => (await fileNames(db, ids('f'))).size,
  diffDirectory: async (db) => (await diffDirectory(db, directory(), import_)).filter((c) => c.what === 'unit').length,
  importDirectory: async (db) => (await importDirectory(db, directory(), import_)).filter((c) => c.what === 'group').length,
  deleteTerms: async (db) => {
    await deleteTerms(db, all(seat).map((s) => ({ position: s.position, person: s.person, from_on: s.from, deputy_of: null })));
    return (await readDirectory(db))?.seats.length;
  },
  loadCalendarYears: async (db) => (await loadCalendarYears(db, all((year) => ({ year, status: 'provisional', off: [], madeUp: [], tet: '2019-02-05', sources: [] })))).years.length,
  insertPlan: async (db) => (await insertPlan(db, {
    header: { ...header, code: 'B' }, tasks: all((i) => spec({ id: `B-${i}` })), file: { name: 'b', content: Buffer.from('b'), hash: 'b' }, startedAt: START,
  })) === 'written' ? MANY : 0,
  recordStart: async (db) => {
    await recordStart(db, { id: 'start-2', plan: 'CN18', tasks: ids('B'), startedAt: START });
    return (await readStarts(db, ['start-2'])).get('start-2')?.missing;
  },
  insertTasks: async (db) => {
    await insertTasks(db, all((i) => slimSeed(`B-${i}`)), START);
    return (await readSeeds(db, ids('B'))).size;
  },
  insertTask: async (db) => {
    await insertTask(db, { ...slimSeed('C-1'), spec: { ...slimSeed('C-1').spec, coordinating: ids('u') } }, START);
    return (await readSeeds(db, ['C-1'])).get('C-1')?.spec.coordinating.length;
  },
  commitBatch: async (db) => {
    const events = all((seq) => assignedEvent(seq));
    const notices = all((i) => noticeOf('C-1', { key: `c-${i}`, channels: ['email'] }));
    const { outcome } = await commitBatch(db, { task: 'C-1', events, notices, projection: projectionFor('C-1', MANY), now: START });
    return outcome === 'written' ? (await taskHistory(db, 'C-1')).length : 0;
  },
  noteReferences: async (db) => {
    await noteReferences(db, 'T-1', all((seq) => {
      const event = acknowledgedEvent(seq);
      if (event.type !== 'acted' || event.act !== 'acknowledge') return event;
      return { ...event, fields: { deliverable: { id: `gone-${seq}`, hash: 'h', length: 1 } } };
    }));
    return (await readLostContents(db)).length;
  },
  planNotices: (db) => planNotices(db, all((i) => ({ notice: noticeOf('T-1', { key: `p-${i}`, channels: ['email'], class: 'digest' }), plan: 'CN18' }))),
  planDetours: async (db) => {
    await planDetours(db, onChannel('sms'), START);
    return countDeliveries(db, { state: 'planned', reason: 'fallback' });
  },
  holdUnsaid: async (db) => {
    await holdUnsaid(db, onChannel('sms').map((ref) => ({ ...ref, why: 'no-words' })), LATER);
    return releaseUnsaid(db);
  },
  postponeDeliveries: async (db) => {
    await postponeDeliveries(db, onChannel('sms'), LATER);
    return countDeliveries(db, { state: 'planned', send_at: new Date(LATER) });
  },
  settleDeliveries: async (db) => {
    await settleDeliveries(db, all((i) => ({ notice: `p-${i}`, channel: 'sms', state: 'dropped', reason: 'no-text' })));
    return countDeliveries(db, { state: 'dropped', channel: 'sms' });
  },
  writeFrozen: async (db) => {
    await writeFrozen(db, all(frozen), START);
    return countDeliveries(db, { state: 'claimed', channel: 'email' }).then((n) => n - MANY);
  },
  supersede: async (db) => (await supersede(db, all((i) => ({ key: `w-${i}`, attempt: 0, reason: 'next-day', dead: [{ notice: `p-${i}`, reason: 'done' }] })), START)).length,
  insertLinks: async (db) => {
    await insertLinks(db, all(link), START);
    return (await readSendables(db, ids('m'))).filter((m) => m.links.length === 2).length;
  },
  claimQueued: async (db) => (await claimQueued(db, ids('m'), START)).size,
  markBodyStarted: async (db) => (await markBodyStarted(db, attempts, START)).size,
  findSentMail: async (db) => (await findSentMail(db, ids('m'))).filter((m, i) => m.key === `m-${i + 1}`).length,
  recordResults: async (db) => (await recordResults(db, attempts.map((a) => ({ ...a, outcome: 'ambiguous', detail: 'x', providerId: `id-${a.key}` })), START)).size,
  putOff: async (db) => {
    await setNextSteps(db, all((i) => ({ key: `m-${i}`, attempts: 1, awaits: 'attempt', at: START })), START);
    await putOff(db, ids('m'), LATER);
    return Number((await db.selectFrom('message').select((e) => e.fn.countAll<number>().as('n')).where(sql<boolean>`next_try_at = ${new Date(LATER)}`).executeTakeFirst())?.n);
  },
  setNextSteps: async (db) => {
    await setNextSteps(db, all((i) => ({ key: `m-${i}`, attempts: 1, awaits: 'channel' })), START);
    return (await readLost(db)).length;
  },
  failOver: async (db) => {
    await failOver(db, ids('m'), START);
    return countDeliveries(db, { state: 'planned', channel: 'sms', reason: 'fallback' });
  },
  recordReceipt: async (db) => (await recordReceipt(db, all((i) => ({ source: 'mailbox', key: `m-${i}`, status: 'delivered', detail: '' })), START)).applied,
  revokeLinks: async (db) => {
    await revokeLinks(db, ids('m'), 'test', START);
    return Number((await db.selectFrom('link').select((e) => e.fn.countAll<number>().as('n')).where('revoked_reason', '=', 'test').executeTakeFirst())?.n) / 2;
  },
  writeAudit: async (db) => {
    await writeAudit(db, { at: START, codes: ids('c') });
    return (await readAudit(db))?.codes.length;
  },
  recordUnsealed: async (db) => {
    const acts = all((i) => ({ id: `u-${i}`, task: `T-${i}`, act: 'confirm', position: 'u-1/leader', via: 'link', why: 'missing' as const, decidedAt: START }));
    await recordUnsealed(db, acts, Date.now());
    return Number((await db.selectFrom('unsealed_act').select((e) => e.fn.countAll<number>().as('n')).executeTakeFirst())?.n);
  },
  writeSealKeys: async (db) => {
    await writeSealKeys(db, ids('k'));
    return (await readSealKeys(db))?.length;
  },
  insertAll: async (db) => Number((await insertAll(db, 'tally', all((i) => ({ kind: 'k', subject: `${i}`, since: new Date(START).toISOString(), count: 1 }))).executeTakeFirst()).numInsertedOrUpdatedRows),
};

/** What reads all that there is: the whole of a ledger of {@link MANY} rows. */
const WHOLE: Readonly<Record<string, (db: Ledger) => Promise<unknown>>> = {
  readAgenda: async (db) => (await readAgenda(db)).wakes.length,
  readClockBearers: async (db) => (await readClockBearers(db)).tasks.length,
  listOpenTasks: async (db) => (await listOpenTasks(db)).length,
  'the board': async (db) => (await listTasks(db)).length,
  'the open tasks of a unit': async (db) => (await openTasksOf(db, 'tb-skhdt')).length,
  'the dates of a unit': async (db) => (await datedTasksOf(db, 'tb-skhdt')).length,
  openSeeds: async (db) => (await openSeeds(db)).length,
  readQueue: async (db) => (await readQueue(db, 'email', MANY, LATER)).length,
  seatsOn: async (db) => ids('u').filter(((resolve) => (u: string) => resolve(`${u}/officer`) !== undefined)(await seatsOn(db, '2018-10-22'))).length,
};

/** For a busy machine: on a quiet one each takes a second or two. */
const LIMIT_MS = 180_000;

describe('a ledger of many rows', () => {
  // One engine is enough: the number of parameters is a limit of the protocol, which both speak.
  const engine = ledgerEngines().at(-1)!;
  let db: Ledger;
  beforeAll(async () => {
    db = await engine.freshLedger();
    await fillLedger(db);
  }, LIMIT_MS);
  afterAll(() => engine.stop());

  it('has an entry here for every query that takes a list', () => {
    expect(ledgerQueries().filter((q) => q.takesList).map((q) => q.name).sort()).toEqual(Object.keys(LISTS).sort());
  });

  it.each(Object.keys(WHOLE))('is read whole: %s', async (name) => {
    expect(await WHOLE[name]!(db)).toBe(MANY);
  }, LIMIT_MS);

  it('tells what waits, what is held and what did not arrive', async () => {
    expect((await readHeld(db)).starts).toMatchObject([{ tasks: MANY }]);
    expect((await readOutlook(db, LATER)).tasks).toEqual([]);
    expect((await readUndelivered(db, '2018-10-22')).messages).toEqual([]);
    expect([await readStillWaiting(db, START, LATER), await readUndecided(db), await endOpenAttempts(db, START)]).toEqual([[], [], 0]);
  }, LIMIT_MS);

  it.each(Object.keys(LISTS))('takes them at once: %s', async (name) => {
    expect(await LISTS[name]!(db)).toBe(MANY);
  }, LIMIT_MS);
});
