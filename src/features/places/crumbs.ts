import { labelOf } from '#engine/rules/labels.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { diagramsInOrder } from '#model/derive/diagrams.ts';
import type { Document, Id, Ref } from '#model/types.ts';

/** One thing a crumb can lead to. */
export interface Sibling {
  readonly key: string;
  readonly label: string;
  readonly ref?: Ref;
  readonly diagram?: Id;
}

/** One part of the path to what is looked at. */
export interface Crumb {
  readonly kind: 'diagram' | 'schema' | 'object' | 'part';
  /** What it is, read aloud: `Diagram`, `Table`. */
  readonly what: string;
  readonly label: string;
  /** Key of the sibling that is looked at. */
  readonly key: string;
  /** What stands beside it, itself included; made when it is asked for. */
  readonly siblings: () => readonly Sibling[];
}

const { compare } = new Intl.Collator('en', { numeric: true });

const byLabel = (list: readonly Sibling[]) => list.toSorted((a, b) => compare(a.label, b.label));

const siblingsOf = (records: Readonly<Record<Id, { readonly id: Id; readonly name: string; readonly schema?: Id }>>, schema?: Id) =>
  Object.values(records)
    .filter((one) => schema === undefined || one.schema === schema)
    .map((one): Sibling => ({ key: one.id, label: one.name, ref: { record: one.id } }));

const WORDS: Readonly<Record<string, string>> = {
  tables: 'Table',
  views: 'View',
  types: 'Type',
  sequences: 'Sequence',
  routines: 'Routine',
  triggers: 'Trigger',
  relationships: 'Relationship',
  areas: 'Area',
  notes: 'Note',
};

function diagramCrumb(document: Document, diagram: Id): Crumb[] {
  const shown = recordIn(document, 'diagrams', diagram);
  if (shown === undefined) return [];
  const siblings = () => diagramsInOrder(document).map((one) => ({ key: one.id, label: one.name, diagram: one.id }));
  return [{ kind: 'diagram', what: 'Diagram', label: shown.name, key: shown.id, siblings }];
}

function schemaCrumb(document: Document, id: Id | undefined): Crumb[] {
  const schema = id === undefined ? undefined : recordIn(document, 'schemas', id);
  if (schema === undefined) return [];
  return [
    {
      kind: 'schema',
      what: 'Schema',
      label: schema.name,
      key: schema.id,
      siblings: () => byLabel(siblingsOf(document.schemas)),
    },
  ];
}

/** Tables and views stand beside each other; other kinds among their own. */
function objectCrumb(document: Document, id: Id): Crumb[] {
  const found = findRecord(document, id);
  if (found === undefined || found.collection === 'schemas' || !Object.hasOwn(WORDS, found.collection)) return [];
  const { collection, record } = found;
  const label = collection === 'notes' ? 'Note' : labelOf(document, { record: id }).split('.').at(-1);
  const schema = 'schema' in record ? record.schema : undefined;
  const siblings = () => {
    if (collection === 'tables' || collection === 'views') {
      return byLabel([...siblingsOf(document.tables, schema), ...siblingsOf(document.views, schema)]);
    }
    const kin = Object.keys(document[collection]).map((one) => ({
      key: one,
      label: labelOf(document, { record: one }),
      ref: { record: one },
    }));
    return byLabel(kin);
  };
  return [
    { kind: 'object', what: WORDS[collection] ?? '', label: label === undefined || label === '' ? id : label, key: id, siblings },
  ];
}

function partCrumb(document: Document, { record, part }: Ref): Crumb[] {
  const table = recordIn(document, 'tables', record);
  if (table === undefined || part === undefined) return [];
  const columns = columnsOf(document, table);
  const column = columns.find((one) => one.id === part);
  if (column === undefined) {
    // A key, check or index: named, but what stands beside it is seen in the inspector.
    const label = /\(([^)]*)\)$/.exec(labelOf(document, { record, part }))?.[1] ?? part;
    const self = [{ key: part, label, ref: { record, part } }];
    return [{ kind: 'part', what: 'Part', label, key: part, siblings: () => self }];
  }
  const siblings = () => columns.map((one) => ({ key: one.id, label: one.name, ref: { record, part: one.id } }));
  return [{ kind: 'part', what: 'Column', label: column.name, key: part, siblings }];
}

/** The path to what is looked at: diagram, schema, table, column, as far as it goes. Several selected have none beyond the diagram. */
export function crumbsOf(document: Document, diagram: Id, selection: readonly Ref[]): readonly Crumb[] {
  const start = diagramCrumb(document, diagram);
  const [ref] = selection;
  if (ref === undefined || selection.length > 1) return start;
  const found = findRecord(document, ref.record);
  const record = found?.record;
  const schema =
    found?.collection === 'schemas' ? ref.record : record !== undefined && 'schema' in record ? record.schema : undefined;
  return [...start, ...schemaCrumb(document, schema), ...objectCrumb(document, ref.record), ...partCrumb(document, ref)];
}
