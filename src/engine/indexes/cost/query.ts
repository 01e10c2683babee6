import {
  bitmapScan,
  type Cost,
  type HeapSize,
  hashJoin,
  indexScan,
  type Lookup,
  limited,
  nestedLoop,
  sequentialScan,
  sort,
  type TreeSize,
} from './access.ts';

/** A condition on one table that is not a join. */
export interface Restriction {
  /** Column or expression, by a name that keys of indexes use as well. */
  readonly term: string;
  /** `other`: no B-tree finds its rows. */
  readonly test: 'equal' | 'in' | 'range' | 'other';
  /** Share of the rows that meet it. */
  readonly share: number;
  /** Values of an IN. */
  readonly values?: number;
}

/** A B-tree that could be there. */
export interface PlannedIndex {
  readonly id: string;
  readonly tree: TreeSize;
  readonly key: readonly { readonly term: string; readonly desc?: boolean }[];
  readonly include?: readonly string[];
  /** Restrictions, by their place in the use, that its predicate makes true: the index holds no other rows. */
  readonly implied?: readonly number[];
}

/** One appearance of a table in a query. */
export interface PlannedUse {
  readonly heap: HeapSize;
  /** Bytes of a row that the query carries along. */
  readonly width: number;
  readonly restrictions: readonly Restriction[];
  /** Terms and columns that the query needs of it: with all of them in an index the table is not read. */
  readonly needs: readonly string[];
  /** Those that the query may use: of partial ones only where the query's conditions imply the predicate. */
  readonly indexes: readonly PlannedIndex[];
  /** By term how the order of values follows that of rows, -1 to 1. Absent: 0. */
  readonly correlation?: Readonly<Record<string, number>>;
  /** By term its distinct values. Absent: as many as rows. */
  readonly distinct?: Readonly<Record<string, number>>;
}

export interface PlannedJoin {
  readonly left: { readonly use: number; readonly term: string };
  readonly right: { readonly use: number; readonly term: string };
}

export interface PlannedQuery {
  readonly uses: readonly PlannedUse[];
  readonly joins: readonly PlannedJoin[];
  /** The order it asks for, when that is an order of one table's rows. */
  readonly order?: { readonly use: number; readonly terms: readonly { readonly term: string; readonly desc?: boolean }[] };
  readonly limit?: number;
}

export interface QueryPlan {
  readonly cost: number;
  /** Indexes that it uses. */
  readonly used: readonly string[];
  readonly rows: number;
}

interface Path {
  readonly cost: Cost;
  readonly rows: number;
  readonly used: readonly string[];
  /** Rows come in the order that is asked for. */
  readonly ordered: boolean;
}

/** Tables whose joins are tried in every order; of more the smallest results are joined first. */
const MOST_ORDERS = 8;

const valueIn = (record: Readonly<Record<string, number>> | undefined, term: string) =>
  record !== undefined && Object.hasOwn(record, term) ? record[term] : undefined;

function distinct(use: PlannedUse, term: string): number {
  return Math.max(1, Math.min(use.heap.rows, valueIn(use.distinct, term) ?? use.heap.rows));
}

const rowsOf = (use: PlannedUse) =>
  Math.max(
    1,
    use.restrictions.reduce((rows, { share }) => rows * share, use.heap.rows),
  );

/** What the first columns of an index find: equalities (and joined terms), then one range. */
interface Matched {
  readonly found: number;
  readonly conditions: number;
  readonly lookups: number;
  /** Key parts that have one value each. */
  readonly fixed: number;
  /** Joined terms among them. */
  readonly joined: readonly string[];
}

function match(use: PlannedUse, index: PlannedIndex, joined: readonly string[]): Matched {
  const implied = new Set(index.implied);
  let found = 1;
  let conditions = 0;
  let lookups = 1;
  let fixed = 0;
  const met: string[] = [];
  for (const { term } of index.key) {
    const own = use.restrictions.filter((one, at) => one.term === term && one.test !== 'other' && !implied.has(at));
    const exact = own.find(({ test }) => test === 'equal') ?? own.find(({ test }) => test === 'in');
    if (exact !== undefined) {
      found *= exact.share;
      if (exact.test === 'in') lookups *= Math.max(1, exact.values ?? 1);
    } else if (joined.includes(term)) {
      found /= distinct(use, term);
      met.push(term);
    } else {
      for (const range of own) {
        found *= range.share;
        conditions++;
      }
      break;
    }
    conditions++;
    fixed++;
  }
  return { found, conditions, lookups, fixed, joined: met };
}

/** Whether an index gives rows in an order, once its first parts have one value each. */
function givesOrder(index: PlannedIndex, fixed: number, order: NonNullable<PlannedQuery['order']>['terms']): boolean {
  const rest = index.key.slice(fixed);
  if (order.length === 0 || rest.length < order.length) return false;
  const turned = (order[0]?.desc === true) !== (rest[0]?.desc === true);
  return order.every(({ term, desc }, at) => rest[at]?.term === term && (rest[at]?.desc === true) === ((desc === true) !== turned));
}

interface Looking {
  readonly query: PlannedQuery;
  readonly at: number;
  readonly joined: readonly string[];
  readonly loops: number;
  readonly others: number;
}

/** Ways to read one table. With joined terms: for one row of what it is joined to. */
function paths({ query, at, joined, loops, others }: Looking, available: ReadonlySet<string>): Path[] {
  const use = query.uses[at] as PlannedUse;
  const order = query.order?.use === at ? query.order.terms : [];
  const rows = joined.reduce((sum, term) => sum / distinct(use, term), rowsOf(use));
  const out: Path[] = [{ cost: sequentialScan(use.heap, use.restrictions.length + joined.length), rows, used: [], ordered: false }];
  for (const index of use.indexes) {
    if (!available.has(index.id)) continue;
    const found = match(use, index, joined);
    const held = new Set([...index.key.map(({ term }) => term), ...(index.include ?? [])]);
    const indexOnly = use.needs.every((term) => held.has(term));
    const ordered = givesOrder(index, found.fixed, order) && found.lookups === 1;
    const partial = (index.implied?.length ?? 0) > 0;
    if (found.conditions === 0 && !ordered && !indexOnly && !partial) continue;
    const lookup: Lookup = {
      heap: use.heap,
      tree: index.tree,
      found: found.found,
      conditions: found.conditions,
      filters: Math.max(0, use.restrictions.length + joined.length - found.conditions - (index.implied?.length ?? 0)),
      lookups: found.lookups,
      correlation: valueIn(use.correlation, index.key[0]?.term ?? '') ?? 0,
      columns: index.key.length,
      indexOnly,
      loops,
      others,
    };
    out.push({ cost: indexScan(lookup), rows, used: [index.id], ordered });
    if (found.conditions > 0 || partial) out.push({ cost: bitmapScan(lookup), rows, used: [index.id], ordered: false });
  }
  return out;
}

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

/** Joins one more table to what is joined. */
class Planner {
  private readonly query: PlannedQuery;
  private readonly available: ReadonlySet<string>;
  private readonly pages: number;

  constructor(query: PlannedQuery, available: ReadonlySet<string>) {
    this.query = query;
    this.available = available;
    this.pages = query.uses.reduce((sum, { heap }) => sum + heap.pages, 0);
  }

  private others(at: number): number {
    return this.pages - (this.query.uses[at]?.heap.pages ?? 0);
  }

  alone(at: number): Path[] {
    return best(
      paths({ query: this.query, at, joined: [], loops: 1, others: this.others(at) }, this.available),
      this.query.limit !== undefined,
    );
  }

  /** Rows of a join, in whatever order it is made. */
  private rows(set: number): number {
    const { uses, joins } = this.query;
    let rows = 1;
    uses.forEach((use, at) => {
      if ((set >> at) & 1) rows *= rowsOf(use);
    });
    for (const { left, right } of joins) {
      if (left.use === right.use || !((set >> left.use) & 1) || !((set >> right.use) & 1)) continue;
      rows /= Math.max(distinct(uses[left.use] as PlannedUse, left.term), distinct(uses[right.use] as PlannedUse, right.term));
    }
    return Math.max(1, rows);
  }

  /** Terms of a table that are compared with tables of a set. */
  private between(at: number, set: number): string[] {
    const terms: string[] = [];
    for (const { left, right } of this.query.joins) {
      for (const [mine, other] of [
        [left, right],
        [right, left],
      ] as const) {
        if (mine.use !== at || other.use === at || ((set >> other.use) & 1) === 0) continue;
        terms.push(mine.term);
      }
    }
    return terms;
  }

  join(outer: Path, set: number, at: number): Path[] {
    const terms = this.between(at, set);
    const rows = this.rows(set | (1 << at));
    const out: Path[] = [];
    for (const inner of this.alone(at)) {
      const used = [...outer.used, ...inner.used];
      if (terms.length > 0)
        out.push({ cost: hashJoin(outer.cost, outer.rows, inner.cost, inner.rows, rows), rows, used, ordered: false });
      else {
        // Without a condition every pair is a row; the inner side is kept after it was read once.
        const kept = { startup: 0, total: inner.rows * 0.0025 };
        const loops = nestedLoop(outer.cost, outer.rows, kept, rows);
        out.push({ cost: { startup: loops.startup, total: loops.total + inner.cost.total }, rows, used, ordered: outer.ordered });
      }
    }
    if (terms.length === 0) return out;
    const looked = paths(
      { query: this.query, at, joined: terms, loops: Math.max(1, outer.rows), others: this.others(at) },
      this.available,
    );
    for (const inner of looked) {
      if (inner.used.length === 0) continue;
      out.push({
        cost: nestedLoop(outer.cost, outer.rows, inner.cost, Math.max(rows, outer.rows * inner.rows)),
        rows,
        used: [...outer.used, ...inner.used],
        ordered: outer.ordered,
      });
    }
    return out;
  }

  /** Every order of joins, smaller sets first. */
  exhaustive(): Path[] {
    const count = this.query.uses.length;
    const table: Path[][] = Array.from({ length: 1 << count }, () => []);
    for (let at = 0; at < count; at++) table[1 << at] = this.alone(at);
    for (let set = 1; set < 1 << count; set++) {
      if ((set & (set - 1)) === 0) continue;
      const found: Path[] = [];
      for (let at = 0; at < count; at++) {
        if (((set >> at) & 1) === 0) continue;
        const rest = set & ~(1 << at);
        for (const outer of table[rest] ?? []) found.push(...this.join(outer, rest, at));
      }
      table[set] = best(found, this.query.limit !== undefined);
    }
    return table[(1 << count) - 1] ?? [];
  }

  /** One order: by rows after restrictions, joined tables before others. It does not depend on the indexes. */
  fixedOrder(): Path[] {
    const { uses } = this.query;
    const open = uses.map((use, at) => ({ at, rows: rowsOf(use) })).sort((a, b) => a.rows - b.rows || a.at - b.at);
    const first = open.shift();
    if (first === undefined) return [];
    let done = [first.at];
    let now = this.alone(first.at);
    while (open.length > 0) {
      const touches = (at: number) =>
        this.query.joins.some(
          ({ left, right }) => (left.use === at && done.includes(right.use)) || (right.use === at && done.includes(left.use)),
        );
      const position = Math.max(
        0,
        open.findIndex(({ at }) => touches(at)),
      );
      const [next] = open.splice(position, 1);
      if (next === undefined) break;
      const set = done.reduce((bits, at) => bits | (1 << at), 0);
      now = best(
        now.flatMap((outer) => this.join(outer, set, next.at)),
        this.query.limit !== undefined,
      );
      done = [...done, next.at];
    }
    return now;
  }
}

/**
 * The cheapest plan of a query with some indexes, and its cost in PostgreSQL's units: sequential, index, index-only and bitmap
 * scans, nested loops with lookups, hash joins, sorts and limits; joins in every order up to eight tables, left-deep. More
 * indexes never make it dearer, so that `selectByAsking` can be given it.
 *
 * @param available ids of the indexes that are there, keys among them
 */
export function planQuery(query: PlannedQuery, available: ReadonlySet<string>): QueryPlan {
  const planner = new Planner(query, available);
  const width = query.uses.reduce((sum, use) => sum + use.width, 0);
  const found = query.uses.length <= MOST_ORDERS ? planner.exhaustive() : planner.fixedOrder();
  let least: QueryPlan | undefined;
  for (const path of found) {
    let cost = path.cost;
    if (query.order !== undefined && !path.ordered) cost = sort(cost, path.rows, width, query.limit);
    if (query.limit !== undefined) cost = limited(cost, path.rows, query.limit);
    const plan: QueryPlan = {
      cost: cost.total,
      used: [...new Set(path.used)],
      rows: Math.min(path.rows, query.limit ?? path.rows),
    };
    if (least === undefined || plan.cost < least.cost) least = plan;
  }
  return least ?? { cost: 0, used: [], rows: 0 };
}
