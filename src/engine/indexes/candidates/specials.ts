import type { Column } from '#model/column-types.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { TypeFacts } from '../../rules/type-facts.ts';
import type { Predicate } from '../../workload/facts.ts';
import type { Shape } from './candidate.ts';

/** A condition that a plain B-tree does not serve, on a column or an expression. */
export interface SpecialInput {
  readonly predicate: Predicate;
  readonly column: Column | undefined;
  /** Type of the column; of an expression unknown. */
  readonly type: TypeFacts | undefined;
}

/** Another kind of index for one element. */
export interface Special {
  readonly method?: string;
  readonly element: Pick<IndexElement, 'operatorClass' | 'collation'>;
  readonly shape: Shape;
  readonly extension?: string;
  readonly residue?: readonly string[];
  readonly note?: string;
}

const TEXT = new Set(['text', 'varchar', 'char', 'citext', 'name']);
const RANGES = /^(?:int4|int8|num|ts|tstz|date)(?:multi)?range$/;
const SHAPES = new Set(['point', 'box', 'circle', 'polygon', 'geometry', 'geography']);
const TRIGRAM = new Set(['%', '%>', '<%']);

function documentIndexes({ operator }: Predicate): Special[] {
  if (operator === '@>')
    return [
      { method: 'gin', element: { operatorClass: 'jsonb_path_ops' }, shape: 'document' },
      {
        method: 'gin',
        element: {},
        shape: 'document',
        note: 'jsonb_ops is larger than jsonb_path_ops and also serves ?, ?| and ?&.',
      },
    ];
  if (operator === '@?' || operator === '@@')
    return [{ method: 'gin', element: { operatorClass: 'jsonb_path_ops' }, shape: 'document' }];
  return operator === '?' || operator === '?|' || operator === '?&' ? [{ method: 'gin', element: {}, shape: 'document' }] : [];
}

function arrayIndexes({ operator }: Predicate): Special[] {
  if (operator === '= ANY')
    return [
      {
        method: 'gin',
        element: {},
        shape: 'array',
        note: 'GIN serves column @> ARRAY[value], not value = ANY (column): the query must say it so.',
      },
    ];
  return ['@>', '<@', '&&'].includes(operator) ? [{ method: 'gin', element: {}, shape: 'array' }] : [];
}

/** PostgreSQL: GIN, GiST, SP-GiST and trigrams by operator and type (manual, 11.2, 65.1-65.4, F.26, F.35). */
export function postgresSpecials({ predicate, column, type }: SpecialInput): readonly Special[] {
  const { test, operator, term } = predicate;
  const isText = type === undefined || (TEXT.has(type.name) && !type.isArray);
  if ((test === 'pattern' || TRIGRAM.has(operator)) && isText && operator !== 'GLOB')
    return [{ method: 'gin', element: { operatorClass: 'gin_trgm_ops' }, shape: 'pattern', extension: 'pg_trgm' }];
  if (
    test === 'equal' &&
    column !== undefined &&
    type !== undefined &&
    !type.isArray &&
    (type.name === 'text' || type.name === 'bytea' || (column.facts?.averageWidth ?? 0) > 32)
  )
    return [
      {
        method: 'hash',
        element: {},
        shape: 'hash',
        note: 'A hash index serves equality only and is smaller than a B-tree over long values.',
      },
    ];
  if (test === 'range' && column !== undefined && isAppendOnly(column, type))
    return [
      {
        method: 'brin',
        element: {},
        shape: 'append-only',
        note: 'BRIN is worth it while rows are stored in the order of this column.',
      },
    ];
  if (test !== 'contains') return [];
  if (type?.isArray === true || operator === '= ANY') return arrayIndexes(predicate);
  switch (type?.name) {
    case 'jsonb':
      return documentIndexes(predicate);
    case 'tsvector':
      return operator === '@@' || operator === '@@@' ? [{ method: 'gin', element: {}, shape: 'text-search' }] : [];
    case 'hstore':
      return ['@>', '?', '?|', '?&'].includes(operator) ? [{ method: 'gin', element: {}, shape: 'document' }] : [];
    case 'inet':
    case 'cidr':
      return [{ method: 'gist', element: { operatorClass: 'inet_ops' }, shape: 'range-type' }];
    case undefined:
      if (/^to_tsvector\(/.test(term.expression ?? '')) return [{ method: 'gin', element: {}, shape: 'text-search' }];
      return operator === '@>' && /->/.test(term.expression ?? '') ? documentIndexes(predicate) : [];
    default:
      return type !== undefined && (RANGES.test(type.name) || SHAPES.has(type.name))
        ? [{ method: 'gist', element: {}, shape: 'range-type' }]
        : [];
  }
}

/** Rows come in the order of the column: measured, or a time that is set when a row is made. */
function isAppendOnly(column: Column, type: TypeFacts | undefined): boolean {
  const { correlation } = column.facts ?? {};
  if (correlation !== undefined) return Math.abs(correlation) >= 0.9;
  const isTime = type !== undefined && /^(?:timestamp|timestamptz|date)$/.test(type.name);
  return (
    isTime &&
    column.default?.kind === 'expression' &&
    /now|current_timestamp|clock_timestamp|current_date/i.test(column.default.sql)
  );
}

/** MySQL and MariaDB: FULLTEXT for MATCH and for words in the middle. */
export function mysqlSpecials({ predicate, type }: SpecialInput): readonly Special[] {
  const isText = type !== undefined && /char|text/.test(type.name);
  if (predicate.operator === 'match' && isText) return [{ method: 'fulltext', element: {}, shape: 'text-search' }];
  if (predicate.test === 'pattern' && isText)
    return [
      {
        method: 'fulltext',
        element: {},
        shape: 'pattern',
        residue: ['WITH PARSER ngram'],
        note: 'LIKE does not use it: the query must say MATCH ... AGAINST.',
      },
    ];
  return [];
}

/** SQLite: LIKE regards no case, so that it takes an index whose collation does not either. */
export function sqliteSpecials({ predicate, column }: SpecialInput): readonly Special[] {
  const [value] = predicate.values;
  const begins = value?.kind === 'literal' && /^'[^%_']/.test(value.sql);
  if (predicate.operator !== 'ILIKE' || !begins || column === undefined) return [];
  return [{ element: { collation: 'NOCASE' }, shape: 'prefix' }];
}
