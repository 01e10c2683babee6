import { describe, expect, it } from 'vitest';
import { cpuMs } from '#test/cpu-time.ts';
import { readSql } from '../../../sql/read.ts';
import { withoutBrackets } from './clauses.ts';

const read = (text: string) => readSql([{ name: 'a.sql', text }], { dialect: 'mssql' }, {});

describe('text that is made to take long', () => {
  it.each<[string, string]>([
    ['brackets', `CREATE TABLE t (a int DEFAULT ${'('.repeat(100_000)}1${')'.repeat(100_000)})`],
    ['brackets that never close', `CREATE TABLE t (a int CHECK ${'('.repeat(200_000)}`],
    ['blocks', 'BEGIN '.repeat(100_000)],
    ['conditions', 'IF 1 = 1 '.repeat(60_000)],
    ['blocks that end', `${'BEGIN '.repeat(50)}${'DROP TABLE t; '.repeat(20_000)}${'END '.repeat(50)}`],
    ['quotes', "'".repeat(300_001)],
    ['brackets of names', `CREATE TABLE ${'['.repeat(300_000)}`],
    ['comments in comments', '/*'.repeat(150_000)],
    ['variables', '$('.repeat(150_000)],
    ['dots', `CREATE TABLE t${'.t'.repeat(100_000)} (a int)`],
    ['commas', `CREATE TABLE t (${'a int,'.repeat(30_000)})`],
    ['cases', `CREATE VIEW v AS SELECT ${'CASE WHEN '.repeat(60_000)}`],
    ['batches', 'GO\n'.repeat(60_000)],
    ['schemas', `CREATE SCHEMA s ${'GRANT SELECT ON t TO u '.repeat(10_000)}`],
  ])('%s', (_name, text) => {
    const ms = cpuMs(() => expect(read(text).ok).toBe(true));
    expect(ms / (text.length / 1_000_000)).toBeLessThan(5000);
  });
});

describe('brackets around all of an expression', () => {
  it.each([
    ['((0))', '0'],
    ['(a)+(b)', '(a)+(b)'],
    ['((a)+(b))', '(a)+(b)'],
    [' ( getdate( ) ) ', 'getdate( )'],
    ['()', '()'],
    ["((')'))", "')'"],
    ['(a', '(a'],
    ['a)', 'a)'],
    ['', ''],
  ])('of %j leave %j', (sql, expected) => {
    expect(withoutBrackets(sql)).toBe(expected);
  });
});
