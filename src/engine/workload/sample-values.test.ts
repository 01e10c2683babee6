import { beforeAll, describe, expect, it } from 'vitest';
import type { QueryParameter } from '#model/query-types.ts';
import type { Document } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { analyseQuery } from './analyse.ts';
import { type SampleValues, sampleValues, valueOfType } from './sample-values.ts';

let parser: PgParser;
let document: Document;
beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(
    parser,
    `CREATE SCHEMA s; CREATE TABLE s."Order" (id bigint PRIMARY KEY, customer_id integer, status text, "at" timestamp, total numeric);
     CREATE TABLE customer (id integer PRIMARY KEY, email text)`,
  );
});

function values(sql: string, parameters: readonly QueryParameter[] = []): SampleValues {
  return sampleValues(document, analyseQuery(document, { sql, parameters }, parser), parameters);
}

const names = ({ questions }: SampleValues) => questions.map(({ wanted }) => wanted.map((one) => one.name));

describe('what stands for parameters', () => {
  it('is asked of one row for all that is compared with its columns', () => {
    const asked = values('SELECT 1 FROM s."Order" o WHERE o.customer_id = $1 AND status = $2');
    expect(names(asked)).toEqual([['$1', '$2']]);
    expect(asked.questions[0]?.sql).toBe(
      'SELECT customer_id::text AS v1, status::text AS v2 FROM s."Order" WHERE customer_id IS NOT NULL AND status IS NOT NULL ORDER BY ctid ' +
        'OFFSET (SELECT count(*) / 2 FROM s."Order" WHERE customer_id IS NOT NULL AND status IS NOT NULL) LIMIT 1',
    );
  });

  it('lies in the order of all rows where ranges are asked for', () => {
    const between = values('SELECT 1 FROM s."Order" WHERE "at" BETWEEN $1 AND $2');
    expect(between.questions.map(({ sql }) => sql)).toEqual([
      'SELECT (percentile_disc(0.5) WITHIN GROUP (ORDER BY at))::text AS v1, (percentile_disc(0.55) WITHIN GROUP (ORDER BY at))::text AS v2 FROM s."Order"',
    ]);
    const ends = values('SELECT 1 FROM s."Order" WHERE "at" >= $1 AND "at" < $2');
    expect(ends.questions[0]?.wanted.map((one) => one.sql.slice(17, 21))).toEqual(['0.5)', '0.55']);
    const last = values('SELECT 1 FROM s."Order" WHERE total > $1');
    expect(last.questions[0]?.wanted[0]?.words).toBe('the value of total behind 90 % of the rows');
    expect(values('SELECT 1 FROM s."Order" WHERE total < $1').questions[0]?.wanted[0]?.sql).toContain('(0.1)');
  });

  it('is of the expression that is compared, and for LIKE a part of a value', () => {
    expect(values('SELECT 1 FROM customer WHERE email LIKE $1').questions[0]?.wanted[0]?.sql).toMatch(/email::text.*'%'$/);
    expect(values('SELECT 1 FROM customer WHERE lower(email) = $1').questions[0]?.wanted[0]?.sql).toBe('(lower(email))::text');
  });

  it('is what was declared, the most frequent, and nothing else is asked then', () => {
    const declared = [{ name: '$1', values: [{ sql: `'a'`, share: 0.2 }, { sql: `'b'`, share: 0.7 }, { sql: `'c'` }] }];
    const found = values('SELECT 1 FROM s."Order" WHERE status = $1 AND customer_id = $2', declared);
    expect([...found.declared]).toEqual([['$1', `'b'`]]);
    expect(names(found)).toEqual([['$2']]);
  });

  it('is a page for LIMIT and OFFSET, and each parameter stands once', () => {
    const found = values('SELECT 1 FROM s."Order" WHERE customer_id = $1 OR id = $1 ORDER BY id LIMIT $2 OFFSET $3');
    expect([...found.fixed].map(([name, { sql }]) => [name, sql])).toEqual([
      ['$2', '20'],
      ['$3', '0'],
    ]);
    expect(names(found).flat()).toEqual(['$1']);
  });

  it('comes from each table of a join, and is left open where nothing is compared', () => {
    const found = values(
      'SELECT $3::text FROM s."Order" o JOIN customer c ON c.id = o.customer_id WHERE c.email = $1 AND o.status IN ($2, $4)',
    );
    expect(names(found).flat().sort()).toEqual(['$1', '$2', '$4']);
  });

  it('is made up by type at last', () => {
    expect(valueOfType('integer')).toBe('1');
    expect(valueOfType('text[]')).toBe(`'{}'`);
    expect(valueOfType('hstore')).toBe('NULL');
    expect(valueOfType('constructor')).toBe('NULL');
  });
});
