import type { Refusal } from './acts';
import { lastOf, refuse } from './authority';
import { type Addressee, everyone, to } from './compose';
import type { Obstacle, ObstacleState } from './matters';
import type { NoticeFacts } from './notice';
import { type Context, done, type Outcome, type Said } from './outcome';
import { unitOf } from './plan';
import type { TextRef } from './refs';
import type { ActedEvent, TaskState } from './task';
import { type CivilDate, dateAt } from './time';

export const openObstacles = (state: TaskState): readonly Obstacle[] => state.obstacles.filter((o) => o.state !== 'decided');

/** The facts of every notice about an obstacle; `now` is how far the act brings it. */
export const obstacleFacts = (o: Pick<Obstacle, 'no' | 'unit' | 'raisedOn'>, now: ObstacleState, texts: NoticeFacts['texts'] = {}): Partial<NoticeFacts> =>
  ({ obstacle: o.no, unit: o.unit, obstacleOn: o.raisedOn, obstacleState: now, texts });

export const raiseObstacle = ({ state, fields, today, by }: Context<'raise-obstacle'>): Outcome => {
  const { hostUnit, authorityOffice } = state.seed;
  const unit = unitOf(by);
  const no = state.obstacles.length + 1;
  // The host unit has nothing to acknowledge towards itself: its own obstacle goes straight to whoever decides.
  const isConsolidated = unit === hostUnit;
  const facts = obstacleFacts({ no, unit, raisedOn: today }, isConsolidated ? 'consolidated' : 'raised',
    { text: fields.text, ...(fields.proposal ? { proposal: fields.proposal } : {}) });
  return done({ obstacle: no, isConsolidated }, [{ kind: 'obstacle-raised',
    to: [to(isConsolidated ? authorityOffice : hostUnit, 'officer', 'obstacle-raised')], facts }]);
};

type Found = { readonly ok: true; readonly obstacle: Obstacle } | Refusal;
/** The obstacle of a number, or the oldest one, among those in the given states. */
const find = (state: TaskState, no: number | undefined, states: readonly ObstacleState[],
  act: 'acknowledge-obstacle' | 'consolidate-obstacle' | 'decide-obstacle'): Found => {
  const obstacle = state.obstacles.find((o) => (no === undefined || o.no === no) && states.includes(o.state));
  if (obstacle) return { ok: true, obstacle };
  const last = lastOf(state, act, 'decide-obstacle');
  const isKnown = no !== undefined && state.obstacles.some((o) => o.no === no);
  return isKnown && last ? refuse('already-decided', `Khó khăn, vướng mắc số ${no} đã được xử lý ở bước này.`, last)
    : refuse('no-open-obstacle', 'Không có khó khăn, vướng mắc nào đang chờ xử lý ở bước này.', last);
};

const answered = (o: Obstacle, receivers: readonly Addressee[], now: ObstacleState, facts: Partial<NoticeFacts>): Said =>
  ({ kind: 'obstacle-answered', to: receivers, facts: { ...obstacleFacts(o, now), ...facts } });
const note = (text: TextRef | undefined): Partial<NoticeFacts> => (text ? { texts: { text } } : {});

export const acknowledgeObstacle = ({ state, fields }: Context<'acknowledge-obstacle'>): Outcome => {
  const found = find(state, fields.obstacle, ['raised'], 'acknowledge-obstacle');
  if (!found.ok) return found;
  const { obstacle } = found;
  return done({ obstacle: obstacle.no }, [answered(obstacle, [to(obstacle.unit, 'officer', 'obstacle-answered')], 'acknowledged', note(fields.text))]);
};

export const consolidateObstacle = ({ state, fields }: Context<'consolidate-obstacle'>): Outcome => {
  const found = find(state, fields.obstacle, ['raised', 'acknowledged'], 'consolidate-obstacle');
  if (!found.ok) return found;
  const { obstacle } = found;
  const texts = { text: obstacle.text, ...(obstacle.proposal ? { proposal: obstacle.proposal } : {}), ...(fields.text ? { opinion: fields.text } : {}) };
  return done({ obstacle: obstacle.no }, [
    { kind: 'obstacle-raised', to: [to(state.seed.authorityOffice, 'officer', 'obstacle-raised')], facts: obstacleFacts(obstacle, 'consolidated', texts) },
    answered(obstacle, [to(obstacle.unit, 'officer', 'obstacle-answered')], 'consolidated', note(fields.text)),
  ]);
};

/** Told to the raiser, to the host unit and to all units of the task, each once. */
export const decideObstacle = ({ state, fields }: Context<'decide-obstacle'>): Outcome => {
  const found = find(state, fields.obstacle, ['raised', 'acknowledged', 'consolidated'], 'decide-obstacle');
  if (!found.ok) return found;
  const { obstacle } = found;
  const others = [obstacle.unit, state.seed.hostUnit].map((unit) => to(unit, 'officer', 'obstacle-answered'));
  const all = [...everyone(state), ...others];
  const receivers = all.filter((a, i) => all.findIndex((b) => b.to === a.to) === i);
  return done({ obstacle: obstacle.no }, [answered(obstacle, receivers, 'decided', { document: fields.document, texts: { text: fields.text } })]);
};

export const onRaised = (state: TaskState, { fields, actor, at, result }: Extract<ActedEvent, { act: 'raise-obstacle' }>): TaskState => {
  const on = dateAt(at);
  const first = result.isConsolidated ? on : null;
  const raised: Obstacle = {
    no: result.obstacle ?? 0, unit: actor.by.slice(0, actor.by.lastIndexOf('/')), by: actor.by, state: first ? 'consolidated' : 'raised', raisedOn: on,
    since: on, chased: 0, text: fields.text,
    ...(fields.proposal ? { proposal: fields.proposal } : {}), acknowledgedOn: first, consolidatedOn: first, decidedOn: null,
  };
  return { ...state, obstacles: [...state.obstacles, raised] };
};

type Step = Extract<ActedEvent, { act: 'acknowledge-obstacle' | 'consolidate-obstacle' | 'decide-obstacle' }>;
const stepped = (o: Obstacle, event: Step, on: CivilDate): Obstacle => {
  switch (event.act) {
    case 'acknowledge-obstacle': return { ...o, state: 'acknowledged', acknowledgedOn: on };
    case 'consolidate-obstacle': return { ...o, state: 'consolidated', acknowledgedOn: o.acknowledgedOn ?? on, consolidatedOn: on };
    case 'decide-obstacle': return { ...o, state: 'decided', decidedOn: on, document: event.fields.document };
  }
};
export const onObstacle = (state: TaskState, event: Step): TaskState =>
  ({ ...state, obstacles: state.obstacles.map((o) => (o.no === event.result.obstacle ? stepped(o, event, dateAt(event.at)) : o)) });
