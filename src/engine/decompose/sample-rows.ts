import { bitItems } from '#lib/bitset.ts';
import { recordIn } from '#model/collections.ts';
import type { Column, ColumnType } from '#model/column-types.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { namingOf, type SqlNaming } from '../dialects/naming.ts';
import { dependenciesOf } from '../normalize/table-dependencies.ts';
import { wordsOf } from './names.ts';

/** A value by its number; null is NULL. */
type Cell = number | null;

export interface SampleOptions {
  readonly rows: number;
  /** A number from 0 to below `n`. */
  readonly dice: (n: number) => number;
  /** NULL on a left side means that nothing follows from it, as the policy `keep` wants. */
  readonly nullsKnowNothing?: boolean;
}

/** Types whose values are numbers, in any dialect; SQLite's are whatever was written. */
const NUMBERS =
  /^(?:(?:tiny|small|medium|big)?int(?:eger)?|int[248]|real|float[48]?|double(?: precision)?|numeric|number|decimal|(?:small|big)?serial|oid|year)$/;
const TEXTS =
  /^(?:n?(?:var)?char2?|character(?: varying)?|bpchar|citext|name|clob|n?text|(?:tiny|medium|long)text|(?:tiny|medium|long)?blob|(?:var)?binary|)$/;

/** A type's name as it is looked up: without case, and without what only says which numbers of its kind. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/ (?:unsigned|signed|zerofill)\b/g, '');
}

const day = (n: number) => `2024-01-${String((n % 28) + 1).padStart(2, '0')}`;

/** Texts of values for types whose values are written in some form of their own. */
const FORMS: Readonly<Record<string, (n: number) => string>> = {
  boolean: (n) => String(n % 2 === 0),
  date: day,
  timestamp: (n) => `${day(n)} 08:00:00`,
  datetime: (n) => `${day(n)} 08:00:00`,
  datetime2: (n) => `${day(n)} 08:00:00`,
  timestamptz: (n) => `${day(n)} 08:00:00+00`,
  time: (n) => `08:${String(n % 60).padStart(2, '0')}:00`,
  interval: (n) => `${n} days`,
  uuid: (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  bytea: (n) => `\\x${n.toString(16).padStart(4, '0')}`,
  json: (n) => `{"n": ${n}}`,
  jsonb: (n) => `{"n": ${n}}`,
  inet: (n) => `10.0.0.${n % 250}`,
  tsrange: (n) => `[${day(n)} 00:00,${day(n)} 12:00)`,
  xml: (n) => `<n>${n}</n>`,
};

interface Speech {
  readonly document: Document;
  readonly naming: SqlNaming;
}

/** The values of an enumeration: of a type of its own, or written out where the column is (MySQL). */
function listedValues({ document, naming }: Speech, type: ColumnType): readonly string[] | undefined {
  if (type.kind === 'builtin') return plainName(type.name) === 'enum' ? type.args : undefined;
  const custom = type.kind === 'custom' ? recordIn(document, 'types', type.type) : undefined;
  return custom?.kind === 'enum' ? custom.values.map((value) => naming.literal(value)) : undefined;
}

/** A value of a type as SQL; undefined when there is no form for it. */
function valueSql(speech: Speech, type: ColumnType, n: number): string | undefined {
  const { literal } = speech.naming;
  if (type.dims !== undefined) {
    const { dims: _, ...item } = type;
    const one = valueSql(speech, item, n);
    return one === undefined ? undefined : `ARRAY[${one}]`;
  }
  const listed = listedValues(speech, type);
  if (listed !== undefined) return listed[n % Math.max(1, listed.length)] ?? literal('');
  if (type.kind === 'custom') {
    const custom = recordIn(speech.document, 'types', type.type);
    return custom?.kind === 'domain' ? valueSql(speech, custom.base, n) : undefined;
  }
  if (type.kind === 'other') return undefined;
  const name = plainName(type.name);
  if (NUMBERS.test(name)) return String(n);
  if (TEXTS.test(name)) return literal(`v${n}`.slice(0, Number.parseInt(type.args?.[0] ?? '60', 10) || 60));
  if (name.startsWith('interval')) return literal(`${n} days`);
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  return form === undefined ? undefined : literal(form(n));
}

/** How many different values {@link valueSql} makes of a type, when they are few. */
function domainOf(speech: Speech, type: ColumnType): number {
  const listed = listedValues(speech, type);
  if (listed !== undefined) return Math.max(1, listed.length);
  if (type.kind === 'custom') {
    const custom = recordIn(speech.document, 'types', type.type);
    return custom?.kind === 'domain' ? domainOf(speech, custom.base) : Number.POSITIVE_INFINITY;
  }
  if (type.kind !== 'builtin') return Number.POSITIVE_INFINITY;
  const name = plainName(type.name);
  if (name === 'boolean') return 2;
  const length = TEXTS.test(name) ? Number.parseInt(type.args?.[0] ?? '60', 10) || 60 : 60;
  return /^date(?:time2?)?$/.test(name) ? 28 : length < 5 ? 10 ** (length - 1) : Number.POSITIVE_INFINITY;
}

interface Rule {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly multivalued: boolean;
}

const keyOf = (row: readonly Cell[], at: readonly number[]) => at.map((item) => row[item] ?? '∅').join(' ');

/** Makes two values of a column one in all rows; NULL wins. */
function equate(rows: Cell[][], column: number, a: Cell, b: Cell): void {
  const winner = a === null || b === null ? null : Math.min(a, b);
  for (const row of rows) if (row[column] === a || row[column] === b) row[column] = winner;
}

/** Turns in which a row alone is put right: it keeps values apart, but two rules may undo each other's work for ever. */
const LOCAL_TURNS = 24;

interface Repair {
  readonly know: boolean;
  readonly nullable: readonly boolean[];
  /** Only the row is changed; else its value is made one with the other in all rows, which always comes to an end. */
  readonly local: boolean;
}

function repairOne(rows: Cell[][], rule: Rule, { know, nullable, local }: Repair): boolean {
  const change = (row: Cell[], at: number, to: Cell) => {
    if (local) row[at] = to;
    else equate(rows, at, row[at] as Cell, to);
  };
  let changed = false;
  const first = new Map<string, Cell[]>();
  for (const row of rows) {
    if (know && rule.left.some((at) => row[at] === null)) {
      for (const at of rule.right) {
        if (row[at] === null || nullable[at] !== true) continue;
        change(row, at, null);
        changed = true;
      }
    }
    const key = keyOf(row, rule.left);
    const other = first.get(key);
    if (other === undefined) first.set(key, row);
    else {
      for (const at of rule.right) {
        if (row[at] === other[at]) continue;
        change(row, at, other[at] as Cell);
        changed = true;
      }
    }
  }
  return changed;
}

/** Adds what a multivalued dependency asks for: right sides of equal left sides combined with every rest. */
function combine(rows: Cell[][], rule: Rule): boolean {
  const known = new Set(rows.map((row) => keyOf(row, [...row.keys()])));
  const size = known.size;
  for (const a of [...rows]) {
    for (const b of [...rows]) {
      if (rows.length > 200 || keyOf(a, rule.left) !== keyOf(b, rule.left)) continue;
      const mixed = a.map((cell, at) => (rule.right.includes(at) ? (b[at] as Cell) : cell));
      const key = keyOf(mixed, [...mixed.keys()]);
      if (known.has(key)) continue;
      known.add(key);
      rows.push(mixed);
    }
  }
  return known.size > size;
}

function rulesOf(document: Document, table: Table): Rule[] {
  const { set, mvds } = dependenciesOf(document, table);
  const rule =
    (multivalued: boolean) =>
    ({ left, right }: { left: Int32Array; right: Int32Array }): Rule => ({
      left: bitItems(left),
      right: bitItems(right).filter((item) => !bitItems(left).includes(item)),
      multivalued,
    });
  return [...set.fds.map(rule(false)), ...mvds.map(rule(true))];
}

/** Without rows that a key or unique constraint would refuse; NULL in a unique one refuses nothing. */
function distinctByKeys(table: Table, rows: readonly Cell[][]): Cell[][] {
  const at = new Map(table.columns.map(({ id }, position) => [id, position]));
  const lists = table.keys.map((key) => ({
    all: key.nullsNotDistinct === true,
    items: key.columns.map((id) => at.get(id) as number),
  }));
  const seen = new Set<string>();
  return rows.filter((row) => {
    const keys = lists.flatMap(({ all, items }, n) =>
      !all && items.some((item) => row[item] === null) ? [] : `${n}: ${keyOf(row, items)}`,
    );
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

function isPrimary(table: Table, id: Id): boolean {
  return table.keys.some((key) => key.kind === 'primary' && key.columns.includes(id));
}

function cells(speech: Speech, table: Table, { rows: count, dice, nullsKnowNothing = false }: SampleOptions): Cell[][] {
  const rules = rulesOf(speech.document, table);
  const nullable = table.columns.map((column) => column.nullable && !isPrimary(table, column.id) && column.identity === undefined);
  const mayBeNull = nullable.map(
    (one, at) =>
      one &&
      !(nullsKnowNothing && rules.some(({ left, right }) => left.includes(at) && right.some((item) => nullable[item] !== true))),
  );
  // What no value is known of is NULL in every row, so that what follows from it is one.
  const unknown = table.columns.map(({ type, generated }) => generated === undefined && valueSql(speech, type, 0) === undefined);
  const keyed = new Set(table.keys.flatMap(({ columns }) => columns));
  // What values combine around has to repeat.
  const shared = new Set(rules.flatMap((rule) => (rule.multivalued ? rule.left.map((at) => table.columns[at]?.id) : [])));
  const width = (column: Column) =>
    Math.min(domainOf(speech, column.type), keyed.has(column.id) && !shared.has(column.id) ? Math.max(4, count) : 4);
  const drawn: Cell[][] = Array.from({ length: count }, () =>
    table.columns.map((column, at) =>
      unknown[at] === true || (mayBeNull[at] === true && dice(5) === 0) ? null : dice(width(column)),
    ),
  );
  // A key determines everything: two rows with one key would pull all their values together.
  const rows = distinctByKeys(table, drawn);
  for (let turn = 0, changed = true; changed && turn < 200; turn++) {
    changed = false;
    for (const rule of rules) {
      if (
        rule.multivalued
          ? combine(rows, rule)
          : repairOne(rows, rule, { know: nullsKnowNothing, nullable, local: turn < LOCAL_TURNS })
      )
        changed = true;
    }
  }
  return distinctByKeys(table, rows);
}

/** A value to read: `7`, `2024-01-03`, `city 2`. */
function valueText(document: Document, { name, type }: Column, n: number): string {
  const custom = type.kind === 'custom' ? recordIn(document, 'types', type.type) : undefined;
  if (custom?.kind === 'enum' && custom.values.length > 0) return custom.values[n % custom.values.length] as string;
  const plain = type.kind === 'builtin' && type.dims === undefined ? plainName(type.name) : '';
  if (plain !== '' && NUMBERS.test(plain)) return String(n + 1);
  const form = Object.hasOwn(FORMS, plain) ? FORMS[plain] : undefined;
  return form?.(n) ?? `${wordsOf(name).words.at(-1) ?? name} ${n + 1}`;
}

/** Rows of a table that satisfy its keys and dependencies, as values to read; null is NULL. */
export function sampleCells(document: Document, table: Table, options: SampleOptions): readonly (readonly (string | null)[])[] {
  return cells({ document, naming: namingOf(document) }, table, options).map((row) =>
    table.columns.map((column, at) => {
      const cell = row[at] ?? null;
      return cell === null ? null : valueText(document, column, cell);
    }),
  );
}

/**
 * Rows of a table that satisfy its keys and dependencies, as INSERT statements of its dialect, one row each. Foreign keys,
 * checks and triggers are not looked at: what they refuse is left out by whoever runs them.
 * @returns nothing when a column without NULL has a type that no value is known of.
 */
export function sampleRows(document: Document, table: Table, options: SampleOptions): readonly string[] {
  const written = table.columns.flatMap((column, at) => (column.generated === undefined ? { column, at } : []));
  const naming = namingOf(document);
  const speech = { document, naming };
  const always = written.some(({ column }) => column.identity?.mode === 'always') ? naming.overriding : '';
  const names = written.map(({ column }) => naming.ident(column.name)).join(', ');
  const head = `INSERT INTO ${naming.objectName(table.schema, table.name)} (${names})${always} VALUES `;
  if (written.some(({ column }) => !column.nullable && valueSql(speech, column.type, 0) === undefined)) return [];
  return cells(speech, table, options).map((row) => {
    const values = written.map(({ column, at }) => {
      const cell = row[at] ?? null;
      return cell === null ? 'NULL' : (valueSql(speech, column.type, cell) ?? 'NULL');
    });
    return `${head}(${values.join(', ')});`;
  });
}

/** The document with one table and the types it needs: where its rows can be tried alone. */
export function aloneWith(document: Document, table: Id): Document {
  const only = recordIn(document, 'tables', table);
  return {
    ...document,
    tables: only === undefined ? {} : { [table]: only },
    relationships: {},
    views: {},
    triggers: {},
    verbatim: {},
    waivers: {},
    decisions: {},
    queries: {},
    entities: {},
    associations: {},
    hierarchies: {},
    attributes: {},
    placements: {},
    routes: {},
    changes: {},
    sequences: Object.fromEntries(
      Object.entries(document.sequences).filter(([, one]) => one.ownedBy === undefined || one.ownedBy.table === table),
    ),
  };
}
