import type { Dialect } from '#model/types.ts';
import { type Budget, partOf } from '../budget.ts';
import { type ApproximateResult, approximateFds } from './approximate.ts';
import { type DiscoverOptions, type Discovery, discoverDependencies, fdsOf, keysOf } from './dependencies.ts';
import { singleColumnDependencies } from './fds/single.ts';
import { type ColumnProfile, profileRelation } from './profile/profile.ts';
import { type ProposedTable, proposeTable } from './profile/propose.ts';
import { type RankedFd, type RankedKey, rankFds, rankKeys } from './rank.ts';
import type { NullMeaning, Relation } from './relation.ts';

export interface ExploreOptions extends DiscoverOptions {
  /** Name of the file or table, for the proposal. */
  readonly name: string;
  readonly dialect: Dialect;
  /** Dependencies whose evidence is counted at most, small left sides first. Default 2,000. */
  readonly maxRanked?: number;
  /** Ends the searches for dependencies: what was found until then is judged as ever. */
  readonly endSearch?: () => boolean;
}

/** Everything the rows of one table say, as plain data. */
export interface Exploration {
  readonly profiles: readonly ColumnProfile[];
  readonly discovery: Discovery;
  /** Keys, best first. */
  readonly keys: readonly RankedKey[];
  /** Dependencies with their evidence, likeliest first. */
  readonly ranked: readonly RankedFd[];
  readonly approximate: ApproximateResult;
  readonly proposal: ProposedTable;
}

/** What a search that was ended too early to say anything is replaced by. */
function singles(relation: Relation, nulls: NullMeaning): Discovery {
  return {
    value: singleColumnDependencies(relation, nulls),
    complete: false,
    reason: 'stopped before the end: complete up to left sides of one column',
    completeUpToLeft: 1,
    sampledRows: relation.rows,
  };
}

/** Profiles, dependencies, keys, near dependencies and a table to propose, in one go. */
export function explore(relation: Relation, options: ExploreOptions, budget: Budget): Exploration {
  budget.progress?.(0, 'looking at values');
  const profiles = profileRelation(relation);
  const searching = {
    progress: (done: number, what: string) => budget.progress?.(done, what),
    shouldStop: () => budget.shouldStop() || options.endSearch?.() === true,
  };
  const searched = discoverDependencies(relation, partOf(searching, 0.05, 0.7), options);
  const nulls = options.nulls ?? 'equal';
  const ended = searching.shouldStop() && !budget.shouldStop();
  const discovery = ended && searched.completeUpToLeft < 1 ? singles(relation, nulls) : searched;
  const fds = fdsOf(discovery.value).slice(0, options.maxRanked ?? 2000);
  const ranked = rankFds(relation, profiles, fds, partOf(budget, 0.7, 0.8), options.nulls);
  const keys = rankKeys(keysOf(discovery.value), profiles);
  const approximate = ended
    ? { ...approximateFds(relation, partOf(budget, 0.8, 1), { nulls, maxLeft: 1 }), complete: false }
    : approximateFds(relation, partOf(searching, 0.8, 1), { nulls });
  const proposal = proposeTable(
    options.name,
    profiles,
    keys.map((key) => key.columns),
    options.dialect,
  );
  return { profiles, discovery, keys, ranked, approximate, proposal };
}
