import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import { endsOf } from '#model/derive/ends.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index, Key } from '#model/table-parts.ts';
import type { Dialect, Document, EnumType, Relationship, Table } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { fileStem } from '../../documents/set.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { plainDefault } from '../common/defaults.ts';
import { dbmlName, dbmlText } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf, tablesOf } from '../common/losses.ts';
import { NameSpace } from '../common/names.ts';
import { portableType } from '../common/portable.ts';
import { typeText } from '../common/type-text.ts';
import type { Exchanged } from '../exchange.ts';
import { tableGroups } from './groups.ts';
import { dedented } from './lex.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'enum type', 'table comment', 'check', 'column comment', 'not null', 'default', 'identity'] as const),
  ...(['primary key', 'primary key order', 'primary key name', 'unique key', 'unique key name'] as const),
  ...(['index', 'unique index', 'expression index', 'index method', 'index comment'] as const),
  ...(['empty schema', 'schema of types', 'enum type name', 'unused enum type'] as const),
  ...(['foreign key', 'foreign key name', 'foreign key action'] as const),
]);

const KEYWORDS = new Set(
  'table enum ref note indexes checks records project tablegroup tablepartial as true false null'.split(' '),
);

function name(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !KEYWORDS.has(text.toLowerCase()) ? text : dbmlName(text);
}

const list = (settings: readonly string[]) => (settings.length === 0 ? '' : ` [${settings.join(', ')}]`);

/** Numbers that a reader takes for the same number; others stand between backticks. */
const SAFE_NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

class DbmlWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly dialect: Dialect;
  private readonly tables: readonly Table[];
  private readonly paths = new Map<string, string>();
  private readonly enums: string[] = [];
  private readonly spaces = new Map<string, NameSpace>();
  private readonly joined = new Set<string>();

  constructor(document: Document) {
    this.document = document;
    this.dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
    this.losses = new Losses(lossesBeyond(document, SAYS, 'DBML'));
    this.tables = tablesOf(document).filter((table) => {
      if (columnsOf(document, table).length > 0) return true;
      this.losses.say(`table ${pathOf(document, table)}`, 'table', 'DBML has no tables without columns.');
      return false;
    });
  }

  write(): string {
    const types = Object.values(this.document.types).filter((type) => type.kind === 'enum');
    for (const table of this.tables) this.paths.set(table.id, this.place('table', table));
    for (const type of types) if (type.values.length > 0) this.paths.set(type.id, this.place('enum', type));
    for (const type of types) this.enum(type);
    const tables = this.tables.map((table) => this.table(table));
    const refs = Object.values(this.document.relationships).flatMap((one) => this.reference(one) ?? []);
    this.emptySchemas();
    const blocks = [this.project(), ...this.enums, ...tables, ...(refs.length === 0 ? [] : [refs.join('\n')]), ...this.groups()];
    return `${blocks.join('\n\n')}\n`;
  }

  private project(): string {
    const settings = recordIn(this.document, 'settings', 'settings');
    return `Project ${name(settings?.name || 'database')} {\n  database_type: ${dbmlText(TRAITS[this.dialect].label)}\n}`;
  }

  /** A free name in its schema; `public` is what DBML calls the schema of names without one. */
  private place(kind: 'table' | 'enum', object: Table | EnumType): string {
    const schema = schemaOf(this.document, object);
    const key = `${kind} ${schema ?? 'public'}`;
    const space = this.spaces.get(key) ?? new NameSpace();
    this.spaces.set(key, space);
    const free = space.take(object.name);
    if (free !== object.name) this.losses.say(`${kind} ${object.name}`, 'name', `It is called ${free}: the name is taken in DBML.`);
    return schema === undefined ? name(free) : `${name(schema)}.${name(free)}`;
  }

  private enumText(path: string, values: readonly string[]): string {
    return `Enum ${path} {\n${values.map((value) => `  ${name(value)}`).join('\n')}\n}`;
  }

  private enum(type: EnumType): void {
    const path = this.paths.get(type.id);
    if (path === undefined) {
      this.losses.say(`enum ${type.name}`, 'enum type', 'DBML has no enums without values.');
      return;
    }
    if (type.values.includes('')) this.losses.say(`enum ${type.name}`, 'enum value', 'The empty value is written as a space.');
    this.enums.push(
      this.enumText(
        path,
        type.values.map((value) => value || ' '),
      ),
    );
  }

  private type(table: Table, column: Column): string {
    const { type } = column;
    const object = `column ${pathOf(this.document, table)}.${column.name}`;
    if (type.kind === 'custom') {
      const path = this.paths.get(type.type);
      if (path !== undefined && recordIn(this.document, 'types', type.type) !== undefined)
        return `${path}${'[]'.repeat(type.dims ?? 0)}`;
      const found = recordIn(this.document, 'types', type.type);
      if (found?.kind === 'domain') {
        this.losses.say(object, 'domain', `DBML has no domains: it is written as what ${found.name} is made of.`);
        return this.type(table, { ...column, type: found.base });
      }
      if (found !== undefined) this.losses.say(object, 'type', `DBML says that it is called ${found.name}, not what it is.`);
      return dbmlName(typeName(this.document, type));
    }
    const portable = portableType(this.document, type);
    if (portable.kind === 'enum' && portable.values.length > 0 && !portable.values.includes('')) {
      const space = this.spaces.get('enum public') ?? new NameSpace();
      this.spaces.set('enum public', space);
      const path = name(space.take(`${table.name}_${column.name}`));
      this.enums.push(this.enumText(path, portable.values));
      return path;
    }
    const text = typeText(type);
    if (text === '') {
      this.losses.say(object, 'type', 'It has no type, which DBML must have: blob is what SQLite keeps it as.');
      return 'blob';
    }
    return /^[A-Za-z_]\w*(?:\(\d+(?:,\d+)*\))?(?:\[\])*$/.test(text) ? text : dbmlName(text);
  }

  /** An expression between backticks, for which there is no escape. */
  private expression(sql: string, object: string, feature: string): string | undefined {
    if (!sql.includes('`')) return `\`${sql.replaceAll(/\r\n?/g, '\n').trim()}\``;
    this.losses.say(object, feature, 'An expression with a backtick in it cannot be said in DBML.');
    return undefined;
  }

  private default(table: Table, column: Column): string | undefined {
    if (column.default === undefined) return undefined;
    const plain = plainDefault(column.default, this.dialect);
    if (plain.kind === 'number' && SAFE_NUMBER.test(plain.text)) return plain.text;
    if (plain.kind === 'string') return dbmlText(plain.value);
    if (plain.kind === 'boolean') return String(plain.value);
    if (plain.kind === 'null') return 'null';
    const object = `column ${pathOf(this.document, table)}.${column.name}`;
    return this.expression(column.default.sql, object, 'default');
  }

  private note(text: string | undefined, object: string): string | undefined {
    if (text === undefined) return undefined;
    if (dedented(text) !== text)
      this.losses.say(object, 'comment', 'DBML takes the indentation and empty lines at both ends off a note.');
    return text.trim() === '' ? undefined : dbmlText(text);
  }

  /** Whether a sequence belongs to the column, so that DBML says it as `increment`. */
  private counts(table: Table, column: Column): boolean {
    if (column.identity !== undefined) return true;
    const owned = Object.values(this.document.sequences).some(
      ({ ownedBy }) => ownedBy?.table === table.id && ownedBy.column === column.id,
    );
    return owned && column.default !== undefined && plainDefault(column.default, this.dialect).kind === 'sequence';
  }

  private column(table: Table, column: Column, inline: ReadonlyMap<string, string>): string {
    const object = `column ${pathOf(this.document, table)}.${column.name}`;
    const own = inline.get(column.id);
    const settings = own === undefined ? [] : [own];
    const counts = this.counts(table, column);
    if (counts) settings.push('increment');
    if (counts && column.identity === undefined)
      this.losses.say(object, 'identity', 'DBML says only that the column counts: it becomes an identity of the column.');
    if (!column.nullable && own !== 'pk') settings.push('not null');
    const value = counts ? undefined : this.default(table, column);
    if (value !== undefined) settings.push(`default: ${value}`);
    const note = this.note(column.comment, object);
    if (note !== undefined) settings.push(`note: ${note}`);
    return `  ${name(column.name)} ${this.type(table, column)}${list(settings)}`;
  }

  /** A key's name, unless PostgreSQL would give it that name itself. */
  private keyName(table: Table, key: Key): string | undefined {
    if (this.dialect !== 'postgresql') return key.name;
    const columns = columnNames(this.document, table, key.columns).join('_');
    const own = key.kind === 'primary' ? `${table.name}_pkey` : `${table.name}_${columns}_key`;
    return key.name === own && own.length < 60 ? undefined : key.name;
  }

  /** Keys as a setting of their one column, or else as lines of `indexes`. */
  private keys(table: Table): { readonly inline: ReadonlyMap<string, string>; readonly lines: readonly string[] } {
    const inline = new Map<string, string>();
    const lines: string[] = [];
    for (const key of table.keys) {
      const word = key.kind === 'primary' ? 'pk' : 'unique';
      const given = this.keyName(table, key);
      const [only] = key.columns;
      if (key.columns.length === 1 && only !== undefined && given === undefined && !inline.has(only)) inline.set(only, word);
      else {
        const names = columnNames(this.document, table, key.columns).map(name);
        const settings = given === undefined ? [word] : [word, `name: ${dbmlText(given)}`];
        lines.push(`    ${names.length === 1 ? names[0] : `(${names.join(', ')})`}${list(settings)}`);
      }
    }
    return { inline, lines };
  }

  private index(table: Table, index: Index): string | undefined {
    const object = `index ${index.name ?? '(unnamed)'} of ${pathOf(this.document, table)}`;
    const elements: string[] = [];
    for (const element of index.elements) {
      const column = element.column === undefined ? element.columnName : columnNames(this.document, table, [element.column])[0];
      const said = column === undefined ? this.expression(element.expression ?? '', object, 'index') : name(column);
      if (said === undefined) return undefined;
      elements.push(said);
    }
    const settings: string[] = [];
    const partial = index.unique === true && index.where !== undefined;
    // Without its condition it would forbid rows that are allowed.
    if (partial) this.losses.say(object, 'unique index', 'It is unique for a part of the rows; DBML says it as a plain index.');
    if (index.unique === true && !partial) settings.push('unique');
    if (index.name !== undefined) settings.push(`name: ${dbmlText(index.name)}`);
    // A unique line without a type is a constraint.
    if (index.method !== undefined || (index.unique === true && !partial)) settings.push(`type: ${name(index.method ?? 'btree')}`);
    const note = this.note(index.comment, object);
    if (note !== undefined) settings.push(`note: ${note}`);
    return `    ${elements.length === 1 ? elements[0] : `(${elements.join(', ')})`}${list(settings)}`;
  }

  private checks(table: Table): readonly string[] {
    return table.checks.flatMap((check) => {
      const object = `check ${check.name ?? '(unnamed)'} of ${pathOf(this.document, table)}`;
      const said = this.expression(check.expression, object, 'check');
      return said === undefined ? [] : [`    ${said}${list(check.name === undefined ? [] : [`name: ${dbmlText(check.name)}`])}`];
    });
  }

  private table(table: Table): string {
    const { inline, lines } = this.keys(table);
    const columns = columnsOf(this.document, table).map((column) => this.column(table, column, inline));
    const indexes = [...lines, ...table.indexes.flatMap((index) => this.index(table, index) ?? [])];
    const checks = this.checks(table);
    const note = this.note(table.comment, `table ${pathOf(this.document, table)}`);
    const parts = [
      columns.join('\n'),
      ...(indexes.length === 0 ? [] : [`  indexes {\n${indexes.join('\n')}\n  }`]),
      ...(checks.length === 0 ? [] : [`  checks {\n${checks.join('\n')}\n  }`]),
      ...(note === undefined ? [] : [`  Note: ${note}`]),
    ];
    return `Table ${this.paths.get(table.id)} {\n${parts.join('\n\n')}\n}`;
  }

  private end(table: Table, ids: readonly string[]): string {
    const names = columnNames(this.document, table, ids).map(name);
    return `${this.paths.get(table.id)}.${names.length === 1 ? names[0] : `(${names.join(', ')})`}`;
  }

  private reference(one: Relationship): string | undefined {
    const child = recordIn(this.document, 'tables', one.child);
    const parent = recordIn(this.document, 'tables', one.parent);
    if (one.childColumns.length === 0 || child === undefined || parent === undefined) return undefined;
    const object = recordLabel(this.document, 'relationships', one);
    if (!this.paths.has(child.id) || !this.paths.has(parent.id)) {
      this.losses.say(object, 'foreign key', 'A table of it is not written.');
      return undefined;
    }
    const [from, to] = [this.end(child, one.childColumns), this.end(parent, one.parentColumns)];
    const pair = [from, to].toSorted().join(' ');
    if (from === to || this.joined.has(pair)) {
      this.losses.say(object, 'foreign key', 'DBML takes one reference between two lists of columns, which must differ.');
      return undefined;
    }
    this.joined.add(pair);
    const settings = [
      ...(one.onDelete === undefined ? [] : [`delete: ${one.onDelete}`]),
      ...(one.onUpdate === undefined ? [] : [`update: ${one.onUpdate}`]),
    ];
    // With `-` the right end holds the key.
    const single = endsOf(this.document, one).child === '0..1';
    const line = single ? `${to} - ${from}` : `${from} > ${to}`;
    return `Ref${one.name === undefined ? '' : ` ${name(one.name)}`}: ${line}${list(settings)}`;
  }

  private emptySchemas(): void {
    const enums = Object.values(this.document.types).filter(({ id }) => this.paths.has(id));
    const used = new Set([...this.tables, ...enums].map((object) => object.schema));
    for (const schema of Object.values(this.document.schemas)) {
      if (schema.implicit !== true && !used.has(schema.id))
        this.losses.say(`schema ${schema.name}`, 'schema', 'DBML knows a schema only by what is in it.');
    }
  }

  private groups(): readonly string[] {
    const space = new NameSpace();
    return tableGroups(this.document, this.tables).map(({ title, tables }) => {
      const members = tables.map((table) => `  ${this.paths.get(table.id)}`);
      return `TableGroup ${name(space.take(title))} {\n${members.join('\n')}\n}`;
    });
  }
}

/**
 * A document as DBML. Enums that are written in a column's type (MySQL) become enums of their own.
 * Source: the language's syntax at dbml.dbdiagram.io/docs.
 */
export function writeDbml(document: Document): Exchanged {
  const writer = new DbmlWriter(document);
  const text = writer.write();
  const stem = fileStem(recordIn(document, 'settings', 'settings')?.name ?? 'database');
  return { files: [{ path: `${stem}.dbml`, text }], losses: writer.losses.all() };
}
