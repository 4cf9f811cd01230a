import type { Word } from '../../words';

export const NOT_THIS: Word = [
  'Biểu mẫu này không thuộc trang này hoặc đã cũ; chưa ghi nhận gì. Nội dung đã nhập được giữ lại bên dưới.',
  'This form is not of this page, or too old; nothing was recorded. What you typed is kept below.',
];
export const MOVED: Word = [
  'Tình trạng nhiệm vụ đã thay đổi từ khi trang được mở; chưa ghi nhận gì. Đề nghị xem tình trạng hiện tại rồi thực hiện lại.',
  'The task has changed since this page was opened; nothing was recorded. See its current state, then do it again.',
];
export const NO_ANSWER: Word = [
  'Đã gửi, chưa có trả lời; chưa xác nhận được việc này đã được ghi nhận. Đề nghị bấm lại sau ít phút.',
  'Sent, and no answer yet: it is not known whether it was recorded. Please press again in a few minutes.',
];
export const MAY_COUNT: Word = [
  'Nội dung đã nhập được giữ lại bên dưới; bấm lại nhiều lần vẫn chỉ được ghi nhận một lần.',
  'What you typed is kept below; pressing again is counted once only.',
];
export const NOT_NOW: Word = [
  'Việc này không thực hiện được ở tình trạng hiện tại; chưa ghi nhận gì.', 'This is not possible in the current state; nothing was recorded.',
];
export const NOT_FILLED: Word = ['Chưa ghi nhận gì: đề nghị xem các mục được đánh dấu.', 'Nothing was recorded: see the marked fields.'];
export const TICK: Word = ['Đề nghị đánh dấu xác nhận.', 'Please tick this.'];
export const CHOOSE: Word = ['Đề nghị chọn người thực hiện.', 'Choose who acts.'];
export const TOO_MANY: Word = [
  'Đã yêu cầu quá nhiều mã xác nhận; chưa ghi nhận gì. Đề nghị thử lại sau 10 phút.',
  'Too many codes were asked for; nothing was recorded. Please try again in ten minutes.',
];
export const NO_ADDRESS: Word = [
  'Người thực hiện chưa có số điện thoại và thư điện tử để nhận mã; chưa ghi nhận gì. Đề nghị liên hệ đơn vị gửi thư.',
  'There is no phone and no mail to send a code to; nothing was recorded.',
];
