import { randomUUID } from 'node:crypto';
import { unitOf } from '../../domain/plan';
import { addDays, dateAt, type Instant } from '../../domain/time';
import { codeLinkId, codeSlotFor, hashCode, hashSecret, mintCode, mintSecret, type SecretKind, slotFor } from '../../links';
import type { NewLink } from '../../ledger/links';
import type { FrozenMessage } from '../../ledger/outbox';
import type { TaskProjection } from '../../domain/task';
import type { MessageInput, RenderedSms } from '../../messages/input';
import type { LinkKeys, Render } from '../ports';
import type { Group } from './group';
import type { Material } from './material';
import { buildMime } from './mime';

export type WriteDeps = Render & {
  readonly settings: { readonly publicUrl: string; readonly smsPublicUrl: string; readonly mailFrom: string; readonly linkKeys: LinkKeys; /** Messages of a day in all. */ readonly dailyLimit: number; /** How long bytes and preview of a message are kept. */ readonly keepBodiesDays: number };
};
export type Pass = { readonly material: Material; readonly projections: ReadonlyMap<string, TaskProjection>; readonly now: Instant };

/** A link opens for ninety days from the day it was frozen. */
const LINK_DAYS = 90;
const BLANK = '••••••';
/** By `randomUUID`, which draws for many ids at once: a message has a dozen. */
const opaque = (): string => randomUUID().replaceAll('-', '').slice(0, 20);

type Draft = { readonly input: MessageInput; readonly links: readonly NewLink[]; readonly receipts: FrozenMessage['receipts'] };

const newLink = (keys: LinkKeys, kind: SecretKind, link: Omit<NewLink, 'id' | 'hash' | 'keyId' | 'slot'>): NewLink => {
  const id = opaque();
  const keyId = keys.currentId;
  return { ...link, id, keyId, slot: slotFor(id, kind), hash: hashSecret(mintSecret({ key: keys.byId[keyId] ?? '', keyId, linkId: id, kind })) };
};

/** A one-time code: it opens nothing, and takes its slot's place as the message goes out. Each message has a row of its own. */
const codeLink = (keys: LinkKeys, codeId: string, link: Omit<NewLink, 'id' | 'hash' | 'keyId' | 'slot' | 'kind'>): NewLink => {
  const id = codeLinkId(codeId, opaque());
  const key = keys.byId[keys.currentId] ?? '';
  return { ...link, kind: 'code', id, keyId: keys.currentId, slot: codeSlotFor(codeId), hash: hashCode({ key, codeId: id }, mintCode({ key, codeId })) };
};

/** Units of the message that do not have the plan's file yet. */
const firstContacts = (group: Group, plan: string, receipts: ReadonlySet<string>): FrozenMessage['receipts'] => {
  if (group.channel !== 'email') return [];
  return [...new Set(group.positions.map(unitOf))].filter((unit) => !receipts.has(`${plan} ${unit}`)).map((unit) => ({ plan, unit }));
};

const draft = async (deps: WriteDeps, group: Group, { material, projections, now }: Pass): Promise<Draft | undefined> => {
  const { linkKeys, publicUrl, smsPublicUrl } = deps.settings;
  const plan = group.members.map((m) => m.plan).find((code) => code !== null && material.header(code) !== undefined);
  const header = plan == null ? undefined : material.header(plan);
  const first = group.members[0];
  if (plan == null || header === undefined || first === undefined) return undefined;
  const on = dateAt(now);
  const expiresOn = addDays(on, LINK_DAYS);
  const steps = group.members.map(({ notice, holder }) => {
    const link = {
      notice: notice.key, position: holder.position, person: holder.person, task: notice.task, step: notice.kind,
      version: notice.task === null ? null : projections.get(notice.task)?.seq ?? null, expiresOn,
    };
    const { codeId } = notice.facts;
    return codeId === undefined ? newLink(linkKeys, group.channel, { kind: notice.kind === 'new-link' ? 'page' : 'step', ...link }) : codeLink(linkKeys, codeId, link);
  });
  const { position, person } = first.holder;
  const page = newLink(linkKeys, group.channel, { kind: 'page', notice: null, position, person, task: null, step: null, version: null, expiresOn });
  const contacts = group.class === 'code' ? [] : firstContacts(group, plan, material.receipts);
  const planFile = contacts.length > 0 ? await material.planFile(plan) : undefined;
  const receipts = planFile === undefined ? [] : contacts;
  const input: MessageInput = {
    channel: group.channel, class: group.class, plan: header, units: material.units, positions: group.positions, on, publicUrl, smsPublicUrl, pageSlot: page.slot,
    items: group.members.map((m, i) => material.item(m, steps[i]?.slot ?? page.slot)), linksExpireOn: expiresOn, ...(planFile === undefined ? {} : { planFile }),
  };
  return { input: await material.withFiles(input), links: [...steps, page], receipts };
};

type Content = Pick<FrozenMessage, 'subject' | 'content' | 'contentType' | 'template'> & { readonly preview: Readonly<Record<string, string>>; readonly said: string };

const templateOf = ({ template, parameters }: RenderedSms): FrozenMessage['template'] => (template === undefined ? null : { id: template, parameters: parameters ?? [] });

const written = async (deps: WriteDeps, group: Group, { input }: Draft, key: string, now: Instant): Promise<Content | null> => {
  if (group.channel === 'sms') {
    const sms = deps.renderSms(input);
    return sms && { template: templateOf(sms), subject: null, content: Buffer.from(sms.text, 'utf8'), contentType: 'text/plain; charset=utf-8', preview: { sms: sms.text }, said: sms.text };
  }
  const mail = deps.renderMail(input);
  const content = await buildMime({ key, from: deps.settings.mailFrom, to: group.address, mail, now });
  const calendars = mail.attachments.filter((a) => a.contentType.startsWith('text/calendar')).map((a) => Buffer.from(a.content).toString('utf8').replace(/\r?\n[ \t]/g, ''));
  return {
    template: null, subject: mail.subject, content, contentType: 'message/rfc822', preview: { subject: mail.subject, text: mail.text, html: mail.html }, said: [mail.text, mail.html, ...calendars].join('\n'),
  };
};

const blanked = (preview: Readonly<Record<string, string>>, links: readonly NewLink[]): Record<string, string> =>
  Object.fromEntries(Object.entries(preview).map(([name, text]) => [name, links.reduce((t, l) => t.replaceAll(l.slot, BLANK), text)]));

/**
 * A group as frozen bytes with the links that stand in them; `null` where nothing of it is said on the channel, `undefined` where its plan is not
 * in the ledger.
 */
export const writeMessage = async (deps: WriteDeps, group: Group, pass: Pass): Promise<FrozenMessage | null | undefined> => {
  const made = await draft(deps, group, pass);
  if (made === undefined) return undefined;
  const key = opaque();
  const content = await written(deps, group, made, key, pass.now);
  if (content === null) return null;
  const { said, preview, ...bytes } = content;
  const links = made.links.filter((l) => said.includes(l.slot));
  return {
    key, plan: made.input.plan.code, channel: group.channel, address: group.address, class: group.class, group: group.group, positions: group.positions, ...bytes, links,
    preview: blanked(preview, links), receipts: made.receipts,
    deliveries: group.members.map((m) => ({ notice: m.notice.key, channel: m.channel, position: m.holder.position })),
  };
};
