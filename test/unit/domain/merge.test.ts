import fc from 'fast-check';
import { type MergeItem, mergeNotices } from '../../../domain/merge';

const item = (more: Partial<MergeItem> = {}): MergeItem =>
  ({ key: 'n1', channel: 'email', class: 'digest', group: '2018-10-22', address: 'a@x.example', position: 'tb-skhdt/officer', ...more });

const items = fc.array(fc.record<MergeItem>({
  key: fc.constantFrom('n1', 'n2', 'n3'), channel: fc.constantFrom('email', 'sms'), class: fc.constantFrom('digest', 'act', 'urgent'), group: fc.constantFrom('g1', 'g2'),
  address: fc.constantFrom('a@x.example', 'b@x.example'), position: fc.constantFrom('u/officer', 'u/head', 'v/leader'),
}));

describe('merging notices into messages', () => {
  it('makes one message of two positions with one mailbox, naming both', () => {
    expect(mergeNotices([item(), item({ key: 'n2', position: 'tb-skhdt/head' })])).toEqual([
      { channel: 'email', class: 'digest', group: '2018-10-22', address: 'a@x.example', positions: ['tb-skhdt/head', 'tb-skhdt/officer'], keys: ['n1', 'n2'] },
    ]);
  });

  it('says a notice once, whatever positions it came by', () => {
    expect(mergeNotices([item(), item({ position: 'tb-skhdt/head' })])[0]?.keys).toEqual(['n1']);
  });

  it.each([['channel', { channel: 'sms' }], ['class', { class: 'urgent' }], ['day', { group: '2018-10-23' }], ['address', { address: 'b@x.example' }]] as const)('keeps apart what differs in %s', (_what, more) => {
    expect(mergeNotices([item(), item({ key: 'n2', ...more })])).toHaveLength(2);
  });

  it('gives the same in whatever order and however often the notices come; nothing is lost and no message comes twice', () => {
    fc.assert(fc.property(items, fc.integer(), (all, seed) => {
      const merged = mergeNotices(all);
      const turned = [...all, ...all].sort((a, b) => ((a.key.length + seed) % 3) - ((b.address.length + seed) % 2) || 1);
      expect(mergeNotices(turned)).toEqual(merged);
      expect(new Set(merged.map((m) => JSON.stringify([m.channel, m.class, m.group, m.address]))).size).toBe(merged.length);
      for (const i of all) {
        const one = merged.find((m) => m.channel === i.channel && m.class === i.class && m.group === i.group && m.address === i.address);
        expect(one?.keys).toContain(i.key);
        expect(one?.positions).toContain(i.position);
      }
    }));
  });
});
