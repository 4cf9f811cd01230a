/** Where the parts of a running whole answer. */
export type UpAddresses = { readonly temporalAddress: string; readonly uiUrl?: string; readonly webUrl: string; readonly inboxUrl: string; /** Where the inbox takes mails; left out where they go to a real server. */ readonly smtpUrl?: string; readonly socketDir?: string; /** Probes and figures of worker and web. */ readonly metricsUrl?: string };

const row = (label: string, value: string | undefined): string[] => (value === undefined ? [] : [`  ${label.padEnd(24)} ${value}`]);

/** Where to look, for the person in front of the terminal. `isPublic`: board and inbox are not open at this machine. */
export const whereToLook = ({ webUrl, inboxUrl, uiUrl, temporalAddress, metricsUrl }: UpAddresses, isPublic = false): string => [
  '', 'Đôn đốc đang chạy.', '',
  ...(isPublic
    ? [...row('Trang đường dẫn', webUrl), '  Có địa chỉ công khai: bảng nhiệm vụ chỉ mở bằng phiên từ trang của đơn vị đôn đốc; hộp thư trình diễn đóng.']
    : [...row('Bảng nhiệm vụ', webUrl), ...row('Hộp thư và điện thoại', inboxUrl)]),
  ...row('Giao diện Temporal', uiUrl), ...row('Máy chủ Temporal', temporalAddress), ...row('Số liệu vận hành', metricsUrl && `${metricsUrl}/metrics`), '',
].join('\n');

/** What other accounts could read in a home, and cannot any more. */
export const closedWords = (paths: readonly string[]): string =>
  `Đã thu hẹp quyền, trước đó tài khoản khác trên máy này đọc được: ${paths.join(', ')}.`;

export const demonstrationWords = (tasks: number, day: string, isResumed: boolean): string =>
  `Kế hoạch trình diễn CN18 có ${tasks} nhiệm vụ; đồng hồ trình diễn ${isResumed ? 'chạy tiếp từ' : 'bắt đầu từ'} ngày ${day}.\nĐồng hồ đứng yên khi có người đang mở đường dẫn của một nhiệm vụ, và chạy tiếp sau một phút.\nNhấn Ctrl-C để dừng; lần "npm start" sau chạy tiếp từ chỗ đã dừng.\n`;

/** `month`: `2019-03`. */
export const monthWords = (month: string): string => `  … tháng ${month.slice(5)}/${month.slice(0, 4)}`;

export const realWords = (home: string): string =>
  [
    'Hệ thống chạy theo thời gian thực. Các bước tiếp theo, trong một cửa sổ lệnh khác:', `  export DONDOC_HOME=${home}`, '  node bin/dondoc.mjs directory import TỆP-DANH-BẠ.yaml',
    '  node bin/dondoc.mjs plan start TỆP-KẾ-HOẠCH', 'Nhấn Ctrl-C để dừng; các nhiệm vụ được giữ nguyên cho lần chạy sau.', '',
  ].join('\n');
