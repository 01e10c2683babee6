import { afterAll, describe, expect, it } from 'vitest';
import { checkStatements, extensionsOf, type OpenServer, type ServerError, utf16Offset } from './check.ts';
import { pgliteServer } from './pglite-server.ts';

const statements = (...texts: string[]) => texts.map((sql, i) => ({ key: `s${i}`, sql }));

describe('positions', () => {
  it('are counted in characters by the server and in UTF-16 units here', () => {
    expect(utf16Offset('a😀b', 1)).toBe(0);
    expect(utf16Offset('a😀b', 3)).toBe(3);
    expect(utf16Offset('ab', 99)).toBe(2);
  });
});

describe('extensions', () => {
  it('are found by name, quoted or not, and not in comments', () => {
    const texts = statements(
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;',
      'create extension CITEXT;',
      '-- create extension hstore\nSELECT 1;',
    );
    expect(extensionsOf(texts)).toEqual(['uuid-ossp', 'citext']);
  });
});

describe('roles', () => {
  it('that cannot be created do not make it try for ever', async () => {
    let sent = 0;
    const open: OpenServer = async () => ({
      version: '18',
      missingExtensions: [],
      execute: async (sql): Promise<ServerError> => {
        sent += 1;
        return sql.startsWith('CREATE ROLE')
          ? { code: '42939', message: 'reserved' }
          : { code: '42704', message: 'role "pg_x" does not exist' };
      },
      close: async () => {},
    });
    const outcome = await checkStatements(open, statements('ALTER TABLE t OWNER TO pg_x;'));
    expect(outcome.errors).toHaveLength(1);
    expect(sent).toBe(2);
  });
});

describe('a check on PostgreSQL', () => {
  const done: string[] = [];
  afterAll(() => expect(done).toContain('Starting PostgreSQL'));

  it('gives each error at its place, goes on after it, and creates roles and extensions that are named', async () => {
    const outcome = await checkStatements(
      pgliteServer(),
      statements(
        'CREATE EXTENSION citext;',
        'CREATE TABLE t (id int PRIMARY KEY, "naïve" citext);',
        'ALTER TABLE t OWNER TO "app ""owner""";',
        'GRANT SELECT ON t TO reader, writer;',
        '-- 😀\nCREATE TABLE broken (id integr);',
        'CREATE EXTENSION postgis;',
        'CREATE TABLE places (at geometry);',
        'CREATE INDEX ON t ("naïve");',
      ),
      (_done, what) => done.push(what),
    );
    expect(outcome.version).toMatch(/^18\./);
    expect(outcome.errors.map(({ statement, code }) => [statement, code])).toEqual([
      ['s4', '42704'],
      ['s5', 'missing-extension'],
      ['s6', '42704'],
    ]);
    expect(outcome.errors[0]).toMatchObject({
      offset: '-- 😀\nCREATE TABLE broken (id '.length,
      message: 'type "integr" does not exist',
    });
    expect(outcome.errors[2]?.message).toContain('postgis');
  });
});
