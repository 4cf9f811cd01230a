import { blot, createLogger } from '../../../config/logging';

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  let out = '';
  write(createLogger({ logLevel: 'info' }, { write: (line: string) => void (out += line) }));
  return out;
};

test('contacts, tokens and typed texts stay out of a line, wherever they stand', () => {
  const out = logged((log) => {
    log.info({ email: 'a@sct.thaibinh.example', message: { phone: '+84000000001', token: 'abc' }, row: { of: { address: 'b@x.example' } }, text: 'đã làm' }, 'sent');
    log.info('could not reach dau-moi@sct.thaibinh.example, phone +84000000001, page http://h/t/8KQ2M7XDAA');
    log.error({ err: new Error('connect postgres://u:hunter2@db.example/x') }, 'mail to a@b.example');
  });
  expect(out).not.toMatch(/@sct|@x\.example|84000000001|abc|đã làm|8KQ2M7XD|hunter2|a@b/);
  expect(out).toContain('"msg":"sent"');
});

test('ids, dates and counts stay readable', () => {
  const sentence = 'task CN18-05 on 2018-10-22, key 0123, 4000 messages in 12 s, unit tb-skhdt/officer';
  expect(blot(sentence)).toBe(sentence);
});

test('below the level nothing is written', () => {
  expect(logged((log) => log.debug('quiet'))).toBe('');
});
