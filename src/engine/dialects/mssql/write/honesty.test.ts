import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { documents } from '#test/arbitrary/document.ts';
import { NAUGHTY_NAMES, NAUGHTY_TEXTS } from '#test/arbitrary/naughty.ts';
import { runs } from '#test/runs.ts';
import { planImport } from '../../../sql/plan-import.ts';
import { readSql } from '../../../sql/read.ts';
import { writeDocument, writtenText } from '../../../sql/write.ts';
import { defaultOf } from '../read/clauses.ts';

const TYPES: readonly ColumnType[] = [
  { kind: 'builtin', name: 'int' },
  { kind: 'builtin', name: 'nvarchar', args: ['max'] },
  { kind: 'builtin', name: 'decimal', args: ['10', '2'] },
  { kind: 'builtin', name: 'datetime2', args: ['3'] },
  { kind: 'builtin', name: 'uniqueidentifier' },
];

/** A type of SQL Server in place of a builtin one of another dialect. */
const typeFor = (type: ColumnType): ColumnType =>
  type.kind === 'builtin' ? (TYPES[type.name.length % TYPES.length] as ColumnType) : type;

/** A column of SQL Server in place of another dialect's: its type, and what its default is taken for there. */
function columnFor(column: Column): Column {
  const { default: given, ...rest } = column;
  return { ...rest, type: typeFor(column.type), ...(given === undefined ? {} : { default: defaultOf(given.sql) }) };
}

/** A document made for another dialect as one of SQL Server: its types, its default schema. */
function asMssql(document: Document): Document {
  const tables = Object.values(document.tables).map((table): [string, Table] => [
    table.id,
    { ...table, columns: table.columns.map(columnFor) },
  ]);
  const schemas = Object.values(document.schemas).map(
    (one) => [one.id, one.implicit === true ? { ...one, name: 'dbo' } : one] as const,
  );
  const types = Object.values(document.types).map(
    (one) => [one.id, one.kind === 'domain' ? { ...one, base: typeFor(one.base) } : one] as const,
  );
  return {
    ...document,
    settings: { settings: { id: 'settings', name: 'x', dialect: 'mssql', version: 2022 } },
    schemas: Object.fromEntries(schemas),
    types: Object.fromEntries(types),
    tables: Object.fromEntries(tables),
  };
}

function readAgain(document: Document) {
  const written = writeDocument(document, { version: 2022 });
  const read = readSql([{ name: 'a.sql', text: writtenText(written) }], { dialect: 'mssql' }, {});
  if (!read.ok) throw new Error(read.problem.message);
  return { written, read: read.value };
}

describe('what SQL Server cannot say', () => {
  it('is told of every object that comes back as something else', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const document = asMssql(given);
        const { written, read } = readAgain(document);
        const told = new Set(written.unsupported.map(({ record }) => record));
        expect(read.receipt.statements.filter(({ state }) => state === 'error' || state === 'verbatim')).toEqual([]);
        const differ = planImport(document, read.document).items.filter(({ state, id }) => state !== 'same' && !told.has(id));
        expect(differ.map(({ label, state, changes, before, after }) => ({ label, state, changes, before, after }))).toEqual([]);
      }),
      runs(2016, 120),
    );
  });
});

describe('hostile names and texts', () => {
  const tableOf = (name: string, comment: string): Document => {
    const { document } = readAgain(asMssql(fc.sample(documents, { seed: 1, numRuns: 1 })[0] as Document)).read;
    const table: Table = {
      id: 'tbl_x',
      schema: 'sch_public',
      name,
      comment,
      columns: [
        {
          id: 'col_x',
          name,
          type: { kind: 'builtin', name: 'int' },
          nullable: false,
          comment,
          default: { kind: 'literal', sql: '1' },
          defaultName: name,
        },
      ],
      keys: [{ id: 'key_x', kind: 'unique', name, columns: ['col_x'] }],
      exclusions: [],
      checks: [],
      indexes: [],
      policies: [],
      dependencies: [],
    };
    return { ...document, types: {}, relationships: {}, tables: { tbl_x: table } };
  };

  it.each([
    ...NAUGHTY_NAMES.slice(0, 200),
    'a]b',
    ']]',
    '[x]',
    "it's",
    'GO',
    '\nGO\n',
    '-- x',
    '/* x',
    '*/',
    '$(x)',
    'a;b',
    'select',
    'x'.repeat(128),
  ])('come back as they are: %j', (name) => {
    const document = tableOf(name, name);
    const { written, read } = readAgain(document);
    expect(written.unsupported).toEqual([]);
    const [table, ...others] = Object.values(read.document.tables);
    expect(others).toEqual([]);
    expect(table).toMatchObject({ name, comment: name, columns: [{ name, comment: name, defaultName: name }], keys: [{ name }] });
  });

  it('keep every comment', () => {
    for (const text of NAUGHTY_TEXTS.filter((one) => one !== '')) {
      const { read } = readAgain(tableOf('t', text));
      expect(Object.values(read.document.tables)[0]?.comment).toBe(text);
    }
  });

  it.each([
    ['', 'empty'],
    ['a\0b', 'NUL'],
    ['\ud800', 'surrogate'],
    ['x'.repeat(129), '128'],
  ])('are told when SQL Server cannot hold them: %j', (name, why) => {
    const { written } = readAgain(tableOf(name, 'x'));
    expect(written.unsupported.some(({ feature, message }) => feature === 'name' && message.includes(why))).toBe(true);
  });
});
