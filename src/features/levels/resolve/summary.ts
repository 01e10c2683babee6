import { recordIn } from '#model/collections.ts';
import { columnNames, columnOf } from '#model/derive/columns.ts';
import { diffDocuments } from '#model/diff.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';

/** What a resolution does, in words. */
export interface Summary {
  readonly comes: readonly string[];
  readonly goes: readonly string[];
  readonly concept: readonly string[];
}

const list = (names: readonly string[]) => names.join(', ');

function nameOf(document: Document, id: Id): string {
  return entityIn(document, id)?.name ?? id;
}

function keyWords(document: Document, one: Relationship): string {
  const child = recordIn(document, 'tables', one.child);
  const columns = child === undefined ? [] : columnNames(document, child, one.childColumns);
  return `${nameOf(document, one.child)} (${list(columns)}) → ${nameOf(document, one.parent)}`;
}

function newTable(document: Document, table: Table): string {
  const key = table.keys.find((one) => one.kind === 'primary');
  const identified = key === undefined ? '' : `, identified by ${list(columnNames(document, table, key.columns))}`;
  return `Table ${table.name}: ${list(table.columns.map((column) => column.name))}${identified}`;
}

function tableChanges(before: Document, after: Document, from: Table, to: Table): { comes: string[]; goes: string[] } {
  const gained = to.columns.filter((column) => columnOf(before, from, column.id) === undefined).map((column) => column.name);
  const lost = from.columns.filter((column) => columnOf(after, to, column.id) === undefined).map((column) => column.name);
  const checks = to.checks.length - from.checks.length;
  return {
    comes: [
      ...(gained.length === 0 ? [] : [`Columns of ${to.name}: ${list(gained)}`]),
      ...(checks > 0 ? [`${checks === 1 ? 'A condition' : `${checks} conditions`} of ${to.name}`] : []),
    ],
    goes: lost.length === 0 ? [] : [`Columns of ${to.name}: ${list(lost)}`],
  };
}

const NOUNS: Readonly<Record<string, string>> = {
  triggers: 'Trigger',
  sequences: 'Sequence',
  verbatim: 'Statement',
  waivers: 'Waiver',
  views: 'View',
  types: 'Type',
};

/** What comes, what goes, and what stays in the concept only, of two documents. */
export function summaryOf(before: Document, after: Document): Summary {
  const comes: string[] = [];
  const goes: string[] = [];
  const concept: string[] = [];
  for (const { collection, id, from, to } of diffDocuments(before, after)) {
    if (collection === 'tables') {
      if (from === undefined) comes.push(newTable(after, to as Table));
      else if (to === undefined) goes.push(`Table ${(from as Table).name}`);
      else {
        const words = tableChanges(before, after, from as Table, to as Table);
        comes.push(...words.comes);
        goes.push(...words.goes);
      }
    } else if (collection === 'relationships') {
      if (from === undefined && (to as Relationship).childColumns.length > 0) {
        comes.push(`Foreign key ${keyWords(after, to as Relationship)}`);
      } else if (to === undefined && (from as Relationship).childColumns.length > 0) {
        goes.push(`Foreign key ${keyWords(before, from as Relationship)}`);
      }
    } else if (collection === 'entities' && to !== undefined && from === undefined) {
      concept.push(`${(to as Table).name} stays an entity of the concept`);
    } else if (collection === 'associations' && to !== undefined && from === undefined) {
      const one = to as Relationship;
      if (one.realisedBy === undefined && one.childColumns.length > 0 && !isShared(after, one)) {
        goes.push(`The database no longer enforces that ${nameOf(after, one.child)} refers to ${nameOf(after, one.parent)}`);
      }
    } else if (Object.hasOwn(NOUNS, collection)) {
      const name = ((to ?? from) as { readonly name?: string }).name ?? id;
      if (from === undefined) comes.push(`${NOUNS[collection]} ${name}`);
      else if (to === undefined) goes.push(`${NOUNS[collection]} ${name}`);
    }
  }
  return { comes, goes, concept };
}

/** Whether a relationship only said that a subtype shares its supertype's key, which the hierarchy says by itself. */
function isShared(document: Document, one: Relationship): boolean {
  return Object.values(document.hierarchies).some(
    (hierarchy) => hierarchy.supertype === one.parent && hierarchy.subtypes.includes(one.child),
  );
}
