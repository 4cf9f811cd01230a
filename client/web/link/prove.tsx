import type { Context } from 'hono';
import type { Word } from '../../words';
import { askCode, type CodeAsked, checkCode, type CodeFor, type CodeSubject } from './ask-code';
import type { Fields } from './body';
import type { Acting, LinkDeps } from './deps';
import type { OpenLink } from './open-link';
import { CodePage, type CodeProps } from './pages/code';
import type { Lang } from './words';

/** A form that needs a code: what it is for, and what the page of the code says of it. */
export type ToProve = {
  readonly deps: LinkDeps & { readonly acting: Acting };
  readonly c: Context;
  readonly link: OpenLink;
  readonly lang: Lang;
  readonly typed: Fields;
  readonly wanted: CodeFor;
  readonly subject: CodeSubject;
  readonly page: Pick<CodeProps, 'path' | 'title' | 'summary'>;
  /** Where no code can be sent. */
  readonly refused: (why: Extract<CodeAsked, { readonly ok: false }>['why']) => Response | Promise<Response>;
};
type More = Pick<CodeProps, 'channel' | 'codeId' | 'error'>;

/** Inputs of the code page itself. */
const OF_CODE = ['code', 'again', 'codeId', 'via'];
const EMPTY: Word = ['Đề nghị nhập mã, hoặc chọn gửi mã khác.', 'Type the code, or ask for another one.'];
const SPENT: Word = [
  'Mã này không dùng được nữa; chưa ghi nhận gì. Đề nghị chọn gửi mã khác.',
  'This code is of no use any more; nothing was recorded. Ask for another one.',
];

const codePage = (
  { c, link, lang, typed, page, wanted: { person } }: ToProve,
  more: More,
  status: 200 | 422,
): Response | Promise<Response> => {
  const form = Object.fromEntries(Object.entries(typed).filter(([name]) => !OF_CODE.includes(name)));
  return c.html(<CodePage link={link} lang={lang} person={person} typed={form} {...page} {...more} />, status);
};

const sendCode = async (form: ToProve): Promise<Response> => {
  const asked = await askCode(form.deps, form.link, form.subject, form.wanted);
  return asked.ok ? codePage(form, { channel: asked.channel, codeId: asked.id }, 200) : form.refused(asked.why);
};

/**
 * By which channel the code came that proves who acts; otherwise the page that asks for it, once more after a wrong
 * one.
 * @throws Unreachable where the post cannot be woken
 */
export const prove = async (form: ToProve): Promise<{ readonly proof: 'sms' | 'email' } | Response> => {
  const { typed } = form;
  const codeId = typed['codeId'] ?? '';
  if (codeId === '' || typed['again'] === 'yes') return sendCode(form);
  const code = (typed['code'] ?? '').trim();
  const channel = typed['via'] === 'email' ? 'email' : 'sms';
  if (code === '') return codePage(form, { channel, codeId, error: EMPTY }, 422);
  const right = await checkCode(form.deps, form.link, { id: codeId, typed: code }, form.wanted);
  if (right.ok) return { proof: right.channel };
  const left: Word = [
    `Mã chưa đúng; còn ${right.left} lần nhập. Chưa ghi nhận gì.`,
    `Not the code; ${right.left} tries are left. Nothing was recorded.`,
  ];
  return codePage(form, { channel, codeId, error: right.left > 0 ? left : SPENT }, 422);
};
