import type { CommandCall } from '#model/commands/registry.ts';
import type { Document, TableFacts } from '#model/types.ts';

/** The tables that examples of rules about queries ask. */
export const EXAMPLE_SHOP = `CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text NOT NULL, manager_id bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, status text NOT NULL,
  created_at timestamptz NOT NULL, total numeric(12, 2), coupon_id bigint, note text);
CREATE INDEX orders_created_at ON orders (created_at);
CREATE INDEX orders_customer ON orders (customer_id);`;

/** Declares facts of a table. */
export function factsOf(document: Document, name: string, facts: TableFacts): readonly CommandCall[] {
  return Object.values(document.tables).flatMap((table): CommandCall[] =>
    table.name === name ? [{ name: 'setTable', args: { id: table.id, patch: { facts } } }] : [],
  );
}

/** Declares the common values of a column. */
export function commonOf(
  document: Document,
  name: string,
  column: string,
  common: readonly { readonly value: string; readonly share: number }[],
): readonly CommandCall[] {
  return Object.values(document.tables).flatMap((table): CommandCall[] => {
    const found = table.name === name ? table.columns.find((one) => one.name === column) : undefined;
    if (found === undefined) return [];
    return [{ name: 'setColumn', args: { table: table.id, id: found.id, patch: { facts: { ...found.facts, common } } } }];
  });
}
