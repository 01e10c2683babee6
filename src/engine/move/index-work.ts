import type { Column } from '#model/column-types.ts';
import type { Index } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import type { Holding } from './holdings.ts';
import type { TableWork } from './keys.ts';
import type { Ledger } from './ledger.ts';

/** What moving the indexes of one table works on. */
export interface IndexWork extends TableWork {
  readonly holding: (column: Id) => Holding | undefined;
  /** Generated columns made on the way. */
  readonly added: Column[];
  /** The table's columns in the target, by id. */
  readonly types: ReadonlyMap<Id, Column>;
}

export const isMysql = (ledger: Ledger) => ledger.to === 'mysql' || ledger.to === 'mariadb';

/** Tells that an index has no place in the target. */
export function loseIndex(
  work: IndexWork,
  index: Index,
  row: { id: string; what: string; from: string; reason: string },
): undefined {
  const { ledger, table } = work;
  ledger.lose(
    { ...row, group: 'index' },
    {
      object: `index ${index.name ?? ''} on ${ledger.object(table)}`.replace('  ', ' '),
      at: { record: table.id, part: index.id },
      reason: row.reason,
    },
  );
  return undefined;
}
