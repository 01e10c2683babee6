import { UNLIMITED } from '#engine/budget.ts';
import { constantColumns, discoverDependencies, fdsOf, keysOf } from '#engine/discover/dependencies.ts';
import type { Exploration } from '#engine/discover/explore.ts';
import { type ColumnProfile, profileRelation } from '#engine/discover/profile/profile.ts';
import { rankFds, rankKeys, type Weights } from '#engine/discover/rank.ts';
import { readData } from '#engine/discover/read/data.ts';
import { recoverTables } from '#engine/discover/recover.ts';
import type { Relation } from '#engine/discover/relation.ts';
import { type Recovered, type Score, scoreOf } from './score.ts';
import type { Flat } from './shapes.ts';

/** Left sides are searched up to so many columns. */
const MAX_LEFT = 3;
const MAX_RANKED = 5000;

/** A flat table with what its rows say: what takes time, once. */
export interface Explored {
  readonly flat: Flat;
  readonly relation: Relation;
  readonly profiles: readonly ColumnProfile[];
  readonly seen: Pick<Exploration, 'discovery' | 'ranked' | 'keys'>;
}

/** The flat table read as a file and searched, names, order and all as a person would drop it. */
export function exploreFlat(flat: Flat): Explored {
  const data = readData(flat.csv, UNLIMITED, {});
  if (!data.ok) throw new Error(data.problem.message);
  const { relation } = data.value;
  const profiles = profileRelation(relation);
  const discovery = discoverDependencies(relation, UNLIMITED, { maxLeft: MAX_LEFT });
  const keys = rankKeys(keysOf(discovery.value), profiles);
  return reranked({ flat, relation, profiles, seen: { discovery, keys, ranked: [] } });
}

/** The same with dependencies ordered by other weights. */
export function reranked(explored: Explored, weights?: Weights): Explored {
  const { relation, profiles, seen } = explored;
  const fds = fdsOf(seen.discovery.value).slice(0, MAX_RANKED);
  return { ...explored, seen: { ...seen, ranked: rankFds(relation, profiles, fds, UNLIMITED, 'equal', weights) } };
}

/** Tables from rows alone: what is believed of the discovered dependencies, then the recommended decomposition. */
export function recover({ flat, relation, seen }: Explored, minScore?: number): Score & { readonly tables: readonly Recovered[] } {
  const plan = recoverTables(relation, seen, UNLIMITED, minScore === undefined ? {} : { minScore });
  const names = (columns: readonly number[]) => columns.map((column) => relation.columns[column]?.name ?? '');
  const tables = plan.tables.map(({ columns, keys }) => ({ columns: names(columns), keys: keys.map(names) }));
  const constants = new Set(names(constantColumns(seen.discovery.value)));
  return { ...scoreOf(flat.originals, tables, constants), tables };
}
