import type { Draft } from 'mutative';
import * as v from 'valibot';
import type { Collection, Document } from '../types.ts';
import {
  check,
  column,
  columnType,
  defaultValue,
  deferral,
  dependency,
  exclusion,
  id,
  ids,
  index,
  key,
  list,
  MAX_COLUMNS,
  many,
  number,
  opt,
  parameter,
  partitioning,
  policy,
  remark,
  sequenceOptions,
  string,
  strings,
  text,
} from './schema-parts.ts';

/** What every object with a statement of its own may carry; it comes last in its record. */
const stated = { comment: opt(string), owner: opt(string), remarks: opt(many(remark)), residue: opt(strings) };
const named = { id, name: string };
const diagram = id;

const tableFacts = v.strictObject({ rows: opt(number), pages: opt(number), rowsPerDay: opt(number), source: opt(string) });

const table = v.strictObject({
  ...named,
  schema: id,
  persistence: opt(v.picklist(['unlogged', 'temporary'])),
  ...stated,
  columns: list(column, MAX_COLUMNS),
  keys: list(key),
  exclusions: list(exclusion),
  checks: list(check),
  indexes: list(index),
  policies: list(policy),
  dependencies: list(dependency),
  rowSecurity: opt(v.picklist(['enabled', 'forced'])),
  partitioning: opt(partitioning),
  partitionOf: opt(v.strictObject({ parent: id, bound: string })),
  inherits: opt(ids),
  parameters: opt(many(parameter)),
  tablespace: opt(string),
  accessMethod: opt(string),
  replicaIdentity: opt(string),
  facts: opt(tableFacts),
  tags: opt(strings),
});

const dialect = v.picklist(['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle']);
const action = v.picklist(['no action', 'restrict', 'cascade', 'set null', 'set default']);
const cardinality = v.picklist(['0..1', '1', '0..n', '1..n']);

const changeStep = v.strictObject({
  phase: v.picklist(['guard', 'expand', 'fill', 'validate', 'verify', 'contract']),
  note: string,
  sql: text,
});

const relationship = v.strictObject({
  id,
  name: opt(string),
  child: id,
  parent: id,
  childColumns: ids,
  parentColumns: ids,
  onDelete: opt(action),
  onUpdate: opt(action),
  onDeleteColumns: opt(ids),
  match: opt(v.literal('full')),
  deferral: opt(deferral),
  notValid: opt(v.boolean()),
  notEnforced: opt(v.boolean()),
  period: opt(v.boolean()),
  residue: opt(strings),
  comment: opt(string),
  remarks: opt(many(remark)),
  declared: opt(v.strictObject({ child: opt(cardinality), parent: opt(cardinality) })),
  manyToMany: opt(v.boolean()),
  realisedBy: opt(ids),
});

const view = v.strictObject({
  ...named,
  schema: id,
  materialized: opt(v.boolean()),
  recursive: opt(v.boolean()),
  temporary: opt(v.boolean()),
  columns: opt(strings),
  query: text,
  options: opt(many(parameter)),
  checkOption: opt(v.picklist(['local', 'cascaded'])),
  withNoData: opt(v.boolean()),
  accessMethod: opt(string),
  tablespace: opt(string),
  indexes: list(index),
  columnComments: opt(many(v.strictObject({ column: string, comment: string }))),
  facts: opt(tableFacts),
  ...stated,
});

const customType = v.variant('kind', [
  v.strictObject({ ...named, kind: v.literal('enum'), schema: id, values: strings, ...stated }),
  v.strictObject({
    ...named,
    kind: v.literal('domain'),
    schema: id,
    base: columnType,
    notNull: opt(v.boolean()),
    default: opt(defaultValue),
    collation: opt(string),
    checks: list(check),
    ...stated,
  }),
  v.strictObject({
    ...named,
    kind: v.literal('composite'),
    schema: id,
    attributes: many(v.strictObject({ ...named, type: columnType, collation: opt(string), comment: opt(string) })),
    ...stated,
  }),
  v.strictObject({ ...named, kind: v.literal('range'), schema: id, subtype: columnType, parameters: many(parameter), ...stated }),
  v.strictObject({ ...named, kind: v.literal('written'), schema: id, definition: text, ...stated }),
]);

const sequence = v.strictObject({
  ...named,
  schema: id,
  options: sequenceOptions,
  persistence: opt(v.picklist(['unlogged', 'temporary'])),
  ownedBy: opt(v.strictObject({ table: id, column: id })),
  ...stated,
});

const routine = v.strictObject({
  ...named,
  schema: id,
  kind: v.picklist(['function', 'procedure', 'aggregate']),
  signature: string,
  definition: text,
  ...stated,
});

const trigger = v.strictObject({
  ...named,
  on: id,
  timing: v.picklist(['before', 'after', 'instead of']),
  events: many(v.picklist(['insert', 'update', 'delete', 'truncate'])),
  updateOf: opt(ids),
  forEach: v.picklist(['row', 'statement']),
  when: opt(string),
  execute: string,
  constraint: opt(v.boolean()),
  constraintFrom: opt(id),
  deferral: opt(deferral),
  referencing: opt(string),
  enabled: opt(v.picklist(['disabled', 'replica', 'always'])),
  ...stated,
});

const verbatim = v.strictObject({
  id,
  kind: string,
  about: opt(id),
  place: v.picklist(['first', 'with', 'last']),
  order: number,
  sql: text,
  remarks: opt(many(remark)),
});

const hourly = v.strictObject({ reads: number, writes: number, bytes: number });

const indexDecision = v.strictObject({
  action: v.picklist(['make', 'drop']),
  table: id,
  index: id,
  name: string,
  on: string,
  parts: many(v.strictObject({ text: string, role: opt(v.picklist(['E', 'S', 'R', 'I'])) })),
  serves: many(v.strictObject({ query: id, name: string, without: number, with: number })),
  bytes: number,
  bytesInThreeYears: opt(number),
  writeCost: number,
  worth: number,
  notes: many(string),
  sql: text,
});

const indexesDecided = v.strictObject({
  basis: string,
  budget: opt(number),
  indexes: many(indexDecision),
  queries: opt(many(v.strictObject({ query: id, name: string, callsPerHour: opt(number), before: number, after: number }))),
  totals: opt(v.strictObject({ before: hourly, after: hourly })),
});

const decision = v.strictObject({
  id,
  title: string,
  status: v.picklist(['proposed', 'accepted', 'superseded']),
  date: string,
  about: opt(ids),
  context: text,
  decision: text,
  consequences: text,
  indexes: opt(indexesDecided),
});

const origin = v.strictObject({
  kind: v.picklist(['typed', 'file', 'pg_stat_statements', 'slow log', 'performance_schema']),
  name: opt(string),
  date: string,
  server: opt(string),
  calls: opt(number),
  rows: opt(number),
  meanMs: opt(number),
  totalMs: opt(number),
  hours: opt(number),
});

const at = v.strictObject({ record: id, part: opt(id) });
const box = { x: number, y: number, width: number, height: number };

/** The shape of each kind of record. A new property of a record belongs here too: the compiler says so. */
export const RECORD_SCHEMAS = {
  settings: v.strictObject({
    id: v.literal('settings'),
    name: string,
    dialect,
    version: number,
  }),
  schemas: v.strictObject({ ...named, implicit: opt(v.boolean()), ...stated }),
  types: customType,
  sequences: sequence,
  tables: table,
  relationships: relationship,
  views: view,
  routines: routine,
  triggers: trigger,
  verbatim,
  waivers: v.strictObject({ id, rule: string, at, reason: string, date: string }),
  decisions: decision,
  queries: v.strictObject({
    ...named,
    callsPerHour: opt(number),
    latencyMs: opt(number),
    purpose: opt(v.picklist(['interactive', 'batch', 'report'])),
    role: opt(string),
    origin: opt(origin),
    order: opt(number),
    comment: opt(string),
    sql: text,
    parameters: opt(many(v.strictObject({ name: string, values: many(v.strictObject({ sql: string, share: opt(number) })) }))),
  }),
  entities: table,
  associations: relationship,
  hierarchies: v.strictObject({
    id,
    supertype: id,
    subtypes: ids,
    overlapping: opt(v.boolean()),
    complete: opt(v.boolean()),
    discriminator: opt(string),
    strategy: opt(v.picklist(['one-table', 'table-per-type', 'table-per-concrete'])),
    realisedBy: opt(many(at)),
  }),
  attributes: v.strictObject({
    id,
    entity: id,
    column: id,
    held: opt(column),
    at: opt(number),
    realisedBy: opt(ids),
  }),
  diagrams: v.strictObject({
    ...named,
    level: opt(v.picklist(['conceptual', 'logical'])),
    notation: opt(v.picklist(['idef1x', 'barker', 'uml', 'chen', 'min-max'])),
    chosen: opt(v.literal(true)),
    detail: opt(v.picklist(['names', 'keys'])),
    colours: opt(v.picklist(['area', 'tag', 'none'])),
    order: opt(number),
  }),
  placements: v.strictObject({
    id,
    diagram,
    object: id,
    x: number,
    y: number,
    pinned: opt(v.boolean()),
    collapsed: opt(v.boolean()),
    hidden: opt(v.literal(true)),
    tint: opt(number),
  }),
  routes: v.strictObject({ id, diagram, relationship: id, bends: many(v.strictObject({ x: number, y: number })) }),
  areas: v.strictObject({ ...named, diagram, ...box, tint: number }),
  notes: v.strictObject({ id, diagram, ...box, tint: opt(number), text }),
  sources: v.strictObject({
    id,
    name: string,
    dialect,
    order: number,
    statements: list(
      v.strictObject({
        start: number,
        end: number,
        state: v.picklist(['modelled', 'residue', 'verbatim', 'skipped', 'error']),
        object: opt(string),
        reason: opt(string),
        record: opt(id),
        part: opt(id),
        line: opt(number),
        column: opt(number),
        rows: opt(number),
      }),
      1_000_000,
    ),
    written: list(v.strictObject({ record: id, print: string }), 1_000_000),
    lost: list(v.strictObject({ object: string, feature: string, reason: string }), 1_000_000),
    omitted: opt(string),
    text,
  }),
  changes: v.strictObject({
    id,
    title: string,
    kind: v.picklist(['decomposition', 'refactoring', 'denormalization']),
    date: string,
    dialect,
    version: number,
    about: ids,
    forward: list(changeStep),
    back: list(changeStep),
  }),
} as const;

/** Every property required, at every depth: an optional one that is missing on either side shows. */
type All<T> = T extends readonly (infer E)[]
  ? All<E>[]
  : T extends object
    ? { [K in keyof T]-?: All<Exclude<T[K], undefined>> }
    : T;
type Read<C extends Collection> = v.InferOutput<(typeof RECORD_SCHEMAS)[C]>;
type Held<C extends Collection> = Draft<Document[C][string]>;
type Within<A, B> = [A] extends [B] ? ([All<A>] extends [All<B>] ? true : false) : false;
/** `true` for every collection whose schema and type say the same, both ways; a difference does not compile. */
type Agreement = {
  [C in Collection]: [Within<Read<C>, Held<C>>, Within<Held<C>, Read<C>>] extends [true, true]
    ? true
    : ['types.ts and this schema differ in', C];
};
/** @internal */
export const AGREEMENT: Agreement = {
  settings: true,
  schemas: true,
  types: true,
  sequences: true,
  tables: true,
  relationships: true,
  views: true,
  routines: true,
  triggers: true,
  verbatim: true,
  waivers: true,
  decisions: true,
  queries: true,
  entities: true,
  associations: true,
  hierarchies: true,
  attributes: true,
  diagrams: true,
  placements: true,
  routes: true,
  areas: true,
  notes: true,
  sources: true,
  changes: true,
};
