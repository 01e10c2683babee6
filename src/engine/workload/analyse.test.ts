import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { factLines } from '#test/workload.ts';
import { READ_QUERIES } from '#test/workload-queries.ts';
import { SHOP } from '#test/workload-schema.ts';
import { analyseQuery } from './analyse.ts';

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(parser, SHOP);
});

describe('what a query tells', () => {
  it.each(READ_QUERIES.map((one) => [one.name, one] as const))('%s', (_name, { sql, role, says }) => {
    const facts = analyseQuery(document, { sql, ...(role === undefined ? {} : { role }) }, parser);
    expect(factLines(document, facts)).toEqual(says);
  });
});
