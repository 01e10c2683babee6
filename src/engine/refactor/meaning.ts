import { recordIn } from '#model/collections.ts';
import { columnsOfType } from '#model/commands/refactor/enum-lookup.ts';
import { isKey } from '#model/commands/refactor/inline-table.ts';
import { partialKeys } from '#model/commands/refactor/standard-columns.ts';
import { linksToKey } from '#model/commands/refactor/surrogate-key.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { Consequence } from './consequences.ts';
import type { Refactoring } from './types.ts';

const says = (text: string): Consequence => ({ kind: 'meaning', text });
const stays = (text: string): Consequence => ({ kind: 'stays', text });

function names(table: Table, ids: readonly Id[]): string {
  return ids.map((id) => table.columns.find((column) => column.id === id)?.name ?? id).join(', ');
}

function ofExtract(before: Document, asked: Extract<Refactoring, { kind: 'extract' }>): Consequence[] {
  const table = recordIn(before, 'tables', asked.table);
  if (table === undefined) return [];
  const { name, shape } = asked;
  const found: Consequence[] = [];
  const required = table.columns.filter((column) => asked.columns.includes(column.id) && !column.nullable);
  if (shape.kind === 'one-to-one') {
    found.push(says(`A row of ${table.name} has at most one row in ${name}; whoever writes both has to write two rows.`));
    if (required.length > 0) {
      const list = required.map((column) => column.name).join(', ');
      found.push(says(`${list}: required in ${name}, but a row of ${table.name} can now be without a row there.`));
    }
  } else if (shape.kind === 'natural') {
    const list = names(table, shape.key);
    found.push(
      says(`Rows of ${table.name} with the same ${list} share one row of ${name}: in the data the other columns have to agree.`),
    );
  } else {
    found.push(says(`Rows of ${table.name} with the same values can share one row of ${name}; changing it changes all of them.`));
  }
  found.push(says('The model holds no rows: existing data has to be copied by the migration.'));
  if (table.rowSecurity !== undefined) {
    found.push(says(`${name} is guarded by row security as ${table.name} is; only policies whose columns it has are there too.`));
  }
  return found;
}

function ofFold(before: Document, relationship: Id, end: 'child' | 'parent'): Consequence[] {
  const link = recordIn(before, 'relationships', relationship);
  const child = recordIn(before, 'tables', link?.child ?? '');
  const parent = recordIn(before, 'tables', link?.parent ?? '');
  if (link === undefined || child === undefined || parent === undefined) return [];
  if (end === 'parent') {
    return [
      says(
        `What one row of ${parent.name} said is now said in every row of ${child.name} that refers to it, and may differ there.`,
      ),
      says(`Rows of ${parent.name} that nothing refers to have no place any more.`),
    ];
  }
  const found: Consequence[] = [];
  const required = child.columns.filter((column) => !column.nullable && !link.childColumns.includes(column.id));
  if (required.length > 0 && link.declared?.child !== '1') {
    const list = required.map((column) => column.name).join(', ');
    found.push(says(`${list} may be null in ${parent.name}: a row there may have had none in ${child.name}.`));
  }
  const others = Object.values(before.relationships).filter((one) => one.parent === child.id && one.id !== link.id);
  if (others.length > 0) {
    found.push(says(`Foreign keys to ${child.name} lead to ${parent.name}, and allow its rows that had none in ${child.name}.`));
  }
  return found;
}

function ofMove(before: Document, asked: Extract<Refactoring, { kind: 'move' }>): Consequence[] {
  const link = recordIn(before, 'relationships', asked.relationship);
  const child = recordIn(before, 'tables', link?.child ?? '');
  const parent = recordIn(before, 'tables', link?.parent ?? '');
  if (link === undefined || child === undefined || parent === undefined) return [];
  const pairs = isKey(child, link.childColumns);
  if (pairs) {
    const [from, to] = asked.to === 'parent' ? [child, parent] : [parent, child];
    const lone =
      asked.to === 'parent' ? [] : [says(`Values in rows of ${from.name} without a row of ${to.name} have no place any more.`)];
    return [says(`${child.name} has at most one row for each of ${parent.name}: every value keeps its place.`), ...lone];
  }
  const list = names(asked.to === 'parent' ? child : parent, asked.columns);
  if (asked.to === 'parent') {
    return [
      says(
        `${list} has one value for each row of ${parent.name}, where each row of ${child.name} had its own: where they differ, all but one are lost.`,
      ),
    ];
  }
  return [
    says(`${list} is said in every row of ${child.name} and may differ among those of one ${parent.name}.`),
    says(`Values in rows of ${parent.name} that no row of ${child.name} refers to are lost.`),
  ];
}

function linkWords(before: Document, links: readonly Relationship[]): string {
  return [...new Set(links.map((one) => recordIn(before, 'tables', one.child)?.name ?? ''))].join(', ');
}

function ofSurrogate(before: Document, after: Document, asked: Extract<Refactoring, { kind: 'surrogate' }>): Consequence[] {
  const table = recordIn(before, 'tables', asked.table);
  if (table === undefined) return [];
  const links = linksToKey(before, table);
  if (links.length === 0) return [];
  const who = linkWords(before, links);
  if (!asked.repoint) return [stays(`Foreign keys of ${who} still hold the old key, which stays unique.`)];
  const found = [says(`Foreign keys of ${who} hold the new key: the migration has to look it up for existing rows.`)];
  const kept = links.flatMap((link) => {
    const child = recordIn(after, 'tables', link.child);
    const left = child?.columns.filter((column) => link.childColumns.includes(column.id)).map((column) => column.name) ?? [];
    return child === undefined || left.length === 0 ? [] : [`${child.name}.${left.join(', ')}`];
  });
  return kept.length === 0 ? found : [...found, stays(`${kept.join('; ')}: something else stands on these columns, so they stay.`)];
}

function ofStandard(before: Document, asked: Extract<Refactoring, { kind: 'standard' }>): Consequence[] {
  const found: Consequence[] = [];
  const tables = asked.tables.flatMap((id) => recordIn(before, 'tables', id) ?? []);
  const had = asked.columns.flatMap((column) => {
    const who = tables.filter((table) => table.columns.some((one) => one.name === column.name));
    return who.length === 0 ? [] : [stays(`${column.name} is there already: ${who.map((one) => one.name).join(', ')}.`)];
  });
  found.push(...had);
  const parts = tables.filter((table) => table.partitionOf !== undefined);
  if (parts.length > 0)
    found.push(stays(`Partitions get the columns from their parent: ${parts.map((one) => one.name).join(', ')}.`));
  if (asked.uniqueWhileNull !== undefined) {
    found.push(
      says(
        `Rows where ${asked.uniqueWhileNull} is set count as deleted: queries have to leave them out, and foreign keys still find them.`,
      ),
    );
    const kept = tables.flatMap((table) => {
      const free = new Set(partialKeys(before, table).map((key) => key.id));
      const left = table.keys.filter((key) => key.kind === 'unique' && !free.has(key.id));
      return left.map((key) => `${table.name} (${names(table, key.columns)})`);
    });
    if (kept.length > 0) found.push(stays(`A foreign key or deferral needs these unique keys as they are: ${kept.join('; ')}.`));
  }
  return found;
}

/** What a refactoring changes in the meaning of the data, which no statement shows. */
export function meaningOf(before: Document, after: Document, asked: Refactoring): readonly Consequence[] {
  switch (asked.kind) {
    case 'extract':
      return ofExtract(before, asked);
    case 'inline':
      return ofFold(before, asked.relationship, asked.end);
    case 'move':
      return ofMove(before, asked);
    case 'surrogate':
      return ofSurrogate(before, after, asked);
    case 'standard':
      return ofStandard(before, asked);
    case 'enumToLookup': {
      const found = [
        says('Comparing and sorting by the column goes by the text; the order of the values is in the column position.'),
        says('The model holds no rows: a DO block puts the values into the new table when it is created.'),
      ];
      const type = recordIn(before, 'types', asked.type);
      if (type !== undefined && Object.hasOwn(after.types, type.id)) {
        const left =
          columnsOfType(after, type.id).length === 0 ? 'something other than a plain column uses it' : 'columns still have it';
        found.push(stays(`The type ${type.name} stays: ${left}.`));
      }
      return found;
    }
    case 'lookupToEnum':
      return [
        says('A new value is a change of the type, no longer a row that anybody may add; a value can be renamed but not removed.'),
        says('Comparing and sorting by the column goes by the order of the values.'),
      ];
  }
}
