import type { Verdict } from '#engine/normalize/verdict.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { dependencyTable } from './dependencies.ts';
import { blocks, code, table as grid, text } from './markdown.ts';
import { indexReason, partitionsOf, qualifiedName, relationshipSentence } from './words.ts';

function defaultOf(column: Column): string {
  if (column.identity !== undefined) return text(`identity, ${column.identity.mode}`);
  if (column.generated !== undefined)
    return `${text(column.generated.stored ? 'stored:' : 'virtual:')} ${code(column.generated.expression, true)}`;
  return column.default === undefined ? '' : code(column.default.sql, true);
}

function columnRows(document: Document, table: Table): readonly (readonly string[])[] {
  const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const links = linksOf(document).byChild.get(table.id) ?? [];
  return columnsOf(document, table).map((column) => {
    const marks = [
      ...(primary.includes(column.id) ? ['PK'] : []),
      ...(links.some((one) => one.childColumns.includes(column.id)) ? ['FK'] : []),
      ...(column.classification !== undefined && column.classification !== 'none' ? [text(column.classification)] : []),
    ];
    return [
      code(column.name, true),
      code(typeName(document, column.type), true),
      column.nullable && !primary.includes(column.id) ? 'yes' : 'no',
      defaultOf(column),
      marks.join(', '),
      text(column.comment ?? ''),
    ];
  });
}

function names(document: Document, table: Table, ids: readonly string[]): string {
  return columnNames(document, table, ids).join(', ');
}

function constraintRows(document: Document, table: Table): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (const key of table.keys) {
    rows.push([
      code(key.name ?? '', true),
      key.kind === 'primary' ? 'primary key' : 'unique',
      code(names(document, table, key.columns), true),
    ]);
  }
  for (const check of table.checks) rows.push([code(check.name ?? '', true), 'check', code(check.expression, true)]);
  for (const exclusion of table.exclusions) {
    const elements = exclusion.elements.map((element) => `${elementText(document, table, element)} WITH ${element.operator}`);
    rows.push([
      code(exclusion.name ?? '', true),
      `exclusion (${text(exclusion.method ?? 'btree')})`,
      code(elements.join(', '), true),
    ]);
  }
  return rows;
}

function elementText(document: Document, table: Table, element: IndexElement): string {
  const what =
    element.column === undefined ? (element.expression ?? element.columnName ?? '') : names(document, table, [element.column]);
  const tail = [
    element.operatorClass,
    element.order?.toUpperCase(),
    element.nulls === undefined ? undefined : `NULLS ${element.nulls.toUpperCase()}`,
  ];
  return [what, ...tail.filter((one) => one !== undefined)].join(' ');
}

function indexRow(document: Document, table: Table, index: Index): readonly string[] {
  const include = index.include === undefined ? '' : ` INCLUDE (${names(document, table, index.include)})`;
  const where = index.where === undefined ? '' : ` WHERE ${index.where}`;
  const columns = index.elements.map((element) => elementText(document, table, element)).join(', ');
  return [
    code(index.name ?? '', true),
    text(`${index.unique === true ? 'unique ' : ''}${index.method ?? 'btree'}`),
    code(`${columns}${include}${where}`, true),
    text(indexReason(document, table, index)),
  ];
}

function relationshipRow(document: Document, relationship: Relationship): readonly string[] {
  const child = recordIn(document, 'tables', relationship.child);
  const parent = recordIn(document, 'tables', relationship.parent);
  if (child === undefined || parent === undefined) return ['', '', '', ''];
  const from = `${qualifiedName(document, child)} (${names(document, child, relationship.childColumns)})`;
  const to = `${qualifiedName(document, parent)} (${names(document, parent, relationship.parentColumns)})`;
  const actions = [
    ...(relationship.onDelete === undefined ? [] : [`on delete ${relationship.onDelete}`]),
    ...(relationship.onUpdate === undefined ? [] : [`on update ${relationship.onUpdate}`]),
    ...(relationship.deferral === undefined ? [] : [relationship.deferral]),
  ];
  return [code(from, true), code(to, true), text(actions.join(', ')), text(relationshipSentence(document, relationship))];
}

/** What is proved of a table's normal form, in sentences. */
export function normalFormText(document: Document, table: Table, verdict: Verdict | undefined): string {
  if (verdict === undefined) return '';
  const set = (ids: readonly string[]) => code(`{${names(document, table, ids)}}`);
  const keys = verdict.candidateKeys.map(set).join(', ');
  const lines = [
    `**Normal form: ${verdict.highest}**${verdict.byAssumption ? ' by assumption: no dependency is declared beside those of the keys' : ''}.`,
    verdict.noKey
      ? 'No key is enforced, so equal rows may repeat.'
      : `Candidate keys: ${keys}${verdict.keysComplete ? '' : ` and more (${text(verdict.keyCount)} in all)`}.`,
    ...verdict.violations.map(
      (one) =>
        `${set(one.determinant)} → ${set(one.dependent)} breaks ${one.form}: the closure ${set(one.closure)} misses ${set(one.missing)}, so the determinant is no key.${one.accepted === true ? ' This redundancy is accepted.' : ''}`,
    ),
    ...(verdict.derived === undefined
      ? []
      : ['It holds values that are worked out from other tables: that redundancy is accepted.']),
    ...(verdict.multivalued ?? []).map(
      (one) => `${set(one.determinant)} ↠ ${set(one.dependent)} breaks 4NF: the determinant is no key.`,
    ),
    ...(verdict.reason === undefined ? [] : [text(verdict.reason)]),
  ];
  return lines.join(' ');
}

/** The chapter about one table: purpose, columns, constraints, indexes with reasons, relationships, security, dependencies, normal form. */
export function tableSection(document: Document, table: Table, verdict: Verdict | undefined): string {
  const links = linksOf(document);
  const outgoing = links.byChild.get(table.id) ?? [];
  const incoming = (links.byParent.get(table.id) ?? []).filter((one) => one.child !== table.id);
  const partitions = partitionsOf(document, table);
  const constraints = constraintRows(document, table);
  const policies = table.policies.map((policy) => [
    code(policy.name, true),
    text(policy.command),
    text(policy.roles.length === 0 ? 'public' : policy.roles.join(', ')),
    code(policy.using ?? '', true),
    code(policy.withCheck ?? '', true),
  ]);
  return blocks(
    `### ${text(qualifiedName(document, table))}`,
    text(table.comment ?? ''),
    table.tags === undefined || table.tags.length === 0 ? '' : `Tags: ${table.tags.map((tag) => code(tag)).join(', ')}`,
    grid(['Column', 'Type', 'Null', 'Default', 'Marks', 'Meaning'], columnRows(document, table)),
    constraints.length === 0 ? '' : `**Constraints**\n\n${grid(['Name', 'Kind', 'Definition'], constraints)}`,
    table.indexes.length === 0
      ? ''
      : `**Indexes**\n\n${grid(
          ['Name', 'Kind', 'Definition', 'Reason'],
          table.indexes.map((index) => indexRow(document, table, index)),
        )}`,
    outgoing.length + incoming.length === 0
      ? ''
      : `**Relationships**\n\n${grid(
          ['Child', 'Parent', 'Actions', 'In words'],
          [...outgoing, ...incoming].map((one) => relationshipRow(document, one)),
        )}`,
    partitions.length === 0
      ? ''
      : `**Partitions** by ${text(table.partitioning?.strategy ?? '')}\n\n${grid(
          ['Partition', 'Bound'],
          partitions.map((one) => [code(qualifiedName(document, one), true), code(one.partitionOf?.bound ?? '', true)]),
        )}`,
    table.rowSecurity === undefined ? '' : `Row-level security is ${table.rowSecurity}.`,
    policies.length === 0 ? '' : grid(['Policy', 'Command', 'Roles', 'Using', 'With check'], policies),
    dependencyTable(document, table),
    normalFormText(document, table, verdict),
  );
}
