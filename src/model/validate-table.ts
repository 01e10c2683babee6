import { PART_PREFIX, type PartList, recordIn } from './collections.ts';
import { ancestorsOf, columnOf } from './derive/columns.ts';
import type { IndexElement } from './table-parts.ts';
import type { Document, Id, Table } from './types.ts';
import { checkType, type Note, nameFault, uniqueIds } from './validate-notes.ts';

function checkElements(elements: readonly IndexElement[], path: string, note: Note, column: (id: Id, path: string) => void): void {
  elements.forEach((element, at) => {
    const said = [element.column, element.columnName, element.expression].filter((one) => one !== undefined);
    if (said.length !== 1) note('element-unclear', `${path}[${at}]`, 'An element is one column or one expression.');
    if (element.column !== undefined) column(element.column, `${path}[${at}].column`);
  });
}

function checkKeys(table: Table, note: Note, column: (id: Id, path: string) => void): void {
  if (table.keys.filter((key) => key.kind === 'primary').length > 1) {
    note('two-primary-keys', 'keys', 'A table has at most one primary key.');
  }
  table.keys.forEach((key, at) => {
    if (key.columns.length === 0) note('no-columns', `keys[${at}].columns`, 'A key has at least one column.');
    if (new Set(key.columns).size < key.columns.length) {
      note('column-twice', `keys[${at}].columns`, 'A key names each column once.');
    }
    for (const list of ['columns', 'include'] as const) {
      key[list]?.forEach((id, n) => {
        column(id, `keys[${at}].${list}[${n}]`);
      });
    }
  });
}

function checkIndexes(document: Document, table: Table, note: Note, column: (id: Id, path: string) => void): void {
  table.indexes.forEach((index, at) => {
    if (index.elements.length === 0)
      note('no-columns', `indexes[${at}].elements`, 'An index has at least one column or expression.');
    checkElements(index.elements, `indexes[${at}].elements`, note, column);
    index.include?.forEach((id, n) => {
      column(id, `indexes[${at}].include[${n}]`);
    });
    const { attachedTo } = index;
    if (attachedTo === undefined) return;
    const parents = ancestorsOf(table).flatMap((id) => recordIn(document, 'tables', id) ?? []);
    if (!parents.some((parent) => [...parent.indexes, ...parent.keys].some((one) => one.id === attachedTo))) {
      note('dangling', `indexes[${at}].attachedTo`, `${attachedTo} is no index of the partitioned table.`);
    }
  });
}

/** Whether following ancestors from this table leads back to it. */
function inCycle(document: Document, table: Table): boolean {
  const seen = new Set<Id>();
  const queue = [...ancestorsOf(table)];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === table.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    const parent = recordIn(document, 'tables', id);
    if (parent !== undefined) queue.push(...ancestorsOf(parent));
  }
  return false;
}

function checkAncestors(document: Document, table: Table, note: Note): void {
  for (const id of ancestorsOf(table)) {
    const parent = recordIn(document, 'tables', id);
    if (parent === undefined) note('dangling', 'partitionOf', `${id} is not among the tables.`);
    else if (table.partitionOf !== undefined && parent.partitioning === undefined) {
      note('parent-not-partitioned', 'partitionOf', `${parent.name} is not partitioned.`);
    }
  }
  if (inCycle(document, table)) note('ancestor-cycle', 'partitionOf', `${table.name} would be its own ancestor.`);
}

/** Notes the broken invariants of one table. */
export function defectsOfTable(document: Document, table: Table, note: Note): void {
  if (recordIn(document, 'schemas', table.schema) === undefined) {
    note('dangling', 'schema', `${table.schema} is not among the schemas.`);
  }
  const ids = new Set<Id>();
  for (const list of Object.keys(PART_PREFIX) as PartList[]) uniqueIds(table[list], list, note, ids);
  const own = new Set(table.columns.map((column) => column.id));
  const column = (id: Id, path: string) => {
    if (!own.has(id) && columnOf(document, table, id) === undefined) note('dangling', path, `${id} is no column of ${table.name}.`);
  };
  const names = new Set<string>();
  table.columns.forEach((one, at) => {
    const fault = nameFault(one.name);
    if (fault !== undefined) note('name-unusable', `columns[${at}].name`, fault);
    if (names.has(one.name)) note('name-taken', `columns[${at}].name`, `${table.name} already has a column ${one.name}.`);
    names.add(one.name);
    checkType(document, note, `columns[${at}].type`, one.type);
  });
  checkKeys(table, note, column);
  checkIndexes(document, table, note, column);
  table.exclusions.forEach((one, at) => {
    if (one.elements.length === 0) note('no-columns', `exclusions[${at}].elements`, 'An exclusion has at least one element.');
    checkElements(one.elements, `exclusions[${at}].elements`, note, column);
    one.include?.forEach((id, n) => {
      column(id, `exclusions[${at}].include[${n}]`);
    });
  });
  table.dependencies.forEach((one, at) => {
    if (one.dependent.length === 0) note('no-columns', `dependencies[${at}].dependent`, 'A dependency determines something.');
    for (const list of ['determinant', 'dependent'] as const) {
      one[list].forEach((id, n) => {
        column(id, `dependencies[${at}].${list}[${n}]`);
      });
    }
  });
  table.partitioning?.elements.forEach((element, at) => {
    if (element.column !== undefined) column(element.column, `partitioning.elements[${at}].column`);
  });
  checkAncestors(document, table, note);
}
