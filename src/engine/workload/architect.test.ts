import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesFor } from '#engine/indexes/candidates/candidates.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Document } from '#model/types.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { candidateText, factLines } from '#test/workload.ts';
import { analyseQuery } from './analyse.ts';
import { readWorkload } from './import/read.ts';

/** The queries and indexes that architects' guides show, against the tables of the same guides. */

const sample = (name: string) =>
  readFileSync(new URL(`../../../test/data/sql/architect-samples/${name}.sql`, import.meta.url), 'utf8');

let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
});

function documentOf(...names: readonly string[]): Document {
  const files = names.map((name) => ({ name: `${name}.sql`, text: sample(name) }));
  const read = readSql(files, { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

function workloadOf(name: string) {
  const read = readWorkload(sample(name), { dialect: 'postgresql', parser, date: '2026-01-01', name: `${name}.sql` });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

describe('002-3', () => {
  it('the query is read, the index statements are told to be none', () => {
    const { queries, refused } = workloadOf('002-3');
    expect(queries.map(({ name, line }) => [name, line])).toEqual([['Analyze query performance', 2]]);
    expect(refused.map(({ line }) => line)).toEqual([12, 15, 20, 25]);
    const document = documentOf('002-1');
    const facts = analyseQuery(document, { sql: queries[0]?.sql ?? '' }, parser);
    expect(factLines(document, facts)).toEqual([
      "users u: equal status = 'active'; needs id,email,status",
      "organization_members om: in role IN 'admin'/'owner'; needs organization_id,user_id,role",
      "organizations o: equal slug = 'example-org'; needs id,name,slug",
      'inner: u.id = om.user_id',
      'inner: om.organization_id = o.id',
    ]);
  });

  it('its index over role and user is among the candidates; those it cannot use are not', () => {
    const document = documentOf('002-1');
    const facts = analyseQuery(document, { sql: workloadOf('002-3').queries[0]?.sql ?? '' }, parser);
    const texts = candidatesFor(document, [{ id: 'q', facts }], { parser }).value.map((one) => candidateText(document, one));
    expect(texts).toContain('organization_members (role, user_id)');
    // The primary key finds the row that the guide's index on users (id) WHERE status = 'active' would.
    expect(texts.filter((one) => /^users \(id\) where/.test(one))).toEqual([]);
    // The left prefix of a unique key and the index on a unique column are there already.
    expect(texts.filter((one) => /^organization_members \(organization_id\)$|^organizations \(slug\)$/.test(one))).toEqual([]);
  });

  it('no predicate over now() is proposed for its sessions', () => {
    const document = documentOf('002-1');
    const facts = analyseQuery(
      document,
      { sql: 'SELECT id FROM auth.sessions WHERE user_id = $1 AND expires_at > NOW() ORDER BY last_used_at' },
      parser,
    );
    expect(facts.findings).toEqual([]);
    const texts = candidatesFor(document, [{ id: 'q', facts }], { parser }).value.map((one) => candidateText(document, one));
    expect(texts).toContain('sessions (user_id, last_used_at, expires_at)');
    expect(texts.filter((one) => one.includes('where'))).toEqual([]);
  });
});

describe('000-1', () => {
  it('the index that does not parse has its place, the queries are read', () => {
    const { queries, refused } = workloadOf('000-1');
    expect(refused.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [5, 1, 'syntax error at or near "INCLUDE"'],
    ]);
    expect(queries.map(({ name }) => name)).toEqual([
      'Window functions for analytics',
      'Efficient pagination with cursor-based approach',
    ]);
  });

  it('what the model lacks is told where it stands', () => {
    const { queries } = workloadOf('000-1');
    const document = documentOf('001-1');
    const lines = queries.map(({ sql }) => factLines(document, analyseQuery(document, { sql }, parser)));
    expect(lines).toEqual([
      ['error unknown-table 214-220: The model has no table or view orders.'],
      [
        'users: range created_at > $1; order created_at,id; limit 20; needs id,created_at',
        'error unknown-column 11-15: No table of this query has a column name.',
      ],
    ]);
  });
});
