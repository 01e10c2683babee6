import { expect, it } from 'vitest';
import { parserForTests } from '#test/read-ddl.ts';
import { copyData } from './copy-data.ts';
import { readSql } from './read.ts';
import { splitSql } from './split.ts';

const ends = (text: string) => {
  const { rows, end, terminated } = copyData(text, 0);
  return { rows, terminated, rest: text.slice(end) };
};

it('counts rows up to the line that ends them', () => {
  expect(ends('1\ta\n2\tCREATE TABLE x\n\\.\nselect 1;')).toEqual({ rows: 2, terminated: true, rest: '\nselect 1;' });
  // One column of text may hold anything.
  expect(ends('CREATE TABLE x (a int);\n\\.\n')).toEqual({ rows: 1, terminated: true, rest: '\n' });
  expect(ends('1\r\n\\.\r\n')).toMatchObject({ rows: 1, terminated: true });
});

it('ends them at what is no row when that line is missing', () => {
  expect(ends('1\n2\n\nCREATE TABLE b (id int);\n')).toEqual({ rows: 2, terminated: false, rest: 'CREATE TABLE b (id int);\n' });
  const next = 'COPY b (id) FROM stdin;\n3\n\\.\n';
  expect(ends(`1\n${next}`)).toEqual({ rows: 1, terminated: false, rest: next });
  const heading = '--\n-- Name: b; Type: TABLE; Schema: public; Owner: -\n--\n';
  expect(ends(`1\n${heading}COPY b FROM stdin;\n\\.\n`)).toMatchObject({ rows: 1, rest: `${heading}COPY b FROM stdin;\n\\.\n` });
  expect(ends('1\n2')).toEqual({ rows: 2, terminated: false, rest: '' });
});

it('tiles the text, says the line, and goes on with what follows', async () => {
  const text = 'CREATE TABLE a (id int);\nCOPY a (id) FROM stdin;\n1\n2\n\nCREATE TABLE b (id int);\n';
  expect(
    splitSql(text, 'postgresql')
      .map(({ start, end }) => text.slice(start, end))
      .join(''),
  ).toBe(text);
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser: await parserForTests() });
  if (!read.ok) throw new Error(read.problem.message);
  const { document, receipt } = read.value;
  expect(Object.values(document.tables).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(receipt.statements[1]).toMatchObject({
    state: 'error',
    line: 2,
    rows: 2,
    reason: expect.stringContaining('taken to end before line 6'),
  });
});
