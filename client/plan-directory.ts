import type { Directory } from '../domain/plan';
import type { TaskSpec, UnitId } from '../domain/plan';

/** Units that tasks name and a directory lacks: nobody could be reminded there. */
export const unknownUnits = (tasks: readonly TaskSpec[], directory: Pick<Directory, 'units'>): readonly UnitId[] => {
  const known = new Set(directory.units.map((u) => u.id));
  const named = new Set(tasks.flatMap((t) => [t.lead, ...t.coLeads, ...t.coordinating, t.supervisor]));
  return [...named].filter((id) => !known.has(id)).sort();
};
