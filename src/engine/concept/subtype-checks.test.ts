import { expect, it } from 'vitest';
import { parserForTests, readDdl, withCalls } from '#test/read-ddl.ts';
import { subtypeChecks } from './subtype-checks.ts';

const SQL = `
CREATE TABLE people (id bigint PRIMARY KEY, name text);
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, "limit" numeric NOT NULL);
CREATE TABLE guests (id bigint PRIMARY KEY, seen date);
`;

async function checks(overlapping: boolean): Promise<string[]> {
  const document = readDdl(await parserForTests(), SQL);
  const id = (name: string) => Object.values(document.tables).find((one) => one.name === name)?.id ?? '';
  const record = { id: 'isa', supertype: id('people'), subtypes: [id('customers'), id('guests')] };
  const before = withCalls(document, [
    { name: 'addHierarchy', args: { record: { ...record, ...(overlapping ? { overlapping } : {}) } } },
  ]);
  const after = withCalls(before, [{ name: 'resolveHierarchy', args: { id: 'isa', strategy: 'one-table' } }]);
  const hierarchy = after.hierarchies['isa'];
  return hierarchy === undefined ? [] : subtypeChecks(before, after, hierarchy).map((one) => one.expression);
}

it('asks rows of a subtype for what its own table asked for, under the names the columns have now', async () => {
  expect(await checks(false)).toEqual([`kind <> 'customers' OR (customers_name IS NOT NULL AND "limit" IS NOT NULL)`]);
});

it('asks by flag where a row may be of several subtypes', async () => {
  expect(await checks(true)).toEqual(['NOT is_customers OR (customers_name IS NOT NULL AND "limit" IS NOT NULL)']);
});
