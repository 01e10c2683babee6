import type { PlanNode } from '../../planner/plan.ts';
import {
  blockJoin,
  type Cost,
  hashGrouped,
  hashJoin,
  limited,
  nestedLoop,
  sort,
  sortGrouped,
  transientIndex,
  UNITS,
} from './access.ts';
import { type Habits, POSTGRES_HABITS } from './habits.ts';
import { distinctIn, type PlannedJoin, type PlannedQuery, type PlannedUse, rowsOf } from './planned.ts';
import { type Path, readings } from './readings.ts';

export interface QueryPlan {
  readonly cost: number;
  /** Indexes that it uses. */
  readonly used: readonly string[];
  readonly rows: number;
  /** Absent of a query of no table. */
  readonly root?: PlanNode;
}

/** Tables whose joins are tried in every order; of more the smallest results are joined first. */
const MOST_ORDERS = 8;

/**
 * Paths that are worth keeping: none that another one beats in all that counts later, which is the total, whether rows come in
 * order, and with a limit how soon they come.
 */
function best(all: readonly Path[], limit: boolean): Path[] {
  const beats = (a: Path, b: Path) =>
    a.cost.total <= b.cost.total && (!limit || a.cost.startup <= b.cost.startup) && (a.ordered || !b.ordered);
  const kept: Path[] = [];
  for (const path of all) {
    if (kept.some((other) => beats(other, path))) continue;
    for (let at = kept.length - 1; at >= 0; at--) if (beats(path, kept[at] as Path)) kept.splice(at, 1);
    kept.push(path);
  }
  return kept;
}

const has = (set: number, at: number) => ((set >> at) & 1) === 1;

/** How many rows of the right side a row of the left becomes. */
function times(kind: PlannedJoin['kind'], matches: number): number {
  if (kind === 'semi') return Math.min(1, matches);
  // Rows without a match: never none, as nobody knows which values the sides share.
  if (kind === 'anti') return Math.max(0.01, 1 - matches);
  if (kind === 'left') return Math.max(1, matches);
  return kind === 'scalar' ? 1 : matches;
}

/** Joins one more table to what is joined. */
class Planner {
  private readonly query: PlannedQuery;
  private readonly available: ReadonlySet<string>;
  private readonly habits: Habits;
  private readonly pages: number;
  /** By use: what it is to those it is joined to, when it is the dependent side. */
  private readonly kinds: readonly PlannedJoin['kind'][];
  private readonly known: (Path[] | undefined)[] = [];
  private readonly counts = new Map<number, number>();

  constructor(query: PlannedQuery, available: ReadonlySet<string>, habits: Habits) {
    this.query = query;
    this.available = available;
    this.habits = habits;
    this.pages = query.uses.reduce((sum, { heap }) => sum + heap.pages, 0);
    this.kinds = query.uses.map((_, at) => query.joins.find(({ kind, right }) => kind !== undefined && right.use === at)?.kind);
  }

  private use(at: number): PlannedUse {
    return this.query.uses[at] as PlannedUse;
  }

  private get hasLimit(): boolean {
    return this.query.limit !== undefined || this.query.limitShare !== undefined || this.query.order?.purpose === 'first';
  }

  /** Ways to read a table, or to look it up by terms whose values come from rows of others. */
  private read(at: number, joins: readonly PlannedJoin[], loops: number): Path[] {
    const { order } = this.query;
    const mine = joins.map((join) => (join.right.use === at ? { term: join.right.term, join } : { term: join.left.term, join }));
    const said = (term: string) => mine.find((one) => one.term === term)?.join.text ?? term;
    const looking = {
      use: this.use(at),
      order: order?.use === at ? order : undefined,
      joined: mine.map(({ term }) => term),
      said,
      loops,
      others: this.pages - this.use(at).heap.pages,
      habits: this.habits,
    };
    return readings(looking, this.available);
  }

  alone(at: number): Path[] {
    this.known[at] ??= best(this.read(at, [], 1), this.hasLimit);
    return this.known[at];
  }

  /** Rows of a join, in whatever order it is made. */
  private rows(set: number): number {
    const known = this.counts.get(set);
    if (known !== undefined) return known;
    const { uses, joins } = this.query;
    let rows = 1;
    uses.forEach((use, at) => {
      if (!has(set, at)) return;
      let matches = rowsOf(use);
      let depends = false;
      // By the other table: how many different values the compared columns have together.
      const together = new Map<number, number>();
      for (const { left, right, share } of joins) {
        if (left.use === right.use || !has(set, left.use) || !has(set, right.use) || Math.max(left.use, right.use) !== at) continue;
        if (right.use === at) depends = true;
        const ends = [
          distinctIn(uses[left.use] as PlannedUse, left.term),
          distinctIn(uses[right.use] as PlannedUse, right.term),
        ] as const;
        const other = left.use === at ? right.use : left.use;
        if (share === undefined) together.set(other, (together.get(other) ?? 1) * Math.max(...ends));
        else matches *= share;
      }
      // Of several columns there are not more values together than rows: of a key those of its table, which others refer to.
      for (const [other, values] of together) matches /= Math.min(values, use.heap.rows, (uses[other] as PlannedUse).heap.rows);
      rows *= depends ? times(this.kinds[at], matches) : matches;
    });
    const count = Math.max(1, rows);
    this.counts.set(set, count);
    return count;
  }

  /** Joins by equality between a table and a set. */
  private between(at: number, set: number): PlannedJoin[] {
    return this.query.joins.filter(({ left, right, share }) => {
      if (share !== undefined || left.use === right.use) return false;
      return (left.use === at && has(set, right.use)) || (right.use === at && has(set, left.use));
    });
  }

  /** Whether a table may be joined to a set: what it depends on has to be there. */
  private mayFollow(at: number, set: number): boolean {
    return this.query.joins.every(
      ({ kind, left, right }) => kind === undefined || kind === 'semi' || right.use !== at || left.use === at || has(set, left.use),
    );
  }

  private node(
    type: string,
    cost: Cost,
    rows: number,
    joins: readonly PlannedJoin[],
    sides: readonly Path[],
    at: number,
  ): PlanNode {
    const texts = joins.flatMap((join) => join.text ?? []);
    const kind = this.kinds[at];
    const [outer, inner] = sides.map((side) => side.plan()) as [PlanNode, PlanNode];
    return {
      type,
      ...(kind === undefined ? { joinType: 'Inner' } : { joinType: `${(kind[0] as string).toUpperCase()}${kind.slice(1)}` }),
      startupCost: cost.startup,
      totalCost: cost.total,
      rows,
      width: outer.width + inner.width,
      conditions: texts.length === 0 ? [] : [{ what: 'Join Cond', text: texts.join(' AND ') }],
      children: [
        { ...outer, role: 'Outer' },
        { ...inner, role: 'Inner' },
      ],
    };
  }

  private width(set: number): number {
    return this.query.uses.reduce((sum, { width }, at) => sum + (has(set, at) ? width : 0), 0);
  }

  /** Joins of a table that was read once, by a hash table or what the engine has in its place. */
  private once(outer: Path, set: number, at: number, rows: number, joins: readonly PlannedJoin[]): Path[] {
    const { joins: way, words } = this.habits;
    return this.alone(at).map((inner) => {
      let cost: Cost;
      if (way === 'hash') {
        const widths = [this.width(set), this.use(at).width] as const;
        cost = hashJoin(outer.cost, outer.rows, inner.cost, inner.rows, rows, widths);
      } else if (way === 'blocks') cost = blockJoin(outer.cost, outer.rows, inner.cost, inner.rows, this.width(set));
      else cost = transientIndex(outer.cost, outer.rows, inner.cost, inner.rows, rows);
      const plan = () => this.node(words.hash, cost, rows, joins, [outer, inner], at);
      return { cost, rows, used: [...outer.used, ...inner.used], ordered: false, plan };
    });
  }

  /** Without a condition every pair is a row; the inner side is kept after it was read once. */
  private pairs(outer: Path, at: number, rows: number): Path[] {
    return this.alone(at).map((inner) => {
      const kept = { startup: 0, total: inner.rows * UNITS.operator };
      const loops = nestedLoop(outer.cost, outer.rows, kept, rows);
      const cost = { startup: loops.startup, total: loops.total + inner.cost.total };
      const plan = () => this.node(this.habits.words.loop, cost, rows, [], [outer, inner], at);
      return { cost, rows, used: [...outer.used, ...inner.used], ordered: outer.ordered, plan };
    });
  }

  join(outer: Path, set: number, at: number): Path[] {
    const joins = this.between(at, set);
    const rows = this.rows(set | (1 << at));
    // What is computed for each row is not computed once, unless the engine turns it into a join.
    const each = this.kinds[at] === 'scalar' && !this.habits.unnests;
    if (joins.length === 0 && !each) return this.pairs(outer, at, rows);
    const out = each ? [] : this.once(outer, set, at, rows, joins);
    for (const inner of this.read(at, joins, Math.max(1, outer.rows))) {
      if (inner.used.length === 0 && !each) continue;
      const cost = nestedLoop(outer.cost, outer.rows, inner.cost, Math.max(rows, outer.rows * Math.min(1, inner.rows)));
      const plan = () => this.node(this.habits.words.loop, cost, rows, joins, [outer, inner], at);
      out.push({ cost, rows, used: [...outer.used, ...inner.used], ordered: outer.ordered, plan });
    }
    return out;
  }

  /** Every order of joins, smaller sets first. */
  exhaustive(): Path[] {
    const count = this.query.uses.length;
    const table: Path[][] = Array.from({ length: 1 << count }, () => []);
    for (let at = 0; at < count; at++) if (this.mayFollow(at, 0)) table[1 << at] = this.alone(at);
    for (let set = 1; set < 1 << count; set++) {
      if ((set & (set - 1)) === 0) continue;
      const found: Path[] = [];
      for (let at = 0; at < count; at++) {
        const rest = set & ~(1 << at);
        if (!has(set, at) || !this.mayFollow(at, rest)) continue;
        for (const outer of table[rest] ?? []) found.push(...this.join(outer, rest, at));
      }
      table[set] = best(found, this.hasLimit);
    }
    return table[(1 << count) - 1] ?? [];
  }

  /** One order: by rows after restrictions, joined tables before others. It does not depend on the indexes. */
  fixedOrder(): Path[] {
    const open = this.query.uses.map((use, at) => ({ at, rows: rowsOf(use) })).sort((a, b) => a.rows - b.rows || a.at - b.at);
    let done = 0;
    let now: Path[] = [];
    while (open.length > 0) {
      const may = open.findIndex(({ at }) => this.mayFollow(at, done) && this.between(at, done).length > 0);
      const next =
        may >= 0
          ? may
          : Math.max(
              0,
              open.findIndex(({ at }) => this.mayFollow(at, done)),
            );
      const { at } = open.splice(next, 1)[0] as { at: number };
      now =
        done === 0
          ? this.alone(at)
          : best(
              now.flatMap((outer) => this.join(outer, done, at)),
              this.hasLimit,
            );
      done |= 1 << at;
    }
    return now;
  }
}

/** A step on top of a path. */
function above(type: string, path: Path, cost: Cost, rows: number, conditions: PlanNode['conditions'] = []): Path {
  const plan = (): PlanNode => {
    const child = path.plan();
    const { startup: startupCost, total: totalCost } = cost;
    return { type, startupCost, totalCost, rows, width: child.width, conditions, children: [{ ...child, role: 'Outer' }] };
  };
  return { ...path, cost, rows, plan };
}

/** What is done with the rows in the end: they are sorted, grouped, or only the first is taken. */
function finished(query: PlannedQuery, path: Path, habits: Habits): Path {
  const { order, limitShare } = query;
  const { words } = habits;
  const width = query.uses.reduce((sum, use) => sum + use.width, 0);
  const limit = query.limit ?? (limitShare === undefined ? undefined : Math.max(1, limitShare * path.rows));
  let now = path;
  if (order?.purpose === 'first') {
    const one = path.ordered ? limited(path.cost, path.rows, 1) : path.cost;
    return above(path.ordered ? words.limit : words.hashGroup, path, one, 1);
  }
  if (order?.purpose === 'group') {
    const groups = Math.min(path.rows, order.groups ?? path.rows);
    const what = [{ what: 'Group Key', text: order.terms.map(({ term }) => term).join(', ') }];
    const terms = order.terms.length;
    const inOrder = path.ordered ? path : above(words.sort, path, sort(path.cost, path.rows, width), path.rows);
    const bySorting = sortGrouped(inOrder.cost, path.rows, groups, terms);
    const byHashing = hashGrouped(path.cost, path.rows, groups, terms, width);
    now =
      path.ordered || bySorting.total < byHashing.total
        ? above(words.sortedGroup, inOrder, bySorting, groups, what)
        : above(words.hashGroup, path, byHashing, groups, what);
  } else if (order !== undefined && !path.ordered)
    now = above(words.sort, path, sort(path.cost, path.rows, width, limit), path.rows);
  return limit === undefined ? now : above(words.limit, now, limited(now.cost, now.rows, limit), Math.min(now.rows, limit));
}

/**
 * The cheapest plan of a query with some indexes, and its cost in PostgreSQL's units: sequential, index, index-only and bitmap
 * scans, nested loops with lookups, hash joins, sorts, groups and limits; joins in every order up to eight tables, left-deep.
 * More indexes never make it dearer, so that `selectByAsking` can be given it.
 *
 * @param available ids of the indexes that are there, keys among them
 */
export function planQuery(query: PlannedQuery, available: ReadonlySet<string>, habits: Habits = POSTGRES_HABITS): QueryPlan {
  const planner = new Planner(query, available, habits);
  const found = query.uses.length <= MOST_ORDERS ? planner.exhaustive() : planner.fixedOrder();
  let least: Path | undefined;
  for (const path of found) {
    const whole = finished(query, path, habits);
    if (least === undefined || whole.cost.total < least.cost.total) least = whole;
  }
  if (least === undefined) return { cost: 0, used: [], rows: 0 };
  return { cost: least.cost.total, used: [...new Set(least.used)], rows: least.rows, root: least.plan() };
}
