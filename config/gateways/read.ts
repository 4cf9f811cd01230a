import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SmsGatewayDescription, SmsSettings } from '../../domain/sms-gateway';
import { filledUrl, sendsByTemplate } from '../../domain/sms-request';
import { readYaml, type YamlResult } from '../yaml';
import { gatewaySchema, placeholdersOf } from './schema';

/** Descriptions that come with dondoc, by the name that `SMS_GATEWAY` takes. */
export const SHIPPED_GATEWAYS = ['esms', 'intercom', 'kannel', 'speedsms', 'viettel', 'vnpt'] as const;

/** The folder of the descriptions, from the sources and from `dist` alike. */
const FOLDERS = [__dirname, join(__dirname, '..', '..', '..', 'config', 'gateways')];
const shippedPath = (name: string): string =>
  FOLDERS.map((folder) => join(folder, `${name}.yaml`)).find((path) => existsSync(path)) ?? join(__dirname, `${name}.yaml`);

const isShipped = (name: string): boolean => (SHIPPED_GATEWAYS as readonly string[]).includes(name);

/** Reads and checks one description: a shipped one by its name, else the file of that path (relative to `cwd`). */
export const readGateway = (nameOrPath: string, cwd: string): YamlResult<SmsGatewayDescription> => {
  const path = isShipped(nameOrPath) ? shippedPath(nameOrPath) : resolve(cwd, nameOrPath);
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch {
    const accepted = `${SHIPPED_GATEWAYS.join(', ')}, hoặc đường dẫn một tệp YAML`;
    return { ok: false, problems: [{ where: 'SMS_GATEWAY', message: 'không đọc được tệp mô tả tổng đài', accepted }] };
  }
  return readYaml(source, 'SMS_GATEWAY', gatewaySchema);
};

type Env = Readonly<Record<string, string | undefined>>;
/** A gateway with the settings that it names. */
export type GatewaySettings = { readonly description: SmsGatewayDescription; readonly values: SmsSettings };
export type GatewayProblem = { readonly variable: string; readonly message: string; readonly accepted: string };
type Reading = { readonly ok: true; readonly value: GatewaySettings } | { readonly ok: false; readonly problems: readonly GatewayProblem[] };

const isWebUrl = (url: string): boolean => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);

const problemsOf = (description: SmsGatewayDescription, values: SmsSettings, wanted: readonly string[]): GatewayProblem[] => {
  const missing = wanted.filter((name) => values[name] === undefined && description.defaults[name] === undefined);
  const url = filledUrl(description.request.url, { ...description.defaults, ...values });
  const ownUrl = /^\{(SMS_[A-Z0-9_]+)\}/.exec(description.request.url)?.[1];
  return [
    ...missing.map((variable) => ({
      variable, message: `chưa được đặt, tổng đài ${description.name} cần giá trị này`, accepted: 'giá trị do nhà cung cấp tổng đài cấp',
    })),
    ...(missing.includes(ownUrl ?? '') || isWebUrl(url) ? [] : [
      { variable: ownUrl ?? 'SMS_GATEWAY', message: 'không phải địa chỉ web', accepted: 'https://… hoặc http://…' },
    ]),
    ...(!sendsByTemplate(description) || Object.keys(description.templates).length > 0 ? [] : [{
      variable: 'SMS_GATEWAY', message: `tổng đài ${description.name} gửi theo mẫu đã đăng ký, nhưng tệp mô tả chưa có mã mẫu nào`,
      accepted: 'đường dẫn bản sao của tệp mô tả, đã điền mục templates (docs/sms-gateways.md)',
    }]),
  ];
};

/** The gateway of a site: its description and every `SMS_…` that it names, or all problems at once. No problem repeats a value. */
export const readGatewaySettings = (nameOrPath: string, env: Env, cwd: string): Reading => {
  const read = readGateway(nameOrPath, cwd);
  if (!read.ok) return { ok: false, problems: read.problems.map(({ where, message, accepted }) => ({ variable: where, message, accepted })) };
  const description = read.value;
  const named = placeholdersOf([description.request, description.receipt?.signature ?? null]);
  const wanted = [...named].filter((name) => name.startsWith('SMS_'));
  const values = Object.fromEntries(wanted.flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()] as const] : [])));
  const problems = problemsOf(description, values, wanted);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { description, values } };
};
