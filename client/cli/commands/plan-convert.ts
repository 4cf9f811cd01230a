import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { planToYaml } from '../../../config/read-plan';
import type { Register } from '../command';
import type { Context } from '../context';
import { loadPlan, planOf, type PlanOptions } from '../load-plan';

type Options = PlanOptions & { readonly output: string; readonly force?: boolean };

const convert = async ({ io, out }: Context, file: string, options: Options): Promise<void> => {
  const loaded = await loadPlan(io, file, options);
  const plan = planOf(loaded);
  const path = resolve(io.cwd, options.output);
  await writeFile(path, planToYaml(plan), { flag: options.force ? 'w' : 'wx' });
  out.print(
    { file: path, code: plan.plan.code, tasks: plan.tasks.length },
    () => out.say(
      `Đã ghi ${options.output}: ${plan.tasks.length} nhiệm vụ của kế hoạch ${plan.plan.code}.`,
      `Wrote ${options.output}: ${plan.tasks.length} tasks of plan ${plan.plan.code}.`,
    ),
  );
};

export const planConvert: Register = (plan, run, say) => {
  plan
    .command('convert')
    .description(say('Chuyển tệp kế hoạch thành YAML để sửa bằng tay', 'Turns a plan file into YAML that can be edited'))
    .argument('<FILE>')
    .requiredOption('-o, --output <FILE>', say('tệp YAML sẽ ghi', 'YAML file to write'))
    .option('--code <CODE>', say('mã kế hoạch', 'code of the plan'))
    .option('--issued-on <DATE>', say('ngày ban hành', 'day of issue'))
    .option('--directory <FILE>', say('tệp danh bạ', 'directory file'))
    .option('--force', say('ghi đè tệp đã có', 'overwrites an existing file'))
    .action(run(convert));
};
