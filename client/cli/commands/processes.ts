import type { Register } from '../command';
import { usage } from '../errors';
import { runWeb } from '../../web/main';

const ELSEWHERE = [
  ['worker', 'Chạy tiến trình xử lý', 'Runs the worker'],
  ['up', 'Chạy tất cả trên một máy, kèm dữ liệu mẫu', 'Runs everything embedded, with the example plan'],
] as const;

/** The long-running processes. `worker` and `up` are other rooms' programs: bin/dondoc.mjs starts them, and these entries only describe them. */
export const processCommands: Register = (program, run, say) => {
  program.command('web').description(say('Chạy trang web (bảng nhiệm vụ chỉ mở trên máy này)', 'Runs the web (the board on this machine only)')).action(run(() => runWeb()));
  for (const [name, vi, en] of ELSEWHERE) {
    program.command(name).description(say(vi, en)).allowUnknownOption().allowExcessArguments().action(run(async () => {
      throw usage('run-through-bin', say(`Chạy "dondoc ${name}" bằng bin/dondoc.mjs.`, `Run "dondoc ${name}" through bin/dondoc.mjs.`));
    }));
  }
};
