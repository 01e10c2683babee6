import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';

const TEXT = `CREATE TABLE t (a int, CONSTRAINT pk PRIMARY KEY (a, nope));
CREATE TABLE u (id int);
CREATE INDEX i ON u (nope);
`;

function read(text: string, dialect: Dialect) {
  const result = readSql([{ name: 'm.sql', text }], { dialect }, {});
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe.each<[Dialect, string]>([
  ['mysql', 'ALTER TABLE `t` ADD CONSTRAINT pk PRIMARY KEY (a, nope)'],
  ['mariadb', 'ALTER TABLE `t` ADD CONSTRAINT pk PRIMARY KEY (a, nope)'],
  ['mssql', 'ALTER TABLE [t] ADD CONSTRAINT pk PRIMARY KEY (a, nope)'],
  ['oracle', 'ALTER TABLE T ADD CONSTRAINT pk PRIMARY KEY (a, nope)'],
])('columns that a table of %s does not have', (dialect, kept) => {
  const { document, receipt } = read(TEXT, dialect);

  it('leave a key as text, and say which', () => {
    expect(Object.values(document.verbatim).map((one) => one.sql)).toEqual([kept]);
    expect(receipt.statements[0]).toMatchObject({ state: 'residue', reason: expect.stringMatching(/nope.*kept as text/i) });
  });

  it('are an error of an index, where it names them', () => {
    expect(receipt.statements[2]).toMatchObject({
      state: 'error',
      line: 3,
      column: 22,
      reason: expect.stringMatching(/has no column nope/i),
    });
    expect(Object.values(document.tables).flatMap((one) => one.indexes)).toEqual([]);
  });
});

it('an index in the table itself is kept as text too', () => {
  const { document } = read('CREATE TABLE t (a int, KEY k (nope));', 'mysql');
  expect(Object.values(document.verbatim).map((one) => one.sql)).toEqual(['ALTER TABLE `t` ADD KEY k (nope)']);
});

it('columns that Oracle gives a table of objects by itself are none of these', () => {
  const { receipt } = read('CREATE TABLE t (a int);\nCREATE INDEX i ON t (NESTED_TABLE_ID);', 'oracle');
  expect(receipt.statements[1]?.state).toBe('modelled');
});
