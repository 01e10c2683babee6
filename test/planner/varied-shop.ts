import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import type { AdviseOptions } from '#engine/indexes/advise/advise.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '../read-ddl.ts';

/** A shop with everything that plans depend on told in one of several ways. */
export interface Variation {
  /** Of `EXTRAS`, by place. */
  readonly extras: readonly number[];
  readonly orders: number;
  readonly people: number;
  readonly values: number;
  /** Queries that are left out, by place. */
  readonly without: readonly number[];
  readonly calls: number;
  readonly state: number;
  readonly options: number;
}

/** What may be in the schema beside the tables. */
export const EXTRAS: readonly string[] = [
  'CREATE INDEX orders_state_idx ON orders (state);',
  'CREATE VIEW recent AS SELECT * FROM orders WHERE placed > 900000;',
  'CREATE STATISTICS orders_both ON state, person FROM orders;',
  `ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY seen ON orders USING (state <> 'gone');`,
  'ALTER TABLE visits ALTER COLUMN page SET NOT NULL;',
  'ALTER TABLE orders ADD FOREIGN KEY (person) REFERENCES people;',
  `CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM (1000) TO (2000);`,
];

export const ROWS = [20_000, 400_000, 3_000_000];
const VALUES: readonly object[] = [
  { state: { distinct: 4, common: [{ value: 'done', share: 0.95 }] } },
  { state: { distinct: 4, common: [{ value: 'done', share: 0.5 }] } },
  { state: { distinct: 40 }, placed: { distinct: 1000, min: '1', max: '1000000', correlation: 0.99 } },
];
const STATES = [`'new'`, `'done'`];
export const OPTIONS: readonly AdviseOptions[] = [{}, { budget: 2e7 }, { budget: 2e8 }, { writePenalty: 5 }];

const QUERIES: readonly string[] = [
  'SELECT id, total FROM orders WHERE person = $1 ORDER BY placed DESC LIMIT 20',
  'SELECT count(*) FROM orders WHERE state = $1 AND placed > 5000',
  'SELECT p.name, o.total FROM people p JOIN orders o ON o.person = p.id WHERE p.town = $1',
  'SELECT at, page FROM visits WHERE person = $1',
  `INSERT INTO orders VALUES ($1, $2, 'new', 7, 0)`,
  'DELETE FROM people WHERE id = $1',
];

/** Places of queries that read what is told of people. */
export const OF_PEOPLE = /\bpeople\b/;

const DDL = `
CREATE TABLE people (id integer PRIMARY KEY, name text NOT NULL, town text NOT NULL);
CREATE TABLE orders (id integer PRIMARY KEY, person integer NOT NULL, state text NOT NULL, placed integer NOT NULL, total integer);
CREATE TABLE visits (at integer NOT NULL, page text, person integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (1000);
`;

export const PLAIN: Variation = { extras: [], orders: 2, people: 1, values: 0, without: [], calls: 100, state: 0, options: 0 };

/** The document of a variation. */
export async function variedShop({ extras, orders, people, values, without, calls, state }: Variation): Promise<Document> {
  const more = [...extras].sort().map((at) => EXTRAS[at]);
  const document = readDdl(await parserForTests(), `${DDL}${more.join('\n')}`);
  const columns = { person: { distinct: 100_000, min: '1', max: '100000' }, ...VALUES[values] };
  const facts = readDeclaredFacts(
    document,
    JSON.stringify({
      tables: {
        orders: { rows: ROWS[orders], columns },
        people: { rows: ROWS[people], columns: { town: { distinct: 800 } } },
        visits_1: { rows: 2_000_000, columns: { person: { distinct: 100_000 } } },
      },
    }),
  );
  if (!facts.ok) throw new Error(facts.problem.message);
  const queries = QUERIES.flatMap((sql, at) => {
    if (without.includes(at)) return [];
    const id = `qry_${at}`;
    const parameters = at === 1 ? [{ name: '$1', values: [{ sql: STATES[state] as string, share: 1 }] }] : [];
    const query: WorkloadQuery = { id, name: id, sql, callsPerHour: calls * (at + 1), parameters };
    return [[id, query] as const];
  });
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}
