import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index } from '#model/table-parts.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { isPlainNow, plainDefault } from '../common/defaults.ts';
import { jsComment, jsString, jsTemplate } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf } from '../common/losses.ts';
import { camelCase, NameSpace } from '../common/names.ts';
import { isCounted, type Portable, portableType } from '../common/portable.ts';
import { typeLoss } from '../common/type-losses.ts';
import type { Exchanged } from '../exchange.ts';
import {
  type CodePlan,
  dialectOf,
  ownsSequence,
  type PlannedEnum,
  type PlannedRelation,
  type PlannedTable,
  planCode,
} from './plan.ts';

type Core = 'pg' | 'mysql' | 'sqlite';

const CORES: Readonly<Record<Dialect, Core>> = {
  postgresql: 'pg',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  mssql: 'pg',
  oracle: 'pg',
};

const WORDS = { pg: ['Pg', 'pg'], mysql: ['MySql', 'mysql'], sqlite: ['SQLite', 'sqlite'] } as const;

const SAYS: readonly Feature[] = [
  ...(['not null', 'default', 'identity', 'generated', 'unique key', 'unique key name', 'check'] as const),
  ...(['primary key', 'primary key order', 'primary key name', 'schema of types', 'enum type name'] as const),
  ...(['unused enum type', 'unique index', 'index nulls', 'identity always'] as const),
  ...(['index', 'expression index', 'index order', 'foreign key', 'foreign key name', 'foreign key action'] as const),
  ...(['table comment', 'column comment', 'enum type', 'schema', 'partial index', 'index method'] as const),
];

const LOST: Readonly<Record<Core, readonly Feature[]>> = {
  pg: [],
  mysql: ['partial index', 'index method', 'index order', 'index nulls', 'identity always', 'enum type name', 'unused enum type'],
  sqlite: [
    'schema',
    'index method',
    'index order',
    'index nulls',
    'identity always',
    'schema of types',
    'enum type',
    'enum type name',
    'unused enum type',
  ],
};

/** Words of JavaScript, and what the file imports. */
const RESERVED = new Set(
  `break case catch class const continue debugger default delete do else enum export extends false finally for function if import
  in instanceof new null return super switch this throw true try typeof var void while with yield let static await implements
  interface package private protected public sql check index unique uniqueIndex primaryKey foreignKey text integer bigint smallint numeric real
  doublePrecision boolean char varchar date time timestamp interval uuid json jsonb serial bigserial smallserial int tinyint mediumint
  decimal float double datetime year binary varbinary blob custom customType arguments eval undefined t`.split(/\s+/),
);

interface Typed {
  /** The function of the column, such as `varchar`. */
  readonly call: string;
  /** Its options as an object's text. */
  readonly options?: string;
  /** What a default may be written as beside SQL. */
  readonly holds?: 'number' | 'string' | 'boolean' | 'timestamp' | 'uuid';
}

const object = (...parts: readonly (string | undefined)[]) => {
  const given = parts.filter((part) => part !== undefined);
  return given.length === 0 ? undefined : `{ ${given.join(', ')} }`;
};
const option = (key: string, value: number | boolean | undefined) => (value === undefined ? undefined : `${key}: ${value}`);
const typed = (call: string, holds?: Typed['holds'], options?: string): Typed => ({
  call,
  ...(holds === undefined ? {} : { holds }),
  ...(options === undefined ? {} : { options }),
});

function pgType(type: Portable): Typed | undefined {
  switch (type.kind) {
    case 'integer':
      if (type.bits === 64) return typed('bigint', undefined, "{ mode: 'bigint' }");
      return typed(type.bits <= 16 ? 'smallint' : 'integer', 'number');
    case 'decimal':
      return typed(
        'numeric',
        undefined,
        object(option('precision', type.precision), option('scale', type.precision === undefined ? undefined : type.scale)),
      );
    case 'float':
      return typed(type.bits === 32 ? 'real' : 'doublePrecision', 'number');
    case 'char':
    case 'varchar':
      return typed(type.kind, 'string', object(option('length', type.length)));
    case 'time':
      return typed('time', undefined, object(option('precision', type.precision), option('withTimezone', type.zone || undefined)));
    case 'timestamp': {
      const exact = type.precision !== undefined && type.precision <= 6 ? type.precision : undefined;
      return typed('timestamp', 'timestamp', object(option('precision', exact), option('withTimezone', type.zone || undefined)));
    }
    case 'json':
      return typed(type.binary ? 'jsonb' : 'json');
    case 'boolean':
      return typed('boolean', 'boolean');
    case 'text':
      return typed('text', 'string');
    case 'uuid':
      return typed('uuid', 'uuid');
    case 'date':
    case 'interval':
      return typed(type.kind);
    default:
      return undefined;
  }
}

const MYSQL_INTEGERS = { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' } as const;

function mysqlType(type: Portable, name: string): Typed | undefined {
  switch (type.kind) {
    case 'integer': {
      if (name === 'year') return typed('year');
      const mode = type.bits === 64 ? "mode: 'bigint'" : undefined;
      return typed(
        MYSQL_INTEGERS[type.bits],
        type.bits === 64 ? undefined : 'number',
        object(mode, option('unsigned', type.unsigned)),
      );
    }
    case 'decimal':
      return typed('decimal', undefined, object(option('precision', type.precision ?? 10), option('scale', type.scale ?? 0)));
    case 'float':
      return typed(name.startsWith('float') ? 'float' : 'double', 'number');
    case 'boolean':
      return name.startsWith('bit') ? undefined : typed('boolean', 'boolean');
    case 'char':
    case 'varchar':
      return typed(type.kind, 'string', `{ length: ${type.length ?? 1} }`);
    case 'text':
      return typed(/^(?:tiny|medium|long)text$/.test(name) ? name : 'text', 'string');
    case 'date':
      return typed('date');
    case 'time':
      return typed('time', undefined, object(option('fsp', type.precision)));
    case 'timestamp':
      return typed(type.zone ? 'timestamp' : 'datetime', type.zone ? 'timestamp' : undefined, fsp(type.precision));
    case 'json':
      return typed('json');
    case 'binary':
      return name.endsWith('blob')
        ? undefined
        : typed(name === 'binary' ? 'binary' : 'varbinary', undefined, `{ length: ${type.length ?? 1} }`);
    default:
      return undefined;
  }
}

const fsp = (precision: number | undefined) =>
  precision === undefined || precision < 1 || precision > 6 ? undefined : `{ fsp: ${precision} }`;

function sqliteType(type: Portable): Typed {
  if (type.kind === 'integer') return typed('integer', 'number');
  if (type.kind === 'boolean') return typed('integer', 'boolean', "{ mode: 'boolean' }");
  if (type.kind === 'float') return typed('real', 'number');
  if (type.kind === 'decimal' || type.kind === 'money') return typed('numeric');
  if (type.kind === 'binary') return typed('blob');
  return typed('text', 'string');
}

/** What the words of {@link sqliteType} keep. */
function keptInSqlite(type: Portable): Portable {
  if (type.kind === 'integer' || type.kind === 'boolean') return { kind: 'integer', bits: 32 };
  if (type.kind === 'float') return { kind: 'float', bits: 32 };
  if (type.kind === 'decimal' || type.kind === 'money') return { kind: 'decimal' };
  return { kind: type.kind === 'binary' ? 'binary' : 'text' };
}

class DrizzleWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly dialect: Dialect;
  private readonly core: Core;
  private readonly plan: CodePlan;
  private readonly imports = new Set<string>();
  private readonly schemas = new Map<string, string>();
  private readonly names = new NameSpace({ caseMatters: true, reserved: RESERVED });
  private readonly tables = new Map<PlannedTable, string>();
  private readonly enums = new Map<PlannedEnum, string>();

  constructor(document: Document) {
    this.document = document;
    this.dialect = dialectOf(document);
    this.core = CORES[this.dialect];
    const lost = LOST[this.core];
    this.losses = new Losses(lossesBeyond(document, new Set(SAYS.filter((one) => !lost.includes(one))), 'Drizzle'));
    if (this.dialect === 'mssql' || this.dialect === 'oracle')
      this.losses.say('the document', 'dialect', 'Drizzle does not know this database: this is for PostgreSQL.');
    const naming = {
      classOf: camelCase,
      fieldOf: camelCase,
      reservedClasses: new Set<string>(),
      reservedFields: new Set<string>(['__proto__']),
    };
    this.plan = planCode(document, naming, this.losses);
    for (const planned of this.plan.tables) this.tables.set(planned, this.names.take(camelCase(planned.table.name)));
    for (const one of this.plan.enums) if (this.core === 'pg') this.enums.set(one, this.names.take(`${one.name}Enum`));
  }

  write(): string {
    const tables = this.plan.tables.map((planned) => this.table(planned));
    const enums = [...this.enums].map(([one, name]) => this.enum(one, name));
    const [word, low] = WORDS[this.core];
    const schemas = [...this.schemas].map(([schema, name]) => `export const ${name} = ${low}Schema(${jsString(schema)});`);
    const types = `import type { ${word}TableExtraConfigValue } from 'drizzle-orm/${low}-core';`;
    const head = [
      "import { sql } from 'drizzle-orm';",
      types,
      `import { ${[...this.imports].sort().join(', ')} } from 'drizzle-orm/${low}-core';`,
    ];
    const custom = this.imports.has('customType')
      ? ['const custom = (type: string) => customType<{ data: unknown }>({ dataType: () => type });']
      : [];
    const used = [...head, ...custom].join('\n');
    return `${[used, ...schemas, ...enums, ...tables].join('\n\n')}\n`;
  }

  private use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** What a table or enum of a schema is made by. */
  private maker(object: { readonly schema: Id }, kind: 'table' | 'enum'): string {
    const schema = this.core === 'sqlite' ? undefined : schemaOf(this.document, object);
    const word = WORDS[this.core][1];
    if (schema === undefined) return this.use(`${word}${kind === 'table' ? 'Table' : 'Enum'}`);
    this.use(`${word}Schema`);
    const name = this.schemas.get(schema) ?? this.names.take(`${camelCase(schema)}Schema`);
    this.schemas.set(schema, name);
    return `${name}.${kind}`;
  }

  private enum({ type, values, name: own }: PlannedEnum, name: string): string {
    const maker = type === undefined ? this.use('pgEnum') : this.maker(type, 'enum');
    return `export const ${name} = ${maker}(${jsString(type?.name ?? own)}, [${values.map(jsString).join(', ')}]);`;
  }

  private sql(text: string): string {
    return `sql\`${jsTemplate(text)}\``;
  }

  private type({ table }: PlannedTable, column: Column): Typed & { readonly text: string } {
    const whole = portableType(this.document, column.type);
    const base = whole.kind === 'array' ? whole.of : whole;
    const own = column.type.kind === 'custom' ? '' : column.type.name.toLowerCase().replace(/ .*$/, '');
    const name = jsString(column.name);
    const of = this.plan.enumOf(table, column);
    const made = of === undefined ? undefined : this.enums.get(of);
    if (made !== undefined) return { call: made, text: `${made}(${name})` };
    if (of !== undefined && this.core === 'mysql') {
      const call = this.use('mysqlEnum');
      return { call, text: `${call}(${name}, [${of.values.map(jsString).join(', ')}])` };
    }
    if (this.core === 'pg' && /^(?:small|big)?serial$/.test(own)) {
      const options = own === 'bigserial' ? ", { mode: 'bigint' }" : '';
      return { call: this.use(own), text: `${own}(${name}${options})` };
    }
    const found = this.core === 'pg' ? pgType(base) : this.core === 'mysql' ? mysqlType(base, own) : sqliteType(base);
    const lossy =
      column.type.kind === 'other' ||
      (column.type.kind === 'custom' && base.kind === 'other') ||
      /^(?:oid|xid8|name|citext)$/.test(own);
    if (found === undefined || (lossy && this.core === 'pg')) {
      this.use('customType');
      const sql = typeName(this.document, { ...column.type, dims: 0 });
      return { call: 'custom', text: `custom(${jsString(sql)})(${name})` };
    }
    this.use(found.call);
    return { ...found, text: `${found.call}(${name}${found.options === undefined ? '' : `, ${found.options}`})` };
  }

  private default(planned: PlannedTable, column: Column, { holds, call }: Typed): string {
    if (column.default === undefined) return '';
    const of = this.plan.enumOf(planned.table, column);
    const plain = plainDefault(column.default, this.dialect);
    if ((column.type.dims ?? 0) === 0) {
      if (plain.kind === 'string' && of?.values.includes(plain.value) === true && call !== 'text')
        return `.default(${jsString(plain.value)})`;
      if (plain.kind === 'number' && holds === 'number' && /^-?\d{1,9}(?:\.\d{1,9})?$/.test(plain.text))
        return `.default(${Number(plain.text)})`;
      if (plain.kind === 'string' && holds === 'string') return `.default(${jsString(plain.value)})`;
      if (plain.kind === 'boolean' && holds === 'boolean') return `.default(${plain.value})`;
      if (isPlainNow(column.default, this.dialect) && holds === 'timestamp' && this.core === 'pg') return '.defaultNow()';
      if (plain.kind === 'uuid' && holds === 'uuid') return '.defaultRandom()';
    }
    return plain.kind === 'null' ? '' : `.default(${this.sql(column.default.sql)})`;
  }

  private column(planned: PlannedTable, column: Column): string {
    const where = `column ${pathOf(this.document, planned.table)}.${column.name}`;
    const type = this.type(planned, column);
    const primary = planned.table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const single = primary.length === 1 && primary[0] === column.id;
    const counted =
      isCounted(column) || (ownsSequence(this.document, planned.table, column) && column.default?.sql.includes('nextval') === true);
    this.typeLoss(where, column, type);
    const whole = /^(?:smallint|integer|bigint|int|tinyint|mediumint)$/.test(type.call);
    let text = type.text + '.array()'.repeat(column.type.dims ?? 0);
    if (single && this.named(planned) === undefined)
      text += this.core === 'sqlite' && counted && whole ? '.primaryKey({ autoIncrement: true })' : '.primaryKey()';
    const serial = type.call.endsWith('serial');
    if (counted && this.core === 'sqlite' && !(single && whole))
      this.losses.say(where, 'identity', 'Drizzle lets only a primary key count by itself in SQLite.');
    if (counted && !whole && !serial) this.losses.say(where, 'identity', 'Drizzle lets only whole numbers count by themselves.');
    else if (counted && this.core === 'pg' && !serial)
      text += column.identity?.mode === 'always' ? '.generatedAlwaysAsIdentity()' : '.generatedByDefaultAsIdentity()';
    else if (counted && this.core === 'mysql') text += '.autoincrement()';
    if (!column.nullable && !(single && this.named(planned) === undefined)) text += '.notNull()';
    if (column.generated !== undefined) {
      const stored = column.generated.stored ? 'stored' : 'virtual';
      if (this.core === 'pg' && !column.generated.stored)
        this.losses.say(where, 'generated', 'Drizzle has stored columns only for PostgreSQL: it is written as one.');
      text += `.generatedAlwaysAs(${this.sql(column.generated.expression)}${this.core === 'pg' ? '' : `, { mode: '${stored}' }`})`;
    } else if (!counted) text += this.default(planned, column, type);
    return `${this.doc(column.comment, '  ', where)}  ${planned.fields.get(column.id)}: ${text},`;
  }

  private typeLoss(where: string, column: Column, { call, text }: Typed & { readonly text: string }): void {
    if (this.core === 'mysql' || call === 'custom' || /(?:Enum|serial)$/.test(call)) return;
    const portable = portableType(this.document, column.type);
    const lost = typeLoss(this.document, column.type, this.core === 'sqlite' ? keptInSqlite(portable) : portable, text);
    if (lost !== undefined) this.losses.say(where, 'type', lost);
  }

  private doc(text: string | undefined, indent: string, object: string): string {
    if (text === undefined) return '';
    if (text.trim() !== text || jsComment(text) !== text)
      this.losses.say(object, 'comment', 'A comment of the code has no white space at its ends, and no end of a comment in it.');
    if (text.trim() === '') return '';
    const lines = jsComment(text).trim().split('\n');
    if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
    return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
  }

  /** The primary key's name, when it has one that has to be said. */
  private named({ table }: PlannedTable): string | undefined {
    const name = table.keys.find((key) => key.kind === 'primary')?.name;
    return name === undefined || (name === `${table.name}_pkey` && this.core === 'pg') ? undefined : name;
  }

  private columns(planned: PlannedTable, ids: readonly Id[]): string {
    return ids
      .flatMap((id) => planned.fields.get(id) ?? [])
      .map((field) => `t.${field}`)
      .join(', ');
  }

  private index(planned: PlannedTable, index: Index): string | undefined {
    const where = `index ${index.name ?? '(unnamed)'} of ${pathOf(this.document, planned.table)}`;
    const expression = index.elements.some((element) => element.column === undefined);
    const elements = index.elements.map((element) => {
      const field = element.column === undefined ? undefined : planned.fields.get(element.column);
      if (field === undefined && this.core !== 'pg') return this.sql(element.expression ?? '');
      if (field === undefined) {
        const tail = `${element.order === 'desc' ? ' DESC' : ''}${element.nulls === undefined ? '' : ` NULLS ${element.nulls.toUpperCase()}`}`;
        return this.sql(`(${element.expression ?? ''})${tail}`);
      }
      const order = this.core === 'pg' && element.order === 'desc' ? '.desc()' : '';
      const nulls =
        this.core === 'pg' && element.nulls !== undefined ? `.nulls${element.nulls === 'first' ? 'First' : 'Last'}()` : '';
      return `t.${field}${order}${nulls}`;
    });
    const name =
      index.name ??
      `${planned.table.name}_${index.elements.map(({ column }) => planned.columns.find((one) => one.id === column)?.name ?? 'expr').join('_')}_idx`;
    const unique = index.unique === true && !(index.where !== undefined && this.core === 'mysql');
    if (index.unique === true && !unique)
      this.losses.say(
        where,
        'unique index',
        'It is unique for a part of the rows, which cannot be said: it is written as a plain index.',
      );
    if (expression && this.core === 'mysql')
      this.losses.say(where, 'expression index', 'Drizzle writes it without the parentheses that MySQL asks for: check it.');
    const call = this.use(unique ? 'uniqueIndex' : 'index');
    const method =
      this.core === 'pg' && index.method !== undefined && index.method !== 'btree' ? `.using(${jsString(index.method)}, ` : '.on(';
    const filter = index.where !== undefined && this.core !== 'mysql' ? `.where(${this.sql(index.where)})` : '';
    return `${call}(${jsString(name)})${method}${elements.join(', ')})${filter}`;
  }

  private relation(one: PlannedRelation): string {
    const call = this.use('foreignKey');
    const { relationship, child, parent } = one;
    const other = child === parent ? 't' : (this.tables.get(parent) ?? '');
    const foreign = relationship.parentColumns.flatMap((id) => parent.fields.get(id) ?? []).map((field) => `${other}.${field}`);
    const name = relationship.name === undefined ? '' : `name: ${jsString(relationship.name)}, `;
    const action = (word: string, value: string | undefined) => (value === undefined ? '' : `.${word}(${jsString(value)})`);
    return `${call}({ ${name}columns: [${this.columns(child, relationship.childColumns)}], foreignColumns: [${foreign.join(', ')}] })${action('onDelete', relationship.onDelete)}${action('onUpdate', relationship.onUpdate)}`;
  }

  private extras(planned: PlannedTable): readonly string[] {
    const { table } = planned;
    const found: string[] = [];
    for (const key of table.keys) {
      const single = key.columns.length === 1;
      if (key.kind === 'unique')
        found.push(
          `${this.use('unique')}(${key.name === undefined ? '' : jsString(key.name)}).on(${this.columns(planned, key.columns)})`,
        );
      else if (!single || this.named(planned) !== undefined) {
        const name = key.name === undefined ? '' : `name: ${jsString(key.name)}, `;
        found.push(`${this.use('primaryKey')}({ ${name}columns: [${this.columns(planned, key.columns)}] })`);
      }
    }
    for (const index of table.indexes) found.push(...[this.index(planned, index) ?? []].flat());
    for (const [at, check] of table.checks.entries())
      found.push(
        `${this.use('check')}(${jsString(check.name ?? `${table.name}_check${at === 0 ? '' : at}`)}, ${this.sql(check.expression)})`,
      );
    for (const one of planned.relations) found.push(this.relation(one));
    return found;
  }

  private table(planned: PlannedTable): string {
    const columns = planned.columns.map((column) => this.column(planned, column));
    const extras = this.extras(planned);
    const type = `${WORDS[this.core][0]}TableExtraConfigValue[]`;
    const tail = extras.length === 0 ? '' : `, (t): ${type} => [\n${extras.map((line) => `  ${line},`).join('\n')}\n]`;
    const maker = this.maker(planned.table, 'table');
    return `${this.doc(planned.table.comment, '', `table ${pathOf(this.document, planned.table)}`)}export const ${this.tables.get(planned)} = ${maker}(${jsString(planned.table.name)}, {\n${columns.join('\n')}\n}${tail});`;
  }
}

/** A document as a schema of Drizzle ORM, for the database of its dialect. Source: orm.drizzle.team, version 0.45. */
export function writeDrizzle(document: Document): Exchanged {
  const writer = new DrizzleWriter(document);
  const text = writer.write();
  return { files: [{ path: 'schema.ts', text }], losses: writer.losses.all() };
}
