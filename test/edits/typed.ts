/** Typed edits of one statement in any dialect, made from the places of its parts and its tokens. */
import { lexSql } from '#engine/dialects/base/lex.ts';
import { renameCalls } from '#engine/sql/expressions.ts';
import type { SqlLanguage } from '#engine/sql/language.ts';
import type { WrittenDocument, WrittenPart, WrittenStatement } from '#engine/sql/written.ts';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Dialect, Document, Id, Ref, Relationship, Table } from '#model/types.ts';
import type { TypedEdit } from '#test/typed-edits.ts';

export interface TypedSubject {
  readonly document: Document;
  readonly written: WrittenDocument;
  readonly language: SqlLanguage;
  readonly random: () => number;
}

type Maker = (subject: TypedSubject) => TypedEdit | undefined;

/** Types of a dialect as people type them. */
const TYPES: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: [],
  mysql: ['int unsigned', 'varchar(33)', "enum('a','it''s')", 'decimal(9,3)', 'datetime(3)', 'tinyint(1)', 'double', 'json'],
  mariadb: ['bigint unsigned', 'varchar(33)', "set('a','b')", 'decimal(9,3)', 'timestamp(6)', 'uuid', 'longtext'],
  sqlite: ['TEXT', 'INTEGER', 'varchar(33)', 'NUMERIC(9, 3)', 'BLOB', 'DOUBLE PRECISION'],
  mssql: ['nvarchar(max)', 'decimal(9, 3)', 'datetimeoffset(3)', 'int', 'varbinary(20)', 'uniqueidentifier', 'xml'],
  oracle: ['VARCHAR2(20 CHAR)', 'NUMBER(9,3)', 'NUMBER', 'TIMESTAMP(3) WITH TIME ZONE', 'CLOB', 'RAW(16)', 'DATE'],
};

export function pick<T>(random: () => number, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

export function after(document: Document, calls: readonly CommandCall[]): Document {
  if (calls.length === 0) return document;
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

function renamed({ document, language }: TypedSubject, ref: Ref, name: string): Document {
  const renaming = renameCalls(document, language.parser, ref, name);
  if (!renaming.ok) throw new Error(renaming.problem.message);
  return after(document, renaming.value.calls);
}

function splice(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

interface TableText {
  readonly table: Table;
  readonly statement: WrittenStatement;
}

function someTable(
  { document, written, random }: TypedSubject,
  fits: (table: Table) => boolean = () => true,
): TableText | undefined {
  const statements = written.statements.filter(
    (one) => one.what === 'create' && one.collection === 'tables' && fits(document.tables[one.record] as Table),
  );
  const statement = pick(random, statements);
  return statement === undefined ? undefined : { statement, table: document.tables[statement.record] as Table };
}

interface ColumnText extends TableText, WrittenPart {
  readonly column: Column;
}

function someColumn(subject: TypedSubject, fits: (column: Column) => boolean = () => true): ColumnText | undefined {
  const found = someTable(subject, (table) => table.columns.some(fits));
  const column = found === undefined ? undefined : pick(subject.random, found.table.columns.filter(fits));
  const part = found?.statement.parts.find((one) => one.id === column?.id);
  return found === undefined || column === undefined || part === undefined ? undefined : { ...found, column, ...part };
}

/** Tokens of a piece of text, with their places in the whole of it. */
function tokensOf({ language }: TypedSubject, text: string, start = 0, end = text.length) {
  return lexSql(text.slice(start, end), language.dialect).tokens.map((one) => ({
    ...one,
    start: one.start + start,
    end: one.end + start,
  }));
}

/** Where a name stands in a text, not as the schema of another. */
function nameIn(subject: TypedSubject, text: string, name: string, start = 0, end = text.length) {
  const tokens = tokensOf(subject, text, start, end);
  return tokens.find((one, at) => tokens[at + 1]?.word !== '.' && subject.language.isName(one.text, name));
}

/** Where the type of a column stands: as long as it is when the column says nothing else. */
function typeIn(subject: TypedSubject, { statement, column, start, end }: ColumnText): { from: number; to: number } | undefined {
  const name = tokensOf(subject, statement.sql, start, end)[0];
  if (name === undefined || column.type.kind !== 'builtin' || column.identity !== undefined || column.generated !== undefined)
    return undefined;
  const words = tokensOf(subject, statement.sql, name.end, end);
  const ends = words.findIndex(({ word }) => ENDS_TYPE.test(word));
  const last = ends < 0 ? words.length - 1 : ends - 1;
  const from = words[0]?.start;
  const to = words[last]?.end;
  return from === undefined || to === undefined ? undefined : { from, to };
}

const ENDS_TYPE =
  /^(?:NOT|NULL|DEFAULT|COLLATE|CHARACTER|PRIMARY|UNIQUE|CHECK|REFERENCES|CONSTRAINT|COMMENT|ON|AUTO_INCREMENT|GENERATED|IDENTITY|AS|ROWGUIDCOL|INVISIBLE|VISIBLE|SPARSE|ENABLE|DISABLE)$/;

/** The list element around a part without the comma that separates it. */
function takeLine(sql: string, start: number, end: number): string {
  const comma = /^\s*,/.exec(sql.slice(end))?.[0];
  if (comma !== undefined) return splice(sql, start, end + comma.length, '');
  const before = /,\s*$/.exec(sql.slice(0, start))?.[0];
  return splice(sql, start - (before?.length ?? 0), end, '');
}

/** Text with comments that stand at its parts is another edit. */
const plain = ({ sql }: WrittenStatement) => !/--|\/\*|#/.test(sql);

let serial = 0;
const fresh = (word: string) => `${word}_${++serial}`;

/** A name without quotes as the catalog has it. */
const cased = ({ language }: TypedSubject, name: string) => (language.dialect === 'oracle' ? name.toUpperCase() : name);

function linksOf({ document }: TypedSubject, table: Table): Relationship[] {
  return Object.values(document.relationships).filter((one) => one.child === table.id && one.childColumns.length > 0);
}

/** Constraints of a table that stand in its statement. */
function constraints(subject: TypedSubject, { table, statement }: TableText) {
  const all = [...table.checks, ...table.keys, ...linksOf(subject, table)];
  return all.flatMap((one) => {
    const part = statement.parts.find(({ id }) => id === one.id);
    return part === undefined ? [] : [{ one, part }];
  });
}

/** Where a list of the table may go on: behind the last line in its brackets. */
function lastLine({ statement }: TableText): number {
  return statement.parts.reduce((end, part) => Math.max(end, part.end), 0);
}

function objectName(
  { document, language }: TypedSubject,
  { schema, name }: { readonly schema: Id; readonly name: string },
): string {
  const record = document.schemas[schema];
  return record === undefined || record.implicit === true
    ? language.ident(name)
    : `${language.ident(record.name)}.${language.ident(name)}`;
}

const REMOVE: Readonly<Record<string, CommandCall['name']>> = {
  views: 'removeViews',
  routines: 'removeRoutines',
  triggers: 'removeTriggers',
  sequences: 'removeSequences',
};

const MAKERS: Readonly<Record<string, Maker>> = {
  'rename a table': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const { table, statement } = found;
    const to = fresh('renamed');
    const at = nameIn(subject, statement.sql, table.name);
    if (at === undefined) return undefined;
    const expected = renamed(subject, { record: table.id }, cased(subject, to));
    return { what: `rename ${table.name} to ${to}`, over: statement, text: splice(statement.sql, at.start, at.end, to), expected };
  },
  'rename a column': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const { table, column, statement, start, end } = found;
    const to = fresh('renamed');
    const at = nameIn(subject, statement.sql, column.name, start, end);
    if (at === undefined) return undefined;
    const expected = renamed(subject, { record: table.id, part: column.id }, cased(subject, to));
    return {
      what: `rename ${table.name}.${column.name} to ${to}`,
      over: statement,
      text: splice(statement.sql, at.start, at.end, to),
      expected,
    };
  },
  'rename a constraint': (subject) => {
    const found = someTable(subject, (table) => table.columns.length > 0);
    const some =
      found === undefined
        ? []
        : constraints(subject, found).filter(({ one }) => one.name !== undefined && one.comment === undefined);
    const one = pick(subject.random, some);
    if (found === undefined || one === undefined) return undefined;
    const at = nameIn(subject, found.statement.sql, one.one.name as string, one.part.start, one.part.end);
    if (at === undefined) return undefined;
    return {
      what: `rename ${one.one.name}`,
      over: found.statement,
      text: splice(found.statement.sql, at.start, at.end, fresh('named')),
    };
  },
  'rename an index': (subject) => {
    const over = pick(
      subject.random,
      subject.written.statements.filter((one) => one.what === 'index' && plain(one)),
    );
    const index =
      over === undefined ? undefined : subject.document.tables[over.record]?.indexes.find((one) => one.id === over.part);
    const at = over === undefined || index?.name === undefined ? undefined : nameIn(subject, over.sql, index.name);
    if (over === undefined || at === undefined || index?.comment !== undefined) return undefined;
    return { what: `rename index ${index?.name}`, over, text: splice(over.sql, at.start, at.end, fresh('index')) };
  },
  'change a type': (subject) => {
    const found = someColumn(subject);
    const span = found === undefined ? undefined : typeIn(subject, found);
    if (found === undefined || span === undefined) return undefined;
    const type = pick(subject.random, TYPES[subject.language.dialect]) as string;
    return {
      what: `${found.table.name}.${found.column.name} to ${type}`,
      over: found.statement,
      text: splice(found.statement.sql, span.from, span.to, type),
    };
  },
  'add a column': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const line = `${fresh('added')} ${pick(subject.random, TYPES[subject.language.dialect])},\n    `;
    return { what: `add ${line.trim()}`, over: found.statement, text: splice(found.statement.sql, found.start, found.start, line) };
  },
  'remove a column': (subject) => {
    const found = someColumn(subject, (column) => column.generated === undefined);
    if (found === undefined || !plain(found.statement) || found.table.columns.length < 2) return undefined;
    const { table, column, statement, start, end } = found;
    const text = takeLine(statement.sql, start, end);
    // A statement that still names it elsewhere is not one edit.
    if (text.toLowerCase().includes(column.name.toLowerCase())) return undefined;
    const expected = after(subject.document, [{ name: 'removeColumns', args: { table: table.id, ids: [column.id] } }]);
    return { what: `remove ${table.name}.${column.name}`, over: statement, text, expected };
  },
  'move a column': (subject) => {
    const found = someTable(subject, (table) => table.columns.length > 1);
    if (found === undefined || !plain(found.statement)) return undefined;
    const { table, statement } = found;
    const at = Math.floor(subject.random() * (table.columns.length - 1));
    const [first, second] = [table.columns[at], table.columns[at + 1]].map((one) =>
      statement.parts.find((part) => part.id === one?.id),
    );
    if (first === undefined || second === undefined) return undefined;
    const line = (part: WrittenPart) => statement.sql.slice(part.start, part.end);
    const text = splice(splice(statement.sql, second.start, second.end, line(first)), first.start, first.end, line(second));
    return { what: `swap ${line(first)} and ${line(second)}`, over: statement, text };
  },
  'add a constraint': (subject) => {
    const found = someTable(subject, (table) => table.columns.length > 0);
    const last = found === undefined ? 0 : lastLine(found);
    if (found === undefined || last === 0 || !plain(found.statement)) return undefined;
    const { document, random, language } = subject;
    const column = language.ident((pick(random, found.table.columns) as Column).name);
    const parents = Object.values(document.tables).filter((one) => one.keys.some((key) => key.columns.length === 1));
    const parent = pick(random, parents);
    const key = parent?.keys.find((one) => one.columns.length === 1);
    const target = parent?.columns.find((one) => one.id === key?.columns[0])?.name;
    const choices = [`CHECK (${column} IS NOT NULL)`, `UNIQUE (${column})`];
    if (parent !== undefined && target !== undefined)
      choices.push(
        `FOREIGN KEY (${column}) REFERENCES ${objectName(subject, parent)} (${language.ident(target)}) ON DELETE CASCADE`,
      );
    const line = `,\n    CONSTRAINT ${fresh('added')} ${pick(random, choices)}`;
    return { what: `add ${line}`, over: found.statement, text: splice(found.statement.sql, last, last, line) };
  },
  'remove a constraint': (subject) => {
    const found = someTable(subject);
    const one =
      found === undefined
        ? undefined
        : pick(
            subject.random,
            constraints(subject, found).filter((each) => each.one.comment === undefined),
          );
    if (found === undefined || one === undefined || !plain(found.statement)) return undefined;
    const columns = new Set(found.table.columns.map(({ id }) => id));
    const inline = found.statement.parts.some(
      ({ id, start, end }) => columns.has(id) && start < one.part.start && one.part.end <= end,
    );
    return {
      what: `remove ${one.one.name ?? one.one.id}`,
      over: found.statement,
      text: inline
        ? splice(found.statement.sql, one.part.start, one.part.end, '')
        : takeLine(found.statement.sql, one.part.start, one.part.end),
    };
  },
  'change a default': (subject) => {
    const found = someColumn(
      subject,
      (one) => one.generated === undefined && one.identity === undefined && one.default !== undefined,
    );
    if (found === undefined) return undefined;
    const { statement, column, start, end } = found;
    const line = statement.sql.slice(start, end);
    const at = line.indexOf(`DEFAULT ${column.default?.sql}`);
    if (at < 0) return undefined;
    const next = subject.language.dialect === 'mssql' ? 'DEFAULT (41)' : 'DEFAULT 41';
    return {
      what: `default of ${column.name}`,
      over: statement,
      text: splice(statement.sql, start + at, start + at + `DEFAULT ${column.default?.sql}`.length, next),
    };
  },
  'change a comment': (subject) => {
    const { dialect } = subject.language;
    const statements = subject.written.statements.filter(
      (one) => one.what === 'comment' || (one.what === 'create' && / COMMENT '/.test(one.sql)),
    );
    const over = pick(subject.random, statements);
    if (over === undefined) return undefined;
    const tokens = tokensOf(subject, over.sql);
    const words = /^mysql|mariadb$/.test(dialect) ? /^COMMENT$/ : dialect === 'oracle' ? /^IS$/ : /^,$/;
    const at = tokens.findIndex(
      (one, i) => one.kind === 'string' && (words.test(tokens[i - 1]?.word ?? '') || tokens[i - 1]?.text === '=') && i > 1,
    );
    const literal =
      tokens[dialect === 'mssql' ? tokens.findIndex((one, i) => tokens[i - 2]?.text === '@value' && one.kind === 'string') : at];
    if (literal === undefined) return undefined;
    const said = dialect === 'mssql' ? "N'It''s so'" : "'It''s so'";
    return { what: `say otherwise: ${literal.text}`, over, text: splice(over.sql, literal.start, literal.end, said) };
  },
  'add a remark': ({ written, random }) => {
    const over = pick(
      random,
      written.statements.filter((one) => one.what === 'create' || one.what === 'index'),
    );
    return over === undefined ? undefined : { what: `remark on ${over.key}`, over, text: `-- ${fresh('Remark')}\n${over.sql}` };
  },
  'insert a table': (subject) => {
    const { document, random, language } = subject;
    const parent = pick(
      random,
      Object.values(document.tables).filter((one) => one.keys.some((key) => key.kind === 'primary' && key.columns.length === 1)),
    );
    const key = parent?.keys.find((one) => one.kind === 'primary');
    const target = parent?.columns.find((one) => one.id === key?.columns[0])?.name ?? '';
    const link =
      parent === undefined ? '' : `,\n  FOREIGN KEY (other) REFERENCES ${objectName(subject, parent)} (${language.ident(target)})`;
    const name = fresh('inserted');
    return {
      what: `insert ${name}`,
      text: `-- New.\nCREATE TABLE ${name} (\n  id int PRIMARY KEY, -- first\n  other int${link}\n);`,
    };
  },
  'insert an index': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const on = `${objectName(subject, found.table)} (${subject.language.ident(found.column.name)} DESC)`;
    return { what: `insert index on ${on}`, text: `CREATE INDEX ${fresh('inserted')} ON ${on};` };
  },
  'insert a view': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const from = objectName(subject, found.table);
    return { what: `insert view of ${from}`, text: `CREATE VIEW ${fresh('inserted')} AS SELECT * FROM ${from};` };
  },
  'delete a statement': ({ written, random, document }) => {
    const over = pick(
      random,
      written.statements.filter((one) => !(one.what === 'create' && /^(?:schemas|types|sequences|tables)$/.test(one.collection))),
    );
    if (over === undefined) return undefined;
    const remove = over.what === 'create' ? REMOVE[over.collection] : undefined;
    const expected =
      remove === undefined ? undefined : after(document, [{ name: remove, args: { ids: [over.record] } } as CommandCall]);
    return { what: `delete ${over.key}`, over, text: '', ...(expected === undefined ? {} : { expected }) };
  },
  'delete a table': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const expected = after(subject.document, [{ name: 'removeTables', args: { ids: [found.table.id] } }]);
    return { what: `delete ${found.table.name}`, over: found.statement, text: '', expected };
  },
};

export const TYPED_KINDS: readonly string[] = Object.keys(MAKERS);

/** A random edit of one kind, where the document has something to edit so. */
export function typedEditOf(kind: string, subject: TypedSubject): TypedEdit | undefined {
  const edit = MAKERS[kind]?.(subject);
  return edit?.over !== undefined && edit.text === edit.over.sql ? undefined : edit;
}
