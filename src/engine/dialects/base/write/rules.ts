import type { ColumnType } from '#model/column-types.ts';
import { linksOf } from '#model/derive/links.ts';
import type { AnyRecord, Collection, CustomType, Dialect, Id, Routine, Sql, Table, View } from '#model/types.ts';
import { nameKey } from '../traits.ts';
import type { Arranger } from './arrange.ts';
import { isForeignKey } from './foreign-keys.ts';
import type { WriteKit } from './kit.ts';
import { mentionsIn } from './mentions.ts';
import { type Needs, NO_NEEDS, type Order, orderObjects } from './order.ts';

/** Foreign keys that stand in their table, because their parent is there already. */
export interface BasePlan {
  readonly inline: ReadonlySet<Id>;
}

export const PLAIN_PLAN: BasePlan = { inline: new Set() };

const memo = new WeakMap<object, Map<Dialect, Needs>>();

function remember<T extends object>(record: T, dialect: Dialect, find: (record: T) => Needs): Needs {
  const known = memo.get(record) ?? new Map<Dialect, Needs>();
  memo.set(record, known);
  const needs = known.get(dialect) ?? find(record);
  known.set(dialect, needs);
  return needs;
}

function typeIds(types: readonly ColumnType[]): Id[] {
  return types.flatMap((type) => (type.kind === 'custom' ? [type.type] : []));
}

function called(sqls: readonly (Sql | undefined)[], dialect: Dialect): string[] {
  const calls = sqls.flatMap((sql) => (sql?.includes('(') === true ? mentionsIn(sql, dialect).calls : []));
  return [...new Set(calls)];
}

function tableNeeds(table: Table, dialect: Dialect): Needs {
  const sqls = [
    ...table.columns.flatMap((column) => [column.generated?.expression, column.default?.sql]),
    ...table.checks.map((check) => check.expression),
    ...table.indexes.flatMap((index) => [index.where, ...index.elements.map((element) => element.expression)]),
  ];
  const above = table.partitionOf === undefined ? (table.inherits ?? []) : [table.partitionOf.parent];
  return {
    ids: [...typeIds(table.columns.map((column) => column.type)), ...above],
    calls: called(sqls, dialect),
    relations: [],
    names: [...(table.residue ?? []), ...(table.parameters ?? []).map(({ value }) => value)].flatMap(
      (sql) => mentionsIn(sql, dialect).names,
    ),
  };
}

function typeNeeds(type: CustomType, dialect: Dialect): Needs {
  if (type.kind === 'domain') {
    return {
      ...NO_NEEDS,
      ids: typeIds([type.base]),
      calls: called(
        type.checks.map((check) => check.expression),
        dialect,
      ),
    };
  }
  if (type.kind === 'composite') return { ...NO_NEEDS, ids: typeIds(type.attributes.map((one) => one.type)) };
  if (type.kind !== 'written') return NO_NEEDS;
  return { ...NO_NEEDS, names: mentionsIn(type.definition, dialect).names };
}

/** What decides an object's place: types and calls surely, for views the relations they read. Bodies of routines only mention. */
function needsOf(collection: Collection, record: AnyRecord, dialect: Dialect): Needs | undefined {
  if (collection === 'tables') return remember(record as Table, dialect, (one) => tableNeeds(one, dialect));
  if (collection === 'types') return remember(record as CustomType, dialect, (one) => typeNeeds(one, dialect));
  if (collection === 'views') {
    return remember(record as View, dialect, ({ query }) => ({ ids: [], ...mentionsIn(query, dialect) }));
  }
  if (collection !== 'routines') return undefined;
  return remember(record as Routine, dialect, ({ definition }) => ({ ...NO_NEEDS, names: mentionsIn(definition, dialect).names }));
}

function plansOf(kit: WriteKit): Arranger<Order, BasePlan>['plansOf'] {
  return (document, order) => {
    const links = linksOf(document).byChild;
    return (table) => {
      const place = order.place.get(table.id) ?? 0;
      const inline = (links.get(table.id) ?? []).filter((link) => {
        if (!isForeignKey(document, link)) return false;
        if (kit.foreignKeys === 'inline') return true;
        // A unique index that is made after the table may be what the table's own foreign key refers to.
        if (link.parent === table.id)
          return (
            kit.indexes === 'inline' ||
            table.keys.some(
              (key) =>
                kit.isLateKey?.(table, key) !== true &&
                key.columns.length === link.parentColumns.length &&
                key.columns.every((id) => link.parentColumns.includes(id)),
            )
          );
        return (order.place.get(link.parent) ?? Number.POSITIVE_INFINITY) < place;
      });
      return inline.length === 0 ? PLAIN_PLAN : { inline: new Set(inline.map((link) => link.id)) };
    };
  };
}

/** How documents of a kit's dialect are arranged. */
export function arrangerOf(kit: WriteKit): Arranger<Order, BasePlan> {
  const { dialect } = kit;
  return {
    needsOf: (collection, record) => needsOf(collection, record, dialect),
    orderOf: (document) =>
      orderObjects(document, {
        needsOf: (from, { collection, id }) => needsOf(collection, from[collection][id] as AnyRecord, dialect) ?? NO_NEEDS,
        // What a query calls a name in another case may still be the same object, in every dialect.
        nameKey: (name) => nameKey(name, dialect).toLowerCase(),
      }).order,
    plansOf: plansOf(kit),
    planKey: (plan) => [...plan.inline].toSorted().join(','),
  };
}
