import fc from 'fast-check';
import type { Actor } from '../../../domain/acts';
import { linkKeyOf, sealAct, type SealedAct, sealProblem } from '../../../links';

const SECRET = 'the key of this server, 32 characters';
const OLD = 'the key of last year, also 32 characters';
const KEYS = { [linkKeyOf(SECRET).keyId]: SECRET };
const actor: Actor = { by: 'tb-skhdt/leader', via: 'link', person: 'p-1', proof: 'sms', nonce: 'n-1' };
const submit: SealedAct = { task: 'CN18-05', act: 'submit', fields: { summary: { id: 'tx', hash: 'h', length: 3 } }, actor };

test('a seal holds for exactly the act it was made for, also after it went through JSON in another order', () => {
  const seal = sealAct(linkKeyOf(SECRET), submit, 1_540_000_000_000);
  expect(sealProblem(KEYS, { ...submit, seal })).toBeUndefined();
  const travelled = JSON.parse(JSON.stringify({ actor: { nonce: 'n-1', proof: 'sms', person: 'p-1', via: 'link', by: 'tb-skhdt/leader', basis: undefined } })) as { actor: Actor };
  expect(sealProblem(KEYS, { ...submit, ...travelled, seal: { mac: seal.mac, at: seal.at, key: seal.key } })).toBeUndefined();
});

test('any change of what is sealed breaks it', () => {
  const seal = sealAct(linkKeyOf(SECRET), submit, 1_540_000_000_000);
  const changed: readonly SealedAct[] = [
    { ...submit, task: 'CN18-06' }, { ...submit, act: 'confirm' }, { ...submit, fields: {} }, { ...submit, actor: { ...actor, by: 'tb-sct/leader' } },
    { ...submit, actor: { ...actor, person: 'p-2' } }, { ...submit, actor: { ...actor, via: 'cli' } }, { ...submit, actor: { ...actor, nonce: 'n-2' } },
    { ...submit, actor: { ...actor, proof: 'email' } }, { ...submit, actor: { ...actor, onBehalfOf: 'tb-skhdt/leader' } },
    { ...submit, actor: { ...actor, basis: { number: '1', date: '2018-10-22' } } },
  ];
  for (const one of changed) expect(sealProblem(KEYS, { ...one, seal })).toBe('wrong');
  expect(sealProblem(KEYS, { ...submit, seal: { ...seal, at: seal.at + 1 } })).toBe('wrong');
});

test('a key before the last change is known as long as it is among the keys; a name that is no key of ours is none', () => {
  const seal = sealAct(linkKeyOf(OLD), submit, 1);
  expect(sealProblem(KEYS, { ...submit, seal })).toBe('unknown-key');
  expect(sealProblem({ ...KEYS, [linkKeyOf(OLD).keyId]: OLD }, { ...submit, seal })).toBeUndefined();
  for (const key of ['constructor', '__proto__', '', 'toString']) expect(sealProblem(KEYS, { ...submit, seal: { ...seal, key } })).toBe('unknown-key');
});

test('whatever stands in the place of a seal is none, and nothing is thrown', () => {
  fc.assert(fc.property(fc.jsonValue(), (seal) => sealProblem(KEYS, { ...submit, seal }) !== undefined));
  const { nonce: _nonce, ...withoutNonce } = actor;
  const unpressed = { ...submit, actor: withoutNonce };
  expect(sealProblem(KEYS, { ...unpressed, seal: sealAct(linkKeyOf(SECRET), unpressed, 1) })).toBe('missing');
  expect(sealProblem(KEYS, submit)).toBe('missing');
});

test('a seal tells nothing of the key', () => {
  expect(JSON.stringify(sealAct(linkKeyOf(SECRET), submit, 1))).not.toContain(SECRET);
});
