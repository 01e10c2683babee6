import * as v from 'valibot';
import { err, ok, type Result } from '#lib/result.ts';
import type { Column, ColumnType, Default } from '#model/column-types.ts';
import { DEFAULT_SCHEMA } from '#model/create.ts';
import type { CheckConstraint } from '#model/table-parts.ts';
import type { Dialect, Id, Table } from '#model/types.ts';
import { type ReadResult, readSql, type SqlFile } from '../../sql/read.ts';
import { DocumentBuilder, type TableDraft } from '../common/build.ts';
import { ReceiptBuilder } from '../common/receipts.ts';
import { typeFromText } from '../common/type-text.ts';
import type { ExchangeReader } from '../exchange.ts';
import { type NormalTable, normalTable } from './normal.ts';
import {
  Catalog,
  type CatalogColumn,
  type CatalogData,
  type CatalogForeignKey,
  type CatalogIndex,
  type CatalogType,
} from './shape.ts';

/** What is there and says something. */
function said<T>(value: T | null | undefined): value is T & {} {
  return value !== null && value !== undefined && (value as unknown) !== '';
}

function only<K extends string, T>(key: K, value: T | null | undefined): { [P in K]?: T & {} } {
  return said(value) ? ({ [key]: value } as { [P in K]?: T & {} }) : {};
}

const flagged = <K extends string>(key: K, value: boolean | null | undefined): { [P in K]?: true } =>
  value === true ? ({ [key]: true } as { [P in K]?: true }) : {};

function defaultOf(sql: string): Default {
  const literal = /^(?:'(?:[^']|'')*'(?:::.*)?|-?\d+(?:\.\d+)?|\(\(-?\d+(?:\.\d+)?\)\)|true|false)$/is.test(sql);
  return { kind: literal ? 'literal' : 'expression', sql };
}

class CatalogFold {
  private readonly catalog: CatalogData;
  private readonly builder: DocumentBuilder;
  private readonly receipt: ReceiptBuilder;
  private readonly dialect: Dialect;
  private readonly drafts = new Map<NormalTable, TableDraft>();
  private readonly at: { readonly start: number; readonly end: number };

  constructor(file: SqlFile, catalog: CatalogData, at: { readonly start: number; readonly end: number }) {
    this.catalog = catalog;
    this.dialect = catalog.dialect;
    const version = Number.parseInt(catalog.server ?? '', 10);
    const major = this.dialect === 'mssql' ? { 13: 2016, 14: 2017, 15: 2019, 16: 2022, 17: 2025 }[version] : version;
    this.builder = new DocumentBuilder(
      catalog.database || 'database',
      this.dialect,
      major !== undefined && major > 0 ? major : undefined,
    );
    this.receipt = new ReceiptBuilder(file);
    this.at = at;
  }

  run(): ReadResult {
    for (const { name, comment } of this.catalog.schemas ?? []) {
      const schema = this.builder.schema(name);
      if (said(comment) && !(schema.implicit === true && comment === 'standard public schema')) schema.comment = comment;
    }
    for (const type of this.catalog.types ?? []) this.type(type);
    const tables = (this.catalog.tables ?? []).map((table) => normalTable(table, this.dialect));
    for (const table of tables) this.open(table);
    for (const [table, draft] of this.drafts) if (said(table.inherits)) this.ancestors(table, draft);
    for (const [table, draft] of this.drafts) this.columns(table, draft);
    for (const [table, draft] of this.drafts) this.parts(table, draft);
    for (const [table, draft] of this.drafts) for (const one of table.foreignKeys) this.foreignKey(table, draft, one);
    for (const [table, draft] of this.drafts) this.say(`table ${table.name}`, 'modelled', undefined, draft.id);
    this.sequences();
    this.views();
    for (const [what, count] of Object.entries(this.catalog.others ?? {}))
      if (count > 0)
        this.receipt.lost(
          `${count} ${what}`,
          what,
          'The query does not ask for them: bring a dump of the schema to have them too.',
        );
    return this.receipt.result(this.builder.finish());
  }

  private say(object: string, state: 'modelled' | 'error', reason?: string, record?: Id): void {
    this.receipt.statement(this.at.start, this.at.end, { state, object, ...only('reason', reason), ...only('record', record) });
  }

  private schemaName(name: string | null | undefined): string | undefined {
    return said(name) && name !== DEFAULT_SCHEMA[this.dialect] ? name : undefined;
  }

  private type({ kind, schema, name, comment, ...rest }: CatalogType): void {
    const own = this.schemaName(schema);
    const base = {
      id: this.builder.id('type', `${schema}.${name}`),
      schema: this.builder.schema(own).id,
      name,
      ...only('comment', comment),
    };
    const problem =
      kind === 'enum'
        ? this.builder.type(own, { ...base, kind, values: [...new Set(rest.values ?? [])] })
        : kind === 'domain'
          ? this.builder.type(own, {
              ...base,
              kind,
              base: this.named(rest.type ?? 'text'),
              ...(rest.nullable === false ? { notNull: true } : {}),
              ...(said(rest.default) ? { default: defaultOf(rest.default) } : {}),
              checks: (rest.checks ?? []).map((check) => this.check(name, check)),
            })
          : this.builder.type(own, {
              ...base,
              kind,
              attributes: (rest.attributes ?? []).map((one) => ({
                id: this.builder.id('att', `${name}.${one.name}`),
                name: one.name,
                type: this.named(one.type),
              })),
            });
    this.say(`${kind} ${name}`, problem === undefined ? 'modelled' : 'error', problem, problem === undefined ? base.id : undefined);
  }

  /** A type by its text, which may be one of the document's. */
  private named(text: string): ColumnType {
    const [, path = text, dims = ''] = /^(.*?)((?:\[\])*)$/s.exec(text) ?? [];
    const dot = path.lastIndexOf('.');
    const found = this.builder.findType(dot < 0 ? undefined : path.slice(0, dot), path.slice(dot + 1));
    if (found === undefined) return typeFromText(text, this.dialect);
    return { kind: 'custom', type: found.id, ...(dims === '' ? {} : { dims: dims.length / 2 }) };
  }

  private typeOf({ type, custom }: CatalogColumn): ColumnType {
    if (!said(custom)) return typeFromText(type ?? '', this.dialect);
    const { schema, name, dims } = custom;
    const found = this.builder.findType(this.schemaName(schema), name) ?? this.builder.findTable(this.schemaName(schema), name);
    const lists = dims === 0 ? {} : { dims };
    if (found !== undefined) return { kind: 'custom', type: found.id, ...lists };
    const args = /\((.*)\)(?:\[\])*$/.exec(custom.text)?.[1];
    return { kind: 'other', schema, name, ...(args === undefined ? {} : { args: args.split(',') }), ...lists };
  }

  private open(table: NormalTable): void {
    const draft = this.builder.table(this.schemaName(table.schema), table.name);
    if (typeof draft === 'string') {
      this.say(`table ${table.name}`, 'error', draft);
      return;
    }
    this.drafts.set(table, draft);
    if (said(table.comment)) draft.comment = table.comment;
    if (said(table.persistence)) draft.persistence = table.persistence;
    if (said(table.rowSecurity)) draft.rowSecurity = table.rowSecurity;
    if (said(table.engine))
      draft.parameters = [
        { name: 'ENGINE', value: table.engine },
        ...(said(table.collation) ? [{ name: 'COLLATE', value: table.collation }] : []),
      ];
  }

  private ancestors(table: NormalTable, draft: TableDraft): void {
    draft.inherits = (table.inherits ?? []).flatMap(
      ({ schema, name }) => this.builder.findTable(this.schemaName(schema), name)?.id ?? [],
    );
  }

  private columns(table: NormalTable, draft: TableDraft): void {
    // A partition has its parent's columns.
    if (said(table.partitionOf)) return;
    for (const one of table.columns) {
      const made = this.builder.column(draft, this.column(one));
      if (typeof made === 'string') this.receipt.lost(`column ${table.name}.${one.name}`, 'column', made);
    }
  }

  private column(one: CatalogColumn): Omit<Column, 'id'> {
    const onUpdate = /on update (.+?)(?: (?:invisible|default_generated))?$/i.exec(one.extra ?? '')?.[1];
    const { identity, generated } = one;
    const options = {
      ...(said(identity?.start) ? { start: identity.start } : {}),
      ...(said(identity?.increment) ? { increment: identity.increment } : {}),
    };
    return {
      name: one.name,
      type: this.typeOf(one),
      nullable: one.nullable !== false,
      ...(said(one.default) && !said(generated) ? { default: defaultOf(one.default) } : {}),
      ...only('defaultName', one.defaultName),
      ...only('onUpdate', onUpdate),
      ...(said(identity) ? { identity: { mode: identity.mode, ...(Object.keys(options).length === 0 ? {} : { options }) } } : {}),
      ...(said(generated) ? { generated: { expression: generated.expression, stored: generated.stored === true } } : {}),
      ...only('collation', one.collation),
      ...only('charset', one.charset),
      ...flagged('invisible', /\binvisible\b/i.test(one.extra ?? '')),
      ...only('comment', one.comment),
    };
  }

  private check(
    table: string,
    {
      name,
      expression,
      ...rest
    }: {
      name?: string | null | undefined;
      expression: string;
      noInherit?: boolean | null | undefined;
      notValid?: boolean | null | undefined;
      notEnforced?: boolean | null | undefined;
      comment?: string | null | undefined;
    },
  ): CheckConstraint {
    return {
      id: this.builder.partId('checks', { name: table }, name ?? expression.slice(0, 20)),
      ...only('name', name),
      expression: unwrapped(expression),
      ...flagged('noInherit', rest.noInherit),
      ...flagged('notValid', rest.notValid),
      ...flagged('notEnforced', rest.notEnforced),
      ...only('comment', rest.comment),
    };
  }

  /** Columns of a table or of what it takes its columns from. */
  private ids(draft: Table | TableDraft, names: readonly (string | null | undefined)[] | null | undefined): Id[] {
    return (names ?? []).flatMap((name) => (said(name) ? (this.columnId(draft, name) ?? []) : []));
  }

  private columnId(draft: Table | TableDraft, name: string): Id | undefined {
    const own = this.builder.findColumn(draft as TableDraft, name);
    if (own !== undefined) return own.id;
    for (const id of [draft.partitionOf?.parent ?? '', ...(draft.inherits ?? [])]) {
      const parent = this.builder.tables().find((table) => table.id === id);
      const found = parent === undefined ? undefined : this.columnId(parent, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private parts(table: NormalTable, draft: TableDraft): void {
    const { partitionBy, partitionOf } = table;
    if (said(partitionOf)) {
      const parent = this.builder.findTable(this.schemaName(partitionOf.schema), partitionOf.name);
      if (parent !== undefined) draft.partitionOf = { parent: parent.id, bound: partitionOf.bound };
    }
    if (said(partitionBy)) {
      const elements = (partitionBy.columns ?? []).map((name) => {
        const column = said(name) ? this.columnId(draft, name) : undefined;
        return column === undefined ? { expression: partitionBy.expression ?? partitionBy.definition } : { column };
      });
      draft.partitioning = { strategy: partitionBy.strategy, elements };
    }
    for (const key of table.keys) {
      const columns = this.ids(draft, key.columns);
      if (columns.length !== (key.columns ?? []).length) continue;
      this.builder.key(draft, {
        kind: key.kind,
        ...only('name', key.name),
        columns,
        ...(said(key.include) ? { include: this.ids(draft, key.include) } : {}),
        ...flagged('nullsNotDistinct', key.nullsNotDistinct),
        ...only('deferral', key.deferral),
        ...(this.dialect === 'mssql' && said(key.clustered) && key.clustered !== (key.kind === 'primary')
          ? { clustered: key.clustered }
          : {}),
        ...only('comment', key.comment),
      });
    }
    for (const check of table.checks) draft.checks.push(this.check(table.name, check));
    for (const index of table.indexes) this.index(draft, index);
  }

  private index(draft: TableDraft, index: CatalogIndex): void {
    const elements = (index.elements ?? []).map(({ column, expression, order, nulls, operatorClass, length }) => {
      const id = said(column) ? this.columnId(draft, column) : undefined;
      return {
        ...(id === undefined ? { expression: unwrapped(expression ?? column ?? '') } : { column: id }),
        ...only('operatorClass', operatorClass),
        ...only('length', length),
        ...(order === 'desc' ? { order: 'desc' as const } : {}),
        ...only('nulls', nulls),
      };
    });
    if (elements.length === 0) return;
    draft.indexes.push({
      id: this.builder.partId('indexes', draft, index.name ?? 'index'),
      ...only('name', index.name),
      elements,
      ...flagged('unique', index.unique),
      ...(said(index.method) && index.method !== 'btree' ? { method: index.method } : {}),
      ...(said(index.include) ? { include: this.ids(draft, index.include) } : {}),
      ...(said(index.where) ? { where: unwrapped(index.where) } : {}),
      ...flagged('nullsNotDistinct', index.nullsNotDistinct),
      ...flagged('clustered', index.clustered),
      ...only('comment', index.comment),
    });
  }

  private foreignKey(table: NormalTable, draft: TableDraft, one: CatalogForeignKey): void {
    const schema = said(one.schema) ? this.schemaName(one.schema) : this.schemaName(table.schema);
    const parent = this.builder.findTable(schema, one.table);
    const childColumns = this.ids(draft, one.columns);
    const parentColumns = parent === undefined ? [] : this.ids(parent, one.references);
    if (parent === undefined || childColumns.length === 0 || childColumns.length !== parentColumns.length) {
      this.receipt.lost(
        `foreign key ${one.name ?? ''} of ${table.name}`,
        'foreign key',
        `Table ${one.table} is not in the catalog that was told.`,
      );
      return;
    }
    this.builder.relationship(
      {
        ...only('name', one.name),
        child: draft.id,
        parent: parent.id,
        childColumns,
        parentColumns,
        ...only('onDelete', one.onDelete),
        ...only('onUpdate', one.onUpdate),
        ...(said(one.onDeleteColumns) && one.onDeleteColumns.length > 0
          ? { onDeleteColumns: this.ids(draft, one.onDeleteColumns) }
          : {}),
        ...(one.match === 'full' ? { match: 'full' as const } : {}),
        ...only('deferral', one.deferral),
        ...flagged('notValid', one.notValid),
        ...only('comment', one.comment),
      },
      `${table.name}.${(one.columns ?? []).join(',')}`,
    );
  }

  private sequences(): void {
    for (const { schema, name, type, start, increment, cycle, ownedBy } of this.catalog.sequences ?? []) {
      const own = this.schemaName(schema);
      const table = said(ownedBy) ? this.builder.findTable(this.schemaName(ownedBy.schema), ownedBy.table) : undefined;
      const column = table === undefined || !said(ownedBy) ? undefined : this.builder.findColumn(table, ownedBy.column);
      const small = type === 'smallint' || type === 'integer' ? { type: type as 'smallint' | 'integer' } : {};
      this.builder.sequence({
        schema: this.builder.schema(own).id,
        name,
        options: {
          ...small,
          ...(start === '1' ? {} : only('start', start)),
          ...(increment === '1' ? {} : only('increment', increment)),
          ...flagged('cycle', cycle),
        },
        ...(table === undefined || column === undefined ? {} : { ownedBy: { table: table.id, column: column.id } }),
      });
      this.say(`sequence ${name}`, 'modelled');
    }
  }

  private views(): void {
    for (const { schema, name, materialized, query, statement, options, comment } of this.catalog.views ?? []) {
      const body = said(query) ? query : /\bAS\b([\s\S]*)$/i.exec(statement ?? '')?.[1];
      if (!said(body)) {
        this.receipt.lost(`view ${name}`, 'view', 'The catalog does not tell what it selects.');
        continue;
      }
      const made = this.builder.view({
        schema: this.builder.schema(this.schemaName(schema)).id,
        name,
        query: body.trim().replace(/;$/, ''),
        indexes: [],
        ...(said(options) ? { options: options.map(parameter) } : {}),
        ...flagged('materialized', materialized),
        ...only('comment', comment),
      });
      this.say(`view ${name}`, 'modelled', undefined, made.id);
    }
  }
}

/** `security_invoker=true` */
function parameter(option: string): { readonly name: string; readonly value: string } {
  const at = option.indexOf('=');
  return at < 0 ? { name: option, value: 'true' } : { name: option.slice(0, at), value: option.slice(at + 1) };
}

/** An expression without the parentheses that a catalog puts around all of it. */
function unwrapped(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"' || char === '`') quote = char;
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at === text.length - 1 ? unwrapped(text.slice(1, -1)) : text;
  }
  return text;
}

/**
 * The JSON in what a client printed: without headings, borders, row counts and the line breaks of a terminal.
 * @returns the text and where it stands, or undefined when there is none.
 */
function jsonIn(text: string): { readonly value: unknown; readonly start: number; readonly end: number } | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}') + 1;
  if (start < 0 || end <= start) return undefined;
  const inside = text.slice(start, end);
  // A terminal breaks lines, psql marks where (+), mysql without -r doubles backslashes.
  const tries = [
    inside,
    inside.replaceAll(/\s*\+\r?\n\s*\|?/g, ''),
    inside.replaceAll(/\r?\n/g, ''),
    inside.replaceAll('\\\\', '\\'),
  ];
  for (const one of tries) {
    try {
      return { value: JSON.parse(one), start, end };
    } catch {
      // The next way to read it.
    }
  }
  return undefined;
}

/** Reads what a catalog query gave, checked at the door. */
export function readCatalog(file: SqlFile): Result<ReadResult> {
  const found = jsonIn(file.text);
  if (found === undefined)
    return err(
      'not-json',
      'This is not the JSON that the catalog query gives: perhaps the client cut it. The first lines of the query say how to run it.',
    );
  const checked = v.safeParse(Catalog, found.value);
  if (!checked.success) {
    const [issue] = checked.issues;
    return err(
      'not-a-catalog',
      `This is not what the catalog query gives: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`,
    );
  }
  const catalog = checked.output;
  if (catalog.dialect !== 'sqlite') return ok(new CatalogFold(file, catalog, found).run());
  const text = (catalog.statements ?? []).map((sql) => `${sql};\n`).join('\n');
  return readSql([{ name: file.name, text }], { dialect: 'sqlite', name: catalog.database || 'database' }, {});
}

export const catalogReader: ExchangeReader = {
  id: 'catalog',
  label: 'Catalog of a database',
  extensions: [],
  sniff: (text) => /"format"\s*:\s*"crowfoot-catalog"/.test(text),
  read: readCatalog,
};
