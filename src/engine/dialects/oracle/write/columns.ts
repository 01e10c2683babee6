import type { Column, Identity } from '#model/column-types.ts';
import type { SequenceOptions, Table } from '#model/types.ts';
import { bracketed, closed, constraintName, residueSql } from '../../base/write/clauses.ts';
import type { KitScope } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { typeSql, valuesCheck } from './types.ts';

/** Options of a sequence or identity column. A cache of one is what Oracle calls none. */
export function sequenceOptions(options: SequenceOptions): string[] {
  const { start, increment, min, max, cache, cycle } = options;
  const bound = (word: string, value: string | undefined) =>
    value === undefined ? [] : [value === 'none' ? `NO${word}` : `${word} ${value}`];
  return [
    ...(start === undefined ? [] : [`START WITH ${start}`]),
    ...(increment === undefined ? [] : [`INCREMENT BY ${increment}`]),
    ...bound('MINVALUE', min),
    ...bound('MAXVALUE', max),
    ...(cache === undefined ? [] : [cache === '1' || cache === '0' ? 'NOCACHE' : `CACHE ${cache}`]),
    ...(cycle === true ? ['CYCLE'] : []),
  ];
}

/** Clauses that the reader kept beside the column's own fields. */
interface Kept {
  /** `ON NULL`, with what follows it. */
  readonly onNull: string;
  readonly identity: readonly string[];
  readonly notNull: boolean;
  /** What belongs to the type, what stands before the constraints, and what stands behind them. */
  readonly domain: readonly string[];
  readonly rest: readonly string[];
  readonly last: readonly string[];
}

const DOMAIN = /^DOMAIN\b/i;
const ANNOTATIONS = /^ANNOTATIONS\b/i;

function keptOf(residue: readonly string[] | undefined): Kept {
  const all = residue ?? [];
  const isNull = (one: string) => /^(?:CONSTRAINT\s+\S+\s+)?NOT\s+NULL\b/i.test(one);
  const onNull = all.find((one) => one.startsWith('ON NULL'));
  return {
    onNull: onNull === undefined ? '' : ` ${onNull}`,
    identity: all.flatMap((one) => (one.startsWith('IDENTITY ') ? [one.slice('IDENTITY '.length)] : [])),
    notNull: all.some(isNull),
    domain: all.filter((one) => DOMAIN.test(one)),
    rest: all.filter((one) => one !== onNull && !one.startsWith('IDENTITY ') && !DOMAIN.test(one) && !ANNOTATIONS.test(one)),
    last: all.filter((one) => ANNOTATIONS.test(one)),
  };
}

function identitySql({ mode, options }: Identity, kept: Kept): string {
  const all = [...sequenceOptions(options ?? {}), ...kept.identity];
  const given = mode === 'always' ? 'ALWAYS' : `BY DEFAULT${kept.onNull}`;
  return ` GENERATED ${given} AS IDENTITY${all.length === 0 ? '' : ` (${all.join(' ')})`}`;
}

function valueSql(scope: KitScope, column: Column, kept: Kept): string {
  const { identity, generated, default: given } = column;
  if (identity !== undefined) return scope.says('identity') ? identitySql(identity, kept) : '';
  if (generated !== undefined) {
    const stored = generated.stored && scope.says('stored column');
    return ` GENERATED ALWAYS AS ${bracketed(generated.expression, 'oracle')}${stored ? ' MATERIALIZED' : ' VIRTUAL'}`;
  }
  return given === undefined ? '' : ` DEFAULT${kept.onNull} ${closed(given.sql, 'oracle')}`;
}

/** A column's line. Identity columns and defaults for NULL are without nulls anyway. */
export function columnSql(scope: KitScope, _table: Table, column: Column, width: number): SqlText {
  const kept = keptOf(column.residue);
  const type = typeSql(scope, column.type, column.id);
  const name = scope.ident(column.name);
  const implied = kept.notNull || ((column.identity !== undefined || kept.onNull !== '') && column.notNullName === undefined);
  const notNull = column.nullable || implied ? '' : ` ${constraintName(scope, column.notNullName, column.id)}NOT NULL`;
  return sqlText(
    [
      type === '' ? name : `${name.padEnd(width)} ${type}`,
      residueSql(kept.domain, 'oracle'),
      column.collation !== undefined && scope.says('column collation') ? ` COLLATE ${column.collation}` : '',
      column.invisible === true && scope.says('invisible column') ? ' INVISIBLE' : '',
      valueSql(scope, column, kept),
      residueSql(kept.rest, 'oracle'),
      notNull,
      valuesCheck(scope, column),
      residueSql(kept.last, 'oracle'),
    ].join(''),
  );
}
