import { blot, createLogger } from '../../../config/logging';

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
  let out = '';
  write(createLogger({ logLevel: 'info' }, { write: (line: string) => void (out += line) }));
  return out;
};

test('contacts, tokens and typed texts stay out of a line, wherever they stand', () => {
  const out = logged((log) => {
    log.info(
      {
        email: 'a@sct.thaibinh.example',
        message: { phone: '+84000000001', token: 'abc' },
        row: { of: { address: 'b@x.example' } },
        text: 'đã làm',
      },
      'sent',
    );
    log.info('could not reach dau-moi@sct.thaibinh.example, phone +84000000001, page http://h/t/8KQ2M7XDAA');
    log.error({ err: new Error('connect postgres://u:hunter2@db.example/x') }, 'mail to a@b.example');
  });
  expect(out).not.toMatch(/@sct|@x\.example|84000000001|abc|đã làm|8KQ2M7XD|hunter2|a@b/);
  expect(out).toContain('"msg":"sent"');
});

test.each([
  'task CN18-05 on 2018-10-22, key 0123, 4000 messages in 12 s, unit tb-skhdt/officer',
  'from 05-12-2018 08:00 to 05.12.2018 10:30, 05/12/2018 10:30:00',
  'at 2026-11-25T00:13:01.123Z, +07:00, 0.0166666667 of 1, 84 of 120 tasks, 084',
  'message 3f2b8c1e-0000-4000-8000-123456789abc at 127.0.0.1:8080 and 0.0.0.0:7233, code 8KQ2-M7XD',
  'workflow task/CN18-05, report CN18/2019-H1, document 124/KH-UBND, file CN18-05.ics',
  'run 01890f5c-7e8a-7cc4, hash e3b0c44298fc1c149afbf4c8996fb92427ae41e4, SQLSTATE 57P01, ECONNREFUSED',
])('ids, dates and counts stay readable: %s', (sentence) => expect(blot(sentence)).toBe(sentence));

test.each([
  ['0912 345 678'],
  ['0912.345.678'],
  ['0912-345-678'],
  ['(0912) 345 678'],
  ['+84 912 345 678'],
  ['(+84) 24 3825 2525'],
  ['+84 (0) 912 345 678'],
  ['0084 912 345 678'],
  ['84912345678'],
  ['84 912 345 678'],
  ['024 3825 2525'],
  ['0912\u00a0345\u00a0678'],
  ['0912\u2013345\u2013678'],
  ['+1 202-555-0101'],
  ['+44 20 7946 0018'],
])('a phone number with gaps is blotted out: %s', (phone) => {
  for (const sentence of [`tel:${phone}`, `gọi ${phone}, rồi`, phone])
    expect(blot(sentence).replace('***', '')).not.toMatch(/\d{2}/);
});

test.each([
  ['webcal://nv.example/lich/8KQ2M7XDAAPQ8KQ2M7XDAAPQ8K.ics'],
  ['https://nv.example/lich/8KQ2M7XDAAPQ8KQ2M7XDAAPQ8K.ics'],
  ['GET /lich/8KQ2-M7XD-AAPQ.ics 404'],
  ['https://calendar.example/ical/8KQ2M7/private-8KQ2M7XD/basic.ics?token=8KQ2M7'],
  ['webcals://calendar.example/feed?key=8KQ2M7XD'],
  ['http://h/t/8KQ2-M7XD-AAPQ/viec/CN18-05'],
  ['/t/8KQ2%2DM7XD'],
  ['mã 8KQ2-M7XD-AAPQ không đúng'],
  ['8KQ2M7-XDAAPQ'],
  ['8KQ-2M7-XDA-APQ'],
  ['8KQ2M7XDAAPQ'],
  ['8KQ2M-7XDAAP-Q8KQ2M-7XDAAP-Q8K'],
])('the secret of a link or of a calendar is blotted out: %s', (sentence) =>
  expect(blot(sentence)).not.toMatch(/8KQ|M7XD|7XDA/),
);

test('an address in any letters is blotted out', () => {
  expect(blot("gửi nguyễn.văn-an@sct.example và o'hara@tỉnh.example")).toBe('gửi ***@*** và ***@***');
});

test('law: a sentence of any length takes no time to blot', () => {
  for (const part of ['0', '0 ', '84', '+1', 'a.', 'a@', 'https://a/', 'A1-', '/t/', '.ics', 'webcal:', '1-', '( ']) {
    const from = performance.now();
    blot(part.repeat(20_000));
    expect([part, performance.now() - from < 2_000]).toEqual([part, true]);
  }
});

test('below the level nothing is written', () => {
  expect(logged((log) => log.debug('quiet'))).toBe('');
});
