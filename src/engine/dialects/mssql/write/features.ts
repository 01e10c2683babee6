import type { Feature } from '../../base/write/features.ts';

/** What T-SQL has words for, in every version from 2016 on. */
export const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  'schema comment',
  'owner',
  'temporary table',
  'table comment',
  'table parameters',
  'tablespace',
  'custom column type',
  'type from elsewhere',
  'default name',
  'identity',
  'identity always',
  'identity start',
  'stored column',
  'virtual column',
  'column collation',
  'invisible column',
  'column comment',
  'key name',
  // Two nulls are equal in a unique key: there is nothing to say.
  'nulls not distinct',
  'key clustered',
  'key method',
  'key descending',
  'key parameters',
  'key comment',
  'check',
  'check name',
  'not valid',
  'not enforced',
  'check comment',
  'index method',
  'index include',
  'partial index',
  'index parameters',
  'index comment',
  'index clustered',
  'descending index',
  'foreign key name',
  'set null',
  'set default',
  'update action',
  'foreign key comment',
  'view columns',
  'view options',
  'check option',
  'view index',
  'view comment',
  'view column comment',
  'domain',
  'written type',
  'type comment',
  'sequence',
  'sequence type',
  'sequence comment',
  'function',
  'procedure',
  'routine comment',
  'trigger',
  'statement trigger',
  'several events',
  'instead trigger',
  'trigger state',
  'trigger comment',
]);

export const INSTEAD: Readonly<Partial<Record<Feature, string>>> = {
  restrict: 'NO ACTION is written, which also refuses the change.',
  'materialized view': 'A plain view is written; an indexed view may serve instead.',
  'recursive view': 'A plain view is written; its query may use a recursive WITH.',
  'temporary view': 'A lasting view is written.',
  'unlogged table': 'An ordinary table is written.',
  'trigger condition': 'The trigger is left out: without the condition it would do more.',
  'before trigger': 'The trigger is left out; INSTEAD OF may serve instead.',
  'truncate trigger': 'The trigger is left out.',
  'update of': 'It runs on every update; its body may ask UPDATE(column).',
  'prefix length': 'The whole column is indexed.',
  'key prefix length': 'The key covers the whole column.',
  'index expression': 'The index is left out; a computed column can be indexed instead.',
};

/** Types that older versions do not have, with the first that does. */
export const TYPE_SINCE: Readonly<Record<string, number>> = { json: 2025, vector: 2025 };

/** Options of tables, keys and indexes that older versions do not have. */
export const OPTION_SINCE: Readonly<Record<string, number>> = {
  LEDGER: 2022,
  XML_COMPRESSION: 2022,
  OPTIMIZE_FOR_SEQUENTIAL_KEY: 2019,
};

/** Kept clauses that older versions do not have. */
export const CLAUSE_SINCE: readonly (readonly [RegExp, number, string])[] = [
  [/^AS\s+(?:NODE|EDGE)$/i, 2017, 'graph tables'],
  [/^ORDER\s*\(/i, 2022, 'ordered columnstores'],
  [/^GENERATED\s+ALWAYS\s+AS\s+(?:TRANSACTION_ID|SEQUENCE_NUMBER)/i, 2022, 'ledger columns'],
];

/** Kinds of indexes that CREATE INDEX can make, with the words before INDEX. */
export const INDEX_WORDS: Readonly<Record<string, string>> = {
  columnstore: 'COLUMNSTORE ',
  xml: 'XML ',
  'primary xml': 'PRIMARY XML ',
  'selective xml': 'SELECTIVE XML ',
  spatial: 'SPATIAL ',
  json: 'JSON ',
  vector: 'VECTOR ',
};
