import type { Feature } from '../base/write/features.ts';

const ALWAYS: readonly Feature[] = [
  ...(['temporary table', 'table comment', 'table parameters', 'tablespace', 'partitioning', 'custom column type'] as const),
  ...(['type from elsewhere', 'not null name', 'virtual column', 'column comment', 'key name', 'deferred key', 'check'] as const),
  ...(['check name', 'not valid', 'not enforced', 'index method', 'index expression', 'index parameters'] as const),
  ...(['invisible index', 'descending index', 'foreign key name', 'set null', 'deferred foreign key'] as const),
  ...(['materialized view', 'view columns', 'view options', 'check option', 'view index', 'view comment'] as const),
  ...(['view column comment', 'composite', 'written type', 'sequence', 'function', 'procedure', 'trigger'] as const),
  ...(['statement trigger', 'several events', 'before trigger', 'instead trigger', 'update of'] as const),
  ...(['trigger condition', 'transition tables', 'trigger state'] as const),
];

/** Features that came later, by the first major version that has them ("Database New Features Guide" of each). */
const SINCE: readonly (readonly [number, ...Feature[]])[] = [
  [12, 'identity', 'identity always', 'identity start', 'identity options', 'invisible column', 'column collation'],
  [23, 'stored column'],
];

/** What a version of Oracle has words for. */
export function featuresOf(version: number): ReadonlySet<Feature> {
  return new Set([...ALWAYS, ...SINCE.flatMap(([since, ...features]) => (version >= since ? features : []))]);
}

/** What is written in place of what it has no words for. */
export const INSTEAD: Readonly<Partial<Record<Feature, string>>> = {
  'stored column': 'It is written as a virtual column, which is worked out when it is read.',
  identity: 'It is left out: a sequence and a trigger BEFORE INSERT have to give the numbers.',
  restrict: 'It is left out: without an action, Oracle refuses to delete a row that others refer to.',
  'set default': 'It is left out: Oracle refuses to delete a row that others refer to.',
  'update action': 'It is left out: Oracle refuses to change a key that others refer to.',
  enum: 'Columns of it are written as text with a check of its values.',
  domain: 'Columns of it are written in its base type.',
  'unlogged table': 'It is written as a plain table.',
  'nulls order': 'It is left out: nulls come last in ascending order.',
};

/** Types that came later, and what is written before that. */
export const TYPE_SINCE: ReadonlyMap<string, { readonly since: number; readonly instead: string }> = new Map([
  ['boolean', { since: 23, instead: 'NUMBER(1)' }],
  ['bool', { since: 23, instead: 'NUMBER(1)' }],
  ['vector', { since: 23, instead: 'CLOB' }],
  ['json', { since: 21, instead: 'CLOB' }],
]);
