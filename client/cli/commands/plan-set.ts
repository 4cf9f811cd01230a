import { setPlanNumber } from '../../../ledger/plans';
import type { Register } from '../command';
import type { Context } from '../context';
import { refused, usage } from '../errors';

/** `124`, `124a`: the number as registered, without the suffix that the plan's form brings. */
const NUMBER = /^\d{1,5}[a-zA-ZđĐ]?$/;

const set = async ({ out, ledger }: Context, code: string, assignment: string): Promise<void> => {
  const [key, ...rest] = assignment.split('=');
  const number = rest.join('=').trim();
  if (key !== 'number' || !NUMBER.test(number)) throw usage(
    'bad-field',
    out.say(
      `Không đặt được "${assignment}". Giá trị được chấp nhận: number=SỐ, ví dụ number=124.`,
      `Cannot set "${assignment}". Accepted: number=N, such as number=124.`,
    ),
  );
  if (!(await setPlanNumber(await ledger(), code, number))) throw refused('unknown-plan', out.say(`Không có kế hoạch ${code}.`, `There is no plan ${code}.`));
  out.print(
    { plan: code, number },
    () => out.say(`Kế hoạch ${code}: số ${number}. Các thư lập từ nay ghi số này.`, `Plan ${code}: number ${number}, in every message made from now on.`),
  );
};

export const planSet: Register = (plan, run, say) => {
  plan.command('set').description(
    say('Bổ sung phần đầu kế hoạch: number=SỐ', 'Completes the header of a plan: number=N')
  ).argument('<PLAN>').argument('<FIELD=VALUE>').action(run(set));
};
