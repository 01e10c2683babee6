import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bitmapScan,
  type HeapSize,
  hashJoin,
  indexScan,
  type Lookup,
  limited,
  nestedLoop,
  pagesFetched,
  sequentialScan,
  sort,
} from './access.ts';
import { type Distribution, equalShare, inShare, rangeShare } from './selectivity.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Startup Cost': number;
  readonly 'Total Cost': number;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

let db: PGlite;
let heap: HeapSize;
const columns = new Map<string, Distribution & { readonly correlation: number }>();

beforeAll(async () => {
  db = await PGlite.create();
  await db.exec(`
    SELECT setseed(0.3);
    CREATE TABLE t AS SELECT g AS id, (random() * 999)::int AS k, (g / 10) AS near, CASE WHEN random() < 0.8 THEN 1 ELSE (random() * 50)::int END AS skew,
      CASE WHEN random() < 0.25 THEN NULL ELSE (random() * 20000)::int END AS gaps, date '2020-01-01' + (g % 1500) AS day, repeat('x', 60) AS pad
      FROM generate_series(1, 40000) g;
    CREATE INDEX t_id ON t (id); CREATE INDEX t_k ON t (k); CREATE INDEX t_near ON t (near); CREATE INDEX t_k_id ON t (k, id);
    CREATE INDEX t_gaps ON t (gaps);
    SET effective_cache_size = '4GB'; SET max_parallel_workers_per_gather = 0; SET jit = off;`);
  await db.exec('VACUUM ANALYZE t');
  heap = { ...(await sizeOf('t')), visible: 1 };
  const stats = await db.query<{
    attname: string;
    nf: number;
    nd: number;
    vals: string | null;
    freqs: string | null;
    bounds: string | null;
    corr: number | null;
  }>(
    `SELECT attname, null_frac nf, n_distinct nd, most_common_vals::text vals, most_common_freqs::text freqs, histogram_bounds::text bounds, correlation corr FROM pg_stats WHERE tablename = 't'`,
  );
  const list = (text: string | null) => (text === null ? [] : text.slice(1, -1).split(','));
  for (const { attname, nf, nd, vals, freqs, bounds, corr } of stats.rows) {
    const shares = list(freqs).map(Number);
    columns.set(attname, {
      distinct: nd,
      nullFraction: nf,
      common: list(vals).map((value, at) => ({ value, share: shares[at] ?? 0 })),
      ...(bounds === null ? {} : { bounds: list(bounds) }),
      correlation: corr ?? 0,
    });
  }
});
afterAll(() => db.close());

async function sizeOf(name: string): Promise<{ rows: number; pages: number }> {
  const { rows } = await db.query<{ rows: number; pages: number }>(
    'SELECT reltuples::float8 rows, relpages pages FROM pg_class WHERE relname = $1',
    [name],
  );
  return rows[0] as { rows: number; pages: number };
}

/** The plan with only some ways allowed. */
async function plan(sql: string, ...off: string[]): Promise<Plan> {
  await db.exec(off.map((way) => `SET enable_${way} = off;`).join(' '));
  try {
    const { rows } = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${sql}`);
    return (rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan;
  } finally {
    await db.exec(off.map((way) => `SET enable_${way} = on;`).join(' '));
  }
}

const near = (ours: number, theirs: number, share: number) => {
  expect([ours, theirs, Math.abs(ours - theirs) <= share * Math.max(1, theirs)]).toEqual([ours, theirs, true]);
};

async function lookup(index: string, found: Plan, more: Partial<Lookup> = {}): Promise<Lookup> {
  const tree = { ...(await sizeOf(index)), height: 1 };
  const first = index.split('_')[1] ?? '';
  return {
    heap,
    tree,
    found: found['Plan Rows'] / heap.rows,
    conditions: 1,
    filters: 0,
    correlation: columns.get(first)?.correlation ?? 0,
    columns: 1,
    ...more,
  };
}

describe('costs are those of PostgreSQL', () => {
  it('of reading a whole table', async () => {
    near(sequentialScan(heap, 1).total, (await plan("SELECT * FROM t WHERE pad = 'y'"))['Total Cost'], 0.001);
    near(sequentialScan(heap, 0).total, (await plan('SELECT * FROM t'))['Total Cost'], 0.001);
  });

  it.each([
    ['SELECT * FROM t WHERE id = 77', 't_id', {}],
    ['SELECT * FROM t WHERE id < 4000', 't_id', {}],
    ['SELECT * FROM t WHERE near BETWEEN 100 AND 900', 't_near', { conditions: 2 }],
    ['SELECT * FROM t WHERE gaps > 15000', 't_gaps', {}],
  ])('of an index scan: %s', async (sql, index, more) => {
    const theirs = await plan(sql, 'seqscan', 'bitmapscan');
    expect(theirs['Node Type']).toBe('Index Scan');
    near(indexScan(await lookup(index, theirs, more)).total, theirs['Total Cost'], 0.03);
  });

  it('of an index-only scan', async () => {
    const theirs = await plan('SELECT id FROM t WHERE id < 9000', 'seqscan', 'bitmapscan');
    expect(theirs['Node Type']).toBe('Index Only Scan');
    near(indexScan(await lookup('t_id', theirs, { indexOnly: true })).total, theirs['Total Cost'], 0.03);
  });

  it.each([
    ['SELECT * FROM t WHERE k = 77', 't_k', {}],
    ['SELECT * FROM t WHERE k < 200', 't_k', {}],
    ['SELECT * FROM t WHERE gaps > 18000', 't_gaps', {}],
  ])('of a bitmap scan: %s', async (sql, index, more) => {
    await db.exec('DROP INDEX IF EXISTS t_k_id');
    const theirs = await plan(sql, 'seqscan', 'indexscan');
    expect(theirs['Node Type']).toBe('Bitmap Heap Scan');
    // One condition: checked in the index, and again on a page that the bitmap holds as a whole.
    near(bitmapScan(await lookup(index, theirs, more)).total, theirs['Total Cost'], 0.03);
  });

  it('of sorting, of sorting for the first rows, and of taking them', async () => {
    const whole = await plan('SELECT id, k FROM t ORDER BY pad, k', 'indexscan', 'indexonlyscan', 'bitmapscan');
    const input = sequentialScan(heap, 0);
    near(sort(input, heap.rows, 69).total, whole['Total Cost'], 0.05);
    const some = await plan('SELECT id, k FROM t ORDER BY pad, k LIMIT 10', 'indexscan', 'indexonlyscan', 'bitmapscan');
    near(limited(sort(input, heap.rows, 69, 10), heap.rows, 10).total, some['Total Cost'], 0.01);
  });

  it('of joins, within a few percent', async () => {
    const sql = 'SELECT * FROM t a JOIN t b ON b.id = a.k WHERE a.near < 20';
    const looped = await plan(sql, 'hashjoin', 'mergejoin', 'seqscan', 'bitmapscan', 'memoize');
    expect(looped['Node Type']).toBe('Nested Loop');
    const outer = looped.Plans?.[0] as Plan;
    const inner = looped.Plans?.[1] as Plan;
    const loops = outer['Plan Rows'];
    const shape = await lookup('t_id', inner, { loops, found: 1 / heap.rows, others: heap.pages });
    near(
      nestedLoop({ startup: outer['Startup Cost'], total: outer['Total Cost'] }, loops, indexScan(shape), looped['Plan Rows'])
        .total,
      looped['Total Cost'],
      0.06,
    );
    const hashed = await plan(sql, 'nestloop', 'mergejoin');
    expect(hashed['Node Type']).toBe('Hash Join');
    const [probe, build] = (hashed.Plans ?? []) as [Plan, Plan];
    const cost = (one: Plan) => ({ startup: one['Startup Cost'], total: one['Total Cost'] });
    near(
      hashJoin(cost(probe), probe['Plan Rows'], cost(build), build['Plan Rows'], hashed['Plan Rows']).total,
      hashed['Total Cost'],
      0.06,
    );
  });

  it('rows are expected as PostgreSQL does', async () => {
    const expected = async (sql: string) => (await plan(`SELECT * FROM t WHERE ${sql}`))['Plan Rows'];
    const of = (name: string) => columns.get(name) as Distribution;
    const rows = heap.rows;
    near(equalShare(of('skew'), rows, '1') * rows, await expected('skew = 1'), 0.01);
    near(equalShare(of('k'), rows, '77') * rows, await expected('k = 77'), 0.05);
    near(equalShare(of('gaps'), rows, '12345') * rows, await expected('gaps = 12345'), 0.5);
    near(inShare(of('skew'), rows, ['1', '7']) * rows, await expected('skew IN (1, 7)'), 0.02);
    near(rangeShare(of('id'), { to: '10000' }) * rows, await expected('id < 10000'), 0.02);
    near(rangeShare(of('gaps'), { from: '5000', to: '9000' }) * rows, await expected('gaps >= 5000 AND gaps <= 9000'), 0.05);
    near(rangeShare(of('skew'), { from: '1', to: '20' }) * rows, await expected('skew >= 1 AND skew <= 20'), 0.03);
    near(rangeShare(of('day'), { from: '2021-01-01' }) * rows, await expected("day >= '2021-01-01'"), 0.03);
  });
});

describe('shares of rows', () => {
  const plain: Distribution = { distinct: 100, nullFraction: 0.2 };

  it('are even where nothing is known of the values', () => {
    expect(equalShare(plain, 10_000, 'x')).toBeCloseTo(0.008);
    expect(equalShare(plain, 10_000)).toBeCloseTo(0.008);
    expect(equalShare({ distinct: -0.5, nullFraction: 0 }, 1000, 'x')).toBeCloseTo(1 / 500);
    expect(inShare(plain, 10_000, ['a', 'b', undefined])).toBeCloseTo(0.024);
    expect(inShare(plain, 10_000, Array.from({ length: 1000 }, String))).toBeCloseTo(0.8);
  });

  it('of ranges are a third, or half a percent with two ends, of what is not NULL', () => {
    expect(rangeShare(plain, { from: 'm' })).toBeCloseTo(0.8 / 3);
    expect(rangeShare(plain, { from: '1', to: '2' })).toBeCloseTo(0.004);
    expect(rangeShare(plain, {}, 2)).toBeCloseTo(0.004);
    expect(rangeShare(plain, {})).toBeCloseTo(0.8);
  });

  it('of ranges between the least and the largest value are even', () => {
    const column: Distribution = { distinct: 1000, nullFraction: 0, min: '0', max: '100' };
    expect(rangeShare(column, { from: '25', to: '75' })).toBeCloseTo(0.5);
    expect(rangeShare(column, { from: '200' })).toBe(0);
    expect(rangeShare(column, { to: '200' })).toBe(1);
    const dates: Distribution = { distinct: 366, nullFraction: 0, min: '2024-01-01', max: '2024-12-31' };
    expect(rangeShare(dates, { to: '2024-07-01' })).toBeCloseTo(182 / 365, 2);
  });
});

describe('pages fetched', () => {
  it('are at most all of them while the cache holds them, and more when it does not', () => {
    expect(pagesFetched(1, 1000, 0)).toBe(1);
    expect(pagesFetched(1e9, 1000, 0)).toBe(1000);
    expect(pagesFetched(1e8, 5_000_000, 0)).toBeGreaterThan(5_000_000);
    let last = 0;
    for (let rows = 1; rows < 1e8; rows *= 3) {
      const pages = pagesFetched(rows, 2_000_000, 0);
      expect(pages).toBeGreaterThanOrEqual(last);
      last = pages;
    }
  });

  it('cost 2,250,000 for a hundred million rows on a million pages, as the planner says', () => {
    expect(sequentialScan({ rows: 1e8, pages: 1e6, visible: 1 }, 1).total).toBe(2_250_000);
  });
});
