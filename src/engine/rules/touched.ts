import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import { eachChange } from '#model/diff.ts';
import type { Document, Id, Relationship, Table, View } from '#model/types.ts';

/** What findings must be made anew after an edit; everything else says what it said. */
export interface Touched {
  /** Something that every table may depend on has changed: settings, schemas, types. */
  readonly all: boolean;
  /** Tables whose columns, relationships or neighbours' names have changed. */
  readonly tables: ReadonlySet<Id>;
  /** Tables and views whose own record is another. */
  readonly records: ReadonlySet<Id>;
  /** A table or view came, went or changed its name, or a function or a statement the model does not know changed. */
  readonly names: boolean;
}

export const EVERYTHING: Touched = { all: true, tables: new Set(), records: new Set(), names: true };

type Named = Table | View;

/** Compares two documents by the identity of their records: O(records), without looking into any that is the same. */
export function touchedBetween(before: Document | undefined, after: Document): Touched {
  if (before === undefined) return EVERYTHING;
  if (before.settings !== after.settings || before.schemas !== after.schemas || before.types !== after.types) return EVERYTHING;
  const records = new Set<Id>();
  const tables = new Set<Id>();
  const renamed = new Set<Id>();
  const compare = (old: Readonly<Record<Id, Named>>, now: Readonly<Record<Id, Named>>) => {
    eachChange(old, now, (id, was, record) => {
      records.add(id);
      if (was === undefined || was.name !== record?.name) renamed.add(id);
    });
  };
  compare(before.tables, after.tables);
  compare(before.views, after.views);
  for (const id of records) tables.add(id);
  addRelated(before, after, renamed, tables);
  for (const document of [before, after]) addPartitioned(document, records, tables);
  addDescendants(after, tables);
  return {
    all: false,
    tables,
    records,
    names: renamed.size > 0 || before.verbatim !== after.verbatim || before.routines !== after.routines,
  };
}

/** Ends of relationships that changed, and those at the other end of a table that was renamed. */
function addRelated(before: Document, after: Document, renamed: ReadonlySet<Id>, tables: Set<Id>): void {
  if (before.relationships === after.relationships && renamed.size === 0) return;
  const ends = (one: Relationship) => {
    tables.add(one.child);
    tables.add(one.parent);
  };
  for (const one of Object.values(after.relationships)) {
    const was = recordIn(before, 'relationships', one.id);
    if (was !== one) {
      ends(one);
      if (was !== undefined) ends(was);
    } else if (renamed.size > 0 && (renamed.has(one.child) || renamed.has(one.parent))) ends(one);
  }
  if (before.relationships === after.relationships) return;
  for (const one of Object.values(before.relationships)) if (recordIn(after, 'relationships', one.id) === undefined) ends(one);
}

/** Partitioned tables with an index that is whole only when every partition has its part of it. */
function addPartitioned(document: Document, records: ReadonlySet<Id>, tables: Set<Id>): void {
  for (const id of records) {
    const seen = new Set<Id>();
    for (let one = recordIn(document, 'tables', id); one?.partitionOf !== undefined && !seen.has(one.id); ) {
      seen.add(one.id);
      one = recordIn(document, 'tables', one.partitionOf.parent);
      if (one?.indexes.some(({ only }) => only === true)) tables.add(one.id);
    }
  }
}

function addDescendants(document: Document, tables: Set<Id>): void {
  const heirs = Object.values(document.tables).filter((table) => ancestorsOf(table).length > 0);
  for (let grown = heirs.length > 0; grown; ) {
    grown = false;
    for (const heir of heirs) {
      if (tables.has(heir.id) || !ancestorsOf(heir).some((id) => tables.has(id))) continue;
      tables.add(heir.id);
      grown = true;
    }
  }
}
