import { type FuzzyText, fuzzyText } from '#lib/fuzzy.ts';
import { firstLine } from '#lib/markdown.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { lookOf } from '#model/derive/look.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Ref, Relationship, Table, Trigger, View } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';
import type { IconName } from '#ui/icons.ts';

/** One thing of the tree before it is laid out in rows. */
export interface TreeNode {
  /** Unique in the tree and stable between edits. */
  readonly key: string;
  readonly label: string;
  /** What it stands for; groups stand for nothing. */
  readonly ref?: Ref;
  readonly kind:
    | 'schema'
    | 'group'
    | 'table'
    | 'entity'
    | 'hierarchy'
    | 'column'
    | 'relationship'
    | 'index'
    | 'view'
    | 'type'
    | 'sequence'
    | 'routine'
    | 'trigger'
    | 'area'
    | 'note';
  readonly icon?: IconName;
  /** Said with the label to people who cannot see signs and colours. */
  readonly says?: string;
  /** Quiet text at the right end. */
  readonly hint?: string;
  /** Words people put on it, and whether it holds personal data. */
  readonly tags?: readonly string[];
  readonly personal?: boolean;
  /** Index of the tint of its schema. */
  readonly tint?: number;
  /** Made when needed: most tables stay closed. */
  readonly children?: () => readonly TreeNode[];
  readonly open?: boolean;
  /** The label ready to be searched, where it is kept between edits. */
  readonly text?: () => FuzzyText;
  /** Whether the lower-case text occurs in the label of a child: asked before children are made. */
  readonly mentions?: (needle: string) => boolean;
  /** Whether something is among its children: asked before children are made. */
  readonly holds?: (ref: Ref) => boolean;
}

const TINTS = 6;

const { compare } = new Intl.Collator('en', { numeric: true });

const byName = <T extends { readonly name: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => compare(a.name, b.name));

interface Order {
  readonly ids: readonly Id[];
  readonly names: readonly string[];
  readonly order: readonly number[];
}

const orders = new Map<Id, Order>();

/** Records by name. An edit that leaves ids and names as they were sorts nothing anew. @param key whose order it is. */
function sorted<T extends { readonly id: Id; readonly name: string }>(key: Id, records: readonly T[]): readonly T[] {
  let known = orders.get(key);
  const same =
    known?.ids.length === records.length && records.every((one, at) => known?.ids[at] === one.id && known.names[at] === one.name);
  if (known === undefined || !same) {
    const order = records.map((_, at) => at).sort((a, b) => compare(records[a]?.name ?? '', records[b]?.name ?? ''));
    known = { ids: records.map((one) => one.id), names: records.map((one) => one.name), order };
    orders.set(key, known);
  }
  return known.order.map((at) => records[at] as T);
}

const texts = new WeakMap<object, FuzzyText>();

/** The name of a record ready to be searched, made once. */
function textOf(record: { readonly name: string }): FuzzyText {
  let text = texts.get(record);
  if (text === undefined) {
    text = fuzzyText(record.name);
    texts.set(record, text);
  }
  return text;
}

interface Mentioned {
  readonly tables: unknown;
  readonly text: string;
}

const mentioned = new WeakMap<Table, Mentioned>();

/** Names of a table's columns and indexes in one text, lower case, a line each. */
function partNames(document: Document, table: Table): string {
  const inherits = table.partitionOf !== undefined || table.inherits !== undefined;
  const tables = inherits ? document.tables : undefined;
  const known = mentioned.get(table);
  if (known !== undefined && known.tables === tables) return known.text;
  const names = [...columnsOf(document, table), ...table.indexes].map((one) => one.name ?? '');
  const text = names.join('\n').toLowerCase();
  mentioned.set(table, { tables, text });
  return text;
}

const triggersBy = new WeakMap<Document['triggers'], ReadonlyMap<Id, readonly Trigger[]>>();

/** Triggers by what they stand on. */
function triggersOn({ triggers }: Document, id: Id): readonly Trigger[] {
  let known = triggersBy.get(triggers);
  if (known === undefined) {
    const found = new Map<Id, Trigger[]>();
    for (const one of Object.values(triggers)) found.set(one.on, [...(found.get(one.on) ?? []), one]);
    known = found;
    triggersBy.set(triggers, known);
  }
  return known.get(id) ?? [];
}

function columnNodes(document: Document, id: Id): TreeNode[] {
  const table = document.tables[id];
  if (table === undefined) return [];
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  const conceptual = lookOf(document).level === 'conceptual';
  const links = linksOf(document).byChild.get(id) ?? [];
  const foreign = new Map(links.flatMap((one) => one.childColumns.map((column) => [column, one.parent] as const)));
  const says = (column: Column): string => {
    const parent = foreign.get(column.id);
    const parts = [
      primary.has(column.id) ? 'primary key' : column.nullable ? 'may be null' : 'not null',
      parent === undefined ? '' : `refers to ${recordIn(document, 'tables', parent)?.name ?? '?'}`,
    ];
    return parts.filter((part) => part !== '').join(', ');
  };
  return columnsOf(document, table).map((column) => ({
    key: `${id}/${column.id}`,
    label: column.name,
    kind: 'column' as const,
    ref: { record: id, part: column.id },
    ...(conceptual ? {} : { hint: typeName(document, column.type) }),
    says: says(column),
    ...(primary.has(column.id) ? { icon: 'KeyRound' as const } : foreign.has(column.id) ? { icon: 'Link' as const } : {}),
  }));
}

function triggerNodes(document: Document, on: Id): TreeNode[] {
  return byName(triggersOn(document, on)).map((one) => ({
    key: one.id,
    label: one.name,
    kind: 'trigger' as const,
    icon: 'Zap' as const,
    ref: { record: one.id },
    hint: 'trigger',
  }));
}

/** Foreign keys out of a table and into it: each stands at both its ends. */
function relationshipNodes(document: Document, id: Id): TreeNode[] {
  const links = linksOf(document);
  const name = (table: Id) => recordIn(document, 'tables', table)?.name ?? '?';
  const node = (one: Relationship, out: boolean): TreeNode => {
    const label = out ? `→ ${name(one.parent)}` : `← ${name(one.child)}`;
    const key = out ? `${id}>${one.id}` : `${id}<${one.id}`;
    const hint = one.name === undefined ? {} : { hint: one.name };
    const what = one.childColumns.length === 0 ? 'relationship' : 'foreign key';
    const says = out ? `${what} to ${name(one.parent)}` : `${what} from ${name(one.child)}`;
    return { key, label, says, kind: 'relationship', icon: 'Workflow', ref: { record: one.id }, ...hint };
  };
  return [
    ...(links.byChild.get(id) ?? []).map((one) => node(one, true)),
    ...(links.byParent.get(id) ?? []).map((one) => node(one, false)),
  ];
}

function indexNodes(document: Document, table: Table): TreeNode[] {
  const names = new Map(columnsOf(document, table).map((column) => [column.id, column.name]));
  return table.indexes.map((index) => ({
    key: `${table.id}/${index.id}`,
    label:
      index.name ??
      `(${index.elements.map((one) => (one.column === undefined ? (one.columnName ?? 'expression') : names.get(one.column))).join(', ')})`,
    kind: 'index' as const,
    icon: 'ListOrdered' as const,
    ref: { record: table.id, part: index.id },
    hint: index.unique === true ? 'unique index' : 'index',
  }));
}

const personal = new WeakMap<Table, boolean>();

/** Whether a person said of one of its columns that it holds personal or secret data. */
function isPersonal(table: Table): boolean {
  let known = personal.get(table);
  if (known === undefined) {
    known = table.columns.some((one) => one.classification !== undefined && one.classification !== 'none');
    personal.set(table, known);
  }
  return known;
}

/** A table; an entity that no table is, where the model is seen as a concept. */
function tableNode(document: Document, table: Table, model: Document): TreeNode {
  const { id } = table;
  const only = Object.hasOwn(model.entities, id);
  return {
    key: id,
    label: table.name,
    kind: only ? 'entity' : 'table',
    ...(only ? { icon: 'Square' as const, hint: 'no table' } : {}),
    ref: { record: id },
    text: () => textOf(table),
    ...(table.tags === undefined ? {} : { tags: table.tags }),
    personal: isPersonal(table),
    children: () => [
      ...columnNodes(document, id),
      ...relationshipNodes(document, id),
      ...indexNodes(document, table),
      ...triggerNodes(document, id),
    ],
    mentions: (needle) =>
      partNames(document, table).includes(needle) ||
      triggersOn(document, id).some((one) => one.name.toLowerCase().includes(needle)),
    holds: ({ record }) =>
      record === id ||
      linksOf(document)
        .byChild.get(id)
        ?.some((one) => one.id === record) === true ||
      triggersOn(document, id).some((one) => one.id === record),
  };
}

function viewNode(document: Document, view: View): TreeNode {
  const triggers = triggersOn(document, view.id);
  const children = triggers.length === 0 ? {} : { children: () => triggerNodes(document, view.id) };
  const hint = view.materialized === true ? 'materialized' : 'view';
  const ref = { record: view.id };
  return { key: view.id, label: view.name, kind: 'view', icon: 'Eye', ref, hint, text: () => textOf(view), ...children };
}

/** Tables, or views, of each schema, in the document's order. */
function bySchema<T extends Table | View>(records: Readonly<Record<Id, T>>): ReadonlyMap<Id, readonly T[]> {
  const found = new Map<Id, T[]>();
  for (const one of Object.values(records)) {
    const list = found.get(one.schema);
    if (list === undefined) found.set(one.schema, [one]);
    else list.push(one);
  }
  return found;
}

function schemaNodes(document: Document, model: Document): TreeNode[] {
  const all = Object.values(document.schemas);
  const tint = new Map(all.map((schema, at) => [schema.id, at % TINTS]));
  const [tables, views] = [bySchema(document.tables), bySchema(document.views)];
  const isUsed = (id: Id) => tables.has(id) || views.has(id);
  // `public` stands there by itself: where a design has schemas of its own and leaves it empty, it says nothing.
  const shown = all.filter((schema) => schema.implicit !== true || isUsed(schema.id) || tables.size + views.size === 0);
  return byName(shown).map((schema) => ({
    key: schema.id,
    label: schema.name,
    kind: 'schema' as const,
    ref: { record: schema.id },
    tint: tint.get(schema.id) ?? 0,
    open: true,
    // What holds rows comes before what is made from it.
    children: () => [
      ...sorted(schema.id, tables.get(schema.id) ?? []).map((one) => tableNode(document, one, model)),
      ...sorted(`${schema.id} views`, views.get(schema.id) ?? []).map((one) => viewNode(document, one)),
    ],
  }));
}

interface Kept {
  readonly id: Id;
  readonly name: string;
  readonly schema?: Id;
}

function group<T extends Kept>(
  document: Document,
  label: string,
  records: readonly T[],
  node: (record: T) => Pick<TreeNode, 'kind' | 'icon' | 'hint'>,
  open = false,
): TreeNode[] {
  if (records.length === 0) return [];
  const several = new Set(records.map((one) => one.schema)).size > 1;
  const name = (one: T) =>
    several && one.schema !== undefined ? `${document.schemas[one.schema]?.name ?? '?'}.${one.name}` : one.name;
  return [
    {
      key: `group ${label}`,
      label,
      kind: 'group',
      open,
      children: () =>
        records
          .map((one) => ({ key: one.id, label: name(one), ref: { record: one.id }, ...node(one) }))
          .toSorted((a, b) => compare(a.label, b.label)),
    },
  ];
}

/** Subtype hierarchies by the names of their members, as there is none of their own. */
function hierarchyRecords({ hierarchies }: Document, model: Document): (Kept & { readonly strategy?: string })[] {
  const name = (id: Id) => entityIn(model, id)?.name ?? '?';
  return Object.values(hierarchies).map(({ id, supertype, subtypes, strategy }) => ({
    id,
    name: `${name(supertype)}: ${subtypes.map(name).join(', ')}`,
    ...(strategy === undefined ? {} : { strategy }),
  }));
}

/**
 * The document as a tree: schemas with their tables and views, then what is kept beside them, then what is only drawn.
 * @param document as the diagram's level shows it: entities without keys of others and without junctions at the conceptual one
 * @param model the document itself
 */
export function treeOf(document: Document, model: Document = document): readonly TreeNode[] {
  const { level } = lookOf(document);
  const stored = level === 'physical' ? document : { ...document, sequences: {}, routines: {} };
  const types = level === 'conceptual' ? [] : Object.values(document.types);
  const notes = Object.values(document.notes).map((note) => ({
    id: note.id,
    name: firstLine(note.text) || 'Empty note',
  }));
  return [
    ...schemaNodes(document, model),
    ...group(
      document,
      'Subtype hierarchies',
      hierarchyRecords(document, model),
      ({ strategy }) => ({ kind: 'hierarchy', icon: 'Network', hint: strategy === undefined ? 'no tables yet' : 'resolved' }),
      true,
    ),
    ...group(document, 'Types', types, (type) => ({ kind: 'type', icon: 'Tag', hint: type.kind }), true),
    ...group(document, 'Sequences', Object.values(stored.sequences), () => ({ kind: 'sequence', icon: 'ListOrdered' })),
    ...group(document, 'Routines', Object.values(stored.routines), (one) => ({
      kind: 'routine',
      icon: 'SquareFunction',
      hint: one.kind,
    })),
    ...group(document, 'Areas', Object.values(document.areas), () => ({ kind: 'area', icon: 'Frame' })),
    ...group(document, 'Notes', notes, () => ({ kind: 'note', icon: 'StickyNote' })),
  ];
}
