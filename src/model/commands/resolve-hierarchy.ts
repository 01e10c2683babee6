import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { Column, ColumnType } from '../column-types.ts';
import type { Hierarchy, HierarchyStrategy } from '../concept-types.ts';
import { sharesKey } from '../derive/concept.ts';
import { linksOf } from '../derive/links.ts';
import { sameJson } from '../patch.ts';
import type { Document, EnumType, Id, Ref, Relationship, Sql, Table } from '../types.ts';
import { usualOf } from '../usual-types.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { draftOf, freeName, missing, nameOf, nameProblem, problem, put, takeId } from './lookup.ts';
import { createChildColumns } from './relationships.ts';
import { associate, type ColumnIds, intoConcept, likeKey, primaryOf, standsAlone, takeOver } from './resolve-parts.ts';

export interface ResolveHierarchyArgs {
  readonly id: Id;
  readonly strategy: HierarchyStrategy;
  /** Name of the column that says the subtype; absent = the hierarchy's, else `kind`. */
  readonly discriminator?: string;
  /** Conditions of the supertype's table (one table), such as that a subtype's mandatory columns are there for its rows. */
  readonly checks?: readonly { readonly name?: string; readonly expression: Sql }[];
}

interface Work {
  readonly draft: Draft<Document>;
  readonly hierarchy: Hierarchy;
  readonly supertype: Table;
  readonly subtypes: readonly Table[];
  readonly args: ResolveHierarchyArgs;
  readonly context: CommandContext;
}

/**
 * Makes tables of a subtype hierarchy. The hierarchy stays in the concept and knows what realises it; tables that the chosen
 * strategy does without become entities of the concept, and their relationships associations, realised by foreign keys of the
 * tables that take their place.
 */
export const resolveHierarchy = defineCommand<ResolveHierarchyArgs>({
  label: (document, { id, strategy }) => {
    const name = nameOf(document, recordIn(document, 'hierarchies', id)?.supertype ?? id);
    if (strategy === 'one-table') return `Put ${name} and its subtypes into one table`;
    return strategy === 'table-per-type' ? `Give ${name} and each subtype a table` : `Give each subtype of ${name} a table`;
  },
  run(draft, args, context) {
    const { before } = context;
    const hierarchy = recordIn(before, 'hierarchies', args.id);
    if (hierarchy === undefined) return missing('subtype hierarchy', args.id);
    if (hierarchy.strategy !== undefined) return problem('resolved', 'This hierarchy is resolved already: take that back first.');
    for (const id of [hierarchy.supertype, ...hierarchy.subtypes]) {
      if (recordIn(before, 'entities', id) !== undefined) {
        return problem('no-table', `${nameOf(before, id)} has no table any more: resolve the hierarchy below it first.`);
      }
      const stuck = standsAlone(before, id);
      if (stuck !== undefined) return stuck;
    }
    const supertype = recordIn(before, 'tables', hierarchy.supertype) as Table;
    const subtypes = hierarchy.subtypes.map((id) => recordIn(before, 'tables', id) as Table);
    if (primaryOf(supertype).length === 0) {
      return problem(
        'parent-without-key',
        `${supertype.name} has no primary key that its subtypes could share: give it one first.`,
      );
    }
    const work: Work = { draft, hierarchy, supertype, subtypes, args, context };
    const realisedBy = STRATEGIES[args.strategy](work);
    if ('code' in realisedBy) return realisedBy;
    put(draft, 'hierarchies', castDraft({ ...hierarchy, strategy: args.strategy, realisedBy }));
    return undefined;
  },
});

/** The foreign key by which a subtype's table shares its supertype's key already. */
function sharedBy({ hierarchy, context }: Work, subtype: Table): Relationship | undefined {
  return linksOf(context.before)
    .byChild.get(subtype.id)
    ?.find((one) => sharesKey(context.before, hierarchy, one));
}

/** What a subtype has of its supertype's key, by the subtype's column ids; empty when it has nothing of it. */
function sharedKey(work: Work, subtype: Table): ColumnIds {
  const link = sharedBy(work, subtype);
  if (link !== undefined) return new Map(link.childColumns.map((id, at) => [id, link.parentColumns[at] as Id]));
  const { supertype } = work;
  const own = primaryOf(subtype).map((id) => subtype.columns.find((column) => column.id === id) as Column);
  const above = primaryOf(supertype).map((id) => supertype.columns.find((column) => column.id === id) as Column);
  const pairs = own.map((column) => [column.id, above.find((one) => sameKey(one, column))?.id] as const);
  if (own.length !== above.length || pairs.some(([, id]) => id === undefined)) return new Map();
  return new Map(pairs as readonly (readonly [Id, Id])[]);
}

const sameKey = (a: Column, b: Column) => a.name === b.name && sameJson(plainType(a), plainType(b));

/** A column's type without its counter, which only one of two tables that share a key has. */
function plainType({ type }: Column): unknown {
  if (type.kind !== 'builtin') return type;
  return { ...type, name: type.name.replace(/^(small|big)?serial\d?$/, (_all, size: string | undefined) => `${size ?? ''}int`) };
}

/** A column of the supertype that says which subtype a row is of, or one for each subtype where it may be of several. */
function addDiscriminator(work: Work): Ref[] | Problem {
  const { draft, hierarchy, supertype, subtypes, args, context } = work;
  const table = draftOf(draft, 'tables', supertype.id);
  if (table === undefined) return missing('table', supertype.id);
  const used = (name: string) => table.columns.some((column) => column.name === name);
  if (hierarchy.overlapping === true) {
    return subtypes.map((subtype) => {
      const name = freeName(`is_${subtype.name}`, used);
      const id = context.ids.next('col', name);
      const { types, no } = usualOf(context.before);
      table.columns.push({ id, name, type: castDraft(types.boolean), nullable: false, default: { kind: 'literal', sql: no } });
      return { record: supertype.id, part: id };
    });
  }
  const wanted = args.discriminator ?? hierarchy.discriminator ?? 'kind';
  const name = freeName(wanted, used);
  const { enums, types } = usualOf(context.before);
  if (enums !== 'type') {
    const values = subtypes.map((subtype) => `'${subtype.name.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
    const type: ColumnType = enums === 'column' ? { kind: 'builtin', name: 'enum', args: values } : types.code;
    const id = context.ids.next('col', name);
    table.columns.push({ id, name, type: castDraft(type), nullable: hierarchy.complete !== true });
    return [{ record: supertype.id, part: id }];
  }
  const typeName = freeName(
    `${supertype.name}_${wanted}`,
    (one) => nameProblem(context.before, 'types', one, supertype.schema) !== undefined,
  );
  const type: EnumType = {
    id: takeId(context.before, undefined, () => context.ids.next('typ', typeName)),
    kind: 'enum',
    schema: supertype.schema,
    name: typeName,
    values: subtypes.map((subtype) => subtype.name),
  };
  put(draft, 'types', castDraft(type));
  const id = context.ids.next('col', name);
  table.columns.push({ id, name, type: { kind: 'custom', type: type.id }, nullable: hierarchy.complete !== true });
  return [{ record: supertype.id, part: id }, { record: type.id }];
}

function perType(work: Work): Ref[] | Problem {
  const { draft, supertype, subtypes, context, args } = work;
  const realised: Ref[] = [];
  for (const subtype of subtypes) {
    const link = sharedBy(work, subtype);
    if (link !== undefined) continue;
    const shared = sharedKey(work, subtype);
    let pairs = { childColumns: [...shared.keys()] as readonly Id[], parentColumns: [...shared.values()] as readonly Id[] };
    if (shared.size === 0) {
      const key = primaryOf(subtype).length === 0 ? 'primary' : 'unique';
      const made = createChildColumns(draft, subtype.id, supertype.id, { key }, context);
      if ('code' in made) return made;
      pairs = made;
      realised.push(...made.childColumns.map((part) => ({ record: subtype.id, part })));
    }
    const id = takeId(context.before, undefined, () => context.ids.next('rel', `${subtype.name}_${supertype.name}`));
    put(draft, 'relationships', { id, child: subtype.id, parent: supertype.id, ...castDraft(pairs), onDelete: 'cascade' });
    realised.push({ record: id });
  }
  if (args.discriminator === undefined && work.hierarchy.discriminator === undefined) return realised;
  const said = addDiscriminator(work);
  return 'code' in said ? said : [...realised, ...said];
}

/** The foreign keys that stand for a relationship when its ends have moved; none when the other end cannot be referred to. */
function moveKeys(work: Work, one: Relationship, homes: ReadonlyMap<Id, readonly (readonly [Id, ColumnIds])[]>): Id[] {
  if (one.childColumns.length === 0) return [];
  const stay: readonly (readonly [Id, ColumnIds])[] = [];
  const children = homes.get(one.child) ?? [[one.child, new Map<Id, Id>()] as const];
  const parents = homes.get(one.parent) ?? [[one.parent, new Map<Id, Id>()] as const];
  // A row that may lie in one of several tables cannot be referred to.
  const parent = parents.length === 1 ? parents[0] : stay[0];
  if (parent === undefined) return [];
  const to = (map: ColumnIds, list: readonly Id[]) => list.map((id) => map.get(id) ?? id);
  return children.map(([child, map]) => {
    const key = likeKey(
      one,
      { child, parent: parent[0], childColumns: to(map, one.childColumns), parentColumns: to(parent[1], one.parentColumns) },
      work.context,
    );
    put(work.draft, 'relationships', castDraft(key));
    return key.id;
  });
}

/** Takes the tables of a strategy's losers into the concept and lets foreign keys of the others stand for their relationships. */
function giveUp(work: Work, homes: ReadonlyMap<Id, readonly (readonly [Id, ColumnIds])[]>, shared: ReadonlySet<Id>): void {
  const { draft, context } = work;
  for (const one of Object.values(context.before.relationships)) {
    if (!homes.has(one.child) && !homes.has(one.parent)) continue;
    // That a subtype shares its supertype's key is what the hierarchy says.
    associate(draft, one, shared.has(one.id) ? [] : moveKeys(work, one, homes));
  }
  for (const id of homes.keys()) intoConcept(draft, context.before, id);
}

function oneTable(work: Work): Ref[] | Problem {
  const { draft, supertype, subtypes, args, context } = work;
  const said = addDiscriminator(work);
  if ('code' in said) return said;
  const realised: Ref[] = [...said];
  const homes = new Map<Id, readonly (readonly [Id, ColumnIds])[]>();
  const shared = new Set<Id>();
  for (const subtype of subtypes) {
    const link = sharedBy(work, subtype);
    if (link !== undefined) shared.add(link.id);
    const moved = takeOver(draft, { from: subtype, to: supertype.id, known: sharedKey(work, subtype), optional: true }, context);
    if ('code' in moved) return moved;
    realised.push(...moved.gained);
    homes.set(subtype.id, [[supertype.id, moved.ids]]);
  }
  const table = draftOf(draft, 'tables', supertype.id);
  for (const check of args.checks ?? []) {
    const id = context.ids.next('chk', check.name ?? 'check');
    table?.checks.push({ ...check, id });
    realised.push({ record: supertype.id, part: id });
  }
  giveUp(work, homes, shared);
  return realised;
}

function perConcrete(work: Work): Ref[] | Problem {
  const { draft, supertype, subtypes, context } = work;
  const realised: Ref[] = [];
  const homes: [Id, ColumnIds][] = [];
  const shared = new Set<Id>();
  for (const subtype of subtypes) {
    const link = sharedBy(work, subtype);
    if (link !== undefined) shared.add(link.id);
    const known = new Map([...sharedKey(work, subtype)].map(([own, above]) => [above, own] as const));
    const moved = takeOver(draft, { from: supertype, to: subtype.id, known, optional: false }, context);
    if ('code' in moved) return moved;
    const table = draftOf(draft, 'tables', subtype.id);
    // Its own key, where it has none: the supertype's, which came as a unique one.
    const key = primaryOf(supertype).map((id) => moved.ids.get(id) as Id);
    const own = table?.keys.find((one) => one.columns.length === key.length && one.columns.every((id, at) => id === key[at]));
    if (own !== undefined && primaryOf(subtype).length === 0) own.kind = 'primary';
    realised.push(...moved.gained);
    homes.push([subtype.id, moved.ids]);
  }
  giveUp(work, new Map([[supertype.id, homes]]), shared);
  return realised;
}

const STRATEGIES: Readonly<Record<HierarchyStrategy, (work: Work) => Ref[] | Problem>> = {
  'one-table': oneTable,
  'table-per-type': perType,
  'table-per-concrete': perConcrete,
};
