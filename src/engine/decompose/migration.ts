import type { SchemaChange } from '#model/change-types.ts';
import type { New } from '#model/patch.ts';
import { CARRIERS } from '../dialects/carriers.ts';
import type { Consequence } from '../refactor/consequences.ts';
import { type OldShape, withOldShape } from './old-shape.ts';
import type { Carried, Rejoining } from './types.ts';

/** The SQL that carries rows over, and back, and proves it. */
export interface CarriedRows {
  readonly change: New<SchemaChange>;
  readonly rejoining: Rejoining;
}

/** The SQL of a decomposition for a database with rows. */
export function carryRows(carried: Carried, consequences: readonly Consequence[], date: string, views?: OldShape): CarriedRows {
  const { dialect = 'postgresql', version = 18 } = carried.before.settings['settings'] ?? {};
  const broken = consequences.filter(({ kind }) => kind === 'breaks').map(({ text }) => text);
  const { rejoining, ...ways } = CARRIERS[dialect](carried, broken);
  const { forward, back } = views === undefined ? ways : withOldShape(carried, views, ways);
  const title = `Decompose ${carried.table.name}`;
  const about = [...carried.tableIds];
  return { rejoining, change: { title, kind: 'decomposition', date, dialect, version, about, forward, back } };
}
