import { beforeAll, describe, expect, it } from 'vitest';
import type { Index } from '#model/table-parts.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { checkDocument, createCheckCache } from '../check.ts';
import { labelOf } from '../labels.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

/** Foreign keys that are said to have no index. */
function lacking(document: Document, cache = createCheckCache()): string[] {
  const found = checkDocument(document, { parser, cache }).filter(({ rule }) => rule === 'fk-index-missing');
  return found.map(({ at: [at] }) => (at === undefined ? '' : labelOf(document, at)));
}

const SALES = `CREATE TABLE shops (id int PRIMARY KEY);
CREATE TABLE sales (day int, shop int) PARTITION BY RANGE (day);
CREATE TABLE year PARTITION OF sales FOR VALUES FROM (0) TO (400) PARTITION BY RANGE (day);
CREATE TABLE spring PARTITION OF year FOR VALUES FROM (0) TO (100);
CREATE INDEX top ON ONLY sales (shop);
CREATE INDEX middle ON ONLY year (shop);
CREATE INDEX leaf ON spring (shop);
`;
const OF_ALL = 'ALTER TABLE sales ADD FOREIGN KEY (shop) REFERENCES shops;\n';

describe('indexes of partitioned tables', () => {
  it('made ON ONLY serve once each partition has its part, down to the last', () => {
    const attach = ['ALTER INDEX middle ATTACH PARTITION leaf;\n', 'ALTER INDEX top ATTACH PARTITION middle;\n'];
    const said = (...of: readonly (string | undefined)[]) => lacking(readDdl(parser, SALES + OF_ALL + of.join('')));
    expect(said()).toEqual(['sales → shops']);
    expect(said(attach[0])).toEqual(['sales → shops']);
    expect(said(attach[1])).toEqual(['sales → shops']);
    expect(said(...attach)).toEqual([]);
    expect(said(...attach, 'CREATE TABLE summer PARTITION OF year FOR VALUES FROM (100) TO (200);')).toEqual(['sales → shops']);
  });

  it('made for all of it serve its partitions, whose own foreign keys are judged by them', () => {
    const own = (more: string) =>
      lacking(readDdl(parser, `${SALES}ALTER TABLE spring ADD FOREIGN KEY (shop) REFERENCES shops;\n${more}`));
    expect(own('')).toEqual([]);
    expect(own('DROP INDEX leaf;')).toEqual(['spring → shops']);
    expect(own('DROP INDEX leaf; CREATE INDEX ON sales (shop);')).toEqual([]);
    expect(own('DROP INDEX leaf; CREATE INDEX ON sales (day, shop);')).toEqual(['spring → shops']);
    // The same foreign key above: it is said there, once.
    expect(own(`DROP INDEX leaf; ${OF_ALL}`)).toEqual(['sales → shops']);
  });

  it('are looked at anew when a partition is given its part', () => {
    const before = readDdl(parser, `${SALES + OF_ALL}ALTER INDEX top ATTACH PARTITION middle;`);
    const cache = createCheckCache();
    expect(lacking(before, cache)).toEqual(['sales → shops']);
    const table = (name: string) => {
      const found = Object.values(before.tables).find((one) => one.name === name);
      if (found === undefined) throw new Error(name);
      return found;
    };
    const [spring, middle] = [table('spring'), table('year').indexes[0]?.id ?? ''];
    const indexes = spring.indexes.map((index): Index => ({ ...index, attachedTo: middle }));
    const after = { ...before, tables: { ...before.tables, [spring.id]: { ...spring, indexes } } };
    expect(lacking(after, cache)).toEqual([]);
    expect(lacking(before, cache)).toEqual(['sales → shops']);
  });
});
