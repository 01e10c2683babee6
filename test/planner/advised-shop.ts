import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '../read-ddl.ts';

const DDL = `
CREATE TABLE customers (id integer PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, country text NOT NULL);
CREATE INDEX customers_country_idx ON customers (country);
CREATE TABLE orders (
  id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, status text NOT NULL,
  placed timestamp NOT NULL, total numeric(10,2) NOT NULL, note text);
CREATE INDEX orders_status_idx ON orders (status);
CREATE INDEX orders_placed_idx ON orders (placed);
CREATE INDEX orders_id_idx ON orders (id);
CREATE TABLE events (at timestamp NOT NULL, kind text NOT NULL, customer_id integer NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX events_kind_idx ON events (kind);`;

const FACTS = JSON.stringify({
  tables: {
    customers: { rows: 200_000, columns: { country: { distinct: 50 } } },
    orders: {
      rows: 5_000_000,
      rowsPerDay: 5000,
      columns: {
        customer_id: { distinct: 200_000, min: '1', max: '200000' },
        status: { distinct: 4, common: [{ value: 'done', share: 0.95 }] },
        placed: { distinct: 4_000_000, min: '2024-01-01', max: '2026-01-01', correlation: 0.99 },
      },
    },
    events_2025: { rows: 2_000_000, columns: { customer_id: { distinct: 200_000 }, kind: { distinct: 20 } } },
    events_2026: { rows: 6_000_000, columns: { customer_id: { distinct: 200_000 }, kind: { distinct: 20 } } },
  },
});

const QUERIES: Readonly<Record<string, Pick<WorkloadQuery, 'sql'> & Partial<WorkloadQuery>>> = {
  history: { sql: 'SELECT id, placed, total FROM orders WHERE customer_id = $1 ORDER BY placed DESC LIMIT 20', callsPerHour: 5000 },
  recent: { sql: 'SELECT count(*) FROM orders WHERE placed >= $1 AND placed < $2', callsPerHour: 10 },
  login: { sql: 'SELECT id, name FROM customers WHERE email = $1', callsPerHour: 9000 },
  trail: { sql: 'SELECT at, kind FROM events WHERE customer_id = $1', callsPerHour: 300 },
  place: { sql: `INSERT INTO orders VALUES ($1, $2, 'new', now(), 0)`, callsPerHour: 200 },
  wrong: { sql: 'SELECT nothing FROM orders' },
  unread: { sql: 'SELEC 1' },
};

/** A shop with indexes that it needs, lacks and has in vain, at a scale, with its queries. */
export async function advisedShop(): Promise<Document> {
  const document = readDdl(await parserForTests(), DDL);
  const facts = readDeclaredFacts(document, FACTS);
  if (!facts.ok) throw new Error(facts.problem.message);
  const queries = Object.entries(QUERIES).map(([id, query]) => [id, { id, name: id, ...query }] as const);
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}
