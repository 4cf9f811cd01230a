import type { Fault } from '../support/smtp-peer';
import { type Cell, holdAt, type Setting, type Stage, within } from './cell';
import { GATEWAY_FAULTS, type GatewayFault } from './gateway-faults';
import type { Verdict } from './line';
import type { Told } from './people';
import type { Site } from './site';

/** So few at a time that the channel is not taken to be away, which would leave the rest untried. */
const VICTIMS = 15;
const BYSTANDERS = 5;
type Strike = {
  /** Before the first pass; answers how to count those met. */
  arm(site: Site, addresses: ReadonlySet<string>): () => number;
  disarm(site: Site, addresses: ReadonlySet<string>): void;
};

/** Victims by the dozen: the fault meets the first attempt of each, and in every second dozen what they are told is done afterwards. */
const dozens = async ({ site, tell, end, addressOf, settle }: Stage, strike: Strike, n: number): Promise<number> => {
  let faults = 0;
  for (let [left, dozen] = [n, 0]; left > 0; left -= VICTIMS, dozen += 1) {
    const victims: readonly Told[] = await tell(Math.min(left, VICTIMS), site.hands.now(), dozen % 2 === 1);
    await tell(BYSTANDERS, site.hands.now(), false);
    const addresses = new Set(victims.map(addressOf));
    const met = strike.arm(site, addresses);
    await site.hands.pass();
    faults += met();
    strike.disarm(site, addresses);
    if (dozen % 2 === 1) await end(victims, site.hands.now());
    await settle();
  }
  return faults;
};
const cellOf = (setting: Setting, fault: string, point: string, strike: Strike, n: number): Cell => ({
  ...setting, fault, point, n, short: 2, run: (stage, wanted) => dozens(stage, strike, wanted),
});

const bySmtp = (fault: Fault): Strike => ({
  arm: (site, addresses) => {
    addresses.forEach((to) => site.faultOfSmtp(to, fault));
    return () => addresses.size;
  },
  disarm: (site, addresses) => addresses.forEach((to) => site.faultOfSmtp(to, 'none')),
});
const byGateway = (fault: GatewayFault): Strike => ({
  arm: (site, addresses) => {
    addresses.forEach((to) => site.faultOfGateway(to, fault));
    return () => addresses.size;
  },
  disarm: (site, addresses) => addresses.forEach((to) => site.faultOfGateway(to, 'none')),
});
const SLOW_MS = 60;
/** Meets each victim once at a place of its conversation. */
const onLine = (line: 'smtp' | 'gateway', point: string, verdict: Verdict | 'delay'): Strike => ({
  arm: (site, addresses) => {
    const met = new Set<string>();
    site.lines[line].listen(async ({ point: at, who }) => {
      if (at !== point || !addresses.has(who) || met.has(who)) return 'pass';
      met.add(who);
      if (verdict !== 'delay') return verdict;
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      return 'pass';
    });
    return () => met.size;
  },
  disarm: (site) => site.lines[line].listen(() => 'pass'),
});

/**
 * The connections to the ledger are cut at a statement: before it is there, or after it was done and before anybody here knows; and each new one too, for so long.
 */
const ledgerCell = (point: string, isAnswer: boolean, awayMs = 0): Cell => ({
  channel: 'email', honoursKeys: true, n: 4, short: 1, ...(point === 'record' ? { isWithoutDoubt: true } : {}),
  fault: awayMs === 0 ? 'connection to PostgreSQL cut' : `PostgreSQL away for ${awayMs / 1000} s`,
  point: isAnswer ? `${point}, done but not answered` : `${point}, not done`,
  run: async ({ site, tell, settle }, rounds) => {
    for (let round = 0; round < rounds; round += 1) {
      await tell(BYSTANDERS, site.hands.now(), false);
      const { listener, reached, release } = holdAt((place) => place.point === (isAnswer ? `${point} answered` : point));
      site.lines.ledger.listen(listener);
      const running = site.hands.pass();
      await within(`${point} is reached`, reached);
      site.lines.ledger.listen(() => (awayMs === 0 ? 'pass' : 'cut'));
      release('cut');
      site.lines.ledger.cutAll();
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      site.lines.ledger.listen(() => 'pass');
      await within('the pass ends', running);
      await settle();
    }
    return rounds;
  },
});

/** Shorter than a record is tried for, and longer than any moment. */
const AWAY_MS = 5_000;

const BY_MAIL: Setting = { channel: 'email', honoursKeys: true };
const BY_SMS: readonly Setting[] = [{ channel: 'sms', honoursKeys: true }, { channel: 'sms', honoursKeys: false }];
const SMTP_FAULTS: readonly (readonly [Fault, string, string])[] = [
  ['drop-at-rcpt', 'server drops the line', 'RCPT'], ['drop-in-body', 'server drops the line', 'in the body'],
  ['drop-after-dot', 'server drops the line', 'after the dot'], ['drop-after-250', 'server drops the line', 'after the answer'],
  ['go-away-after-dot', 'server answers 421', 'after the dot'], ['defer-body', 'server answers 451', 'after the dot'], ['defer-rcpt', 'server answers 450', 'RCPT'],
  ['refuse-body', 'server answers 554', 'after the dot'], ['refuse-rcpt', 'server answers 550', 'RCPT'], ['stall-after-dot', 'server stalls', 'after the dot'],
];
const SMTP_PLACES: readonly (readonly [string, string])[] = [['rcpt', 'RCPT'], ['body', 'in the body'], ['dot', 'before the dot'], ['answer', 'after the dot']];

const GATEWAY_PLACES: readonly (readonly [string, 'cut' | 'hole', string])[] = [
  ['request', 'cut', 'in the request'], ['answer', 'cut', 'before its answer'], ['answer', 'hole', 'before its answer'],
];

export const lineCells: readonly Cell[] = [
  ...SMTP_FAULTS.map(([fault, name, point]) => cellOf(BY_MAIL, name, point, bySmtp(fault), 30)),
  ...SMTP_PLACES.map(([at, point]) => cellOf(BY_MAIL, 'line to the SMTP server cut', point, onLine('smtp', at, 'cut'), 30)),
  ...SMTP_PLACES.map(([at, point]) => cellOf(BY_MAIL, 'line to the SMTP server black-holed', point, onLine('smtp', at, 'hole'), 15)),
  cellOf(BY_MAIL, 'line to the SMTP server slow', 'in the body', onLine('smtp', 'body', 'delay'), 30),
  ...['freeze', 'claim', 'body-started', 'record'].flatMap((point) => [false, true].map((isAnswer) => ledgerCell(point, isAnswer))),
  ledgerCell('record', false, AWAY_MS),
  ...BY_SMS.flatMap((setting) => GATEWAY_FAULTS.map((fault) => cellOf(setting, `gateway: ${fault}`, 'request', byGateway(fault), 15))),
  ...BY_SMS.flatMap((setting) => GATEWAY_PLACES.map(([at, verdict, point]) =>
    cellOf(setting, `line to the gateway ${verdict === 'cut' ? 'cut' : 'black-holed'}`, point, onLine('gateway', at, verdict), 15))),
];
