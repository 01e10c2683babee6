import { ok, type Result } from '#lib/result.ts';
import type { Column, ColumnType, Default } from '#model/column-types.ts';
import type { Dialect, EnumType, Id, ReferentialAction } from '#model/types.ts';
import type { ReadResult, SqlFile } from '../../sql/read.ts';
import { DocumentBuilder, type TableDraft } from '../common/build.ts';
import { defaultFromSql } from '../common/defaults.ts';
import { COUNTED } from '../common/dialects.ts';
import { documentName, ReceiptBuilder, type Said } from '../common/receipts.ts';
import { sqlBoolean, sqlLiteral } from '../common/sql-literal.ts';
import { typeFromText } from '../common/type-text.ts';
import type { ExchangeReader } from '../exchange.ts';
import { type PrismaAttribute, type PrismaBlock, type PrismaField, type PrismaValue, parsePrisma } from './parse.ts';
import { nativeSql, type Provider, SCALAR_TYPES, type Scalar } from './types.ts';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  sqlserver: 'mssql',
};

const NOW: Readonly<Record<Dialect, string>> = {
  postgresql: 'now()',
  mysql: 'CURRENT_TIMESTAMP',
  mariadb: 'CURRENT_TIMESTAMP',
  sqlite: 'CURRENT_TIMESTAMP',
  mssql: 'CURRENT_TIMESTAMP',
  oracle: 'CURRENT_TIMESTAMP',
};

const ACTIONS: Readonly<Record<string, ReferentialAction | undefined>> = {
  Cascade: 'cascade',
  Restrict: 'restrict',
  SetNull: 'set null',
  SetDefault: 'set default',
  NoAction: undefined,
};

const attribute = ({ attributes }: { readonly attributes: readonly PrismaAttribute[] }, name: string) =>
  attributes.find((one) => one.name === name);

const argument = (one: PrismaAttribute | undefined, name: string, position?: number): PrismaValue | undefined =>
  one?.args.find((arg) => arg.name === name)?.value ??
  (position === undefined ? undefined : one?.args.filter((arg) => arg.name === undefined)[position]?.value);

function textOf(value: PrismaValue | undefined): string | undefined {
  return value?.kind === 'string' || value?.kind === 'word' ? value.text : undefined;
}

/** Names in a list of fields, such as `[a, b(sort: Desc)]`. */
function listed(
  value: PrismaValue | undefined,
): readonly { readonly name: string; readonly desc: boolean; readonly length?: number }[] {
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => {
    if (item.kind === 'word') return [{ name: item.text, desc: false }];
    if (item.kind !== 'call') return [];
    const given = (name: string) => textOf(item.args.find((arg) => arg.name === name)?.value);
    const length = given('length');
    return [{ name: item.name, desc: given('sort') === 'Desc', ...(length === undefined ? {} : { length: Number(length) }) }];
  });
}

interface Model {
  readonly block: PrismaBlock;
  readonly table: TableDraft;
  /** Columns by their fields' names. */
  readonly columns: Map<string, Id>;
}

class PrismaFold {
  private readonly builder: DocumentBuilder;
  private readonly receipt: ReceiptBuilder;
  private readonly blocks: readonly PrismaBlock[];
  private readonly provider: Provider;
  private readonly dialect: Dialect;
  private readonly enums = new Map<string, { readonly type: EnumType; readonly values: ReadonlyMap<string, string> }>();
  private readonly models = new Map<string, Model>();
  private readonly said = new Map<PrismaBlock, Said>();

  constructor(file: SqlFile) {
    this.blocks = parsePrisma(file.text);
    const source = this.blocks.find(({ word }) => word === 'datasource');
    const named = textOf(source?.settings.get('provider')) ?? 'postgresql';
    this.dialect = Object.hasOwn(DIALECTS, named) ? (DIALECTS[named] as Dialect) : 'postgresql';
    this.provider =
      this.dialect === 'mssql' ? 'sqlserver' : this.dialect === 'mysql' || this.dialect === 'sqlite' ? this.dialect : 'postgresql';
    const name = documentName(file);
    this.builder = new DocumentBuilder(name === 'schema' ? 'database' : name, this.dialect);
    this.receipt = new ReceiptBuilder(file);
    if (!Object.hasOwn(DIALECTS, named))
      this.receipt.lost(`provider ${named}`, 'dialect', 'There is no such dialect here: it was read as PostgreSQL.');
  }

  run(): ReadResult {
    for (const block of this.blocks) if (block.word === 'enum') this.take(block, () => this.enum(block));
    for (const block of this.blocks) if (block.word === 'model') this.take(block, () => this.model(block));
    for (const model of this.models.values()) this.take(model.block, () => this.relations(model));
    for (const block of this.blocks) this.say(block);
    return this.receipt.result(this.builder.finish());
  }

  private take(block: PrismaBlock, fold: () => Said): void {
    if (block.problem === undefined) this.said.set(block, fold());
  }

  private say(block: PrismaBlock): void {
    const { word, name, start, end, problem } = block;
    const object = `${word} ${name}`.trim();
    const known = this.said.get(block);
    if (problem !== undefined)
      this.receipt.statement(start, end, { state: 'error', object, reason: problem.message, at: problem.at });
    else if (known !== undefined) this.receipt.statement(start, end, { object, ...known });
    else if (word === 'datasource') this.receipt.statement(start, end, { state: 'modelled', object });
    else if (word === 'generator')
      this.receipt.statement(start, end, { state: 'skipped', object, reason: 'how code is made of it: no part of the schema' });
    else if (word === 'view' || word === 'type')
      this.receipt.statement(start, end, {
        state: 'skipped',
        object,
        reason:
          word === 'view' ? 'Prisma does not say what a view selects, so that there is nothing to make it of' : 'a type of MongoDB',
      });
    else
      this.receipt.statement(start, end, {
        state: 'error',
        object,
        reason: `${word} begins nothing that Prisma knows.`,
        at: start,
      });
  }

  private schemaName(block: PrismaBlock): string | undefined {
    return textOf(argument(attribute(block, 'schema'), 'name', 0));
  }

  private enum(block: PrismaBlock): Said {
    const values = new Map(
      block.fields.map((field) => [field.name, textOf(argument(attribute(field, 'map'), 'name', 0)) ?? field.name]),
    );
    const name = textOf(argument(attribute(block, 'map'), 'name', 0)) ?? block.name;
    const schema = this.schemaName(block);
    const comment = block.comment === undefined ? {} : { comment: block.comment };
    const list = [...new Set(values.values())];
    const type: EnumType = {
      id: this.builder.id('type', name),
      kind: 'enum',
      schema: this.builder.schema(schema).id,
      name,
      values: list,
      ...comment,
    };
    const problem = this.dialect === 'postgresql' ? this.builder.type(schema, type) : undefined;
    if (problem !== undefined) return { state: 'error', reason: problem };
    this.enums.set(block.name, { type, values });
    return { state: 'modelled' };
  }

  private model(block: PrismaBlock): Said {
    const name = textOf(argument(attribute(block, 'map'), 'name', 0)) ?? block.name;
    const table = this.builder.table(this.schemaName(block), name);
    if (typeof table === 'string') return { state: 'error', reason: table, at: block.start };
    if (block.comment !== undefined) table.comment = block.comment;
    const model: Model = { block, table, columns: new Map() };
    this.models.set(block.name, model);
    for (const field of block.fields) {
      if (this.isModel(field.type)) continue;
      this.fault(block, this.column(model, field), field.at);
    }
    for (const one of block.attributes) {
      this.fault(block, this.blockAttribute(model, one), one.at);
    }
    return this.said.get(block) ?? { state: 'modelled', record: table.id };
  }

  /** The first fault is the block's own; what else is wrong is lost, and the rest still comes in. */
  private fault(block: PrismaBlock, reason: string | undefined, at: number): void {
    if (reason === undefined) return;
    const { line, column } = this.receipt.place(at);
    if (this.said.get(block)?.state === 'error')
      this.receipt.lost(`model ${block.name}`, 'statement', `Line ${line}, column ${column}: ${reason}`);
    else this.said.set(block, { state: 'error', reason, at });
  }

  private isModel(type: string): boolean {
    return this.blocks.some(({ word, name }) => word === 'model' && name === type);
  }

  private type(field: PrismaField): ColumnType | string {
    const dims = field.list ? { dims: 1 } : {};
    if (field.unsupported !== undefined) return { ...typeFromText(field.unsupported, this.dialect), ...dims };
    const found = this.enums.get(field.type);
    if (found !== undefined) {
      if (this.dialect === 'postgresql') return { kind: 'custom', type: found.type.id, ...dims };
      if (this.dialect !== 'mysql') return typeFromText('TEXT', this.dialect);
      return { kind: 'builtin', name: 'enum', args: found.type.values.map((value) => sqlLiteral(value, this.dialect)) };
    }
    const native = field.attributes.find(({ name }) => name.startsWith('db.'));
    const scalars = SCALAR_TYPES[this.provider];
    if (native === undefined && !Object.hasOwn(scalars, field.type)) return `There is no type ${field.type}.`;
    const args = native?.args.flatMap(({ value }) => textOf(value) ?? []) ?? [];
    const text = native === undefined ? scalars[field.type as Scalar] : nativeSql(native.name.slice(3), args);
    // The precision that a type has anyway.
    const usual = { postgresql: /^(time\w*)\(6\)$/, mysql: /^((?:date)?time\w*)\(0\)$/ }[this.dialect as string];
    return { ...typeFromText(usual === undefined ? text : text.replace(usual, '$1'), this.dialect), ...dims };
  }

  private column(model: Model, field: PrismaField): string | undefined {
    const type = this.type(field);
    if (typeof type === 'string') return type;
    const { table } = model;
    const name = textOf(argument(attribute(field, 'map'), 'name', 0)) ?? field.name;
    const primary = attribute(field, 'id');
    const column: Omit<Column, 'id'> = {
      name,
      type,
      // A list of Prisma is a column that may be NULL.
      nullable: primary === undefined && (field.optional || field.list),
      ...this.default(table, name, field),
      ...(field.comment === undefined ? {} : { comment: field.comment }),
    };
    const made = this.builder.column(table, column);
    if (typeof made === 'string') return made;
    model.columns.set(field.name, made.id);
    if (primary !== undefined)
      this.builder.key(table, { kind: 'primary', columns: [made.id], ...this.named(primary, table, [name], 'pkey') });
    const unique = attribute(field, 'unique');
    if (unique !== undefined)
      this.builder.key(table, { kind: 'unique', columns: [made.id], ...this.named(unique, table, [name], 'key') });
    return undefined;
  }

  /** The name that is given, or the one that Prisma gives. */
  private named(one: PrismaAttribute, table: TableDraft, columns: readonly string[], suffix: string): { readonly name?: string } {
    const given = textOf(argument(one, 'map'));
    if (given !== undefined) return { name: given };
    const nameless =
      suffix === 'pkey' ? this.dialect === 'mysql' || this.dialect === 'sqlite' : suffix === 'fkey' && this.dialect === 'sqlite';
    if (nameless) return {};
    return { name: [table.name, ...(suffix === 'pkey' ? [] : columns), suffix].join('_') };
  }

  private default(table: TableDraft, column: string, field: PrismaField): Pick<Column, 'default' | 'identity'> {
    const object = `column ${table.name}.${column}`;
    if (attribute(field, 'updatedAt') !== undefined)
      this.receipt.lost(object, '@updatedAt', 'The client sets it, not the database.');
    const value = argument(attribute(field, 'default'), 'value', 0);
    if (value === undefined) return {};
    if (value.kind === 'call') return this.called(object, value);
    const made = this.literal(field, value);
    return made === undefined ? {} : { default: made };
  }

  private called(object: string, { name, args }: PrismaValue & { kind: 'call' }): Pick<Column, 'default' | 'identity'> {
    if (name === 'autoincrement') return { identity: COUNTED[this.dialect] };
    if (name === 'now') return { default: { kind: 'expression', sql: NOW[this.dialect] } };
    const sql = name === 'dbgenerated' ? textOf(args[0]?.value) : undefined;
    if (sql !== undefined && sql.trim() !== '') return { default: defaultFromSql(sql, this.dialect) };
    this.receipt.lost(object, `${name}()`, 'The client makes the value, not the database.');
    return {};
  }

  private literal(field: PrismaField, value: PrismaValue): Default | undefined {
    const literal = (sql: string): Default => ({ kind: 'literal', sql });
    if (value.kind === 'list') {
      const items = value.items.map((item) => this.literal(field, item)?.sql).filter((sql) => sql !== undefined);
      return items.length === 0 ? literal("'{}'") : { kind: 'expression', sql: `ARRAY[${items.join(', ')}]` };
    }
    const text = textOf(value) ?? '';
    if (value.kind === 'string') return literal(sqlLiteral(text, this.dialect));
    if (text === 'true' || text === 'false') return literal(sqlBoolean(text === 'true', this.dialect));
    if (/^-?\d/.test(text)) return literal(text);
    return literal(sqlLiteral(this.enums.get(field.type)?.values.get(text) ?? text, this.dialect));
  }

  private blockAttribute(model: Model, one: PrismaAttribute): string | undefined {
    if (!['id', 'unique', 'index', 'fulltext'].includes(one.name)) return undefined;
    const { table } = model;
    const fields = listed(argument(one, 'fields', 0));
    const missing = fields.find(({ name }) => !model.columns.has(name));
    if (missing !== undefined) return `Model ${model.block.name} has no field ${missing.name}.`;
    const columns = fields.flatMap(({ name }) => model.columns.get(name) ?? []);
    const names = columns.flatMap((id) => table.columns.find((column) => column.id === id)?.name ?? []);
    const plain = fields.every(({ desc, length }) => !desc && length === undefined);
    if (one.name === 'id') this.builder.key(table, { kind: 'primary', columns, ...this.named(one, table, names, 'pkey') });
    else if (one.name === 'unique' && plain)
      this.builder.key(table, { kind: 'unique', columns, ...this.named(one, table, names, 'key') });
    else {
      const { name } = this.named(one, table, names, one.name === 'unique' ? 'key' : 'idx');
      const method = one.name === 'fulltext' ? 'fulltext' : textOf(argument(one, 'type'))?.toLowerCase();
      table.indexes.push({
        id: this.builder.partId('indexes', table, name ?? names.join(',')),
        ...(name === undefined ? {} : { name }),
        elements: fields.map(({ desc, length }, at) => ({
          column: columns[at] ?? '',
          ...(length === undefined ? {} : { length }),
          ...(desc ? { order: 'desc' as const } : {}),
        })),
        ...(one.name === 'unique' ? { unique: true } : {}),
        ...(method === undefined || method === 'btree' ? {} : { method }),
      });
    }
    return undefined;
  }

  private relations(model: Model): Said {
    for (const field of model.block.fields) {
      const target = this.models.get(field.type);
      if (!this.isModel(field.type)) continue;
      const relation = attribute(field, 'relation');
      const fields = listed(argument(relation, 'fields')).map(({ name }) => name);
      if (fields.length === 0) this.manyToMany(model, field);
      else if (target === undefined) this.fault(model.block, `Model ${field.type} could not be read.`, field.at);
      else this.fault(model.block, this.foreignKey(model, target, field, relation, fields), field.at);
    }
    return this.said.get(model.block) ?? { state: 'modelled' };
  }

  private foreignKey(
    model: Model,
    target: Model,
    field: PrismaField,
    relation: PrismaAttribute | undefined,
    fields: readonly string[],
  ): string | undefined {
    const references = listed(argument(relation, 'references')).map(({ name }) => name);
    const child = fields.map((name) => model.columns.get(name));
    const parent = references.map((name) => target.columns.get(name));
    const missing = fields.find((_, at) => child[at] === undefined) ?? references.find((_, at) => parent[at] === undefined);
    if (missing !== undefined) return `The relation names a field ${missing} that is not there.`;
    if (child.length !== parent.length) return 'The relation has not as many fields as references.';
    const columns = child as Id[];
    const names = columns.flatMap((id) => model.table.columns.find((column) => column.id === id)?.name ?? []);
    const required = columns.every((id) => model.table.columns.find((column) => column.id === id)?.nullable === false);
    const named = relation === undefined ? {} : this.named(relation, model.table, names, 'fkey');
    this.builder.relationship(
      {
        ...named,
        child: model.table.id,
        parent: target.table.id,
        childColumns: columns,
        parentColumns: parent as Id[],
        ...this.action('onDelete', relation, required ? 'Restrict' : 'SetNull'),
        ...this.action('onUpdate', relation, 'Cascade'),
      },
      `${model.table.name}.${field.name}`,
    );
    return undefined;
  }

  /** What a relation does that does not say so: `Restrict` or `SetNull` on delete, `Cascade` on update. */
  private action(
    key: 'onDelete' | 'onUpdate',
    relation: PrismaAttribute | undefined,
    otherwise: string,
  ): { [K in typeof key]?: ReferentialAction } {
    const said = textOf(argument(relation, key)) ?? (otherwise === 'Restrict' && this.dialect === 'mssql' ? 'NoAction' : otherwise);
    const action = Object.hasOwn(ACTIONS, said) ? ACTIONS[said] : undefined;
    return action === undefined ? {} : { [key]: action };
  }

  /** Lists on both sides are a table that Prisma makes itself: many to many, once for the pair. */
  private manyToMany(model: Model, field: PrismaField): void {
    const other = this.models.get(field.type);
    if (!field.list || other === undefined) return;
    const name = textOf(argument(attribute(field, 'relation'), 'name', 0));
    const back = other.block.fields.find(
      (one) => one !== field && one.type === model.block.name && textOf(argument(attribute(one, 'relation'), 'name', 0)) === name,
    );
    const first = model.block.name < other.block.name || (model === other && field.at < (back?.at ?? 0));
    if (back === undefined || !back.list || !first) return;
    this.builder.relationship(
      { child: model.table.id, parent: other.table.id, childColumns: [], parentColumns: [], manyToMany: true },
      `${model.table.name}.${field.name}`,
    );
  }
}

/**
 * Reads a Prisma schema into a document of its provider's dialect. What Prisma leaves unsaid (types, names, actions) is what
 * Prisma would make in the database.
 */
export function readPrisma(file: SqlFile): Result<ReadResult> {
  return ok(new PrismaFold(file).run());
}

export const prismaReader: ExchangeReader = {
  id: 'prisma',
  label: 'Prisma schema',
  extensions: ['prisma'],
  sniff: (text) =>
    /^[ \t]*(?:model|datasource)[ \t]+[A-Za-z]\w*[ \t]*\{[ \t]*$/m.test(text) &&
    /^[ \t]*(?:provider[ \t]*=|\w+[ \t]+\w+(?:\?|\[\])?[ \t]*(?:@|$))/m.test(text),
  read: readPrisma,
};
