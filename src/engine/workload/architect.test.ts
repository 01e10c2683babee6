import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { candidatesFor } from '#engine/indexes/candidates/candidates.ts';
import { checkDocument } from '#engine/rules/check.ts';
import { labelOf } from '#engine/rules/labels.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Document } from '#model/types.ts';
import { withQueries } from '#test/query-advice.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
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

describe('their mistakes, each found and named', () => {
  const checked = (document: Document, name: string) => {
    const queries = workloadOf(name).queries.map((one) => ({ name: one.name, sql: one.sql, callsPerHour: 100 }));
    const full = withQueries(document, queries);
    return checkDocument(full, { parser }).map((one) => ({ place: labelOf(full, one.at[0] ?? { record: '' }), ...one }));
  };

  it('002-3: an index over now(), CONCURRENTLY on partitions; the query itself says what it means', () => {
    const found = checked(documentOf('002-1', '002-2', '002-3'), '002-3');
    const said = found.map(({ rule, place }) => `${rule} ${place}`);
    expect(said).toContain('ix-predicate-not-immutable auth.sessions (idx_sessions_active)');
    expect(said).toContain('ix-nonunique-of-unique auth.users (idx_users_email)');
    expect(said).toContain('ix-prefix-redundant app.organization_members (idx_org_members_org_id)');
    const files = ['002-1', '002-2', '002-3'].map((name) => ({ name: `${name}.sql`, text: sample(name) }));
    const read = readSql(files, { dialect: 'postgresql' }, { parser });
    const reasons = read.ok
      ? read.value.receipt.statements.flatMap(({ file, line, reason }) =>
          reason === undefined ? [] : [`${file}:${line} ${reason}`],
        )
      : [];
    expect(reasons).toContain(
      '002-3.sql:20 CONCURRENTLY is not possible on a partitioned table: PostgreSQL refuses it, and it is left out',
    );
    expect(said.filter((one) => one.endsWith('Analyze query performance'))).toEqual([]);
  });

  it('000-1: on the tables of 001-1, what does not exist; an index whose INCLUDE stands at the wrong place', () => {
    const found = checked(documentOf('001-1'), '000-1');
    const said = found
      .filter(({ rule }) => rule.startsWith('q'))
      .map(({ rule, place, message }) => `${rule} ${place}: ${message.what}`);
    expect(said).toEqual([
      'query-unknown-name Window functions for analytics: Window functions for analytics, line 6, column 8: The model has no table or view orders.',
      'query-unknown-name Efficient pagination with cursor-based approach: Efficient pagination with cursor-based approach, column 12: No table of this query has a column name.',
    ]);
    expect(workloadOf('000-1').refused[0]?.reason).toBe('syntax error at or near "INCLUDE"');
  });

  it('000-1: its pages lose rows, where a page ends among equal times', () => {
    const ddl = `CREATE TABLE users (id uuid PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL, created_at timestamptz NOT NULL, total_amount numeric(12, 2) NOT NULL);`;
    const found = checked(readDdl(parser, ddl), '000-1').filter(({ rule }) => rule.startsWith('q'));
    expect(found.map(({ rule, place }) => `${rule} ${place}`)).toEqual([
      'q-keyset-incomplete Efficient pagination with cursor-based approach',
    ]);
    const sql = workloadOf('000-1').queries[1]?.sql ?? '';
    expect(sql.slice(found[0]?.text?.start, found[0]?.text?.end)).toBe('created_at > $1');
    expect(found[0]?.evidence).toEqual([
      'created_at is not unique: rows that share its value with the last row shown are never shown.',
    ]);
    expect(found[0]?.rewrite?.sql).toBe(sql.replace('created_at > $1', '(created_at, id) > ($1, $2)'));
  });
});
