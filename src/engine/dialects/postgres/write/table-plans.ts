import { recordIn } from '#model/collections.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { isForeignKey } from '../../base/write/foreign-keys.ts';
import { mentionsIn } from './mentions.ts';
import { laterable } from './needs.ts';
import type { Order } from './order.ts';
import { PLAIN_PLAN, type TablePlan } from './plan.ts';

type Partitions = ReadonlyMap<Id, readonly Table[]>;

function partitionsOf(document: Document): Partitions {
  const map = new Map<Id, Table[]>();
  for (const table of Object.values(document.tables)) {
    const parent = table.partitionOf?.parent;
    if (parent === undefined) continue;
    const list = map.get(parent);
    if (list === undefined) map.set(parent, [table]);
    else list.push(table);
  }
  return map;
}

/**
 * Partitions with keys or attached indexes of their own: the parent's are then made after them, because PostgreSQL takes
 * a matching index of a partition as the parent's part instead of making another.
 */
function hasOwnKeys(partitions: Partitions, parent: Id): boolean {
  return (partitions.get(parent) ?? []).some(
    (table) =>
      table.keys.length > 0 || table.indexes.some((index) => index.attachedTo !== undefined) || hasOwnKeys(partitions, table.id),
  );
}

function sameColumns(a: readonly Id[], b: readonly Id[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

function fitsInline(document: Document, order: Order, table: Table, link: Relationship, keysLater: ReadonlySet<Id>): boolean {
  if (link.notValid === true || !isForeignKey(document, link)) return false;
  if (keysLater.has(link.parent)) return false;
  if (link.parent === table.id) return table.keys.some((key) => sameColumns(key.columns, link.parentColumns));
  return (order.place.get(link.parent) ?? Number.POSITIVE_INFINITY) < (order.place.get(table.id) ?? 0);
}

/** Parts whose routines come only after the table. */
function waitingParts(order: Order, table: Table): Id[] {
  if (order.routines.size === 0) return [];
  const place = order.place.get(table.id) ?? 0;
  const comesLater = (name: string) => (order.routines.get(name) ?? []).some((id) => (order.place.get(id) ?? 0) > place);
  return laterable(table).flatMap(({ id, sqls }) => (sqls.some((sql) => mentionsIn(sql).calls.some(comesLater)) ? [id] : []));
}

function aloneIndexes(table: Table, partitions: Partitions): Id[] {
  const children = partitions.get(table.id) ?? [];
  if (children.length === 0) return [];
  return table.indexes.flatMap((index) => {
    const complete = children.every((child) => child.indexes.some((one) => one.attachedTo === index.id));
    return index.only === true && !complete ? [index.id] : [];
  });
}

const NONE: ReadonlySet<Id> = new Set();

/**
 * The plans of all tables under an order; tables with nothing special share one.
 * @param apart tables that are created at another time, so that foreign keys to them have to wait.
 */
export function tablePlans(document: Document, order: Order, apart = NONE): (table: Table) => TablePlan {
  const links = linksOf(document).byChild;
  const partitions = partitionsOf(document);
  const keysLater = new Set([...partitions.keys()].filter((id) => hasOwnKeys(partitions, id)));
  const alone = new Set(
    [...partitions.keys()].flatMap((id) => {
      const parent = recordIn(document, 'tables', id);
      return parent === undefined ? [] : aloneIndexes(parent, partitions);
    }),
  );
  return (table) => {
    const inline = (links.get(table.id) ?? []).filter(
      (link) => !apart.has(link.parent) && fitsInline(document, order, table, link, keysLater),
    );
    const later = waitingParts(order, table);
    if (keysLater.has(table.id)) later.push(...table.keys.map((key) => key.id), ...table.indexes.map((index) => index.id));
    const only = table.indexes.filter((index) => alone.has(index.id));
    const attach = table.indexes.filter((index) => index.attachedTo !== undefined && alone.has(index.attachedTo));
    if (inline.length + later.length + only.length + attach.length === 0) return PLAIN_PLAN;
    const ids = (parts: readonly { readonly id: Id }[]) => new Set(parts.map((part) => part.id));
    return { inline: ids(inline), later: new Set(later), only: ids(only), attach: ids(attach) };
  };
}
