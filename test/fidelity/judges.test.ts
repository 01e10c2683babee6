/** What judges is judged: a loss that nobody declared must be seen, and so must text that belongs to nothing. */
import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { catalogDifference } from '#test/catalog.ts';
import { executable, executables, undropped } from '#test/corpus.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { coverage, totals, unaccountedIn } from './coverage.ts';
import { honestyOf } from './honesty.ts';

async function readAs(sql: string) {
  const read = readSql([{ name: 'a.sql', text: sql }], { dialect: 'postgresql' }, await loadPorts('postgresql'));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

describe('honesty', () => {
  const sql = 'CREATE TABLE orders (id integer, total money);';
  const lines = ['column public.orders.total at=2 type=money', 'relation public.orders kind=r'];

  it('sees a loss that nobody declared', async () => {
    const { document, receipt } = await readAs(sql);
    const difference = catalogDifference(lines, ['relation public.orders kind=r']);
    const honesty = honestyOf(sql, document, receipt, writeDocument(document, { version: 18 }), difference);
    expect(honesty).toEqual({ declared: [], lost: [`- ${lines[0]}`], undeclared: [`- ${lines[0]}`] });
  });

  it('takes a declared loss for the object that it names, and for no other', async () => {
    const { document, receipt } = await readAs(sql);
    const lost = [{ object: 'column public.orders.total', feature: 'type', reason: 'it is gone' }];
    const written = writeDocument(document, { version: 18 });
    const about = (line: string) => honestyOf(sql, document, { ...receipt, lost }, written, [`- ${line}`]).undeclared;
    expect(about(lines[0] ?? '')).toEqual([]);
    expect(about('column public.people.name at=1 type=text')).toHaveLength(1);
    expect(honestyOf(sql, document, { ...receipt, lost }, written, ['+ index on public.people'])).toMatchObject({
      lost: [],
      undeclared: ['+ index on public.people'],
    });
  });

  it('takes what the writer says, and statements that cannot be read, for declared', async () => {
    const broken = `${sql} CREATE TABEL lines (id integer);`;
    const { document, receipt } = await readAs(broken);
    const written = writeDocument(document, { version: 18 });
    expect(honestyOf(broken, document, receipt, written, ['- relation public.lines kind=r']).undeclared).toEqual([]);
    const record = Object.keys(document.tables)[0] ?? '';
    const unsupported = [{ record, feature: 'name', message: 'It is cut.' }];
    expect(
      honestyOf(sql, document, { ...receipt, statements: [] }, { ...written, unsupported }, [`- ${lines[1]}`]).undeclared,
    ).toEqual([]);
  });
});

describe('accounting', () => {
  const receipt = (...spans: readonly (readonly [number, number])[]): Receipt => ({
    counts: { modelled: 0, residue: 0, verbatim: 0, skipped: 0, error: 0 },
    statements: spans.map(([start, end]) => ({ file: 'a', start, end, line: 1, state: 'modelled' })),
    lost: [],
  });

  it.each([
    ['text before', 'x a;', receipt([2, 4]), 1],
    ['text after', 'a; x', receipt([0, 2]), 1],
    ['an overlap', 'a;b;', receipt([0, 3], [2, 4]), 1],
    ['a statement past the end', 'a;', receipt([0, 3]), 1],
    ['only comments between', '-- a\na; /* b */ # c\nb;\n', receipt([5, 7], [20, 22]), 0],
  ])('sees %s', (_what, text, said, problems) => {
    expect(unaccountedIn(text, said)).toHaveLength(problems);
  });

  it('counts definitions by kind, and names those that are not modelled', async () => {
    const sql = `CREATE TABLE a (b integer); CREATE UNIQUE INDEX i ON a (b); CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('x');
      ALTER TABLE a ADD c text; COMMENT ON TABLE a IS 'x'; CREATE TABLE k AS SELECT 1; SELECT 1; GRANT ALL ON a TO PUBLIC;`;
    const found = coverage({ name: 'a.sql', sql }, 'postgresql', await loadPorts('postgresql'));
    expect(totals([found])).toEqual({ all: 7, modelled: 6, residue: 0 });
    expect([...found.kinds.keys()]).toEqual(['table', 'index', 'sequence', 'type', 'alter table', 'comment']);
    expect(found.missed).toEqual([expect.stringContaining('verbatim')]);
    expect(found.unaccounted).toEqual([]);
  });
});

describe('what is executed', () => {
  it('leaves out rows, client lines and databases, and takes terminators away', () => {
    const sql = '\\set x 1\nCREATE DATABASE d;\nCREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\nDROP TABLE a;';
    expect(executable(sql, 'postgresql')).toEqual(['CREATE TABLE a (b int)', 'DROP TABLE a']);
    expect(executables(sql, 'postgresql').map(({ start, end }) => sql.slice(start, end))).toEqual([
      'CREATE TABLE a (b int);',
      'DROP TABLE a;',
    ]);
    expect(executable(undropped({ name: 'x', sql }, 'postgresql').sql, 'postgresql')).toEqual(['CREATE TABLE a (b int)']);
    expect(executable('DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END//', 'mysql')).toEqual([
      'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @a = 1; END',
    ]);
  });
});
