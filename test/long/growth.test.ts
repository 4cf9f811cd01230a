import { growthLaws } from '../support/growth-laws';

/** Three years of working days. */
growthLaws(750, 30 * 60_000, ({ bytes, messages, seconds, paths }) => {
  const lines = paths.map((p) => `${p.name}: ${p.statements} statements, ${p.blocksAtFirst} → ${p.blocks} blocks`);
  process.stderr.write(`${messages} messages, ${Math.round(bytes / 1e9)} GB, grown in ${seconds} s\n${lines.join('\n')}\n`);
});
