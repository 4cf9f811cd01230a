import { readSettings, SettingsError } from '../../../config/env';
import { parseInstant } from '../../../domain/time';

const problemsOf = (env: Record<string, string>) => {
  try {
    readSettings(env, '/srv/app');
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('the settings were accepted');
};

test('an empty environment gives the embedded mode on loopback', () => {
  expect(readSettings({}, '/srv/app')).toEqual({
    temporalAddress: null, databaseUrl: null, home: '/srv/app/.dondoc', publicUrl: 'http://127.0.0.1:8080', smsPublicUrl: 'http://127.0.0.1:8080', smtpUrl: null,
    mailFrom: 'Đôn đốc <don-doc@thaibinh.example>', mailRate: null, returnPath: null, imapUrl: null, dkim: null, linkSecret: null, oldLinkSecrets: [], logLevel: 'info', trustProxy: false, clock: null, admin: null, pingUrl: null, canaryPhone: null, webPort: 8080, metrics: { hostname: '127.0.0.1', webPort: 9464, workerPort: 9465 }, temporalCli: null,
    holdOver: 300, dailyLimit: 20_000, keepBodiesDays: 1_095, sms: null, smsCallbackSecret: null,
  });
});

test('an address of reports has one place for the id, and leaves room for it', () => {
  expect(readSettings({ MAIL_RETURN_PATH: 'don-doc+*@sct.example' }, '/srv/app').returnPath).toBe('don-doc+*@sct.example');
  for (const wrong of ['don-doc@sct.example', '*', 'a*b*@sct.example', `${'a'.repeat(28)}*@sct.example`, 'a@*.example']) {
    expect(problemsOf({ MAIL_RETURN_PATH: wrong }).problems).toMatchObject([{ variable: 'MAIL_RETURN_PATH' }]);
  }
});

test('a blank value counts as left out, and a slash at the end of an address is dropped', () => {
  const settings = readSettings({ TEMPORAL_ADDRESS: ' ', PUBLIC_URL: 'https://nv.example/', SMS_PUBLIC_URL: 'https://nv.example/s/' }, '/srv/app');
  expect(settings).toMatchObject({ temporalAddress: null, publicUrl: 'https://nv.example', smsPublicUrl: 'https://nv.example/s' });
});

test('the demonstration clock is a start and a speed', () => {
  expect(readSettings({ DONDOC_CLOCK: '2018-10-22T08:00,3600' }, '/srv/app').clock).toEqual({ from: parseInstant('2018-10-22T08:00'), rate: 3600 });
  expect(readSettings({ DONDOC_CLOCK: '2018-10-22' }, '/srv/app').clock).toEqual({ from: parseInstant('2018-10-22'), rate: 1 });
});

test('all wrong settings are named at once, with what would be accepted', () => {
  const error = problemsOf({ TEMPORAL_ADDRESS: 'temporal', DONDOC_WEB_PORT: '80a', LOG_LEVEL: 'loud', DONDOC_CLOCK: '2018-02-30', MAIL_FROM: 'nobody' });
  expect(error.problems.map((p) => p.variable)).toEqual(['TEMPORAL_ADDRESS', 'MAIL_FROM', 'LOG_LEVEL', 'DONDOC_CLOCK', 'DONDOC_WEB_PORT']);
  expect(error.message).toContain('- LOG_LEVEL: không phải mức nhật ký. Giá trị được chấp nhận: fatal, error, warn, info, debug, trace, silent');
});

test('no secret is repeated in an error', () => {
  const error = problemsOf({ DATABASE_URL: 'mysql://u:hunter2@db/x', SMTP_URL: 'http://u:hunter3@mail', DONDOC_LINK_SECRET: 'hunter4' });
  expect(error.problems).toHaveLength(3);
  expect(error.message + error.stack + JSON.stringify(error)).not.toMatch(/hunter/);
});

test('mails are signed only where domain, selector and key file are all set', () => {
  const all = { DKIM_DOMAIN: 'nv.example', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: 'dkim.pem' };
  expect(readSettings(all, '/srv/app').dkim).toEqual({ domain: 'nv.example', selector: 's1', keyFile: '/srv/app/dkim.pem' });
  expect(problemsOf({ DKIM_DOMAIN: 'nv.example' }).problems.map((p) => p.variable)).toEqual(['DKIM_SELECTOR', 'DKIM_KEY_FILE']);
});

test('the mailbox needs its user, the pace is a number above nothing', () => {
  expect(readSettings({ IMAP_URL: 'imaps://u:p@mail.example/Thu', MAIL_RATE: '0.5' }, '/srv/app')).toMatchObject({ imapUrl: 'imaps://u:p@mail.example/Thu', mailRate: 0.5 });
  const error = problemsOf({ IMAP_URL: 'imaps://:hunter5@mail.example', MAIL_RATE: '0' });
  expect(error.problems.map((p) => p.variable)).toEqual(['MAIL_RATE', 'IMAP_URL']);
  expect(error.message).not.toMatch(/hunter/);
});
