import { beforeAll, describe, expect, it } from 'vitest';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../../sql/parser-port.ts';
import { presentIndexes, withIndexNames } from './present.ts';
import { supersededBy } from './superseded.ts';

let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
});

const present = (ddl: string) => presentIndexes(withIndexNames(readDdl(parser, ddl)));

describe('indexes that there are', () => {
  it('are those of keys, exclusions and their own, by the names that PostgreSQL gives them', () => {
    const found = present(`CREATE SCHEMA s;
      CREATE TABLE s.t (id int PRIMARY KEY, a int, b int UNIQUE, during tsrange, EXCLUDE USING gist (during WITH &&));
      CREATE INDEX ON s.t (a); CREATE INDEX ON s.t (a); CREATE UNIQUE INDEX ON s.t (a, lower(a::text));
      CREATE INDEX named ON s.t (a) INCLUDE (b) WHERE b > 0;`);
    expect(found.map(({ id, rule }) => [id, rule])).toEqual([
      ['s.t_pkey', true],
      ['s.t_b_key', true],
      ['s.t_during_excl', true],
      ['s.t_a_idx', false],
      ['s.t_a_idx1', false],
      ['s.t_a_lower_idx', true],
      ['s.named', false],
    ]);
    const named = found.at(-1);
    expect(named?.sql).toBe('CREATE INDEX named ON s.t (a) INCLUDE (b) WHERE b > 0');
    expect(named?.columns).toEqual(['a', 'b']);
    expect(found[0]?.sql).toBe('CONSTRAINT t_pkey PRIMARY KEY (id)');
    expect(found[0]?.index).toBeUndefined();
  });

  it('hold the columns that their expressions and predicates look at, and not those that only sound like it', () => {
    const [, index] = present(`CREATE TABLE t (id int PRIMARY KEY, name text, name_2 text, state text, old boolean);
      CREATE INDEX ON t (lower(name)) WHERE state <> 'old';`);
    expect(index?.columns).toEqual(['name', 'state', 'old']);
    const [, other] = present('CREATE TABLE t (id int PRIMARY KEY, a int, aa int); CREATE INDEX ON t ((aa + 1));');
    expect(other?.columns).toEqual(['aa']);
  });

  it('stay when rows are stored or replicated by them', () => {
    const found = present(`CREATE TABLE t (a int NOT NULL, b int); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a);
      ALTER TABLE t CLUSTER ON i;`);
    expect(found.map(({ name, stays }) => [name, stays])).toEqual([
      ['i', true],
      ['j', false],
    ]);
  });

  it('are one for a partitioned table, not one more for each partition', () => {
    const found = present(`CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);
      CREATE INDEX p_b ON ONLY p (b); CREATE INDEX p1_b ON p1 (b); ALTER INDEX p_b ATTACH PARTITION p1_b;`);
    expect(found.map(({ name }) => name)).toEqual(['p_b']);
  });
});

describe('what is needless', () => {
  const superseded = (ddl: string) => {
    const document = withIndexNames(readDdl(parser, ddl));
    const found = supersededBy(document, { present: presentIndexes(document), candidates: [] });
    return [...found].map(([by, which]) => `${which.join(' ')} by ${by}`).sort();
  };

  it('is what another one begins with, or what a key does as well', () => {
    expect(
      superseded(`CREATE TABLE t (id int PRIMARY KEY, a int, b int);
        CREATE INDEX one ON t (a); CREATE INDEX two ON t (a, b); CREATE INDEX three ON t (id); CREATE INDEX four ON t (b);`),
    ).toEqual(['public.one by public.two', 'public.three by public.t_pkey']);
  });

  it('is one of two that are equal, not both', () => {
    expect(superseded('CREATE TABLE t (a int); CREATE INDEX one ON t (a); CREATE INDEX two ON t (a);')).toEqual([
      'public.two by public.one',
    ]);
  });

  it('is no index of fewer rows, no unique one, and none that rows are stored by', () => {
    expect(
      superseded(`CREATE TABLE t (a int NOT NULL, b int); CREATE INDEX part ON t (a) WHERE b = 1; CREATE UNIQUE INDEX u ON t (a);
        CREATE INDEX c ON t (a); CREATE INDEX long ON t (a, b); ALTER TABLE t CLUSTER ON c;`),
    ).toEqual([]);
  });
});
