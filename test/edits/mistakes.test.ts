/** What the DDL pane says of mistakes of typing, and where. */
import { describe, expect, it } from 'vitest';
import { languageOf } from '#engine/sql/language.ts';
import { textProblems } from '#engine/sql/typed/plan-text.ts';
import type { Dialect } from '#model/types.ts';

const DIALECTS: readonly Dialect[] = ['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

/** What is wrong: the text that is marked, and what is said of it. */
function said(sql: string, dialect: Dialect): string[] {
  const language = languageOf(dialect, undefined);
  if (!language.ok) throw new Error(language.problem.message);
  return textProblems(sql, language.value).map(({ start, end, message }) => `${start} ${sql.slice(start, end)}: ${message}`);
}

describe.each(DIALECTS)('mistakes in %s', (dialect) => {
  it.each<[string, RegExp]>([
    ["CREATE TABLE t (a int DEFAULT 'x, b int)", /^30 ': The quoted text that begins here never ends/],
    ['CREATE TABLE t (a int, b int', /^28 .*closing bracket was expected, but here is the end/],
    ['CREATE TABLE t (a int, b int))', /^29 \): .*but here is \)/],
    ['CREATE TABLE t (a int NOT NUL)', /^22 NOT: .*but here is NOT/],
  ])('%s', (sql, expected) => expect(said(sql, dialect)).toEqual([expect.stringMatching(expected)]));

  // SQL Server takes one comma at the end of a table.
  it('a comma behind the last column', () => {
    const sql = 'CREATE TABLE t (a int,\n  b int,\n)';
    const expected =
      dialect === 'mssql' ? [] : [expect.stringMatching(/^30 ,: another entry of the list was expected behind the comma/)];
    expect(said(sql, dialect)).toEqual(expected);
  });
});
