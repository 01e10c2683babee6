import * as v from 'valibot';

/**
 * What a catalog query gives. Databases say the same in different ways (MySQL has no order in its lists, SQL Server leaves
 * out what is NULL), so nearly all of it may be missing; `normal.ts` makes one form of it.
 */

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(10_000));
const text = v.nullish(v.string());
const flag = v.nullish(
  v.pipe(
    v.union([v.boolean(), v.literal(0), v.literal(1)]),
    v.transform((one) => one === true || one === 1),
  ),
);
const names = v.nullish(v.array(name));
const position = v.nullish(v.number());
const action = v.pipe(
  text,
  v.transform((one) => (one === 'cascade' || one === 'restrict' || one === 'set null' || one === 'set default' ? one : undefined)),
);
const deferral = v.nullish(v.picklist(['deferrable', 'initially deferred']));

const Column = v.object({
  name,
  position,
  type: text,
  custom: v.nullish(v.object({ schema: name, name, dims: v.number(), text: v.string() })),
  nullable: flag,
  default: text,
  defaultName: text,
  /** MySQL: `auto_increment`, `on update current_timestamp()`, `VIRTUAL GENERATED`, `INVISIBLE`. */
  extra: text,
  generation: text,
  generated: v.nullish(v.object({ expression: v.string(), stored: flag })),
  identity: v.nullish(v.object({ mode: v.picklist(['always', 'by default']), start: text, increment: text })),
  collation: text,
  charset: text,
  comment: text,
});

const Key = v.object({
  kind: v.picklist(['primary', 'unique']),
  name: text,
  columns: names,
  /** SQL Server has no lists of texts. */
  columnNames: v.nullish(v.array(v.object({ name }))),
  include: names,
  nullsNotDistinct: flag,
  deferral,
  clustered: flag,
  comment: text,
});

const Check = v.object({
  name: text,
  expression: v.string(),
  noInherit: flag,
  notValid: flag,
  notEnforced: flag,
  comment: text,
});

const ForeignKey = v.object({
  name: text,
  schema: text,
  table: name,
  columns: names,
  references: names,
  pairs: v.nullish(v.array(v.object({ column: name, references: name }))),
  onDelete: action,
  onUpdate: action,
  onDeleteColumns: names,
  match: text,
  notValid: flag,
  deferral,
  comment: text,
});

const Index = v.object({
  name: text,
  unique: flag,
  method: text,
  where: text,
  clustered: flag,
  nullsNotDistinct: flag,
  include: names,
  comment: text,
  elements: v.nullish(
    v.array(
      v.object({
        column: text,
        expression: text,
        order: text,
        nulls: v.nullish(v.picklist(['first', 'last'])),
        operatorClass: text,
        length: v.nullish(v.number()),
        included: flag,
      }),
    ),
  ),
});

const Place = v.object({ schema: name, name });

const Table = v.object({
  schema: text,
  name,
  comment: text,
  persistence: v.nullish(v.literal('unlogged')),
  rowSecurity: v.nullish(v.picklist(['enabled', 'forced'])),
  engine: text,
  collation: text,
  partitionBy: v.nullish(
    v.object({
      strategy: v.picklist(['range', 'list', 'hash']),
      definition: v.string(),
      columns: v.nullish(v.array(v.nullish(name))),
      expression: text,
    }),
  ),
  partitionOf: v.nullish(v.object({ schema: name, name, bound: v.string() })),
  inherits: v.nullish(v.array(Place)),
  columns: v.nullish(v.array(Column)),
  keys: v.nullish(v.array(Key)),
  checks: v.nullish(v.array(Check)),
  foreignKeys: v.nullish(v.array(ForeignKey)),
  indexes: v.nullish(v.array(Index)),
  /** MySQL: one entry for each column of each index. */
  statistics: v.nullish(
    v.array(
      v.object({
        name,
        position: v.number(),
        column: text,
        expression: text,
        unique: flag,
        length: v.nullish(v.number()),
        order: text,
        method: text,
        comment: text,
      }),
    ),
  ),
  /** MySQL: one entry for each column of each foreign key. */
  usage: v.nullish(
    v.array(
      v.object({
        name,
        position: v.number(),
        column: name,
        schema: text,
        table: name,
        references: name,
        onDelete: action,
        onUpdate: action,
      }),
    ),
  ),
  /** Oracle: constraints of every kind. */
  constraints: v.nullish(
    v.array(
      v.object({
        name,
        kind: v.picklist(['P', 'U', 'R', 'C']),
        expression: text,
        generatedName: flag,
        deferral,
        table: text,
        onDelete: action,
        columns: names,
        references: names,
      }),
    ),
  ),
});

const Type = v.object({
  kind: v.picklist(['enum', 'domain', 'composite']),
  schema: name,
  name,
  comment: text,
  values: v.nullish(v.array(v.string())),
  type: text,
  nullable: flag,
  default: text,
  checks: v.nullish(v.array(v.object({ name: text, expression: v.string() }))),
  attributes: v.nullish(v.array(v.object({ name, type: v.string() }))),
});

const View = v.object({
  schema: text,
  name,
  materialized: flag,
  query: text,
  statement: text,
  options: v.nullish(v.array(v.string())),
  comment: text,
});

const Sequence = v.object({
  schema: name,
  name,
  type: text,
  start: text,
  increment: text,
  cycle: flag,
  ownedBy: v.nullish(v.object({ schema: name, table: name, column: name })),
});

export const Catalog = v.object({
  format: v.literal('crowfoot-catalog'),
  version: v.literal(1),
  dialect: v.picklist(['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle']),
  server: text,
  database: text,
  /** SQLite: the text of each definition. */
  statements: v.nullish(v.array(v.string())),
  schemas: v.nullish(v.array(v.object({ name, comment: text }))),
  types: v.nullish(v.array(Type)),
  sequences: v.nullish(v.array(Sequence)),
  tables: v.nullish(v.array(Table)),
  views: v.nullish(v.array(View)),
  others: v.nullish(v.record(v.string(), v.number())),
});

export type CatalogData = v.InferOutput<typeof Catalog>;
export type CatalogTable = v.InferOutput<typeof Table>;
export type CatalogColumn = v.InferOutput<typeof Column>;
export type CatalogKey = v.InferOutput<typeof Key>;
export type CatalogForeignKey = v.InferOutput<typeof ForeignKey>;
export type CatalogIndex = v.InferOutput<typeof Index>;
export type CatalogCheck = v.InferOutput<typeof Check>;
export type CatalogType = v.InferOutput<typeof Type>;
