import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { factLines } from '#test/workload.ts';
import { analyseQuery } from './analyse.ts';
import type { QueryFacts } from './facts.ts';

const file = (name: string) => readFileSync(new URL(`../../../test/data/workload/${name}`, import.meta.url), 'utf8');

let parser: PgParser;
let document: Document;
/** The queries as written, and as sqlglot's optimizer writes them. */
let pairs: (readonly [QueryFacts, QueryFacts])[];

beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(parser, file('../tpch/schema.sql'));
  const text = file('tpch-queries.sql');
  const all = splitSql(text, 'postgresql')
    .filter((span) => span.kind === 'statement')
    .map((span) => analyseQuery(document, { sql: statementText(text, span) }, parser));
  pairs = Array.from({ length: all.length / 2 }, (_, i) => [all[2 * i], all[2 * i + 1]] as [QueryFacts, QueryFacts]);
});

const lines = (number: number) => factLines(document, (pairs[number - 1] as readonly [QueryFacts, QueryFacts])[0]);

/** Which columns of which tables a query needs, whichever way it is written. */
function needs(facts: QueryFacts): string[] {
  return [
    ...new Set(
      facts.uses.flatMap((use) =>
        use.columns.map((id) => document.tables[use.table]?.columns.find((one) => one.id === id)?.name ?? '?'),
      ),
    ),
  ].sort();
}

describe('TPC-H', () => {
  it('all 22 parse and resolve without a finding', () => {
    expect(pairs).toHaveLength(22);
    expect(pairs.flatMap(([first]) => first.findings)).toEqual([]);
    expect(pairs.every(([first]) => first.statement === 'select' && first.uses.length > 0)).toBe(true);
  });

  it('need the same columns as their optimized forms', () => {
    // One form holds a lambda, which is not PostgreSQL's.
    const readable = pairs.filter(([, second]) => second.findings.length === 0);
    expect(readable).toHaveLength(21);
    for (const [first, second] of readable) expect(needs(second)).toEqual(needs(first));
  });

  it('say the same to the reader of the other dialects', () => {
    const text = file('tpch-queries.sql');
    const first = splitSql(text, 'postgresql').filter(
      (span, i, all) => span.kind === 'statement' && all.slice(0, i).filter((one) => one.kind === 'statement').length % 2 === 0,
    );
    expect(first).toHaveLength(22);
    const shape = (facts: QueryFacts) => ({
      uses: facts.uses.map(({ table, name, columns, predicates, alternatives, order, group }) => ({
        table,
        name,
        columns,
        // SQLite's LIKE regards no case, so that no order helps it.
        predicates: predicates.map(({ test, term: { columns: of } }) => [test === 'prefix' ? 'pattern' : test, of]),
        arms: alternatives.map(({ arms }) => arms.map((arm) => arm.map(({ test }) => test))),
        order: order.map(({ term, desc }) => [term.columns, desc]),
        group: group.map((term) => term.columns),
      })),
      joins: facts.joins.map(({ kind, left, right, operator }) => [
        kind,
        left.use,
        left.term.columns,
        operator,
        right.use,
        right.term.columns,
      ]),
      findings: facts.findings,
    });
    const settings = document.settings['settings'];
    if (settings === undefined) throw new Error('no settings');
    for (const dialect of ['mysql', 'sqlite'] as const) {
      const other: Document = { ...document, settings: { settings: { ...settings, dialect } } };
      first.forEach((span, i) => {
        const theirs = analyseQuery(other, { sql: statementText(text, span) }, undefined);
        expect([i + 1, shape(theirs)]).toEqual([i + 1, shape((pairs[i] as readonly [QueryFacts, QueryFacts])[0])]);
      });
    }
  });

  it('Q3: three tables joined, two of them restricted by date', () => {
    expect(lines(3)).toEqual([
      "customer: equal c_mktsegment = 'BUILDING'; needs c_custkey,c_mktsegment",
      "orders: range o_orderdate < '1995-03-15'; needs o_orderkey,o_custkey,o_orderdate,o_shippriority",
      "lineitem: range l_shipdate > '1995-03-15'; needs l_orderkey,l_extendedprice,l_discount,l_shipdate",
      'inner: customer.c_custkey = orders.o_custkey',
      'inner: lineitem.l_orderkey = orders.o_orderkey',
    ]);
  });

  it('Q4: EXISTS, with a comparison of two columns', () => {
    expect(lines(4)).toEqual([
      "orders: range o_orderdate >= CAST('1993-07-01' AS date); range o_orderdate < {CAST('1993-07-01' AS date) + CAST('3' AS interval month)}; group o_orderpriority; needs o_orderkey,o_orderdate,o_orderpriority",
      'lineitem: other [l_commitdate < l_receiptdate]; needs l_orderkey,l_commitdate,l_receiptdate',
      'semi: orders.o_orderkey = lineitem.l_orderkey',
    ]);
  });

  it('Q13: the condition of an outer join restricts the side that may be missing', () => {
    expect(lines(13)).toEqual([
      'customer: group c_custkey; needs c_custkey',
      "orders: differs o_comment NOT LIKE '%special%requests%'; needs o_orderkey,o_custkey,o_comment",
      'left: customer.c_custkey = orders.o_custkey',
    ]);
  });

  it('Q19: what all arms share holds, the rest are arms for each table', () => {
    const [lineitem, part, join] = lines(19);
    expect(lineitem).toBe(
      "lineitem: in l_shipmode IN 'AIR'/'AIR REG'; equal l_shipinstruct = 'DELIVER IN PERSON'; or {range l_quantity >= 1 & range l_quantity <= 11} {range l_quantity >= 10 & range l_quantity <= 20} {range l_quantity >= 20 & range l_quantity <= 30}; needs l_partkey,l_quantity,l_extendedprice,l_discount,l_shipinstruct,l_shipmode",
    );
    expect(part).toContain(
      "or {equal p_brand = 'Brand#12' & in p_container IN 'SM CASE'/'SM BOX'/'SM PACK'/'SM PKG' & range p_size BETWEEN 1/5}",
    );
    expect(join).toBe('inner: part.p_partkey = lineitem.l_partkey');
  });

  it('Q20: queries in queries, each joined to the one around it', () => {
    expect(lines(20).slice(5)).toEqual([
      'semi: partsupp.ps_partkey = part.p_partkey',
      'scalar: partsupp.ps_partkey = lineitem.l_partkey',
      'scalar: partsupp.ps_suppkey = lineitem.l_suppkey',
      'semi: supplier.s_suppkey = partsupp.ps_suppkey',
      'inner: supplier.s_nationkey = nation.n_nationkey',
    ]);
  });

  it('Q22: an expression, a scalar query and NOT EXISTS', () => {
    expect(lines(22)).toEqual([
      "customer: in substring(c_phone, 1, 2) IN '13'/'31'/'23'/'29'/'30'/'18'/'17'; range c_acctbal > <query>; group substring(c_phone, 1, 2); needs c_custkey,c_phone,c_acctbal",
      "customer: range c_acctbal > 0.00; in substring(c_phone, 1, 2) IN '13'/'31'/'23'/'29'/'30'/'18'/'17'; needs c_phone,c_acctbal",
      'orders: needs o_custkey',
      'anti: customer.c_custkey = orders.o_custkey',
    ]);
  });
});
