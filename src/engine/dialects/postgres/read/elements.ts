import type { IndexElem, Node, PartitionElem } from 'libpg-query';
import type { IndexElement } from '#model/table-parts.ts';
import { kindOf, texts } from './ast.ts';
import type { MutableTable } from './state.ts';
import type { Statement } from './statement.ts';
import { type Range, withoutBrackets } from './tokens.ts';

/** Number of the last token of the expression an index element starts with. */
function expressionEnd({ source }: Statement, range: Range, expression: Node): number {
  if (kindOf(expression) === 'SQLValueFunction' && source.token(range.first + 1)?.text !== '(') return range.first;
  const depth = source.token(range.first)?.depth ?? 0;
  const open = source.find('(', range.first, range.last, depth);
  return open < 0 ? range.last : Math.min(source.close(open), range.last);
}

/**
 * One element of an index, an exclusion constraint or a partition key. An expression is its source text, without the
 * brackets that only the element's syntax wants.
 * @param table whose columns it names; absent for a materialized view, whose columns have no records.
 * @returns undefined when it names a column the table does not have.
 */
export function readElement(
  statement: Statement,
  table: MutableTable | undefined,
  element: IndexElem | PartitionElem,
  range: Range,
): IndexElement | undefined {
  const { source, state } = statement;
  let next = range.first + 1;
  const out: { -readonly [K in keyof IndexElement]: IndexElement[K] } = {};
  if (element.expr !== undefined) {
    const end = expressionEnd(statement, range, element.expr);
    out.expression = source.slice(withoutBrackets(source, { first: range.first, last: end }));
    next = end + 1;
  } else if (table === undefined) out.columnName = element.name ?? '';
  else {
    const column = state.column(table, element.name ?? '');
    if (column === undefined) return undefined;
    out.column = column.id;
  }
  if (source.token(next)?.text === 'COLLATE') {
    const last = source.afterName(next + 1) - 1;
    out.collation = source.slice({ first: next + 1, last });
    next = last + 1;
  }
  if (texts(element.opclass).length > 0) {
    let last = source.afterName(next) - 1;
    if ('opclassopts' in element && source.token(last + 1)?.text === '(') last = source.close(last + 1);
    out.operatorClass = source.slice({ first: next, last });
  }
  if ('ordering' in element && element.ordering === 'SORTBY_DESC') out.order = 'desc';
  if ('nulls_ordering' in element && element.nulls_ordering === 'SORTBY_NULLS_FIRST') out.nulls = 'first';
  if ('nulls_ordering' in element && element.nulls_ordering === 'SORTBY_NULLS_LAST') out.nulls = 'last';
  return out;
}

/** Ids of columns by name, or the first name that the table does not have. */
export function columnIds(
  { state }: Statement,
  table: MutableTable,
  names: readonly string[],
): { ids: string[]; missing?: string } {
  const ids: string[] = [];
  for (const name of names) {
    const column = state.column(table, name);
    if (column === undefined) return { ids, missing: name };
    ids.push(column.id);
  }
  return { ids };
}
