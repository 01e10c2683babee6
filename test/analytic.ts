import { UNLIMITED } from '#engine/budget.ts';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import type { ModelCost } from '#engine/indexes/advise/cost-model.ts';
import { prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import { analyticModel } from '#engine/indexes/analytic/model.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import type { Dialect, Document, TableFacts } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { CASES, indexName, PLANS, SCHEMA, TABLES } from './planner/shop.ts';
import { readDdl } from './read-ddl.ts';

/** The shop with its declared facts, its queries, and every index of the cases. */
function shopDocument(parser: PgParser): Document {
  const definitions = [...new Set(PLANS.flatMap((plan) => plan.indexes))];
  const document = readDdl(
    parser,
    [...SCHEMA, ...definitions.map((one) => `CREATE INDEX ${indexName(one)} ON ${one}`)].join(';\n'),
  );
  const tables = new Map<string, TableFacts>();
  const columns = new Map<string, ReadonlyMap<string, ColumnFacts>>();
  for (const table of Object.values(document.tables)) {
    const told = TABLES.find(({ name }) => name === table.name);
    if (told === undefined) continue;
    tables.set(table.id, { rows: told.rows, pages: told.pages });
    const own = told.columns.flatMap(({ name, bounds, ...facts }) => {
      const id = table.columns.find((one) => one.name === name)?.id;
      const range = bounds === undefined ? {} : { bounds, min: bounds[0] as string, max: bounds.at(-1) as string };
      return id === undefined ? [] : [[id, { ...facts, ...range }] as const];
    });
    columns.set(table.id, new Map(own));
  }
  const queries = Object.fromEntries(CASES.map(({ id, sql }) => [id, { id, name: id, sql, callsPerHour: 1 }]));
  return { ...withFacts(document, { tables, columns }), queries };
}

/** Every plan of the shop as the analytic model makes it, by the keys of the cases. */
export async function analyticShop(parser: PgParser): Promise<ReadonlyMap<string, ModelCost>> {
  const document = shopDocument(parser);
  const { queries } = prepareAdvice(document, parser, UNLIMITED);
  const model = analyticModel(document, 'it is compared with the planner');
  const found = new Map<string, ModelCost>();
  for (const { key, indexes } of PLANS) {
    const query = queries.find(({ id }) => key.startsWith(`${id}: `));
    if (query === undefined) throw new Error(`no query for ${key}`);
    const [cost] = await model.cost(
      [query],
      indexes.map((one) => `public.${indexName(one)}`),
    );
    if (cost?.ok !== true) throw new Error(`no cost for ${key}`);
    found.set(key, cost.value);
  }
  return found;
}

/**
 * Share of pairs that two lists put into the same order, of those that the first puts into one: pairs within `tie` of each other
 * are in none.
 */
export function rankAgreement(
  truth: readonly number[],
  ours: readonly number[],
  tie = 1.1,
): { readonly agree: number; readonly pairs: number } {
  let agree = 0;
  let pairs = 0;
  truth.forEach((one, i) => {
    for (let j = i + 1; j < truth.length; j++) {
      const other = truth[j] as number;
      if (Math.max(one / other, other / one) < tie) continue;
      pairs++;
      const [a, b] = [ours[i] as number, ours[j] as number];
      if ((one < other && a < b) || (one > other && a > b)) agree++;
    }
  });
  return { agree, pairs };
}

interface DialectOptions {
  /** Rows of `orders`; default a million. */
  readonly rows?: number;
  /** Different values of `customer_id`; default 50,000. */
  readonly distinct?: number;
  /** Further statements. */
  readonly indexes?: readonly string[];
  /** Orders refer to customers. */
  readonly references?: boolean;
}

const TYPES: Readonly<Record<Dialect, readonly [number: string, text: string, time: string]>> = {
  postgresql: ['integer', 'varchar(60)', 'timestamp'],
  mysql: ['int', 'varchar(60)', 'datetime'],
  mariadb: ['int', 'varchar(60)', 'datetime'],
  sqlite: ['INTEGER', 'TEXT', 'TEXT'],
  mssql: ['int', 'nvarchar(60)', 'datetime2'],
  oracle: ['NUMBER(10)', 'VARCHAR2(60)', 'DATE'],
};

/** Customers with orders and visits in a dialect, with declared facts and queries. */
export async function dialectDocument(
  dialect: Dialect,
  queries: Readonly<Record<string, string>>,
  { rows = 1_000_000, distinct = 50_000, indexes = [], references = false }: DialectOptions = {},
): Promise<Document> {
  const [number, text, time] = TYPES[dialect];
  const link = references ? `, CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)` : '';
  const papers =
    'CREATE TABLE papers (id integer PRIMARY KEY, title text NOT NULL, body jsonb NOT NULL, tags text[] NOT NULL, span int4range NOT NULL)';
  const ddl = [
    `CREATE TABLE customers (id ${number} NOT NULL, email ${text} NOT NULL, name ${text} NOT NULL, PRIMARY KEY (id))`,
    `CREATE TABLE orders (id ${number} NOT NULL, customer_id ${number} NOT NULL, placed ${time} NOT NULL, status ${text} NOT NULL, total ${number}, PRIMARY KEY (id)${link})`,
    `CREATE TABLE visits (id ${number} NOT NULL, day ${time} NOT NULL, PRIMARY KEY (id))`,
    ...(dialect === 'postgresql' ? [papers] : []),
    ...indexes,
  ].join(';\n');
  const read = readSql([{ name: 'test.sql', text: `${ddl};` }], { dialect }, await loadPorts(dialect));
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`line ${bad.line}: ${bad.reason}`);
  const share = (value: string, of: number) => ({ value, share: of });
  const facts = {
    tables: {
      customers: { rows: 50_000, columns: { email: { distinct: -1, nullFraction: 0, averageWidth: 24 } } },
      orders: {
        rows,
        columns: {
          customer_id: { distinct: Math.min(distinct, rows), nullFraction: 0, averageWidth: 4 },
          status: {
            distinct: 3,
            nullFraction: 0,
            averageWidth: 5,
            common: [share('paid', 0.9), share('sent', 0.09), share('open', 0.01)],
          },
          placed: { distinct: -0.9, nullFraction: 0, averageWidth: 8, correlation: 0.9 },
        },
      },
      visits: { rows: 200_000, columns: { day: { distinct: 700, nullFraction: 0, averageWidth: 8 } } },
      ...(dialect === 'postgresql' ? { papers: { rows: 500_000 } } : {}),
    },
  };
  const declared = JSON.stringify(facts);
  const { document } = read.value;
  // Oracle's names are in capitals.
  const told = readDeclaredFacts(
    document,
    dialect === 'oracle'
      ? declared.replaceAll(/"(customers|orders|visits|email|customer_id|status|placed|day)":/g, (name) => name.toUpperCase())
      : declared,
  );
  if (!told.ok) throw new Error(told.problem.message);
  if (told.value.unknown.length > 0) throw new Error(told.value.unknown.join());
  const records = Object.entries(queries).map(([id, sql]) => [id, { id, name: id, sql, callsPerHour: 1 }] as const);
  return { ...withFacts(document, told.value), queries: Object.fromEntries(records) };
}
