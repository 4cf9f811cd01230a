import { renderMail } from '../../../messages';
import { NOTICE_KINDS } from '../../../domain/notice';
import { CASES, input, item, missingKinds, plan } from './fixture';

const mail = (...args: Parameters<typeof item>) => renderMail(input([item(...args)]));
const textOf = (html: string): string =>
  html.replace(/<(?:style|title)[^>]*>.*?<\/(?:style|title)>/gu, '').replace(/<[^>]+>/gu, ' ').replace(/&quot;/gu, '"').replace(/&#39;/gu, "'").replace(/&lt;/gu, '<').replace(/&gt;/gu, '>').replace(/&amp;/gu, '&');
const words = (text: string): string[] => text.split(/[\s:=-]+/u).filter((w) => w !== '' && w !== '-').sort();

test('every kind of notice has a case here', () => expect(missingKinds()).toEqual([]));

describe.each(CASES)('%s', (_, notice) => {
  const { subject, text, html } = renderMail(input([notice]));

  test('opens, rests on the plan, closes and says where it comes from', () => {
    expect(text).toMatch(/^Kính gửi: \S/u);
    expect(text).toContain('Kế hoạch số …/KH-UBND ngày 22/10/2018 của');
    expect(text).toContain('\n\nTrân trọng./.\n');
    expect(text).toContain('Thư được gửi tự động từ hệ thống theo dõi, đôn đốc; không thay thế văn bản hành chính. Đường dẫn chỉ dành cho ');
    expect(text).toContain('hiệu lực đến hết ngày 07/04/2020; đề nghị không chuyển tiếp.');
  });

  test('has a subject that begins with its tag and fits', () => {
    expect(subject).toMatch(/^\[CN18(-05)?\] \p{Lu}/u);
    expect(subject.length).toBeLessThanOrEqual(120);
  });

  test('carries the facts of its task and the link', () => {
    const labels = [...text.matchAll(/^- (Mã nhiệm vụ|Nội dung|Đơn vị chủ trì|Đơn vị phối hợp|Thời hạn theo Kế hoạch|Tình trạng|Việc cần làm|Người liên hệ): \S/gmu)].map((m) => m[1]);
    expect(labels).toHaveLength(notice.task === null ? 0 : 8);
    expect(text).toContain('https://nv.example/t/8KQ2M7XD');
    expect(html.match(/href="https:\/\/nv\.example\/t\/8KQ2M7XD"/gu)).toHaveLength(2);
  });

  test('keeps the register: nothing that is reserved for the authority, no exclamation mark, nothing undefined', () => {
    for (const said of [subject, text, textOf(html).replace('DOCTYPE', '')]) {
      expect(said).not.toMatch(/yêu cầu|phê bình|rút kinh nghiệm|undefined|NaN|null|\[object/iu);
      expect(said.replace(/^<!/u, '')).not.toContain('!');
    }
  });

  test('is in NFC, and its HTML says every word of its text', () => {
    for (const said of [subject, text, html]) expect(said).toBe(said.normalize('NFC'));
    const shown = new Set(words(textOf(html)));
    expect(words(text).filter((w) => !shown.has(w))).toEqual([]);
  });

  test('loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<img|<link|<style|<form|url\(|\son\w+=/iu);
  });
});

test('M01 reads as the example of the domain', () => {
  const { subject, text } = renderMail(input([CASES[0]![1]]));
  expect(subject).toBe('[CN18-05] Giao nhiệm vụ: Xây dựng cơ chế, chính sách hỗ trợ các ngành công nghiệp ưu… (hạn 31/12/2019)');
  expect(text).toContain(
    'Kính gửi: Sở Kế hoạch và Đầu tư\n\nCăn cứ Kế hoạch số …/KH-UBND ngày 22/10/2018 của Ủy ban nhân dân tỉnh Thái Bình thực hiện Chương trình hành động số 25-CTr/TU ngày 10/8/2018 ' +
    'của Ban Thường vụ Tỉnh ủy; thực hiện nhiệm vụ đôn đốc được giao, Sở Công Thương trân trọng thông báo nhiệm vụ do quý Sở chủ trì:\n\n- Mã nhiệm vụ: CN18-05\n' +
    '- Nội dung: Xây dựng cơ chế, chính sách hỗ trợ các ngành công nghiệp ưu tiên của tỉnh Thái Bình giai đoạn 2019-2025\n',
  );
  expect(text).toContain('- Đơn vị phối hợp: các sở, ban, ngành, UBND huyện, thành phố và các đơn vị liên quan (danh sách kèm theo)\n');
  expect(text).toContain('Năm 2019 (hạn 31/12/2019)\n');
  expect(text).toContain('Danh sách đơn vị phối hợp (2 đơn vị): Sở Tài chính; UBND huyện Thái Thụy.');
  expect(text).toContain(
    'Đề nghị quý Sở xác nhận tiếp nhận, cử đầu mối theo dõi và nêu sản phẩm dự kiến trước ngày 25/10/2018 (03 ngày làm việc) tại: https://nv.example/t/8KQ2M7XD\n',
  );
});

test('M05-2 reads as the example of the domain', () => {
  const { subject, text } = mail('overdue', {
    notice: { rung: 'L2', to: 'tb-skhcn/officer' }, facts: { next: { rung: 'L3', on: '2020-01-15' } },
    task: { id: 'CN18-09', title: 'Xây dựng Đề án "Hỗ trợ doanh nghiệp nhỏ và vừa đổi mới thiết bị, công nghệ giai đoạn 2018-2025"', lead: 'tb-skhcn' },
  });
  expect(subject).toBe('[CN18-09] Đôn đốc lần 2: quá hạn 05 ngày làm việc - Xây dựng Đề án "Hỗ trợ doanh nghiệp nhỏ và vừa đổi mới…"');
  expect(text).toContain(
    'Kính gửi: Sở Khoa học và Công nghệ\n\nTheo Kế hoạch số …/KH-UBND ngày 22/10/2018 của UBND tỉnh, nhiệm vụ CN18-09 do quý Sở chủ trì có thời hạn hoàn thành 31/12/2019. ' +
    'Đến ngày 08/01/2020 nhiệm vụ đã quá hạn 05 ngày làm việc; hệ thống chưa nhận được kết quả hoặc văn bản đề nghị điều chỉnh thời hạn.\n',
  );
  expect(text).toContain(
    'Đề nghị quý Sở báo cáo kết quả thực hiện, nguyên nhân chậm, khó khăn, vướng mắc và thời gian hoàn thành dự kiến trước ngày 15/01/2020 tại: https://nv.example/t/8KQ2M7XD\n\n' +
    'Nếu đến ngày 15/01/2020 chưa có kết quả, Sở Công Thương sẽ xem xét ban hành công văn đôn đốc.\n',
  );
});

test.each([
  ['T-5', 'Nếu đến ngày 24/12/2019 chưa có kết quả, hệ thống sẽ báo cáo lãnh đạo Sở.'],
  ['T-10', 'Nếu đến ngày 24/12/2019 chưa có kết quả, hệ thống sẽ nhắc lại.'],
  ['L1', 'Nếu đến ngày 24/12/2019 chưa có kết quả, hệ thống sẽ ghi nhận quá hạn mức 1 và báo cáo Sở Công Thương.'],
  ['L3', 'Nếu đến ngày 24/12/2019 chưa có kết quả, Sở Công Thương sẽ xem xét ban hành công văn đôn đốc.'],
  ['L4', 'Nếu đến ngày 24/12/2019 chưa có kết quả, Sở Công Thương sẽ xem xét báo cáo UBND tỉnh.'],
] as const)('the next rung %s is announced with its date', (rung, sentence) => {
  expect(mail('due-soon', { notice: { rung: 'T-20' }, facts: { next: { rung, on: '2019-12-24' } } }).text).toContain(sentence);
});

test('a due date on a day off names the day on which the term ends', () => {
  const { text } = mail('due-today', { notice: { rung: 'T-0' }, facts: { dueOn: '2022-12-31', dueOriginalOn: '2022-12-31', effectiveDueOn: '2023-01-03', decidedOn: '2022-12-30' } });
  expect(text).toContain('Hạn 31/12/2022 là ngày nghỉ; thời hạn kết thúc ngày 03/01/2023.');
});

test('a due date that is read on a later day of its term is a date, not today', () => {
  const facts = { dueOn: '2022-12-31', dueOriginalOn: '2022-12-31', effectiveDueOn: '2023-01-03', decidedOn: '2022-12-30' };
  const { subject, text } = renderMail(input([item('due-today', { notice: { rung: 'T-0' }, facts })], { on: '2023-01-03' }));
  expect(subject).toContain('Đến hạn 31/12/2022');
  expect(subject + text).not.toMatch(/hôm nay/iu);
});

test('a catch-up names every rung that passed, in words', () => {
  const { text } = mail('overdue', { notice: { rung: 'L2', passed: ['T-20', '2019:L1', 'T-0', 'L1', 'L2'] } });
  expect(text).toContain('Thông báo này gộp các bước đã qua: nhắc trước hạn 20 ngày làm việc; mốc 2019: quá hạn mức 1; nhắc ngày đến hạn; quá hạn mức 1; quá hạn mức 2 (đôn đốc lần 2).');
});

test('dates of a provisional calendar say so, earlier ones do not', () => {
  const { subject, text } = mail('due-soon', {
    notice: { rung: 'T-60' }, facts: { dueOn: '2028-06-30', dueOriginalOn: '2028-06-30', effectiveDueOn: '2028-06-30', workingDays: 60, provisional: true, next: { rung: 'T-20', on: '2028-06-02' }, decidedOn: '2027-12-31' },
  });
  expect(subject).toContain('đến hạn 30/06/2028 (dự kiến)');
  expect(text).toContain('Nếu đến ngày 02/06/2028 (dự kiến) chưa có kết quả');
  expect(text).toContain('ngày 22/10/2018 của UBND tỉnh');
});

test('an adjusted due date stands beside that of the plan', () => {
  const { text } = mail('due-soon', { notice: { rung: 'T-10' }, facts: { dueOn: '2020-06-30', dueOriginalOn: '2019-12-31' } });
  expect(text).toContain('- Thời hạn theo Kế hoạch: Năm 2019 (hạn 31/12/2019)\n- Thời hạn điều chỉnh: 30/06/2020\n');
});

test('the number of the plan is printed once it is known', () => {
  expect(renderMail(input([item('reminder')], { plan: { ...plan, number: '123' } })).text).toContain('Kế hoạch số 123/KH-UBND ngày 22/10/2018');
});

test('where the host unit leads, its supervisor is who speaks and who is the contact', () => {
  const { text } = mail('assigned', { notice: { to: 'tb-sct/officer' }, task: { lead: 'tb-sct' }, facts: { supervisor: 'tb-vp', answerBy: '2018-10-25' } });
  expect(text).toContain('Văn phòng UBND tỉnh trân trọng thông báo nhiệm vụ do quý Sở chủ trì');
  expect(text).toContain('- Người liên hệ: Đầu mối theo dõi, Văn phòng UBND tỉnh');
  expect(text).toContain('Trân trọng./.\n\nVăn phòng UBND tỉnh\n');
});

test('upwards one reports and submits', () => {
  const report = mail('overdue', { notice: { rung: 'L4', to: 'tb-vp/officer' } });
  expect(report.text).toContain('Sở Công Thương kính báo cáo nhiệm vụ CN18-05');
  expect(report.text).toContain('Kính đề nghị quý Văn phòng xem xét');
  const request = mail('approval-request', { notice: { to: 'tb-sct/officer' }, facts: { waiting: 'submission', submittedOn: '2019-12-20' } });
  expect(request.text).toContain('Sở Kế hoạch và Đầu tư kính trình quý Sở kết quả nhiệm vụ CN18-05 ngày 20/12/2019.');
});

test('drafts of letters write dates as Nghị định 30/2020 asks', () => {
  const draft = (rung: 'L3' | 'L4', decidedOn: string) => mail('letter-draft', { notice: { rung, to: 'tb-sct/leader' }, facts: { decidedOn } }).text;
  expect(draft('L3', '2020-02-05')).toContain('Thái Bình, ngày 05 tháng 02 năm 2020\nV/v đôn đốc thực hiện nhiệm vụ CN18-05\n\nKính gửi: Sở Kế hoạch và Đầu tư\n');
  expect(draft('L3', '2020-02-05')).toContain('ngày 22 tháng 10 năm 2018 của Ủy ban nhân dân tỉnh Thái Bình');
  expect(draft('L4', '2021-03-09')).toContain('Thái Bình, ngày 09 tháng 3 năm 2021');
  expect(draft('L4', '2021-03-09')).toContain('(1) gia hạn; (2) điều chỉnh nội dung hoặc đơn vị chủ trì; (3) chuyển tiếp sang kế hoạch khác; (4) kiểm tra');
});

test("an approved letter carries its number and the leader's own words", () => {
  const { text } = mail('overdue', { notice: { rung: 'L3' }, facts: { value: '45/SCT-KHTH' }, texts: { text: 'Đề nghị quý Sở\nbáo cáo trước ngày 20/01/2020' } });
  expect(text).toContain('----- CÔNG VĂN ĐÔN ĐỐC số 45/SCT-KHTH -----\nĐề nghị quý Sở\nbáo cáo trước ngày 20/01/2020.\n-----');
  expect(text).not.toContain('khẩn trương');
});

test('of a confidential task only code and date are said', () => {
  for (const kind of NOTICE_KINDS) {
    const { subject, text, html, attachments } = mail(kind, { task: { confidential: true, title: 'BÍ MẬT' }, texts: { reason: 'BÍ MẬT', summary: 'BÍ MẬT', text: 'BÍ MẬT' } });
    expect(subject).toBe('[CN18-05] Thông báo về nhiệm vụ (hạn 31/12/2019)');
    expect(text).toContain('- Mã nhiệm vụ: CN18-05\n- Thời hạn: 31/12/2019\n\nĐề nghị xem văn bản đã gửi qua đường văn thư.');
    expect([text, html, ...attachments.map((a) => new TextDecoder().decode(a.content))].join()).not.toMatch(/BÍ MẬT|Chủ trì: |quá hạn|ngành công nghiệp/u);
  }
});

test('what people typed is shown as text, never as markup', () => {
  const { html, text } = mail('returned', { task: { title: 'Đề án <script>alert(1)</script> & "kèm"' }, texts: { reason: '<b onclick=x>Thiếu</b>' } });
  expect(html).not.toMatch(/<script|<b onclick/u);
  expect(html).toContain('Đề án &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;kèm&quot;');
  expect(text).toContain('Đề án <script>alert(1)</script> & "kèm"');
});

test('decomposed letters come out composed', () => {
  const { subject, text, html } = mail('reminder', { task: { title: 'Xây dựng Đề án phát triển'.normalize('NFD') } });
  for (const said of [subject, text, html]) expect(said).toContain('Xây dựng Đề án phát triển');
});

test('a single matter keeps the thread of its task, and the first mail brings the plan', () => {
  const content = new TextEncoder().encode('KẾ HOẠCH');
  const { thread, attachments, text } = renderMail(input([CASES[0]![1]], { planFile: { name: 'ke-hoach.txt', content } }));
  expect(thread).toBe('CN18-05');
  expect(attachments.map((a) => [a.filename, a.contentType])).toEqual([['CN18-05.ics', 'text/calendar; charset=utf-8; method=PUBLISH'], ['ke-hoach.txt', 'text/plain; charset=utf-8']]);
  expect(attachments[1]!.content).toEqual(content);
  expect(text).toContain('Kế hoạch được gửi kèm thư này.');
});

test('a code by mail stands alone in its line, in no subject, without link and plan file, and says not to pass it on', () => {
  const code = item('one-time-code', {
    notice: { about: { type: 'position', id: 'tb-skhdt/officer' }, task: null, class: 'code' }, task: null, slot: 'X8KQ2M',
    facts: { dueOn: null, act: 'submit', forTask: 'CN18-05' },
  });
  const { subject, text, html } = renderMail(input([code]));
  expect(text).toContain('\n\nX8KQ2M\n\n');
  expect(text).toContain('không cung cấp mã này cho bất kỳ ai');
  expect(`${text}${html}`).not.toContain('/t/');
  expect(subject).toBe('[CN18-05] Mã xác nhận, hiệu lực 10 phút');
  expect(text).toContain('cho thao tác "Trình kết quả, nhiệm vụ CN18-05"');
});

test('a file of a consultation is named where the ledger has its name', () => {
  const asked = (texts: Readonly<Record<string, string>>) => mail('consultation-request', {
    notice: { to: 'tb-stc/officer' }, texts, facts: { consultation: 1, inputDueOn: '2019-05-08', decidedOn: '2019-04-24', file: { id: 'f', hash: 'h', length: 9, type: 'application/pdf' } },
  }).text;
  expect(asked({ fileName: 'du-thao.pdf' })).toContain('Dự thảo: tệp du-thao.pdf (tải tại đường dẫn trong thư này).');
  expect(asked({})).toContain('Dự thảo: tệp đính kèm nhiệm vụ (tải tại đường dẫn trong thư này).');
});
