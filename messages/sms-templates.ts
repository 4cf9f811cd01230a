/**
 * The registry of SMS texts: fixed words, placeholders in braces, no diacritics. The prefix of the plan goes before, `: {link}` after (the whole texts
 * that an operator approves: `sms-forms.ts`). `short` stands in where a value is longer than usual ("du kien" after a date).
 */
export type SmsTemplate = { readonly text: string; readonly short?: string };

export const SMS_TEMPLATES = {
  assigned: {
    text: 'Giao {dv} chu tri nhiem vu {nv}, han {han}. De nghi xac nhan tiep nhan trong 3 ngay lam viec',
    short: 'Giao {dv} chu tri nhiem vu {nv}, han {han}. De nghi xac nhan tiep nhan',
  },
  'acknowledgement-missing': { text: '{dv} chua xac nhan tiep nhan nhiem vu {nv} (giao ngay {ngay}). De nghi xac nhan' },
  'due-soon': {
    text: 'Nhiem vu {nv} ({dv} chu tri) con {n} ngay lam viec, han {han}. De nghi cap nhat tien do, vuong mac',
    short: 'Nhiem vu {nv} ({dv}) con {n} ngay lam viec, han {han}. De nghi cap nhat tien do',
  },
  'due-today': {
    text: 'Nhiem vu {nv} ({dv} chu tri) den han HOM NAY {han}. De nghi trinh ket qua hoac de nghi gia han',
    short: 'Nhiem vu {nv} ({dv}) den han HOM NAY {han}. De nghi trinh ket qua',
  },
  'due-date': {
    text: 'Nhiem vu {nv} ({dv} chu tri) den han {han}. De nghi trinh ket qua hoac de nghi gia han',
    short: 'Nhiem vu {nv} ({dv}) den han {han}. De nghi trinh ket qua',
  },
  'overdue-1': {
    text: 'Nhiem vu {nv} ({dv} chu tri) da qua han {n} ngay lam viec (han {han}). De nghi bao cao ket qua',
    short: 'Nhiem vu {nv} ({dv}) qua han {n} ngay lam viec, han {han}. De nghi bao cao',
  },
  'overdue-2': { text: 'Don doc lan 2: nhiem vu {nv} ({dv}) qua han {n} ngay lam viec. De nghi bao cao ly do, ngay hoan thanh' },
  'letter-draft-L3': { text: 'Kinh bao cao: nhiem vu {nv} do {dv} chu tri qua han {n} ngay lam viec. Kinh trinh du thao cong van don doc' },
  'letter-draft-L4': { text: 'Kinh bao cao: nhiem vu {nv} do {dv} chu tri qua han {n} ngay lam viec; da du thao bao cao UBND tinh' },
  'approval-late': { text: 'Kinh trinh: ket qua nhiem vu {nv} cua {dv} cho xem xet tu ngay {ngay}. Kinh de nghi xem xet' },
  'approval-late-prepared': { text: 'Kinh trinh: du thao ket qua nhiem vu {nv} cua {dv} cho xem xet tu ngay {ngay}. Kinh de nghi xem xet' },
  'decision-late-letter': { text: 'Kinh trinh: du thao van ban don doc nhiem vu {nv} ({dv}) cho duyet tu ngay {ngay}. Kinh de nghi xem xet' },
  'decision-late-assignment': { text: 'Kinh trinh: {dv} de nghi dieu chinh phan cong nhiem vu {nv} tu ngay {ngay}. Kinh de nghi xem xet' },
  'decision-late-extension': { text: 'Kinh trinh: {dv} de nghi gia han nhiem vu {nv} tu ngay {ngay}, chua co ket qua. Kinh de nghi xem xet' },
  'decision-late-obstacle': { text: 'Vuong mac ve nhiem vu {nv} ({dv} chu tri) phan anh ngay {ngay} cho xu ly. De nghi xem xet, tong hop' },
  'consultation-missed': { text: 'Da het han gop y nhiem vu {nv}. Sau ngay {ngay} neu {dv} khong co y kien thi coi nhu thong nhat' },
  returned: { text: 'Ket qua nhiem vu {nv} duoc tra lai de bo sung. De nghi {dv} hoan thien, trinh lai truoc ngay {han}' },
  'returned-assignment': {
    text: 'Phan cong nhiem vu {nv} cho {dv} duoc giu nguyen, han {han}. De nghi {dv} xac nhan tiep nhan',
    short: 'Phan cong nhiem vu {nv} cho {dv} duoc giu nguyen. De nghi xac nhan tiep nhan',
  },
  many: { text: 'Ngay {ngay} co {n} viec can xu ly, truoc het la nhiem vu {nv}, han {han}. Xem danh sach' },
  'one-time-code': { text: 'Ma xac nhan {ma}: {viec}, nhiem vu {nv}. Hieu luc 10 phut, khong cung cap ma nay cho bat ky ai' },
  'one-time-code-page': { text: 'Ma xac nhan {ma}: {viec}. Hieu luc 10 phut, khong cung cap ma nay cho bat ky ai' },
  'undelivered-mail': { text: 'Thu dien tu gui {dv} ve {nv} khong den noi. De nghi xem noi dung va bao lai dia chi thu' },
  confidential: { text: 'Nhiem vu {nv}, han {han}. De nghi xem van ban da gui qua duong van thu' },
} as const satisfies Readonly<Record<string, SmsTemplate>>;

export type SmsTemplateId = keyof typeof SMS_TEMPLATES;
export type SmsValues = Readonly<Partial<Record<'nv' | 'dv' | 'han' | 'n' | 'ngay' | 'ma' | 'viec', string>>>;

/** The longest values that the plan and the directory allow: what an approved template is measured with. */
export const WORST_VALUES: Required<SmsValues> = { nv: 'CN18-05', dv: 'UBND T.Thuy', han: '31/12/2025', n: '1550', ngay: '31/12/2025', ma: '000000',
  viec: 'Tong hop kho khan, vuong mac, trinh UBND tinh' };
