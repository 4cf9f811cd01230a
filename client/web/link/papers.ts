import { workingDaysLate } from '../../../domain/deadline';
import { positionOf } from '../../../domain/plan';
import { leadOf, type TaskState } from '../../../domain/task';
import { dateAt } from '../../../domain/time';
import type { TaskRow } from '../../../ledger/board';
import { readUnits, resolvePosition } from '../../../ledger/directory';
import { listLetters, type SentLetter } from '../../../ledger/letters';
import { readPlan } from '../../../ledger/plans';
import { readRecord } from '../../../ledger/record';
import { unitName } from '../../../messages';
import { inputsTable, type InputsTable } from '../../../messages/inputs-table';
import { type Letter, letterOf } from '../../../messages/letters/letter';
import type { LinkDeps } from './deps';
import { type OpenLink, unitOfLink } from './open-link';

/** What the system itself wrote about a task, as one position may read it: letters that left, drafts as they would leave now, consultations that have a table. */
export type Papers = { readonly letters: readonly SentLetter[]; readonly drafts: readonly Letter[]; readonly consultations: readonly number[] };
type About = { readonly row: TaskRow; readonly state: TaskState | undefined };

/** A letter is between supervisor, lead and whom the supervisor reports to; a coordinating unit has no part in it. */
const seesLetters = (unit: string, s: TaskState): boolean => [leadOf(s), s.supervisor, s.seed.hostUnit, s.seed.authorityOffice].includes(unit);
const seesDrafts = (unit: string, s: TaskState): boolean => unit === s.supervisor && (s.name === 'assigned' || s.name === 'in_progress') && s.letters.length > 0;
const seesInputs = (unit: string, s: TaskState): boolean => [leadOf(s), s.supervisor].includes(unit);

const draftsOf = async ({ ledger }: LinkDeps, { at }: OpenLink, row: TaskRow, state: TaskState): Promise<readonly Letter[]> => {
  const [plan, units, record, leader] = await Promise.all([
    readPlan(ledger, row.plan), readUnits(ledger), readRecord(ledger, row.id, at), resolvePosition(ledger, positionOf(state.supervisor, 'leader'), dateAt(at)),
  ]);
  if (plan === undefined || record === undefined) return [];
  const isThere = leader?.position === positionOf(state.supervisor, 'leader');
  return state.letters.map(({ rung, dueOn }) => letterOf({
    plan: plan.header, units, code: row.id, title: row.title, rung, lead: leadOf(state), supervisor: state.supervisor, dueOn, on: dateAt(at),
    workingDays: workingDaysLate(state.seed.calendar, dueOn, dateAt(at)), record: isThere ? { ...record, signer: { name: leader.name, isDeputy: leader.isDeputy } } : record,
  }));
};

/** None of a confidential task, which is handled on paper. */
export const papersFor = async (deps: LinkDeps, link: OpenLink, { row, state }: About): Promise<Papers> => {
  const unit = unitOfLink(link);
  if (state === undefined || row.isConfidential) return { letters: [], drafts: [], consultations: [] };
  return {
    letters: seesLetters(unit, state) && state.everOverdue ? await listLetters(deps.ledger, row.id) : [],
    drafts: seesDrafts(unit, state) ? await draftsOf(deps, link, row, state) : [],
    consultations: seesInputs(unit, state) ? state.consultations.map((c) => c.no) : [],
  };
};

/** Biểu 03 of one consultation as of now; undefined where there is none that the position may read. */
export const inputsFor = async ({ ledger }: LinkDeps, { at }: OpenLink, { papers, row }: { readonly papers: Papers; readonly row: TaskRow }, no: number): Promise<InputsTable | undefined> => {
  const [record, units] = papers.consultations.includes(no) ? await Promise.all([readRecord(ledger, row.id, at), readUnits(ledger)]) : [];
  return record && inputsTable(record, no, { names: (unit) => unitName(units ?? {}, unit), title: row.title, asOf: dateAt(at) });
};
