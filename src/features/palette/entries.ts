import { fuzzyMatch } from '#lib/fuzzy.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import type { IconName } from '#ui/icons.ts';
import { isIconName } from '#ui/icons.ts';

/** One line of the command box. */
export interface Entry {
  readonly key: string;
  readonly group: 'Recently used' | 'Tables' | 'Columns' | 'Other objects' | 'Actions';
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon: IconName;
  readonly keys?: string | undefined;
  /** What it leads to, when it is something of the model. */
  readonly ref?: Ref;
  readonly action?: Action;
  /** Other words it is found by. */
  readonly also?: string | undefined;
}

function actionEntry(action: Action, group: Entry['group']): Entry {
  return {
    key: `${group} ${action.id}`,
    group,
    label: action.label,
    hint: action.group,
    icon: isIconName(action.icon) ? action.icon : 'Command',
    keys: action.keys?.[0],
    action,
    also: action.keywords?.join(' '),
  };
}

function schemaName(document: Document, schema: Id): string | undefined {
  return Object.keys(document.schemas).length > 1 ? document.schemas[schema]?.name : undefined;
}

/** Everything of the model that can be gone to, without the columns. */
function objectEntries(document: Document): Entry[] {
  const entry =
    (group: Entry['group'], icon: IconName, hint: string | undefined) => (one: { id: Id; name: string; schema: Id }) => {
      const schema = schemaName(document, one.schema);
      const said = [schema, hint].filter((word) => word !== undefined).join(' · ');
      return {
        key: one.id,
        group,
        label: one.name,
        icon,
        hint: said,
        ref: { record: one.id },
        also: schema && `${schema}.${one.name}`,
      };
    };
  return [
    ...Object.values(document.tables).map(entry('Tables', 'Table2', undefined)),
    ...Object.values(document.views).map(entry('Other objects', 'Eye', 'view')),
    ...Object.values(document.types).map((type) => entry('Other objects', 'Tag', type.kind)(type)),
    ...Object.values(document.sequences).map(entry('Other objects', 'ListOrdered', 'sequence')),
    ...Object.values(document.routines).map((one) => entry('Other objects', 'SquareFunction', one.kind)(one)),
  ];
}

function columnEntries(document: Document): Entry[] {
  return Object.values(document.tables).flatMap((table) =>
    table.columns.map((column) => ({
      key: `${table.id}/${column.id}`,
      group: 'Columns' as const,
      label: `${table.name}.${column.name}`,
      hint: typeName(document, column.type),
      icon: 'Columns3' as const,
      ref: { record: table.id, part: column.id },
    })),
  );
}

interface Scored {
  readonly entry: Entry;
  readonly score: number;
}

function best(entries: readonly Entry[], needle: string, count: number): Scored[] {
  const found: Scored[] = [];
  for (const entry of entries) {
    const own = fuzzyMatch(needle, entry.label)?.score;
    const also = entry.also === undefined ? undefined : fuzzyMatch(needle, entry.also)?.score;
    if (own === undefined && also === undefined) continue;
    found.push({ entry, score: Math.max(own ?? Number.NEGATIVE_INFINITY, (also ?? Number.NEGATIVE_INFINITY) - 4) });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, count);
}

const able = (action: Action) => action.id !== 'view.palette' && (action.when?.() ?? true);

/** What an empty box offers: what was used last, then the tables, then every action. */
function offered(document: Document, actions: readonly Action[], recent: readonly string[]): Entry[] {
  const used = recent.flatMap((id) => actions.filter((action) => action.id === id && able(action))).slice(0, 5);
  const tables = objectEntries(document).filter((entry) => entry.group === 'Tables');
  const rest = actions.filter((action) => able(action) && !used.includes(action));
  return [
    ...used.map((action) => actionEntry(action, 'Recently used')),
    ...tables.slice(0, 8),
    ...rest.map((action) => actionEntry(action, 'Actions')),
  ];
}

/** The lines that answer what was typed, best group first. */
export function entriesFor(
  document: Document,
  actions: readonly Action[],
  recent: readonly string[],
  typed: string,
): readonly Entry[] {
  const needle = typed.trim();
  if (needle === '') return offered(document, actions, recent);
  const usable = actions.filter(able).map((action) => actionEntry(action, 'Actions'));
  const groups = [
    best(objectEntries(document), needle, 20),
    best(usable, needle, 12),
    best(columnEntries(document), needle, 20),
  ].filter((group) => group.length > 0);
  groups.sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0));
  const order = new Map<Entry['group'], Entry[]>();
  for (const { entry } of groups.flat()) order.set(entry.group, [...(order.get(entry.group) ?? []), entry]);
  return [...order.values()].flat();
}
