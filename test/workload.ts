import type { Candidate } from '#engine/indexes/candidates/candidate.ts';
import type { Join, Predicate, QueryFacts, TableUse, Term, Value } from '#engine/workload/facts.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id } from '#model/types.ts';

/** Facts of a query as short lines, one for each table use and join, for writing down what is expected. */

function names(document: Document, table: Id, ids: readonly Id[]): string {
  const record = document.tables[table];
  const columns = record === undefined ? [] : columnsOf(document, record);
  return ids.map((id) => columns.find((one) => one.id === id)?.name ?? '?').join(',');
}

function said(document: Document, table: Id, term: Term): string {
  return term.column === undefined ? (term.expression ?? '?') : names(document, table, [term.column]);
}

function valueText(value: Value): string {
  if (value.kind === 'literal') return value.sql;
  if (value.kind === 'parameter') return value.name;
  return value.kind === 'computed' ? `{${value.sql}}` : `<${value.kind}>`;
}

function predicateText(document: Document, table: Id, one: Predicate): string {
  const marks = `${one.policy === undefined ? '' : ' (policy)'}${one.filterOnly === true ? ' (filter)' : ''}`;
  if (one.test === 'other') return `other [${one.sql}]${marks}`;
  const values = one.values.length === 0 ? '' : ` ${one.values.map(valueText).join('/')}`;
  return `${one.test} ${said(document, table, one.term)} ${one.operator}${values}${marks}`;
}

function useLine(document: Document, use: TableUse): string {
  const table = document.tables[use.table]?.name ?? '?';
  const term = (one: Term) => said(document, use.table, one);
  const parts = [
    ...use.predicates.map((one) => predicateText(document, use.table, one)),
    ...use.alternatives.map(
      ({ arms }) =>
        `or ${arms.map((arm) => `{${arm.map((one) => predicateText(document, use.table, one)).join(' & ')}}`).join(' ')}`,
    ),
    ...use.keysets.map((one) => `keyset (${one.terms.map(term).join(',')}) ${one.operator} ${one.values.map(valueText).join(',')}`),
    ...(use.order.length === 0
      ? []
      : [
          `order ${use.order.map((one) => `${term(one.term)}${one.distance ?? ''}${one.desc ? ' desc' : ''}${one.nulls === undefined ? '' : ` nulls ${one.nulls}`}`).join(',')}`,
        ]),
    ...(use.group.length === 0 ? [] : [`group ${use.group.map(term).join(',')}`]),
    ...(use.distinct.length === 0 ? [] : [`distinct ${use.distinct.map(term).join(',')}`]),
    ...(use.extremes.length === 0 ? [] : [`extreme ${use.extremes.map(term).join(',')}`]),
    ...(use.limit === undefined ? [] : [`limit ${valueText(use.limit)}`]),
    ...(use.offset === undefined ? [] : [`offset ${valueText(use.offset)}`]),
    ...(use.write === undefined
      ? []
      : [
          `${use.write.kind} ${names(document, use.table, use.write.columns)}`.trim(),
          ...(use.write.conflict === undefined
            ? []
            : [
                `conflict ${use.write.conflict.terms.map(term).join(',')}${use.write.conflict.where === undefined ? '' : ` where ${use.write.conflict.where}`}`,
              ]),
        ]),
    `needs ${use.star ? '*' : names(document, use.table, use.columns)}`.trim(),
  ];
  const label = `${use.name === table ? table : `${table} ${use.name}`}${use.read ? '' : ' (unread)'}${use.through.length === 0 ? '' : ` via ${use.through.map((id) => document.views[id]?.name ?? '?').join('>')}`}`;
  return `${label}: ${parts.join('; ')}`;
}

function joinLine(document: Document, facts: QueryFacts, join: Join): string {
  const end = ({ use, term }: Join['left']) => {
    const held = facts.uses[use] as TableUse;
    return `${held.name}.${said(document, held.table, term)}`;
  };
  return `${join.kind}: ${end(join.left)} ${join.operator} ${end(join.right)}${join.policy === undefined ? '' : ' (policy)'}`;
}

export function factLines(document: Document, facts: QueryFacts): string[] {
  return [
    ...facts.uses.map((use) => useLine(document, use)),
    ...facts.joins.map((join) => joinLine(document, facts, join)),
    ...facts.findings.map((one) => `${one.severity} ${one.code} ${one.at.start}-${one.at.end}: ${one.message}`),
  ];
}

/** A candidate as CREATE INDEX would say it, without the name: `orders (customer_id, created_at DESC) INCLUDE (total)`. */
export function candidateText(document: Document, { table, index }: Candidate): string {
  const elements = index.elements.map((one) => {
    const said = one.column === undefined ? `(${one.expression})` : names(document, table, [one.column]);
    const more = [
      one.length === undefined ? undefined : `[${one.length}]`,
      one.collation,
      one.operatorClass,
      one.order,
      one.nulls === undefined ? undefined : `nulls ${one.nulls}`,
    ];
    return [said, ...more.filter((each) => each !== undefined)].join(' ');
  });
  const include = index.include === undefined ? '' : ` include (${names(document, table, index.include)})`;
  const where = index.where === undefined ? '' : ` where ${index.where}`;
  const method = index.method === undefined ? '' : `${index.method} `;
  return `${index.unique === true ? 'unique ' : ''}${document.tables[table]?.name} ${method}(${elements.join(', ')})${include}${where}`;
}
