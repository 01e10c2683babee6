import { describe, expect, it } from 'vitest';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { conceptSection } from './concept.ts';

const SQL = `
CREATE TABLE orders (id bigint PRIMARY KEY, placed_at date, customer_id bigint NOT NULL);
CREATE TABLE customers (id bigint PRIMARY KEY, name text);
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
`;

describe('the concept in the design document', () => {
  it('says entities, and relationships with their cardinalities in words', async () => {
    const section = conceptSection(readDdl(await parserForTests(), SQL));
    expect(section).toContain('## Concept');
    expect(section).toMatch(/`public.orders` *\| *id, placed_at|`orders` *\| *id, placed\\?_at/);
    expect(section).toMatch(/orders` *\| *exactly one *\| *`(?:public\.)?customers` *\| *any number/);
    expect(section).not.toContain('customer_id');
  });

  it('is empty for a document without tables', async () => {
    expect(conceptSection(readDdl(await parserForTests(), 'CREATE SCHEMA empty;'))).toBe('');
  });
});
