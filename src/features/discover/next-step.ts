import { verdictOf } from '#engine/normalize/judge-table.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';
import { askDecomposition } from '#state/decomposition.ts';
import type { Addition } from './addition.ts';
import { MOST_COLUMNS } from './preview.ts';

/** Milliseconds that a click may take. */
const PATIENCE = 40;

/** What there is to do with what was accepted: taking apart the first table that breaks a normal form with it. */
export function nextStep(
  document: Document,
  { dependencies, tables }: Pick<Addition, 'dependencies' | 'tables'>,
): { readonly label: string; readonly run: () => void } | undefined {
  if (dependencies === 0) return undefined;
  const end = performance.now() + PATIENCE;
  for (const id of tables) {
    const table = recordIn(document, 'tables', id ?? '');
    if (table === undefined || table.dependencies.length === 0 || table.columns.length > MOST_COLUMNS) continue;
    const { violations } = verdictOf(document, table, { shouldStop: () => performance.now() > end });
    if (violations.length > 0) return { label: `Decompose ${table.name} …`, run: () => askDecomposition(table.id) };
  }
  return undefined;
}
