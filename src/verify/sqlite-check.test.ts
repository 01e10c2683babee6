import { expect, it } from 'vitest';
import { loadSqlite } from '#cli/sqlite.ts';
import { checkOnSqlite } from './sqlite-check.ts';

const statements = (...texts: string[]) => texts.map((sql, i) => ({ key: `s${i}`, sql }));

it('gives each error at its place, and goes on after it', async () => {
  const heard: string[] = [];
  const outcome = checkOnSqlite(
    await loadSqlite(),
    statements(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);',
      '-- 😀\nCREATE INDEX i ON t (nome);',
      'CREATE TABLE t (x);',
      'CREATE TABLE u (x INTEGER PRIMARY KEY, y TEXT AUTOINCREMENT);',
      'CREATE VIRTUAL TABLE v USING no_such_module (x);',
      'CREATE INDEX j ON t (name);',
    ),
    (_done, what) => heard.push(what),
  );
  expect(outcome.version).toMatch(/^3\.\d+\.\d+$/);
  expect(outcome.errors).toEqual([
    { statement: 's1', offset: '-- 😀\nCREATE INDEX i ON t ('.length, code: 'SQLITE_ERROR', message: 'no such column: nome' },
    { statement: 's2', offset: 'CREATE TABLE '.length, code: 'SQLITE_ERROR', message: 'table t already exists' },
    {
      statement: 's3',
      offset: 'CREATE TABLE u (x INTEGER PRIMARY KEY, y TEXT '.length,
      code: 'SQLITE_ERROR',
      message: 'near "AUTOINCREMENT": syntax error',
    },
    { statement: 's4', code: 'missing-module', message: expect.stringContaining('does not have the module no_such_module') },
  ]);
  expect(heard).toEqual(['Statement 1 of 6']);
});

it('starts empty each time', async () => {
  const engine = await loadSqlite();
  for (let time = 0; time < 2; time++) expect(checkOnSqlite(engine, statements('CREATE TABLE t (x);')).errors).toEqual([]);
});
