import type { CivilDate } from '../../../domain/time';
import { Layout } from './layout';

/** A page that only says something: not found, no longer valid, out of order. */
export const SayPage = ({ today, title, lines, isBoard = false }: { readonly today: CivilDate; readonly title: string; readonly lines: readonly string[]; readonly isBoard?: boolean }) => (
  <Layout title={title} today={today} isBoard={isBoard}>
    {lines.map((line) => (
      <p>{line}</p>
    ))}
  </Layout>
);
