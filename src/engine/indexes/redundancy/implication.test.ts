import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { more, runs } from '#test/runs.ts';
import { implies, type KindOf, type ValueKind } from './implication.ts';

const KINDS: Readonly<Record<string, ValueKind>> = { n: 'number', m: 'number', t: 'text', b: 'boolean', d: 'date' };
const kindOf: KindOf = (column) => (Object.hasOwn(KINDS, column) ? KINDS[column] : undefined);

describe('a condition implies another', () => {
  it.each([
    ['n = 5', 'n = 5'],
    ['n = 5', 'n IS NOT NULL'],
    ['n = 5', 'n > 4 AND n < 6'],
    ['n = 5', 'n <> 6'],
    ['n = 5', 'n IN (4, 5)'],
    ['n = 5.0', 'n = 5'],
    ['n > 5', 'n >= 5'],
    ['n > 5', 'n <> 5'],
    ['n > 5', 'n <> 3'],
    ['n >= 5', 'n > 4.5'],
    ['n BETWEEN 3 AND 5', 'n >= 2 AND n <= 5'],
    ['n IN (1, 2)', 'n IN (3, 2, 1)'],
    ['n IN (1, 2)', 'n < 3'],
    ['n NOT IN (1, 2)', 'n <> 2'],
    ['n < 5', 'n NOT IN (5, 7)'],
    ['n = 1 OR n = 2', 'n IN (1, 2)'],
    ['n IN (1, 2)', 'n = 1 OR n = 2'],
    ["n = 1 OR t = 'a'", "t = 'a' OR n IN (1, 9)"],
    ['NOT (n < 5)', 'n >= 5'],
    ['NOT (n IS NULL)', 'n IS NOT NULL'],
    ['5 < n', 'n > 5'],
    ['n =-1', 'n < 0'],
    ['deleted_at IS NULL AND n = 3', 'deleted_at IS NULL'],
    ['(deleted_at IS NULL)', 'deleted_at is null'],
    ["((t)::text = 'open'::text)", "(t)::text = ANY (ARRAY['open'::text, 'new'::text])"],
    ["t = 'open'", "t <> 'closed'"],
    ["t = 'open' AND b", 'b = true'],
    ['b', 'b IS NOT NULL'],
    ['NOT b', 'b = false'],
    ['b IS TRUE', 'b'],
    ["d >= '2024-02-01'", "d > '2024-01-31'"],
    ["lower(t) = 'a'", "lower(t) IN ('a', 'b')"],
    ['f(x) > g(y) AND n = 1', 'f(x) > g(y)'],
    ['"Mixed" IS NULL', '"Mixed" IS NULL'],
  ])('%s => %s', (stronger, weaker) => {
    expect(implies(stronger, weaker, kindOf)).toBe(true);
  });

  it.each([
    ['n IS NOT NULL', 'n = 5'],
    ['n >= 5', 'n > 5'],
    ['n <> 5', 'n > 5'],
    ['n IN (1, 2)', 'n = 1'],
    ['n = 1 OR n = 2', 'n = 1'],
    ['n IS NULL', 'n <> 5'],
    ['b IS NOT TRUE', 'b = false'],
    ['n = 5', 'm = 5'],
    // Nobody knows how these compare.
    ['x = 5', 'x > 4'],
    ["x = 'a'", "x <> 'b'"],
    ["t > 'b'", "t > 'a'"],
    ["n = '5'", 'n = 5'],
    ['n = 0.10000000000000000001', 'n <> 0.1'],
    // Not the same operator, text or name.
    ['n @> 5', 'n > 5'],
    ["t -> 'a' IS NULL", 't IS NULL'],
    ['"T" IS NULL', 't IS NULL'],
    ["t = E'a'", "t = 'a'"],
    ['n::int = 5', 'n = 5'],
    ['n = 5.5::int', 'n = 6'],
    ['n = ANY (ARRAY[1, 2])', 'n = 1'],
    ['n <> ANY (ARRAY[1, 2])', 'n IN (1, 2)'],
    ['NOT (n = 1 AND t IS NULL)', 'n <> 1'],
    ['CASE WHEN n = 1 AND b THEN true ELSE false END', 'b'],
    ['', 'n = 1'],
    ['n = 1 AND', 'n = 1'],
    ['n BETWEEN SYMMETRIC 5 AND 3', 'n >= 5'],
  ])('not %s => %s', (stronger, weaker) => {
    expect(implies(stronger, weaker, kindOf)).toBe(false);
  });

  it('is true of itself, whatever it says', () => {
    for (const text of ['n > 1', 'f(a, b) AND c', "a -> 'x' = 'y'", 'a OR b OR c', 'NOT (a AND b)', 'a = b'])
      expect([text, implies(text, text, kindOf)]).toEqual([text, true]);
  });

  it('gives up on what has too many cases, and takes no long time', () => {
    const many = Array.from({ length: 12 }, (_, at) => `(n = ${at} OR m = ${at})`).join(' AND ');
    expect(implies(many, 'n IS NOT NULL OR m IS NOT NULL', kindOf)).toBe(false);
    expect(implies('('.repeat(20_000), ')'.repeat(20_000), kindOf)).toBe(false);
  });
});

type Value = number | string | boolean | null;
type Row = Readonly<Record<'n' | 'm' | 't' | 'b' | 'd', Value>>;
type Truth = boolean | null;

interface Made {
  readonly sql: string;
  holds(row: Row): Truth;
}

const DAYS = ['2024-01-01', '2024-01-02', '2024-02-01'];
const DOMAIN: { readonly [K in keyof Row]: readonly Value[] } = {
  n: [null, -1, 0, 0.5, 1, 2, 3],
  m: [null, 0, 1, 2],
  t: [null, 'a', 'b', 'c'],
  b: [null, true, false],
  d: [null, ...DAYS],
};

const not = (truth: Truth): Truth => (truth === null ? null : !truth);
const all = (list: readonly Truth[]): Truth => (list.includes(false) ? false : list.includes(null) ? null : true);
const any = (list: readonly Truth[]): Truth => not(all(list.map(not)));

function compare(a: Value, op: string, b: Value): Truth {
  if (a === null || b === null) return null;
  switch (op) {
    case '=':
      return a === b;
    case '<>':
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

const sqlOf = (value: Value) => (typeof value === 'string' ? `'${value}'` : String(value));
const column = fc.constantFrom<keyof Row>('n', 'n', 'n', 'm', 't', 'b', 'd');
const someValue = (name: keyof Row) => fc.constantFrom(...DOMAIN[name].filter((value) => value !== null));

const atom: fc.Arbitrary<Made> = column.chain((name) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('=', '<>', '!=', '<', '<=', '>', '>='), someValue(name), fc.boolean())
      .map(([op, value, turned]) =>
        turned
          ? { sql: `${sqlOf(value)} ${op} ${name}`, holds: (row: Row) => compare(value, op, row[name]) }
          : { sql: `${name} ${op} ${sqlOf(value)}`, holds: (row: Row) => compare(row[name], op, value) },
      ),
    fc.tuple(fc.array(someValue(name), { minLength: 1, maxLength: 3 }), fc.boolean()).map(([values, out]) => ({
      sql: `${name} ${out ? 'NOT ' : ''}IN (${values.map(sqlOf).join(', ')})`,
      holds: (row: Row) => {
        const found = any(values.map((value) => compare(row[name], '=', value)));
        return out ? not(found) : found;
      },
    })),
    fc.tuple(someValue(name), someValue(name), fc.boolean()).map(([low, high, out]) => ({
      sql: `${name} ${out ? 'NOT ' : ''}BETWEEN ${sqlOf(low)} AND ${sqlOf(high)}`,
      holds: (row: Row) => {
        const found = all([compare(row[name], '>=', low), compare(row[name], '<=', high)]);
        return out ? not(found) : found;
      },
    })),
    fc.boolean().map((is) => ({ sql: `${name} IS ${is ? '' : 'NOT '}NULL`, holds: (row: Row) => (row[name] === null) === is })),
    fc.constant<Made>({ sql: 'b', holds: (row) => row.b as Truth }),
    fc.constantFrom('TRUE', 'FALSE').map((test) => ({ sql: `b IS ${test}`, holds: (row: Row) => row.b === (test === 'TRUE') })),
  ),
);

const { condition } = fc.letrec<{ condition: Made }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => ({
      sql: parts.map(({ sql }) => `(${sql})`).join(' AND '),
      holds: (row: Row) => all(parts.map((part) => part.holds(row))),
    })),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => ({
      sql: parts.map(({ sql }) => `(${sql})`).join(' OR '),
      holds: (row: Row) => any(parts.map((part) => part.holds(row))),
    })),
    tie('condition').map((part) => ({ sql: `NOT (${part.sql})`, holds: (row: Row) => not(part.holds(row)) })),
  ),
}));

function rows(): Row[] {
  const out: Row[] = [];
  for (const n of DOMAIN.n)
    for (const m of DOMAIN.m)
      for (const t of DOMAIN.t) for (const b of DOMAIN.b) for (const d of DOMAIN.d) out.push({ n, m, t, b, d });
  return out;
}
const ROWS = rows();

describe('on random conditions', () => {
  it('nothing is claimed that some row contradicts', () => {
    let claimed = 0;
    fc.assert(
      fc.property(condition, condition, fc.boolean(), (a, b, both) => {
        // Half of the time the second is part of the first, so that something is implied.
        const stronger = both ? { sql: `(${a.sql}) AND (${b.sql})`, holds: (row: Row) => all([a.holds(row), b.holds(row)]) } : a;
        if (!implies(stronger.sql, b.sql, kindOf)) return;
        claimed++;
        const against = ROWS.find((row) => stronger.holds(row) === true && b.holds(row) !== true);
        expect([stronger.sql, b.sql, against]).toEqual([stronger.sql, b.sql, undefined]);
      }),
      runs(631, 1500),
    );
    expect(claimed).toBeGreaterThan(more(300));
  });

  it('of two comparisons with one column everything is claimed that every row bears out', () => {
    const simple = fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '<>'), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(simple, simple, ([op, value], [other, bound]) => {
        const dense = Array.from({ length: 41 }, (_, at) => at / 10 - 1);
        const so = dense.every((n) => compare(n, op, value) !== true || compare(n, other, bound) === true);
        expect(implies(`n ${op} ${value}`, `n ${other} ${bound}`, kindOf)).toBe(so);
      }),
      runs(632, 300),
    );
  });
});
