import { freePort } from '../free-port';
import { CannotStart } from './home';

/**
 * The port for the board and the links: the wanted one, or any free one where 0 was asked for. A demonstration takes another where it is taken.
 * @throws CannotStart on real time, because links in mails that were sent name the port.
 */
export const claimWebPort = async (wanted: number, isReal: boolean): Promise<number> => {
  const port = await freePort(wanted);
  if (!isReal || wanted === 0 || port === wanted) return port;
  throw new CannotStart([
    `Cổng ${wanted} đang được chương trình khác sử dụng. Đường dẫn trong thư và tin nhắn dùng cổng này, nên hệ thống không tự chuyển sang cổng khác.`,
    'Đề nghị dừng chương trình đó, hoặc đặt DONDOC_WEB_PORT là một cổng cố định khác rồi chạy lại.',
  ].join('\n'));
};
