import { beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { idOf, linkOf } from '#test/denormalize.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { createWorkloadReader } from '../workload/report.ts';
import { completeLoad, NOTHING_GIVEN } from './load.ts';
import { loadOfWorkload, withSaid } from './workload-load.ts';

const DDL = `
CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors (id), title text NOT NULL);`;

const QUERIES: readonly (readonly [sql: string, callsPerHour?: number])[] = [
  ['SELECT p.title, a.name FROM posts p JOIN authors a ON a.id = p.author_id WHERE p.id = $1', 100],
  ['SELECT p.title, a.name FROM posts p JOIN authors a ON a.id = p.author_id ORDER BY p.id DESC LIMIT 20', 30],
  ['SELECT p.title, a.name FROM posts p JOIN authors a ON a.id = p.author_id WHERE p.title = $1', 1000],
  ['SELECT p.title FROM posts p JOIN authors a ON a.id = p.author_id WHERE p.id = $1', 1000],
  ['SELECT a.id, count(*) FROM posts p JOIN authors a ON a.id = p.author_id GROUP BY a.id', 4],
  ['INSERT INTO posts VALUES ($1, $2, $3)', 50],
  ['UPDATE authors SET name = $1 WHERE id = $2', 7],
  ['DELETE FROM posts WHERE id = $1'],
];

let parser: PgParser;
let document: Document;

beforeAll(async () => {
  parser = await parserForTests();
  const queries = QUERIES.map(([sql, calls], at) => {
    const id = `q${at}`;
    return [id, { id, name: id, sql, ...(calls === undefined ? {} : { callsPerHour: calls }) }];
  });
  document = { ...readDdl(parser, DDL), queries: Object.fromEntries(queries) };
});

const told = () => loadOfWorkload(document, createWorkloadReader(parser)(document));

describe('the load of a workload', () => {
  it('has the statements of each table, of queries whose calls are known', () => {
    const { tables } = told();
    expect(tables[idOf(document, 'posts')]).toEqual({ reads: 2134, inserts: 50 });
    expect(tables[idOf(document, 'authors')]).toEqual({ reads: 2141, updates: 7 });
  });

  it('has rows shown with columns of their parent where the text tells how many, and reports by a parent', () => {
    expect(told().joins).toEqual([{ relationships: [linkOf(document, 'posts', 'authors')], lookups: 100 + 30 * 20, reports: 4 }]);
  });

  it('says nothing where nothing is known', () => {
    expect(loadOfWorkload({ ...document, queries: {} }, {})).toEqual(NOTHING_GIVEN);
  });

  it('gives way to what a person says, figure by figure', () => {
    const posts = idOf(document, 'posts');
    const link = [linkOf(document, 'posts', 'authors')];
    const load = withSaid(told(), { tables: { [posts]: { reads: 5 } }, joins: [{ relationships: link, lookups: 1 }] });
    expect(load.tables[posts]).toEqual({ reads: 5, inserts: 50 });
    expect(load.joins).toEqual([{ relationships: link, lookups: 1, reports: 4 }]);
    const figures = completeLoad(document, load).table(posts);
    expect([figures.reads.guessed, figures.inserts.guessed, figures.updates.guessed]).toEqual([undefined, undefined, true]);
  });
});
