import { ident, literal } from '#engine/dialects/postgres/quote.ts';
import { objectName } from '#engine/dialects/postgres/write/scope.ts';
import { renameCalls } from '#engine/sql/expressions.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { WrittenDocument, WrittenStatement } from '#engine/sql/written.ts';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Ref, Table } from '#model/types.ts';

/** One edit of one statement of a written document, as a person types it. */
export interface TypedEdit {
  readonly what: string;
  /** The statement typed over; none when the text was typed behind everything. */
  readonly over?: WrittenStatement;
  readonly text: string;
  /** What the document becomes, where reading the edited file cannot tell: a new name, a deletion that others feel. */
  readonly expected?: Document;
}

export interface Subject {
  readonly document: Document;
  readonly written: WrittenDocument;
  readonly parser: PgParser;
  readonly random: () => number;
}

type Maker = (subject: Subject) => TypedEdit | undefined;

function pick<T>(random: () => number, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

function after(document: Document, calls: readonly CommandCall[]): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

function renamed({ document, parser }: Subject, ref: Ref, name: string): Document {
  const renaming = renameCalls(document, parser, ref, name);
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

function someTable({ document, written, random }: Subject, fits: (table: Table) => boolean = () => true): TableText | undefined {
  const statements = written.statements.filter((one) => one.what === 'create' && one.collection === 'tables');
  const statement = pick(
    random,
    statements.filter((one) => fits(document.tables[one.record] as Table)),
  );
  return statement === undefined ? undefined : { statement, table: document.tables[statement.record] as Table };
}

interface ColumnText extends TableText {
  readonly column: Column;
  /** Of the column's line in the statement. */
  readonly start: number;
  readonly end: number;
}

function someColumn(subject: Subject, fits: (column: Column) => boolean = () => true): ColumnText | undefined {
  const found = someTable(subject, (table) => table.partitionOf === undefined && table.columns.some(fits));
  const column = found === undefined ? undefined : pick(subject.random, found.table.columns.filter(fits));
  const part = found?.statement.parts.find((one) => one.id === column?.id);
  return found === undefined || column === undefined || part === undefined
    ? undefined
    : { ...found, column, start: part.start, end: part.end };
}

/** Where a column's type stands. */
function typeSpan({ statement, column, start, end }: ColumnText): { from: number; to: number } | undefined {
  const line = statement.sql.slice(start, end);
  const lead = /^\s*/.exec(line.slice(ident(column.name).length))?.[0].length ?? 0;
  const from = ident(column.name).length + lead;
  const type =
    column.type.kind === 'custom' ? undefined : /^[a-z0-9_ ]+?(\([^)]*\))?(\[\])*(?=$| [A-Z])/.exec(line.slice(from))?.[0];
  return type === undefined ? undefined : { from: start + from, to: start + from + type.length };
}

const TYPES = ['text', 'integer', 'numeric(9,3)', 'timestamptz', 'varchar(33)', 'jsonb', 'uuid[]'];

/** The list element around a part without the comma that separates it. */
function takeLine(sql: string, start: number, end: number): string {
  const comma = /^\s*,/.exec(sql.slice(end))?.[0];
  if (comma !== undefined) return splice(sql, start, end + comma.length, '');
  const before = /,\s*$/.exec(sql.slice(0, start))?.[0];
  return splice(sql, start - (before?.length ?? 0), end, '');
}

const plain = (statement: WrittenStatement) => !/--|\/\*/.test(statement.sql);

/** What goes with everything that is said of it. */
const REMOVE: Readonly<Record<string, CommandCall['name']>> = {
  views: 'removeViews',
  routines: 'removeRoutines',
  triggers: 'removeTriggers',
};

let serial = 0;
const fresh = (word: string) => `${word}_${++serial}`;

const MAKERS: Readonly<Record<string, Maker>> = {
  'rename a table': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const { table, statement } = found;
    const to = fresh('renamed');
    const at = statement.sql.indexOf(ident(table.name), statement.sql.search(/^CREATE [A-Z ]*TABLE /m));
    const text = splice(statement.sql, at, at + ident(table.name).length, to);
    return { what: `rename ${table.name} to ${to}`, over: statement, text, expected: renamed(subject, { record: table.id }, to) };
  },
  'rename a column': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const { table, column, statement, start } = found;
    const to = fresh('renamed');
    const text = splice(statement.sql, start, start + ident(column.name).length, to);
    const expected = renamed(subject, { record: table.id, part: column.id }, to);
    return { what: `rename ${table.name}.${column.name} to ${to}`, over: statement, text, expected };
  },
  'rename an index': ({ written, random, document }) => {
    const over = pick(
      random,
      written.statements.filter((one) => one.what === 'index' && one.collection === 'tables' && plain(one)),
    );
    const index = over === undefined ? undefined : document.tables[over.record]?.indexes.find((one) => one.id === over.part);
    if (over === undefined || index?.name === undefined || index.attachedTo !== undefined) return undefined;
    if (index.clustered === true || index.replicaIdentity === true) return undefined;
    if (index.comment !== undefined) {
      const to = fresh('index');
      const indexes = document.tables[over.record]?.indexes.map((one) => (one === index ? { ...one, name: to } : one));
      const expected = after(document, [
        {
          name: 'putRecords',
          args: {
            label: '',
            put: [{ collection: 'tables', record: { ...(document.tables[over.record] as Table), indexes: indexes ?? [] } }],
          },
        },
      ]);
      return {
        what: `rename index ${index.name} that has a comment`,
        over,
        text: over.sql.replace(ident(index.name), () => to),
        expected,
      };
    }
    return { what: `rename index ${index.name}`, over, text: over.sql.replace(ident(index.name), () => fresh('index')) };
  },
  'rename a constraint': (subject) => {
    const found = someTable(subject, (table) => table.checks.some((one) => one.name !== undefined && one.comment === undefined));
    const check = found?.table.checks.find((one) => one.name !== undefined && one.comment === undefined);
    const part = found?.statement.parts.find((one) => one.id === check?.id);
    if (found === undefined || check?.name === undefined || part === undefined) return undefined;
    const at = found.statement.sql.indexOf(ident(check.name), part.start);
    const text = splice(found.statement.sql, at, at + ident(check.name).length, fresh('check'));
    return { what: `rename check ${check.name}`, over: found.statement, text };
  },
  'change a type': (subject) => {
    const found = someColumn(subject, ({ type }) => type.kind === 'builtin' && !/serial/.test(type.name));
    const span = found === undefined ? undefined : typeSpan(found);
    if (found === undefined || span === undefined) return undefined;
    const type = pick(subject.random, TYPES) as string;
    const text = splice(found.statement.sql, span.from, span.to, type);
    return { what: `${found.table.name}.${found.column.name} to ${type}`, over: found.statement, text };
  },
  'add a column': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const line = `${fresh('added')} bigint NOT NULL DEFAULT 7,\n    `;
    return { what: `add ${line.trim()}`, over: found.statement, text: splice(found.statement.sql, found.start, found.start, line) };
  },
  'remove a column': (subject) => {
    const found = someColumn(subject, (column) => column.generated === undefined);
    if (found === undefined || !plain(found.statement) || found.table.columns.length < 2) return undefined;
    const { table, column, statement, start, end } = found;
    const text = takeLine(statement.sql, start, end);
    // A statement that still names it elsewhere is not one edit.
    if (text.includes(column.name) || text.includes(ident(column.name))) return undefined;
    const expected = after(subject.document, [{ name: 'removeColumns', args: { table: table.id, ids: [column.id] } }]);
    return { what: `remove ${table.name}.${column.name}`, over: statement, text, expected };
  },
  'move a column': (subject) => {
    const found = someTable(subject, (table) => table.partitionOf === undefined && table.columns.length > 1);
    if (found === undefined || !plain(found.statement)) return undefined;
    const { table, statement } = found;
    const at = Math.floor(subject.random() * (table.columns.length - 1));
    const [first, second] = [table.columns[at], table.columns[at + 1]].map((one) =>
      statement.parts.find((part) => part.id === one?.id),
    );
    if (first === undefined || second === undefined) return undefined;
    const line = (part: { start: number; end: number }) => statement.sql.slice(part.start, part.end);
    const text = splice(splice(statement.sql, second.start, second.end, line(first)), first.start, first.end, line(second));
    return { what: `swap ${line(first)} and ${line(second)}`, over: statement, text };
  },
  'add a constraint': (subject) => {
    const found = someTable(subject, (table) => table.partitionOf === undefined && table.columns.length > 0);
    const last = found?.statement.parts.reduce((end, part) => Math.max(end, part.end), 0) ?? 0;
    if (found === undefined || last === 0) return undefined;
    const { document, random } = subject;
    const column = ident((pick(random, found.table.columns) as Column).name);
    const parent = pick(
      random,
      Object.values(document.tables).filter((one) => one.keys.some((key) => key.columns.length === 1)),
    );
    const key = parent?.keys.find((one) => one.columns.length === 1);
    const target = parent?.columns.find((one) => one.id === key?.columns[0])?.name;
    const choices = [`CHECK (${column} IS NOT NULL)`, `UNIQUE (${column})`];
    if (parent !== undefined && target !== undefined) {
      choices.push(`FOREIGN KEY (${column}) REFERENCES ${objectName(document, parent.schema, parent.name)} (${ident(target)})`);
    }
    const line = `,\n    CONSTRAINT ${fresh('added')} ${pick(random, choices)}`;
    return { what: `add ${line}`, over: found.statement, text: splice(found.statement.sql, last, last, line) };
  },
  'remove a constraint': (subject) => {
    const holds = (table: Table) =>
      [...table.checks, ...table.keys].filter((one) => one.name !== undefined && one.comment === undefined);
    const found = someTable(subject, (table) => holds(table).length > 0);
    const one = found === undefined ? undefined : pick(subject.random, holds(found.table));
    const part = found?.statement.parts.find(({ id }) => id === one?.id);
    if (found === undefined || one === undefined || part === undefined || !plain(found.statement)) return undefined;
    return { what: `remove ${one.name}`, over: found.statement, text: takeLine(found.statement.sql, part.start, part.end) };
  },
  'change a default': (subject) => {
    const found = someColumn(
      subject,
      (one) => one.generated === undefined && one.identity === undefined && one.type.kind === 'builtin',
    );
    const span = found === undefined ? undefined : typeSpan(found);
    if (found === undefined || span === undefined || /serial/.test('name' in found.column.type ? found.column.type.name : ''))
      return undefined;
    const { statement, column, end } = found;
    const line = statement.sql.slice(span.to, end);
    const old = column.default === undefined ? undefined : ` DEFAULT ${column.default.sql}`;
    if (old !== undefined && !line.includes(old)) return undefined;
    const next = old === undefined ? ` DEFAULT NULL${line}` : line.replace(old, () => ' DEFAULT (1 + 41)');
    return { what: `default of ${column.name}`, over: statement, text: splice(statement.sql, span.to, end, next) };
  },
  'change a comment': ({ written, random }) => {
    const over = pick(
      random,
      written.statements.filter((one) => one.what === 'comment'),
    );
    if (over === undefined) return undefined;
    return {
      what: `say otherwise: ${over.sql}`,
      over,
      text: over.sql.replace(/ IS [\s\S]*;$/, () => ` IS ${literal(fresh("It's"))};`),
    };
  },
  'add a remark': ({ written, random }) => {
    const over = pick(
      random,
      written.statements.filter((one) => one.what === 'create' || one.what === 'index' || one.what === 'policy'),
    );
    return over === undefined ? undefined : { what: `remark on ${over.key}`, over, text: `-- ${fresh('Remark')}\n${over.sql}` };
  },
  'insert a table': ({ document, random }) => {
    const parent = pick(
      random,
      Object.values(document.tables).filter((one) => one.keys.some((key) => key.kind === 'primary')),
    );
    const link = parent === undefined ? '' : `,\n  other bigint REFERENCES ${objectName(document, parent.schema, parent.name)}`;
    const name = fresh('inserted');
    return {
      what: `insert ${name}`,
      text: `-- New.\nCREATE TABLE ${name} (\n  id bigint PRIMARY KEY, -- first\n  note text${link}\n);`,
    };
  },
  'insert an index': (subject) => {
    const found = someColumn(subject);
    if (found === undefined) return undefined;
    const { table, column } = found;
    const on = `${objectName(subject.document, table.schema, table.name)} (${ident(column.name)} DESC)`;
    return {
      what: `insert index on ${on}`,
      text: `CREATE INDEX ${fresh('inserted')} ON ${on} WHERE ${ident(column.name)} IS NOT NULL;`,
    };
  },
  'insert a view': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const from = objectName(subject.document, found.table.schema, found.table.name);
    return { what: `insert view of ${from}`, text: `CREATE VIEW ${fresh('inserted')} AS SELECT * FROM ${from};` };
  },
  'delete a statement': ({ written, random, document }) => {
    const over = pick(
      random,
      written.statements.filter(
        (one) => one.what !== 'owner' && !(one.what === 'create' && /^(schemas|types|sequences|tables)$/.test(one.collection)),
      ),
    );
    if (over === undefined) return undefined;
    const remove = over.what !== 'create' ? undefined : REMOVE[over.collection];
    const calls = remove === undefined ? undefined : [{ name: remove, args: { ids: [over.record] } } as CommandCall];
    const expected = calls === undefined ? undefined : after(document, calls);
    return { what: `delete ${over.key}`, over, text: '', ...(expected === undefined ? {} : { expected }) };
  },
  'delete a table': (subject) => {
    const found = someTable(subject);
    if (found === undefined) return undefined;
    const expected = after(subject.document, [{ name: 'removeTables', args: { ids: [found.table.id] } }]);
    return { what: `delete ${found.table.name}`, over: found.statement, text: '', expected };
  },
};

export const EDIT_KINDS: readonly string[] = Object.keys(MAKERS);

/** A random edit of one kind, where the document has something to edit so. */
export function typedEdit(kind: string, subject: Subject): TypedEdit | undefined {
  const edit = MAKERS[kind]?.(subject);
  return edit?.over !== undefined && edit.text === edit.over.sql ? undefined : edit;
}
