import * as v from 'valibot';

/**
 * Shapes of what a table holds. The order of the entries is the order of the keys in a file. Everything is strict: an
 * unknown key in a file of a known version is an error, as dropping it would lose what somebody wrote.
 */

export const MAX_COLUMNS = 1600;
export const MAX_TABLES = 5000;
const MAX_LIST = 20_000;

/**
 * Ids that objects have by nature cannot be ids of records. Words are compared one by one: a set would compute a hash of
 * each of a file's many ids, which costs far more.
 */
const isForbidden = (word: string) => word === '__proto__' || word === 'constructor' || word === 'prototype';

export const id = v.pipe(
  v.string(),
  v.minLength(1, 'an id cannot be empty'),
  v.maxLength(300, 'an id has at most 300 characters'),
  v.check((word) => !isForbidden(word), 'this word cannot be an id'),
);
export const string = v.string();
export const number = v.pipe(v.number(), v.finite());
export const many = <S extends v.GenericSchema>(item: S) => v.pipe(v.array(item), v.maxLength(MAX_LIST, 'the list is too long'));
export const opt = <S extends v.GenericSchema>(schema: S) => v.exactOptional(schema);

/** A list that a file leaves out when it is empty. */
export const list = <S extends v.GenericSchema>(item: S, max = MAX_LIST) =>
  v.optional(v.pipe(v.array(item), v.maxLength(max, `at most ${max} are read`)), []);

/** SQL and prose of several lines: a file may hold it as a list of lines, so that a change of one line is one line. */
export const text = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? value : value.join('\n'))),
);

export const parameter = v.strictObject({ name: string, value: string });
export const deferral = v.picklist(['deferrable', 'initially deferred']);
export const remark = v.strictObject({ at: string, text: string, trailing: opt(v.boolean()) });
export const ids = many(id);
export const strings = many(string);

const dims = opt(v.pipe(v.number(), v.integer(), v.minValue(1)));
export const columnType = v.variant('kind', [
  v.strictObject({ kind: v.literal('builtin'), name: string, args: opt(strings), dims }),
  v.strictObject({ kind: v.literal('custom'), type: id, dims }),
  v.strictObject({ kind: v.literal('other'), schema: opt(string), name: string, args: opt(strings), dims }),
]);

export const defaultValue = v.strictObject({ kind: v.picklist(['literal', 'expression', 'null']), sql: string });

export const sequenceOptions = v.strictObject({
  type: opt(v.picklist(['smallint', 'integer', 'bigint'])),
  start: opt(string),
  increment: opt(string),
  min: opt(string),
  max: opt(string),
  cache: opt(string),
  cycle: opt(v.boolean()),
});

export const column = v.strictObject({
  id,
  name: string,
  type: columnType,
  nullable: v.boolean(),
  notNullName: opt(string),
  default: opt(defaultValue),
  defaultName: opt(string),
  onUpdate: opt(string),
  identity: opt(
    v.strictObject({ mode: v.picklist(['always', 'by default']), sequenceName: opt(string), options: opt(sequenceOptions) }),
  ),
  generated: opt(v.strictObject({ expression: string, stored: v.boolean() })),
  collation: opt(string),
  charset: opt(string),
  invisible: opt(v.boolean()),
  compression: opt(string),
  storage: opt(string),
  statistics: opt(number),
  comment: opt(string),
  classification: opt(v.picklist(['none', 'personal', 'contact', 'financial', 'health', 'credential', 'location', 'other'])),
  facts: opt(
    v.strictObject({
      distinct: opt(number),
      nullFraction: opt(number),
      averageWidth: opt(number),
      correlation: opt(number),
      min: opt(string),
      max: opt(string),
      common: opt(many(v.strictObject({ value: string, share: number }))),
      bounds: opt(strings),
      source: opt(string),
    }),
  ),
  residue: opt(strings),
});

export const key = v.strictObject({
  id,
  kind: v.picklist(['primary', 'unique']),
  name: opt(string),
  columns: ids,
  include: opt(ids),
  nullsNotDistinct: opt(v.boolean()),
  deferral: opt(deferral),
  withoutOverlaps: opt(v.boolean()),
  clustered: opt(v.boolean()),
  method: opt(string),
  descending: opt(many(number)),
  lengths: opt(many(v.nullable(number))),
  parameters: opt(many(parameter)),
  tablespace: opt(string),
  comment: opt(string),
  attachedTo: opt(id),
  residue: opt(strings),
});

const element = {
  column: opt(id),
  columnName: opt(string),
  expression: opt(string),
  collation: opt(string),
  operatorClass: opt(string),
  length: opt(number),
  order: opt(v.literal('desc')),
  nulls: opt(v.picklist(['first', 'last'])),
  statistics: opt(number),
};

export const exclusion = v.strictObject({
  id,
  name: opt(string),
  method: opt(string),
  elements: many(v.strictObject({ ...element, operator: string })),
  include: opt(ids),
  where: opt(string),
  deferral: opt(deferral),
  parameters: opt(many(parameter)),
  tablespace: opt(string),
  comment: opt(string),
});

export const check = v.strictObject({
  id,
  name: opt(string),
  expression: string,
  noInherit: opt(v.boolean()),
  notValid: opt(v.boolean()),
  notEnforced: opt(v.boolean()),
  residue: opt(strings),
  comment: opt(string),
});

export const index = v.strictObject({
  id,
  name: opt(string),
  unique: opt(v.boolean()),
  method: opt(string),
  elements: many(v.strictObject(element)),
  include: opt(ids),
  where: opt(string),
  nullsNotDistinct: opt(v.boolean()),
  parameters: opt(many(parameter)),
  tablespace: opt(string),
  comment: opt(string),
  only: opt(v.boolean()),
  attachedTo: opt(id),
  clustered: opt(v.boolean()),
  invisible: opt(v.boolean()),
  replicaIdentity: opt(v.boolean()),
  residue: opt(strings),
});

export const policy = v.strictObject({
  id,
  name: string,
  restrictive: opt(v.boolean()),
  command: v.picklist(['all', 'select', 'insert', 'update', 'delete']),
  roles: strings,
  using: opt(string),
  withCheck: opt(string),
  comment: opt(string),
});

export const dependency = v.strictObject({
  id,
  determinant: ids,
  dependent: ids,
  multivalued: opt(v.boolean()),
  note: opt(string),
  discovered: opt(v.strictObject({ source: string, rows: number, error: opt(number), date: string })),
  exempt: opt(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('temporal'), reason: string, date: string }),
      v.strictObject({
        kind: v.literal('accepted'),
        reason: string,
        maintenance: v.picklist(['trigger', 'application', 'materialized view']),
        staleness: opt(string),
        date: string,
      }),
    ]),
  ),
});

export const partitioning = v.strictObject({
  strategy: v.picklist(['range', 'list', 'hash', 'key']),
  elements: many(v.strictObject({ column: opt(id), expression: opt(string), collation: opt(string), operatorClass: opt(string) })),
  byColumns: opt(v.boolean()),
  linear: opt(v.boolean()),
  count: opt(number),
  interval: opt(string),
  sub: opt(string),
  parts: opt(many(v.strictObject({ name: string, bound: opt(string), options: opt(string) }))),
});
