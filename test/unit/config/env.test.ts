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
    mailFrom: 'Đôn đốc <don-doc@thaibinh.example>', linkSecret: null, logLevel: 'info', clock: null, webPort: 8080, metricsPort: 9464, temporalCli: null,
  });
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
