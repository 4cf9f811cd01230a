import { MINUTE_MS } from '../../domain/time';
import { type Cell, holdAt, type Setting, type Stage, within } from './cell';
import type { Told } from './people';
import type { Site } from './site';

/** How the victim of a kill is brought to a point and held there. `go` lets it go on, where it still can. */
type Hold = { readonly reached: Promise<void>; readonly go: () => void };
type Point = { readonly name: string; hold(site: Site, address: string): Hold };

const gate = (name: string, at: Parameters<Site['hands']['gate']>[0], isForAll = false): Point => ({
  name, hold: ({ hands }, address) => ({ reached: hands.gate(at, isForAll ? undefined : address), go: hands.go }),
});
const onLine = (name: string, line: keyof Site['lines'], point: string, isForAll = false): Point => ({
  name,
  hold: ({ lines }, address) => {
    const { listener, reached, release } = holdAt((place) => place.point === point && (isForAll || place.who === address));
    lines[line].listen(listener);
    return { reached, go: () => release('pass') };
  },
});
/** The server has all of it and has not answered. */
const whenTaken = (name: string): Point => ({
  name,
  hold: (site, address) => {
    let [arrive, go]: [() => void, () => void] = [() => undefined, () => undefined];
    const reached = new Promise<void>((resolve) => { arrive = resolve; });
    const waits = new Promise<void>((resolve) => { go = resolve; });
    let isHeld = false;
    site.onTaken((to) => {
      if (to !== address || isHeld) return undefined;
      isHeld = true;
      arrive();
      return waits;
    });
    return { reached, go };
  },
});

const PLANNED = gate('planned', 'planned', true);
const FREEZING = onLine('planned, in the middle of freezing', 'ledger', 'freeze answered', true);
const FROZEN = onLine('frozen', 'ledger', 'claim', true);
const CONNECT = gate('before connect', 'before-connect');
const RCPT = onLine('RCPT', 'smtp', 'rcpt');
const STARTED = gate('body asked for, not given', 'body-started');
const BODY = onLine('in the body', 'smtp', 'body');
const DOT = whenTaken('after the dot');
const ANSWERED = gate('after the answer, before the commit', 'answered');
const RECORDED = gate('after the commit', 'recorded', true);
const REQUEST = onLine('in the request', 'gateway', 'request');
const TAKEN = whenTaken('request taken, not answered');

const MAIL: readonly Point[] = [PLANNED, FREEZING, FROZEN, CONNECT, RCPT, STARTED, BODY, DOT, ANSWERED, RECORDED];
const SMS: readonly Point[] = [CONNECT, REQUEST, TAKEN, ANSWERED, RECORDED];

/** What dies, and how it comes back. */
type Killed = { readonly name: string; kill(site: Site): Promise<void>; revive(site: Site): Promise<void> };
const WORKER: Killed = { name: 'SIGKILL worker', kill: ({ hands }) => hands.kill(), revive: ({ hands }) => hands.restart() };
const SMTP: Killed = { name: 'SIGKILL SMTP server', kill: ({ smtp }) => smtp.kill(), revive: ({ smtp }) => smtp.start() };
const GATEWAY: Killed = { name: 'SIGKILL gateway', kill: ({ gateway }) => gateway.kill(), revive: ({ gateway }) => gateway.start() };
const POSTGRES: Killed = { name: 'SIGKILL PostgreSQL', kill: ({ postgres }) => postgres.kill(), revive: ({ postgres }) => postgres.start() };

const BYSTANDERS = 4;
/** By then what was refused for now is tried again. */
const SECOND_ATTEMPT_MS = 6 * MINUTE_MS;
type Reached = { readonly victim: Told; readonly hold: Hold; readonly running: Promise<unknown> };
/** The victim with some others, held at the point while the others go on. */
const reach = async ({ site, tell, addressOf }: Stage, point: Point, isEnding: boolean): Promise<Reached> => {
  const [victim] = await tell(1, site.hands.now(), isEnding);
  await tell(BYSTANDERS, site.hands.now(), false);
  const hold = point.hold(site, addressOf(victim!));
  const running = site.hands.pass();
  await within(`${point.name} is reached`, hold.reached);
  return { victim: victim!, hold, running };
};
const calm = (site: Site): void => {
  Object.values(site.lines).forEach((line) => line.listen(() => 'pass'));
  site.onTaken(() => undefined);
};

/** In turn: what was held goes on while the killed one is away, or when it is back; every second victim's step is done meanwhile. */
const killOnce = async (stage: Stage, killed: Killed, point: Point, round: number): Promise<void> => {
  const { site } = stage;
  const isEnding = round % 2 === 1;
  const { victim, hold, running } = await reach(stage, point, isEnding);
  if (isEnding) await stage.end([victim], site.hands.now());
  await killed.kill(site);
  if (round % 4 < 2) hold.go();
  if (killed === POSTGRES && round % 4 < 2) await within('the worker notices', running);
  await killed.revive(site);
  hold.go();
  calm(site);
  await within('the pass ends', running);
  await stage.settle();
};

const killCell = (killed: Killed, point: Point, setting: Setting, n: number): Cell => ({
  ...setting, fault: killed.name, point: point.name, n, short: 1,
  run: async (stage, rounds) => {
    for (let round = 0; round < rounds; round += 1) await killOnce(stage, killed, point, round);
    return rounds;
  },
});

/** The worker is only thought dead: another takes over and settles everything, then the first goes on. */
const lateCell = (point: Point, setting: Setting, n: number): Cell => ({
  ...setting, fault: 'worker thought dead, goes on later', point: point.name, n, short: 1,
  run: async (stage, rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      const { running, hold } = await reach(stage, point, false);
      const before = await stage.site.hands.takeOver();
      await stage.settle();
      hold.go();
      calm(stage.site);
      await within('the late one ends', before.goOn());
      await running;
      await stage.settle();
    }
    return rounds;
  },
});

/** `put off`: nothing was taken, and the post tries again; `in doubt`: it may have been, and the message has its own workflow. */
type Kind = 'put off' | 'in doubt';
const FAULTS = {
  'put off': ['defer-rcpt', 'busy-429'], 'in doubt': ['drop-after-dot', 'reset-after-request'],
} as const;
/** Brings a message into trouble at its first attempt. */
const trouble = async ({ site, tell, addressOf }: Stage, channel: Setting['channel'], kind: Kind): Promise<Told> => {
  const [bySmtp, byGateway] = FAULTS[kind];
  const [victim] = await tell(1, site.hands.now(), false);
  await tell(BYSTANDERS, site.hands.now(), false);
  const address = addressOf(victim!);
  const put = (isFaulty: boolean): void => {
    if (channel === 'email') site.faultOfSmtp(address, isFaulty ? bySmtp : 'none');
    else site.faultOfGateway(address, isFaulty ? byGateway : 'none');
  };
  put(true);
  await site.hands.pass();
  put(false);
  return victim!;
};

/** The worker dies in the second attempt: the post's of what was put off, the message's own workflow's of what is in doubt. */
const secondCell = (point: Point, setting: Setting, n: number, kind: Kind = 'put off'): Cell => ({
  ...setting, fault: 'SIGKILL worker in a second attempt', n, short: 1,
  point: kind === 'put off' ? point.name : `${point.name}, after a doubt`,
  run: async (stage, rounds) => {
    const { site } = stage;
    for (let round = 0; round < rounds; round += 1) {
      const victim = await trouble(stage, setting.channel, kind);
      site.hands.later(SECOND_ATTEMPT_MS);
      const hold = point.hold(site, stage.addressOf(victim));
      const running: Promise<unknown> = kind === 'put off' ? site.hands.send() : site.hands.attend();
      await within(`${point.name} is reached`, hold.reached);
      await site.hands.restart();
      hold.go();
      calm(site);
      await within('the attempt ends', running);
      await stage.settle();
    }
    return rounds;
  },
});

/** Every `message` workflow is gone: a pass of the post takes up what they looked after. */
const lossCell = (setting: Setting, n: number): Cell => ({
  ...setting, fault: 'Temporal lost', point: 'messages in trouble', n, short: 1,
  run: async (stage, rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      await trouble(stage, setting.channel, 'in doubt');
      stage.site.hands.lose();
      await stage.settle();
    }
    return rounds;
  },
});

const BY_MAIL: Setting = { channel: 'email', honoursKeys: true };
const BY_SMS: readonly Setting[] = [{ channel: 'sms', honoursKeys: true }, { channel: 'sms', honoursKeys: false }];

export const killCells: readonly Cell[] = [
  ...MAIL.map((point) => killCell(WORKER, point, BY_MAIL, 10)),
  ...BY_SMS.flatMap((setting) => SMS.map((point) => killCell(WORKER, point, setting, 6))),
  ...[CONNECT, RCPT, STARTED, BODY, DOT, ANSWERED].map((point) => killCell(SMTP, point, BY_MAIL, 8)),
  ...BY_SMS.flatMap((setting) => [CONNECT, REQUEST, TAKEN].map((point) => killCell(GATEWAY, point, setting, 6))),
  ...MAIL.map((point) => killCell(POSTGRES, point, BY_MAIL, 8)),
  ...[CONNECT, STARTED, DOT, ANSWERED].map((point) => secondCell(point, BY_MAIL, 6)),
  ...[CONNECT, STARTED, DOT, ANSWERED].map((point) => secondCell(point, BY_MAIL, 6, 'in doubt')),
  ...BY_SMS.flatMap((setting) => [CONNECT, REQUEST, TAKEN, ANSWERED].map((point) => secondCell(point, setting, 6))),
  ...[BY_MAIL, ...BY_SMS].map((setting) => lossCell(setting, 10)),
  ...[CONNECT, RCPT, STARTED, DOT, ANSWERED].map((point) => lateCell(point, BY_MAIL, 6)),
];
