import type { IndexElement } from '#model/table-parts.ts';
import type { ReferentialAction, Relationship } from '#model/types.ts';
import { findIndex } from '../../postgres/read/lookup.ts';
import type { MutableTable } from '../../postgres/read/state.ts';
import type { Writable } from '../../postgres/read/writable.ts';
import { lose, type Reading } from './columns.ts';
import { columnName, hasPrefixLength, list, type Tree, text, tree } from './tree.ts';

/** Ids of the columns that a key names; undefined when one is not there. */
function columnIds({ state }: Reading, table: MutableTable, elements: readonly Tree[]): string[] | undefined {
  const ids = elements.map((element) => state.column(table, columnName(element) ?? '')?.id);
  return ids.every((id) => id !== undefined) ? (ids as string[]) : undefined;
}

/** A name for an index or key, unless the schema has it already: elsewhere index names are only unique in their table. */
function freeName({ state }: Reading, table: MutableTable, name: string | undefined): { name?: string } {
  if (name === undefined || findIndex(state, { schema: state.schemaName(table.schema), name }) !== undefined) return {};
  state.indexNames.add(table.schema, name, table.id);
  return { name };
}

export function addKey(
  reading: Reading,
  table: MutableTable,
  kind: 'primary' | 'unique',
  elements: readonly Tree[],
  name?: string,
): void {
  const columns = columnIds(reading, table, elements);
  if (columns === undefined) {
    lose(reading, `a ${kind} key on expressions is left out`);
    return;
  }
  if (elements.some(hasPrefixLength)) lose(reading, `key ${name ?? kind} covers whole columns, not the prefixes it names`);
  const id = reading.state.partId('keys', table, name ?? `${kind} ${columns.length} ${table.keys.length}`);
  table.keys.push({ id, kind, ...(kind === 'primary' ? {} : freeName(reading, table, name)), columns });
  if (kind === 'primary') for (const column of table.columns) if (columns.includes(column.id)) column.nullable = false;
}

/** An index from the elements of a tree; FULLTEXT and SPATIAL ones are told as lost. */
export function addIndex(reading: Reading, table: MutableTable, definition: Tree, elements: readonly Tree[], unique = false): void {
  const { state } = reading;
  const name = text(tree(definition['index'])['name']) ?? text(definition['index']);
  const keyword = String(definition['keyword'] ?? '');
  if (/fulltext|spatial/i.test(keyword) || /fulltext|spatial/i.test(String(definition['index_type'] ?? ''))) {
    lose(reading, `${keyword} ${name ?? ''} is left out: PostgreSQL has other indexes for it`);
    return;
  }
  if (elements.some(hasPrefixLength)) lose(reading, `index ${name ?? ''} covers whole columns, not the prefixes it names`);
  const read = elements.map((element): IndexElement => {
    const column = state.column(table, columnName(element) ?? '');
    const order = String(element['order_by'] ?? '').toLowerCase() === 'desc' ? { order: 'desc' as const } : {};
    return column === undefined ? { expression: reading.parser.expression(element), ...order } : { column: column.id, ...order };
  });
  const where = definition['where'];
  table.indexes.push({
    id: state.partId('indexes', table, name ?? `index ${table.indexes.length + 1}`),
    ...freeName(reading, table, name),
    ...(unique ? { unique } : {}),
    elements: read,
    ...(where === undefined || where === null ? {} : { where: reading.parser.expression(where) }),
  });
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  restrict: 'restrict',
  cascade: 'cascade',
  'set null': 'set null',
  'set default': 'set default',
};

export function addForeignKey(
  reading: Reading,
  table: MutableTable,
  elements: readonly Tree[],
  reference: Tree,
  name?: string,
): void {
  const { state, outcome } = reading;
  const columns = columnIds(reading, table, elements);
  const [parent] = list(reference['table']);
  const parentName = text(parent?.['table']) ?? '';
  if (columns === undefined) {
    lose(reading, `foreign key ${name ?? ''} to ${parentName} names columns that the table does not have`);
    return;
  }
  const action = (event: string) => {
    const found = list(reference['on_action']).find((one) => one['type'] === event);
    return ACTIONS[String(text(found?.['value']) ?? '').toLowerCase()];
  };
  const [onDelete, onUpdate] = [action('on delete'), action('on update')];
  const relationship: Relationship = {
    id: state.recordId('relationships', `${state.hint(table.schema, table.name)} ${name ?? columns.join(' ')}`),
    ...(name === undefined ? {} : { name }),
    child: table.id,
    parent: '',
    childColumns: columns,
    parentColumns: [],
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
  };
  state.records.relationships.set(relationship.id, relationship as Writable<Relationship>);
  const parents = list(reference['definition']).flatMap((one) => columnName(one) ?? []);
  const quoted = (names: readonly string[]) => names.map((one) => state.quote(one)).join(', ');
  const children = elements.flatMap((one) => columnName(one) ?? []);
  state.pending.push({
    relationship: relationship.id,
    child: table.id,
    parents: [{ schema: text(parent?.['db']) ?? state.schemaName(table.schema), name: parentName }],
    parentText: parentName,
    columns: parents,
    outcome,
    clause: `FOREIGN KEY (${quoted(children)}) REFERENCES ${state.quote(parentName)} (${quoted(parents)})`,
    alone: false,
  });
}

/** A table constraint of CREATE TABLE or ALTER TABLE. */
export function addConstraint(reading: Reading, table: MutableTable, definition: Tree): void {
  const kind = String(definition['constraint_type'] ?? '').toLowerCase();
  const name = text(definition['constraint']) ?? text(definition['index']);
  const elements = list(definition['definition']);
  if (kind.startsWith('primary')) addKey(reading, table, 'primary', elements);
  else if (kind.startsWith('unique')) addKey(reading, table, 'unique', elements, name);
  else if (kind === 'foreign key')
    addForeignKey(reading, table, elements, tree(definition['reference_definition']), text(definition['constraint']));
  else if (kind === 'check') {
    const id = reading.state.partId('checks', table, name ?? `check ${table.checks.length + 1}`);
    const expression = elements.map((one) => reading.parser.expression(one)).join(' AND ');
    table.checks.push({ id, ...(name === undefined ? {} : { name }), expression });
  } else lose(reading, `constraint ${kind} is left out`);
}
