import type { MutableTable } from '../../../postgres/read/state.ts';
import { TRAITS } from '../../traits.ts';
import type { Folding } from './folding.ts';
import { makeIndex } from './made-indexes.ts';

/**
 * Constraints without a name are numbered by MySQL and MariaDB: foreign keys `t_ibfk_1`, checks `t_chk_1` and
 * `CONSTRAINT_1`. A number stays with its constraint when others go, so it has to be kept then.
 */

type Kind = 'foreign' | 'check';

interface Named {
  name?: string | undefined;
}

function listOf({ state }: Folding, table: MutableTable, kind: Kind): Named[] {
  return kind === 'check' ? table.checks : state.relationshipsOf(table.id);
}

function nameFor({ dialect }: Folding, table: MutableTable, kind: Kind, number: number): string {
  if (kind === 'foreign') return `${table.name}_ibfk_${number}`;
  return dialect === 'mariadb' ? `CONSTRAINT_${number}` : `${table.name}_chk_${number}`;
}

/** The number in such a name of the table. */
function numberIn(folding: Folding, table: MutableTable, kind: Kind, name: string | undefined): number | undefined {
  const stem = nameFor(folding, table, kind, 0).slice(0, -1);
  if (name === undefined || !name.toLowerCase().startsWith(stem.toLowerCase())) return undefined;
  const digits = name.slice(stem.length);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** Gives constraints without a name the one the engine has for them, before one of them goes. */
export function keepNumbers(folding: Folding, table: MutableTable, kind: Kind): void {
  if (!TRAITS[folding.dialect].namesIndexesByColumn) return;
  const unnamed = listOf(folding, table, kind).filter(({ name }) => name === undefined);
  // Their indexes are named by columns, which a name of the constraint would change.
  if (kind === 'foreign')
    for (const link of folding.state.relationshipsOf(table.id)) if (link.name === undefined) makeIndex(folding, table, link);
  for (const [at, one] of unnamed.entries()) one.name = nameFor(folding, table, kind, at + 1);
}

/** The name of a new constraint when others have numbers of their own; undefined when it may go without. */
export function nextNumber(folding: Folding, table: MutableTable, kind: Kind): string | undefined {
  if (!TRAITS[folding.dialect].namesIndexesByColumn) return undefined;
  const list = listOf(folding, table, kind);
  const numbers = list.flatMap(({ name }) => numberIn(folding, table, kind, name) ?? []);
  if (numbers.length === 0) return undefined;
  keepNumbers(folding, table, kind);
  if (kind === 'check' && folding.dialect === 'mariadb') {
    const taken = new Set(numbers);
    let free = 1;
    while (taken.has(free)) free++;
    return nameFor(folding, table, kind, free);
  }
  return nameFor(folding, table, kind, Math.max(...numbers) + 1);
}

/** Numbered names begin with that of their table, and follow it. */
export function renameNumbers(folding: Folding, table: MutableTable, to: string): void {
  if (!TRAITS[folding.dialect].namesIndexesByColumn) return;
  for (const kind of ['foreign', 'check'] as const) {
    for (const one of listOf(folding, table, kind)) {
      const number = numberIn(folding, table, kind, one.name);
      if (number !== undefined) one.name = nameFor(folding, { ...table, name: to }, kind, number);
    }
  }
}
