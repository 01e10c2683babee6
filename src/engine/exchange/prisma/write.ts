import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index } from '#model/table-parts.ts';
import type { Dialect, Document, Id, ReferentialAction, Table } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import {
  dialectOf,
  isUnique,
  ownsSequence,
  type PlannedEnum,
  type PlannedRelation,
  type PlannedTable,
  planCode,
} from '../code/plan.ts';
import { isPlainNow, plainDefault } from '../common/defaults.ts';
import { prismaString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf } from '../common/losses.ts';
import { asciiWord, camelCase, NameSpace, pascalCase, singular } from '../common/names.ts';
import { isCounted, type Portable, portableType } from '../common/portable.ts';
import { typeText } from '../common/type-text.ts';
import type { Exchanged } from '../exchange.ts';
import { aligned, byteLength, docLines } from './text.ts';
import { isSqliteOwn, PROVIDERS, type PrismaType, type Provider, prismaType } from './types.ts';

const SAYS: readonly Feature[] = [
  ...(['enum type', 'table comment', 'column comment', 'type comment', 'not null', 'default', 'identity'] as const),
  ...(['primary key', 'primary key order', 'unique key', 'unique key name'] as const),
  ...(['index', 'unique index', 'index order', 'index method'] as const),
  ...(['empty schema', 'schema of types', 'enum type name', 'unused enum type'] as const),
  ...(['foreign key', 'foreign key action'] as const),
];

/** What each provider says beyond that. */
const SAYS_MORE: Readonly<Record<Provider, readonly Feature[]>> = {
  postgresql: ['schema', 'primary key name', 'foreign key name'],
  sqlserver: ['schema', 'primary key name', 'foreign key name'],
  mysql: ['foreign key name', 'index prefix'],
  sqlite: [],
};

const RESERVED = new Set([
  'PrismaClient',
  'String',
  'Boolean',
  'Int',
  'BigInt',
  'Float',
  'Decimal',
  'DateTime',
  'Json',
  'Bytes',
  'Unsupported',
]);

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  'no action': 'NoAction',
  restrict: 'Restrict',
  cascade: 'Cascade',
  'set null': 'SetNull',
  'set default': 'SetDefault',
};

class PrismaWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly dialect: Dialect;
  private readonly provider: Provider;
  private readonly plan: ReturnType<typeof planCode>;
  private readonly enumValues = new Map<PlannedEnum, ReadonlyMap<string, string>>();
  private readonly tableNames = new NameSpace();
  private readonly schemas: readonly string[];
  /** Tables that the client cannot find a row of. */
  private readonly ignored = new Set<PlannedTable>();

  constructor(document: Document) {
    this.document = document;
    this.dialect = dialectOf(document);
    this.provider = PROVIDERS[this.dialect];
    this.losses = new Losses(lossesBeyond(document, new Set([...SAYS, ...SAYS_MORE[this.provider]]), 'Prisma'));
    if (this.dialect === 'oracle')
      this.losses.say('the document', 'dialect', 'Prisma does not know Oracle: this is for PostgreSQL.');
    const naming = {
      classOf: (name: string) => pascalCase(singular(name)),
      fieldOf: camelCase,
      reservedClasses: RESERVED,
      reservedFields: new Set<string>(),
    };
    this.plan = planCode(document, naming, this.losses);
    const objects = [...this.plan.tables.map(({ table }) => table), ...this.plan.enums.flatMap(({ type }) => type ?? [])];
    const several =
      this.provider !== 'mysql' && this.provider !== 'sqlite' && objects.some((object) => schemaOf(document, object) !== undefined);
    const name = (object: { readonly schema: Id }) => recordIn(document, 'schemas', object.schema)?.name ?? '';
    this.schemas = several ? [...new Set(objects.map(name))].sort() : [];
    this.emptySchemas(objects);
  }

  private emptySchemas(objects: readonly { readonly schema: Id }[]): void {
    for (const schema of Object.values(this.document.schemas)) {
      if (schema.implicit !== true && !objects.some((object) => object.schema === schema.id))
        this.losses.say(`schema ${schema.name}`, 'schema', 'Prisma knows a schema only by what is in it.');
    }
  }

  write(): string {
    for (const planned of this.plan.tables) if (!this.findable(planned)) this.ignored.add(planned);
    const enums = this.plan.enums.map((one) => this.enum(one));
    const models = this.plan.tables.map((planned) => this.model(planned));
    return `${[this.head(), ...enums, ...models].join('\n\n')}\n`;
  }

  private head(): string {
    const schemas = this.schemas.length === 0 ? '' : `\n  schemas  = [${this.schemas.map(prismaString).join(', ')}]`;
    return [
      'generator client {\n  provider = "prisma-client-js"\n}',
      `// The connection is configured in prisma.config.ts. Written from a model for ${TRAITS[this.dialect].label}.`,
      `datasource db {\n  provider = "${this.provider}"${schemas}\n}`,
    ].join('\n\n');
  }

  private inSchema(object: { readonly schema: Id }): string | undefined {
    return this.schemas.length === 0
      ? undefined
      : `@@schema(${prismaString(recordIn(this.document, 'schemas', object.schema)?.name ?? '')})`;
  }

  private doc(text: string | undefined, object: string, indent: string): readonly string[] {
    const { lines, exact } = docLines(text, indent);
    if (!exact) this.losses.say(object, 'comment', 'Prisma trims the lines of documentation.');
    return lines;
  }

  private enum(one: PlannedEnum): string {
    const space = new NameSpace();
    const names = new Map<string, string>();
    const lines = one.values.flatMap((value) => {
      const name = space.take(asciiWord(value, 'v').replace(/^_+(?=[A-Za-z])/, ''));
      if (value === '') {
        this.losses.say(`enum ${one.type?.name ?? one.name}`, 'enum value', 'Prisma cannot map a value to the empty text.');
        return [];
      }
      names.set(value, name);
      return [`  ${name}${name === value ? '' : ` @map(${prismaString(value)})`}`];
    });
    this.enumValues.set(one, names);
    const object = `enum ${one.type?.name ?? one.name}`;
    const block = [
      ...(one.type === undefined || one.type.name === one.name ? [] : [`@@map(${prismaString(one.type.name)})`]),
      ...(one.type === undefined ? [] : [this.inSchema(one.type) ?? []].flat()),
    ];
    const rest = block.length === 0 ? '' : `\n\n${block.map((line) => `  ${line}`).join('\n')}`;
    return [...this.doc(one.type?.comment, object, ''), `enum ${one.name} {\n${lines.join('\n')}${rest}\n}`].join('\n');
  }

  private base(column: Column): Portable {
    const type = portableType(this.document, column.type);
    return type.kind === 'array' ? type.of : type;
  }

  private scalar({ table }: PlannedTable, column: Column): PrismaType | undefined {
    const found = this.document.types[column.type.kind === 'custom' ? column.type.type : ''];
    const own = found?.kind === 'domain' ? found.base : column.type;
    if (found?.kind === 'domain')
      this.losses.say(
        `column ${pathOf(this.document, table)}.${column.name}`,
        'domain',
        `Prisma has no domains: it is written as what ${found.name} is made of.`,
      );
    return prismaType(this.base(column), own, this.provider);
  }

  /** Whether the client can tell a row: by a key of columns that always have a value it can read. */
  private findable(planned: PlannedTable): boolean {
    const readable = (id: Id, primary: boolean) => {
      const column = planned.columns.find((one) => one.id === id);
      if (column === undefined || (column.nullable && !primary) || (column.type.dims ?? 0) > 0) return false;
      return (
        this.plan.enumOf(planned.table, column) !== undefined ||
        prismaType(this.base(column), this.ownType(column), this.provider) !== undefined
      );
    };
    const keys = planned.table.keys.some((key) => key.columns.every((id) => readable(id, key.kind === 'primary')));
    const indexes = planned.table.indexes.some(
      (index) =>
        index.unique === true &&
        index.where === undefined &&
        index.elements.every(({ column, length }) => column !== undefined && length === undefined && readable(column, false)),
    );
    if (keys || indexes) return true;
    this.losses.say(
      `table ${pathOf(this.document, planned.table)}`,
      'model',
      'Without a key of columns that must have a value the client cannot use it: it is marked @@ignore.',
    );
    return false;
  }

  private ownType(column: Column): Column['type'] {
    const found = column.type.kind === 'custom' ? recordIn(this.document, 'types', column.type.type) : undefined;
    return found?.kind === 'domain' ? found.base : column.type;
  }

  private typeOf(
    planned: PlannedTable,
    column: Column,
  ): { readonly text: string; readonly scalar?: PrismaType; readonly of?: PlannedEnum } {
    const of = this.plan.enumOf(planned.table, column);
    if (of !== undefined && this.provider !== 'sqlserver') return { text: of.name, of };
    const scalar = this.scalar(planned, column);
    if (scalar !== undefined) return { text: scalar.scalar, scalar };
    const { type } = column;
    const full = type.kind === 'other' ? typeText({ ...type, dims: 0 }) : typeName(this.document, { ...type, dims: 0 });
    return { text: `Unsupported(${prismaString(full || 'blob')})` };
  }

  private default(
    planned: PlannedTable,
    column: Column,
    scalar: PrismaType | undefined,
    of: PlannedEnum | undefined,
  ): string | undefined {
    const object = `column ${pathOf(this.document, planned.table)}.${column.name}`;
    const primary = planned.table.keys.find((key) => key.kind === 'primary')?.columns;
    const owned = column.default !== undefined && ownsSequence(this.document, planned.table, column);
    if (isCounted(column) || (owned && plainDefault(column.default, this.dialect).kind === 'sequence')) {
      const whole = scalar?.scalar === 'Int' || scalar?.scalar === 'BigInt';
      if (whole && (this.provider !== 'sqlite' || (primary?.length === 1 && primary[0] === column.id))) {
        this.counted(column, object);
        return 'autoincrement()';
      }
      this.losses.say(object, 'identity', 'Prisma lets only whole numbers count by themselves.');
      return undefined;
    }
    if (column.default === undefined || column.generated !== undefined) return undefined;
    const plain = plainDefault(column.default, this.dialect);
    if ((column.type.dims ?? 0) === 0) {
      const value = plain.kind === 'string' && of !== undefined ? this.enumValues.get(of)?.get(plain.value) : undefined;
      if (value !== undefined) return value;
      if (plain.kind === 'number' && /^-?\d{1,9}$/.test(plain.text) && (scalar?.scalar === 'Int' || scalar?.scalar === 'BigInt'))
        return plain.text;
      if (
        plain.kind === 'number' &&
        /^-?\d{1,12}(?:\.\d{1,12})?$/.test(plain.text) &&
        (scalar?.scalar === 'Float' || scalar?.scalar === 'Decimal')
      )
        return plain.text;
      if (
        plain.kind === 'string' &&
        scalar?.scalar === 'String' &&
        !/^(?:Uuid|Xml|Inet|Bit|VarBit|UniqueIdentifier)/.test(scalar.native ?? '')
      )
        return prismaString(plain.value);
      if (plain.kind === 'boolean' && scalar?.scalar === 'Boolean') return String(plain.value);
      if (
        isPlainNow(column.default, this.dialect) &&
        scalar?.scalar === 'DateTime' &&
        !/^(?:Date|Time|Timetz)(?:\(|$)/.test(scalar.native ?? '')
      )
        return 'now()';
    }
    if (plain.kind === 'null') return undefined;
    return `dbgenerated(${prismaString(column.default.sql)})`;
  }

  /** What `autoincrement()` is when it is read again differs from some ways to count. */
  private counted(column: Column, object: string): void {
    if (this.dialect === 'postgresql' && column.identity === undefined)
      this.losses.say(object, 'identity', 'Prisma says only that the column counts: it becomes an identity of the column.');
  }

  private field(planned: PlannedTable, column: Column, inline: ReadonlyMap<Id, string>): readonly string[] {
    const object = `column ${pathOf(this.document, planned.table)}.${column.name}`;
    const { text, scalar, of } = this.typeOf(planned, column);
    const name = planned.fields.get(column.id) ?? '';
    const dims = column.type.dims ?? 0;
    if (dims > 1) this.losses.say(object, 'type', 'Prisma has lists of one dimension.');
    const { type } = column;
    if (scalar === undefined && of === undefined && (type.kind === 'custom' || typeName(this.document, type) === ''))
      this.losses.say(object, 'type', `Prisma does not say what ${typeName(this.document, type) || 'no type'} is.`);
    if (type.kind === 'other' && type.schema !== undefined && type.schema !== 'public' && scalar !== undefined)
      this.losses.say(object, 'type', `Prisma does not say that ${type.name} is in ${type.schema}.`);
    const written = (scalar?.native ?? text).toLowerCase();
    if (this.dialect === 'oracle' && written !== typeName(this.document, column.type).toLowerCase())
      this.losses.say(object, 'type', `${typeName(this.document, column.type)} is written as ${scalar?.native ?? text}.`);
    if (dims > 0 && !column.nullable) this.losses.say(object, 'not null', 'A list of Prisma may be NULL.');
    if (this.provider === 'sqlite' && scalar !== undefined && column.type.kind === 'builtin' && !isSqliteOwn(column.type.name))
      this.losses.say(object, 'type', `Prisma declares types of its own in SQLite, not ${column.type.name || 'none'}.`);
    const primary = planned.table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id));
    const mark = dims > 0 ? '[]' : column.nullable && !primary ? '?' : '';
    const attributes = [inline.get(column.id) ?? ''];
    const value = this.default(planned, column, scalar, of);
    if (value !== undefined) attributes.push(`@default(${value})`);
    if (name !== column.name) attributes.push(`@map(${prismaString(column.name)})`);
    if (scalar?.native !== undefined) attributes.push(`@db.${scalar.native}`);
    return [name, `${text}${mark}`, attributes.filter((one) => one !== '').join(' ')];
  }

  private fieldNames(planned: PlannedTable, ids: readonly Id[]): string[] {
    return ids.flatMap((id) => planned.fields.get(id) ?? []);
  }

  /** A name as an argument, unless Prisma would give it itself. */
  private map(planned: PlannedTable, columns: readonly Id[], name: string | undefined, suffix: string): string | undefined {
    const names = columns.flatMap((id) => planned.columns.find((column) => column.id === id)?.name ?? []);
    const own = [planned.table.name, ...(suffix === 'pkey' ? [] : names), suffix].join('_');
    if (name === undefined || name === own) return undefined;
    const { size, unit } = TRAITS[this.dialect].nameLimit;
    if ((unit === 'bytes' ? byteLength(name) : name.length) <= size) return `map: ${prismaString(name)}`;
    this.losses.say(`table ${pathOf(this.document, planned.table)}`, 'name', `Prisma takes no constraint name as long as ${name}.`);
    return undefined;
  }

  private keys(planned: PlannedTable): { readonly inline: ReadonlyMap<Id, string>; readonly block: readonly string[] } {
    const inline = new Map<Id, string>();
    const block: string[] = [];
    for (const key of planned.table.keys) {
      const primary = key.kind === 'primary';
      const named =
        primary && !SAYS_MORE[this.provider].includes('primary key name')
          ? undefined
          : this.map(planned, key.columns, key.name, primary ? 'pkey' : 'key');
      const fields = this.fieldNames(planned, key.columns);
      const [only] = key.columns;
      const word = primary ? 'id' : 'unique';
      if (key.columns.length === 1 && only !== undefined && !inline.has(only))
        inline.set(only, `@${word}${named === undefined ? '' : `(${named})`}`);
      else block.push(`@@${word}([${fields.join(', ')}]${named === undefined ? '' : `, ${named}`})`);
    }
    return { inline, block };
  }

  private index(planned: PlannedTable, index: Index): string | undefined {
    const object = `index ${index.name ?? '(unnamed)'} of ${pathOf(this.document, planned.table)}`;
    const say = (feature: string, reason: string) => this.losses.say(object, feature, reason);
    const ids = index.elements.flatMap(({ column }) => column ?? []);
    const fields: string[] = [];
    for (const element of index.elements) {
      const field = element.column === undefined ? undefined : planned.fields.get(element.column);
      if (field === undefined) {
        say('expression index', 'Prisma has no indexes on expressions: it is left out.');
        return undefined;
      }
      const details = [
        ...(element.length === undefined || this.provider !== 'mysql' ? [] : [`length: ${element.length}`]),
        ...(element.order === 'desc' ? ['sort: Desc'] : []),
      ];
      fields.push(details.length === 0 ? field : `${field}(${details.join(', ')})`);
    }
    const method = index.method ?? 'btree';
    const simple = index.elements.every(({ order, length }) => order === undefined && length === undefined);
    if (method === 'fulltext' && this.provider === 'mysql')
      return `@@fulltext([${fields.join(', ')}]${this.argument(planned, ids, index)})`;
    const hash = method === 'hash' && this.provider === 'postgresql' && ids.length === 1 && simple;
    if (method !== 'btree' && !hash)
      say('index method', `Prisma has no plain word for ${method} on these columns: it is written as an ordinary index.`);
    const partial = index.unique === true && index.where !== undefined;
    // Without its condition it would forbid rows that are allowed.
    if (partial) say('unique index', 'It is unique for a part of the rows; Prisma says it as a plain index.');
    else if (index.unique === true && simple) say('unique index', 'Prisma does not tell a unique index from a unique constraint.');
    const word = index.unique === true && !partial ? 'unique' : 'index';
    return `@@${word}([${fields.join(', ')}]${this.argument(planned, ids, index, word === 'unique' ? 'key' : 'idx')}${hash ? ', type: Hash' : ''})`;
  }

  private argument(planned: PlannedTable, ids: readonly Id[], { name }: Index, suffix = 'idx'): string {
    const named = this.map(planned, ids, name, suffix);
    return named === undefined ? '' : `, ${named}`;
  }

  private action(one: PlannedRelation, action: ReferentialAction | undefined, object: string): string {
    const required = one.relationship.childColumns.some(
      (id) => one.child.columns.find((column) => column.id === id)?.nullable === false,
    );
    const impossible =
      (action === 'set null' && required) ||
      (action === 'set default' && this.provider === 'mysql') ||
      (action === 'restrict' && this.provider === 'sqlserver');
    if (impossible)
      this.losses.say(object, 'foreign key action', `Prisma does not take ${action} here: it is written as no action.`);
    return ACTIONS[impossible ? 'no action' : (action ?? 'no action')];
  }

  /** The field of the child that leads to the parent; nothing when Prisma could not follow it. */
  private relation(one: PlannedRelation): readonly string[] | undefined {
    const { relationship, child, parent } = one;
    const object = recordLabel(this.document, 'relationships', relationship);
    if (!this.sayable(one)) return undefined;
    const name = one.ambiguous ? [prismaString(this.relationName(one))] : [];
    const named = this.keyName(one, object);
    const parts = [
      ...name,
      `fields: [${this.fieldNames(child, relationship.childColumns).join(', ')}]`,
      `references: [${this.fieldNames(parent, relationship.parentColumns).join(', ')}]`,
      `onDelete: ${this.action(one, relationship.onDelete, object)}`,
      `onUpdate: ${this.action(one, relationship.onUpdate, object)}`,
      ...(named === undefined ? [] : [named]),
    ];
    const ignore = this.ignored.has(parent) && !this.ignored.has(child) ? ' @ignore' : '';
    return [one.field, `${parent.className}${one.mandatory ? '' : '?'}`, `@relation(${parts.join(', ')})${ignore}`];
  }

  private keyName({ relationship, child }: PlannedRelation, object: string): string | undefined {
    if (!SAYS_MORE[this.provider].includes('foreign key name')) return undefined;
    const { name } = relationship;
    const taken = [...child.table.keys, ...child.table.indexes].some((other) => other.name === name);
    if (name === undefined || !taken) return this.map(child, relationship.childColumns, name, 'fkey');
    this.losses.say(object, 'name', 'Prisma takes no foreign key that is called as a key or index of the same table.');
    return undefined;
  }

  private relationName({ child, field }: PlannedRelation): string {
    return `${child.className}_${field}`;
  }

  private sayable({ relationship, child, parent }: PlannedRelation): boolean {
    const object = recordLabel(this.document, 'relationships', relationship);
    const say = (reason: string) => this.losses.say(object, 'foreign key', reason);
    if (!isUnique(parent.table, relationship.parentColumns)) {
      say('Prisma follows a foreign key only to a whole key of the other table.');
      return false;
    }
    const type = (planned: PlannedTable, id: Id) => {
      const column = planned.columns.find((each) => each.id === id);
      return column === undefined ? '' : this.plain(planned, column);
    };
    const same = relationship.childColumns.every((id, at) => {
      const one = type(child, id);
      return one !== '' && one === type(parent, relationship.parentColumns[at] ?? '');
    });
    if (!same) say('Prisma follows a foreign key only between columns of the same type that it knows.');
    return same;
  }

  /** A column's type as a relation compares it; empty for what it cannot compare. */
  private plain(planned: PlannedTable, column: Column): string {
    const of = this.plan.enumOf(planned.table, column);
    if (of !== undefined) return of.name;
    return prismaType(this.base(column), this.ownType(column), this.provider)?.scalar ?? '';
  }

  private backField(one: PlannedRelation): readonly string[] {
    const exact = isUnique(one.child.table, one.relationship.childColumns);
    const ignore = this.ignored.has(one.child) && !this.ignored.has(one.parent) ? '@ignore' : '';
    const name = one.ambiguous ? `@relation(${prismaString(this.relationName(one))})` : '';
    return [one.back, `${one.child.className}${exact ? '?' : '[]'}`, [name, ignore].filter((part) => part !== '').join(' ')];
  }

  private tableName(table: Table): string {
    const schema = schemaOf(this.document, table);
    const name = this.tableNames.take(
      schema !== undefined && this.tableNames.has(table.name) ? `${schema}_${table.name}` : table.name,
    );
    if (name !== table.name)
      this.losses.say(`table ${pathOf(this.document, table)}`, 'name', `It is called ${name}: without schemas the name is taken.`);
    return name;
  }

  private model(planned: PlannedTable): string {
    const { table, className } = planned;
    const { inline, block } = this.keys(planned);
    const path = pathOf(this.document, table);
    const docs = new Map<number, readonly string[]>();
    const rows: (readonly string[])[] = [];
    for (const column of planned.columns) {
      const lines = this.doc(column.comment, `column ${path}.${column.name}`, '  ');
      if (lines.length > 0) docs.set(rows.length, lines);
      rows.push(this.field(planned, column, inline));
    }
    for (const one of planned.relations) rows.push(...[this.relation(one) ?? []].filter((row) => row.length > 0));
    for (const one of planned.backs) if (this.sayable(one)) rows.push(this.backField(one));
    const name = this.schemas.length > 0 ? table.name : this.tableName(table);
    const tail = [
      ...block,
      ...table.indexes.flatMap((index) => this.index(planned, index) ?? []),
      ...(name === className ? [] : [`@@map(${prismaString(name)})`]),
      ...[this.inSchema(table) ?? []].flat(),
      ...(this.ignored.has(planned) ? ['@@ignore'] : []),
    ];
    const fields = aligned(rows).flatMap((row, at) => [...(docs.get(at) ?? []), row]);
    const rest = tail.length === 0 ? '' : `\n\n${tail.map((line) => `  ${line}`).join('\n')}`;
    return [...this.doc(table.comment, `table ${path}`, ''), `model ${className} {\n${fields.join('\n')}${rest}\n}`].join('\n');
  }
}

/** A document as a Prisma schema, for the provider of its dialect. Source: Prisma's schema reference. */
export function writePrisma(document: Document): Exchanged {
  const writer = new PrismaWriter(document);
  const text = writer.write();
  return { files: [{ path: 'schema.prisma', text }], losses: writer.losses.all() };
}
