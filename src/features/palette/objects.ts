import type { Finding } from '#engine/finding.ts';
import { fuzzyText } from '#lib/fuzzy.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import { diagramsInOrder, tagsOf } from '#model/derive/diagrams.ts';
import type { Document, Id, Ref, Relationship, Table } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import type { Item, Kind } from './item.ts';

/** Items of one record, and what beside the record they were made from. */
interface Known {
  readonly from: string;
  readonly items: readonly Item[];
}

const memo = new WeakMap<object, Known>();

/** Makes the items of a record once, as long as it and what else is named in them stay the same. */
function once(record: object, from: string, make: () => readonly Item[]): readonly Item[] {
  const known = memo.get(record);
  if (known?.from === from) return known.items;
  const items = make();
  memo.set(record, { from, items });
  return items;
}

/** The schema's name where it says something: not that of the implicit one. */
function schemaOf(document: Document, schema: Id): string {
  const found = recordIn(document, 'schemas', schema);
  return found === undefined || found.implicit === true ? '' : found.name;
}

function tableItems(table: Table, schema: string): readonly Item[] {
  const whole = schema === '' ? undefined : `${schema}.${table.name}`;
  const names = new Map(table.columns.map((column) => [column.id, column.name]));
  return [
    {
      key: table.id,
      kind: 'table',
      text: fuzzyText(table.name),
      ref: { record: table.id },
      ...(whole === undefined ? {} : { also: fuzzyText(whole) }),
    },
    ...table.columns.map((column): Item => {
      const item = {
        key: `${table.id}/${column.id}`,
        kind: 'column' as const,
        text: fuzzyText(`${table.name}.${column.name}`),
        ref: { record: table.id, part: column.id },
      };
      return whole === undefined ? item : { ...item, also: fuzzyText(`${whole}.${column.name}`) };
    }),
    ...table.indexes.map((index): Item => {
      const elements = index.elements.map((one) => (one.column === undefined ? 'expression' : (names.get(one.column) ?? '?')));
      const on = `${table.name} (${elements.join(', ')})`;
      return {
        key: `${table.id}/${index.id}`,
        kind: 'index',
        text: fuzzyText(index.name ?? on),
        ref: { record: table.id, part: index.id },
        ...(index.name === undefined ? {} : { hint: on }),
      };
    }),
  ];
}

function relationshipItem(one: Relationship, child: string, parent: string): Item {
  const text = fuzzyText(`${child} → ${parent}`);
  const item: Item = { key: one.id, kind: 'relationship', text, ref: { record: one.id } };
  return one.name === undefined ? item : { ...item, also: fuzzyText(one.name), hint: one.name };
}

interface Plain {
  readonly id: Id;
  readonly name: string;
  readonly schema?: Id;
}

function plainItem(kind: Kind, one: Plain, schema: string, hint?: string): Item {
  const item: Item = { key: one.id, kind, text: fuzzyText(one.name), ref: { record: one.id } };
  const also = schema === '' ? item : { ...item, also: fuzzyText(`${schema}.${one.name}`) };
  return hint === undefined ? also : { ...also, hint };
}

/** One source of items: a record, looked into only when the search gets to it. */
type Source = () => readonly Item[];

function recordSources(document: Document): Source[] {
  const plain = (kind: Kind, records: Readonly<Record<Id, Plain>>, hint?: (one: Plain) => string): Source[] =>
    Object.values(records).map((one) => () => {
      const schema = one.schema === undefined ? '' : schemaOf(document, one.schema);
      return once(one, schema, () => [plainItem(kind, one, schema, hint?.(one))]);
    });
  return [
    ...plain('view', document.views),
    ...plain('type', document.types, (one) => ('kind' in one ? String(one.kind) : 'type')),
    ...plain('other', document.sequences, () => 'sequence'),
    ...plain('other', document.routines, (one) => ('kind' in one ? String(one.kind) : 'routine')),
    ...plain('other', document.triggers, () => 'trigger'),
    ...plain('schema', document.schemas),
  ];
}

function drawnSources(document: Document): Source[] {
  const diagramName = (id: Id) => recordIn(document, 'diagrams', id)?.name ?? '';
  const several = Object.keys(document.diagrams).length > 1;
  return [
    ...diagramsInOrder(document).map(
      (one): Source =>
        () => [{ key: one.id, kind: 'diagram', text: fuzzyText(one.name), diagram: one.id }],
    ),
    ...Object.values(document.areas).map(
      (area): Source =>
        () => {
          const item: Item = {
            key: area.id,
            kind: 'area',
            text: fuzzyText(area.name),
            ref: { record: area.id },
            diagram: area.diagram,
          };
          return [several ? { ...item, hint: diagramName(area.diagram) } : item];
        },
    ),
    ...tagsOf(document).map(
      (tag): Source =>
        () => [{ key: `tag ${tag}`, kind: 'tag', text: fuzzyText(tag), tag }],
    ),
    ...Object.values(document.notes).map(
      (note): Source =>
        () => {
          const text = fuzzyText(note.text.replaceAll(/\s+/g, ' ').trim() || 'Empty note');
          return once(note, '', () => [{ key: note.id, kind: 'note', text, ref: { record: note.id }, diagram: note.diagram }]);
        },
    ),
  ];
}

const DRAWN: ReadonlySet<Kind> = new Set(['diagram', 'area', 'tag']);

function sourceOfTable(document: Document, table: Table): Source {
  const schema = schemaOf(document, table.schema);
  return () => once(table, schema, () => tableItems(table, schema));
}

function sourceOfRelationship(document: Document, one: Relationship): Source {
  const name = (id: Id) => recordIn(document, 'tables', id)?.name ?? '?';
  return () => {
    const [child, parent] = [name(one.child), name(one.parent)];
    return once(one, `${child} ${parent}`, () => [relationshipItem(one, child, parent)]);
  };
}

/** The item of one thing of the model; undefined for what the command box does not list. */
export function itemOf(document: Document, { record, part }: Ref): Item | undefined {
  const table = recordIn(document, 'tables', record);
  if (table !== undefined) {
    const key = part === undefined ? record : `${record}/${part}`;
    return sourceOfTable(document, table)().find((item) => item.key === key);
  }
  const relationship = recordIn(document, 'relationships', record);
  if (relationship !== undefined) return sourceOfRelationship(document, relationship)()[0];
  const found = findRecord(document, record);
  if (found === undefined || !('name' in found.record) || found.record.name === undefined) return undefined;
  const kind: Kind = found.collection === 'views' ? 'view' : found.collection === 'types' ? 'type' : 'other';
  return plainItem(found.collection === 'areas' ? 'area' : kind, { id: record, name: found.record.name }, '');
}

/** Where items come from, by what is looked for. Tables first: what the search reaches first is shown first. */
export function objectSources(document: Document, only: 'all' | 'columns' | 'drawn', findings: readonly Finding[]): Source[] {
  if (only === 'drawn') return drawnSources(document).map((source) => () => source().filter((item) => DRAWN.has(item.kind)));
  const tables = Object.values(document.tables).map((table) => sourceOfTable(document, table));
  if (only === 'columns') return tables.map((source) => () => source().filter((item) => item.kind === 'column'));
  return [
    ...tables,
    ...Object.values(document.relationships).map((one) => sourceOfRelationship(document, one)),
    ...recordSources(document),
    ...drawnSources(document),
    ...findings.map(
      (finding, at): Source =>
        () => {
          if (finding.waivedBy !== undefined) return [];
          const key = `finding ${at} ${finding.rule}`;
          return once(finding, key, () => [
            {
              key,
              kind: 'finding',
              text: fuzzyText(finding.message.what),
              also: fuzzyText(finding.rule),
              finding,
              hint: finding.severity,
            },
          ]);
        },
    ),
  ];
}

/** Whether an action can be done now. */
export function able(action: Action): boolean {
  return action.id !== 'view.palette' && (action.when?.() ?? true);
}

export function actionItem(action: Action): Item {
  const kind = action.checked === undefined ? 'action' : 'setting';
  return once(action, '', () => {
    const item: Item = { key: `action ${action.id}`, kind, text: fuzzyText(action.label), action, hint: action.group };
    return [action.keywords === undefined ? item : { ...item, also: fuzzyText(action.keywords.join(' ')) }];
  })[0] as Item;
}
