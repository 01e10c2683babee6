import { beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '#model/types.ts';
import { dialectDocument } from '#test/analytic.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { knownFacts } from '../../facts/facts.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { analyseQuery } from '../../workload/analyse.ts';
import { readCondition } from '../redundancy/condition.ts';
import { ENGINES } from './engines.ts';
import { computedText, conditionShare, literalText, restrictionsOf } from './shares.ts';
import { expressionKey, KnownValues } from './table.ts';

let parser: PgParser;
let values: KnownValues;
let find: (where: string, parameters?: Parameters<typeof restrictionsOf>[2]) => readonly (readonly [string, number])[];

beforeAll(async () => {
  parser = await parserForTests();
  const document = await dialectDocument('postgresql', {});
  const table = Object.values(document.tables).find(({ name }) => name === 'orders') as Table;
  const known = knownFacts(document).get(table.id);
  if (known === undefined) throw new Error('no facts');
  values = new KnownValues(document, table, known, ENGINES.postgresql);
  find = (where, parameters = []) => {
    const { uses } = analyseQuery(document, { sql: `SELECT * FROM orders WHERE ${where}` }, parser);
    return restrictionsOf(values, uses[0]?.predicates ?? [], parameters).map(({ test, share }) => [test, share] as const);
  };
});

const near = (found: readonly (readonly [string, number])[], ...wanted: readonly (readonly [string, number])[]) => {
  expect(found.map(([test]) => test)).toEqual(wanted.map(([test]) => test));
  for (const [at, [, share]] of found.entries()) expect(share).toBeCloseTo((wanted[at] as readonly [string, number])[1], 5);
};

describe('shares of rows that conditions leave', () => {
  it('are those of the values, as far as they are known', () => {
    near(find("status = 'open'"), ['equal', 0.01]);
    near(find("status IN ('open', 'sent')"), ['in', 0.1]);
    near(find("status <> 'paid'"), ['other', 0.1]);
    near(find('customer_id = 7'), ['equal', 1 / 50_000]);
    near(find('customer_id = $1'), ['equal', 1 / 50_000]);
    near(find('customer_id IS NULL'), ['equal', 0]);
  });

  it('of a parameter are the mean of what it is declared to be', () => {
    const parameters = [
      {
        name: '$1',
        values: [
          { sql: "'open'", share: 0.75 },
          { sql: "'paid'", share: 0.25 },
        ],
      },
    ];
    near(find('status = $1', parameters), ['equal', 0.75 * 0.01 + 0.25 * 0.9]);
    near(find('status = $1'), ['equal', 1 / 3]);
  });

  it('of the two ends of a range are one, and of a key without a range even from 1', () => {
    near(find('id >= 250001 AND id <= 500000'), ['range', 0.25]);
    near(find('id BETWEEN 250001 AND 500000'), ['range', 0.25]);
    near(find('placed >= $1 AND placed < $2'), ['range', 0.005]);
    near(find('placed >= $1'), ['range', 1 / 3]);
  });

  it('are defaults for what nothing is known of', () => {
    near(find("status LIKE '%en'"), ['other', 0.005]);
    near(find("status LIKE 'op%'"), ['prefix', 1 / 3]);
    near(find('total > customer_id'), ['other', 1 / 3]);
  });

  it('of predicates of partial indexes are worked out alike', () => {
    const share = (where: string) => conditionShare(values, readCondition(where));
    for (const where of ["status = 'open'", 'total IS NULL', 'total IS NOT NULL'])
      expect(share(where.replace(/^\w+/, '([$&])'))).toBeCloseTo(share(where), 9);
    expect(share('lower(status) IS NULL')).toBeGreaterThan(0.001);
    expect(share("status = 'open'")).toBeCloseTo(0.01);
    expect(share("status IN ('open', 'sent') AND customer_id IS NOT NULL")).toBeCloseTo(0.1);
    expect(share("status = 'open' OR status = 'sent'")).toBeCloseTo(1 - 0.99 * 0.91);
    expect(share("status <> 'paid'")).toBeCloseTo(0.1);
    expect(share('id <= 500000')).toBeCloseTo(0.5, 4);
    expect(share('something(odd)')).toBeCloseTo(1 / 3);
  });
});

describe('values', () => {
  it('are read out of literals', () => {
    expect(["'it''s'", "date '2026-01-01'", "CAST('x' AS text)", '-4.5e3', 'TRUE', 'now()'].map(literalText)).toEqual([
      "it's",
      '2026-01-01',
      'x',
      '-4.5e3',
      't',
      undefined,
    ]);
  });

  it('are worked out of sums of numbers, and of dates and intervals', () => {
    expect(computedText('0.06 + 0.01')).toBe('0.07');
    expect(computedText('0.06 - 0.01')).toBe('0.05');
    expect(computedText("CAST('1994-01-01' AS date) + CAST('1' AS interval year)")).toBe('1995-01-01');
    expect(computedText("CAST('1998-12-01' AS date) - CAST('90' AS interval day)")).toBe('1998-09-02');
    expect(computedText("CAST('1994-01-31' AS date) + CAST('3 months' AS interval)")).toBe('1994-05-01');
    expect(computedText("DATE '1994-01-01' + INTERVAL 1 YEAR")).toBe('1995-01-01');
    expect(computedText("CAST('9994-01-01' AS date) + CAST('99999' AS interval year)")).toMatch(/^\+|undefined/);
    expect(computedText('now()')).toBeUndefined();
    expect(computedText(`'1994-01-01' + ${' '.repeat(1000)}'1 day'`)).toBeUndefined();
  });

  it('of expressions are the same however they are laid out', () => {
    expect(expressionKey('lower( "email" )')).toBe(expressionKey('LOWER(email)'));
    expect(expressionKey('(lower([email]))')).toBe(expressionKey('lower(email)'));
  });
});
