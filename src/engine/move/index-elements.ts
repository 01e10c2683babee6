import type { Column } from '#model/column-types.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Id, Ref } from '#model/types.ts';
import { stripped } from './drop.ts';
import { type IndexWork, isMysql } from './index-work.ts';
import { tableNames, translate } from './scope.ts';
import type { Kind } from './sql/functions.ts';

/** Characters that every row format of InnoDB can index. */
const PREFIX = 191;

function isLarge(typeName: string): boolean {
  return /^(?:tiny|medium|long)?(?:text|blob)$|^json$|^geometry|^clob$|^nclob$|^xml|^bytea$/.test(typeName);
}

/** A column of the index as the target can index it; undefined: it cannot. */
export function columnElement(
  work: IndexWork,
  index: Index,
  element: IndexElement,
  types: ReadonlyMap<Id, Column>,
): IndexElement | undefined {
  const { ledger, table } = work;
  const at: Ref = { record: table.id, part: index.id };
  const object = `index ${index.name ?? ''} on ${ledger.object(table)}`;
  const { collation, operatorClass, nulls, statistics: _, length, ...rest } = element;
  if (ledger.related) return element;
  if (collation !== undefined) stripped(ledger, { collation }, ['collation'], object, at);
  if (operatorClass !== undefined)
    ledger.lose(
      {
        id: 'index:operator-class',
        group: 'index',
        what: 'operator class',
        from: operatorClass,
        reason: 'Only PostgreSQL has operator classes: the index serves the ordinary comparisons.',
      },
      { object, at, sql: operatorClass },
    );
  if (nulls !== undefined)
    ledger.lose(
      {
        id: 'index:nulls',
        group: 'index',
        what: 'place of NULLs in an index',
        from: `NULLS ${nulls.toUpperCase()}`,
        reason: `${ledger.label} has one order of NULLs.`,
      },
      { object, at },
    );
  const type = element.column === undefined ? undefined : types.get(element.column)?.type;
  const name = type?.kind === 'builtin' ? type.name.toLowerCase() : '';
  if (length !== undefined && !isMysql(ledger)) {
    ledger.tell(
      {
        id: 'index:prefix',
        group: 'index',
        what: 'prefix length of an index',
        from: `(${length})`,
        to: 'the whole column',
        verdict: index.unique === true ? 'approximate' : 'faithful',
        reason:
          index.unique === true
            ? 'Whole values are compared now: what differs only after the prefix is no longer refused.'
            : 'The whole value is in the index.',
      },
      at,
    );
  }
  if (isLarge(name) && (isMysql(ledger) || ledger.to === 'oracle' || ledger.to === 'mssql')) {
    if (!isMysql(ledger) || name === 'json' || name.startsWith('geometry')) return undefined;
    ledger.tell(
      {
        id: 'index:needs-prefix',
        group: 'index',
        what: 'index of a long text',
        from: 'the whole column',
        to: `its first ${PREFIX}`,
        verdict: 'approximate',
        reason: 'MySQL indexes a beginning of long values.',
      },
      at,
    );
    return { ...rest, length: PREFIX };
  }
  if (
    ledger.to === 'postgresql' &&
    /^(?:json|xml|point|polygon|line|lseg|path|circle|box)$/.test(name) &&
    index.method === undefined
  )
    return undefined;
  return rest;
}

/** An expression where the target indexes columns only: a generated column that holds it. */
export function generatedElement(work: IndexWork, index: Index, sql: string, position: number, kind?: Kind): IndexElement {
  const { ledger, naming, table } = work;
  const id = `col_${index.id.replace(/^idx_/, '')}_x${position}`;
  const name = naming.form(`${index.name ?? work.name}_${position + 1}`);
  const plain = {
    integer: 'bigint',
    boolean: ledger.to === 'mssql' ? 'bit' : 'tinyint',
    number: ledger.to === 'mssql' ? 'float' : 'double',
    date: 'date',
    time: ledger.to === 'mssql' ? 'datetime2' : 'datetime',
  }[kind as string];
  const type: Column['type'] =
    plain === undefined
      ? { kind: 'builtin', name: ledger.to === 'mssql' ? 'nvarchar' : 'varchar', args: ['255'] }
      : { kind: 'builtin', name: plain };
  work.added.push({
    id,
    name,
    type,
    nullable: true,
    generated: { expression: sql, stored: false },
  });
  ledger.tell(
    {
      id: 'index:expression',
      group: 'index',
      what: 'expression in an index',
      from: 'expression',
      to: 'generated column',
      verdict: 'approximate',
      reason: `${ledger.label} indexes columns: a generated one holds the expression. Queries that use the expression need the column.`,
    },
    { record: table.id, part: index.id },
  );
  return { column: id };
}

/** An expression of the index as the target can index it, or why it cannot. */
export function expressionElement(
  work: IndexWork,
  index: Index,
  element: IndexElement & { expression: string },
  position: number,
): IndexElement | { readonly problem: string } {
  const { ledger, table, fates } = work;
  if (ledger.related && ledger.to === 'mysql') return element;
  const at: Ref = { record: table.id, part: index.id };
  const said = ledger.related
    ? { sql: element.expression }
    : translate(ledger, tableNames(ledger, fates, table), element.expression, at, 'value');
  if ('problem' in said) return said;
  const order = element.order === undefined ? {} : { order: element.order };
  if (isMysql(ledger) || ledger.to === 'mssql')
    return { ...generatedElement(work, index, said.sql, position, 'kind' in said ? said.kind : undefined), ...order };
  ledger.tell(
    {
      id: 'index:expression',
      group: 'index',
      what: 'expression in an index',
      from: 'expression',
      to: 'expression',
      verdict: 'faithful',
      reason: "The same expression in the target's words.",
    },
    at,
  );
  return { expression: said.sql, ...order };
}
