import { createCommit } from '../../activities/commit';
import type { ActFields } from '../../domain/acts';
import type { TaskEvent } from '../../domain/task';
import type { Ledger } from '../../ledger/connect';
import { noteLostContents, readLostContents } from '../../ledger/lost';
import { insertTask } from '../../ledger/tasks';
import { writeText } from '../../ledger/texts';
import { command } from '../support/builders';
import { KEYS, sealedEvent } from '../support/door';
import { onEachEngine } from '../support/ledger';
import { assignedEvent, projectionFor, seedOf, START } from '../support/task-values';

const TASK = 'CN18-01';
const GONE = { id: 'tx-gone', hash: 'h', length: 9 };
const FILE = { id: 'fl-gone', hash: 'h', length: 900, type: 'application/pdf' };

onEachEngine((fresh) => {
  describe('what a restored ledger lacks', () => {
    let ledger: Ledger;
    beforeEach(async () => {
      ledger = await fresh();
      await insertTask(ledger, seedOf(TASK), START);
    });
    const opened = (fields: ActFields['open-consultation']): TaskEvent => {
      const { act, actor } = command('open-consultation', 'tb-skhdt/officer', fields);
      return { ...assignedEvent(), type: 'acted', act, fields, actor, seq: 2 } as TaskEvent;
    };
    const writeAgain = (event: TaskEvent, isRestored: boolean) => {
      const events = [assignedEvent(), sealedEvent(TASK, event)];
      const batch = { task: TASK, events, notices: [], projection: projectionFor(TASK, 2), now: START };
      const commit = createCommit({ ledger, keys: KEYS, pokePost: async () => undefined });
      return commit({ ...batch, ...(isRestored ? { isRestored } : {}) });
    };

    it('is each text and file that an act written again refers to, with task, act, field and position', async () => {
      const there = await writeText(ledger, { subject: TASK, field: 'link', content: 'https://a.example/1', now: START });
      const event = opened({ subject: GONE, link: there, file: FILE });
      await writeAgain(event, true);
      const of = { task: TASK, seq: 2, act: 'open-consultation', position: 'tb-skhdt/officer', happenedAt: event.at };
      expect(await readLostContents(ledger)).toEqual([
        { ...of, id: FILE.id, kind: 'file', field: 'file' }, { ...of, id: GONE.id, kind: 'text', field: 'subject' },
      ]);
      await writeAgain(event, true);
      expect(await readLostContents(ledger)).toHaveLength(2);
      const found = { ...GONE, subject: TASK, field: 'subject', content: 'Nội dung', created_at: new Date(START) };
      await ledger.insertInto('text').values(found).execute();
      expect((await readLostContents(ledger)).map((l) => l.id)).toEqual([FILE.id]);
      expect(await noteLostContents(ledger, START)).toBe(1);
      expect(await readLostContents(ledger)).toEqual([]);
    });

    it('is nothing of a commit that was made for the first time', async () => {
      await writeAgain(opened({ subject: GONE }), false);
      expect(await readLostContents(ledger)).toEqual([]);
    });
  });
});
