import type { SchemaChange } from '#model/change-types.ts';
import type { New } from '#model/patch.ts';
import type { Dialect } from '#model/types.ts';
import { postgresRows } from '../dialects/postgres/decomposition/rows.ts';
import type { Consequence } from '../refactor/consequences.ts';
import type { Carried, Rejoining, RowCarrier } from './types.ts';

/** The SQL that carries rows over, and back, and proves it. */
export interface CarriedRows {
  readonly change: New<SchemaChange>;
  readonly rejoining: Rejoining;
}

const CARRIERS: Readonly<Partial<Record<Dialect, RowCarrier>>> = { postgresql: postgresRows };

/** The SQL of a decomposition for a database with rows; undefined where the dialect has no writer of it. */
export function carryRows(carried: Carried, consequences: readonly Consequence[], date: string): CarriedRows | undefined {
  const { dialect = 'postgresql', version = 18 } = carried.before.settings['settings'] ?? {};
  const carrier = CARRIERS[dialect];
  if (carrier === undefined) return undefined;
  const broken = consequences.filter(({ kind }) => kind === 'breaks').map(({ text }) => text);
  const { forward, back, rejoining } = carrier(carried, broken);
  const title = `Decompose ${carried.table.name}`;
  const about = [...carried.tableIds];
  return { rejoining, change: { title, kind: 'decomposition', date, dialect, version, about, forward, back } };
}
