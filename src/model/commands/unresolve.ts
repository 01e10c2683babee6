import { castDraft, type Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { Hierarchy } from '../concept-types.ts';
import type { Document, Id, Relationship } from '../types.ts';
import { removeRecords } from './cascade.ts';
import { takeColumns } from './columns.ts';
import { type CommandContext, defineCommand } from './define.ts';
import { draftOf, drop, missing, nameOf, nameProblem, problem, put } from './lookup.ts';
import { usesOfTypes } from './types.ts';

export interface UnresolveArgs {
  /** A resolved hierarchy, multivalued attribute or many-to-many relationship. */
  readonly id: Id;
}

/**
 * Takes a resolution back: what realised the fact goes, and tables, columns and relationships that the concept kept are
 * those of the database again.
 */
export const unresolve = defineCommand<UnresolveArgs>({
  label: (document, { id }) => {
    const hierarchy = recordIn(document, 'hierarchies', id);
    return `Take back what realises ${hierarchy === undefined ? 'the fact' : `the subtypes of ${nameOf(document, hierarchy.supertype)}`}`;
  },
  run(draft, { id }, context) {
    const { before } = context;
    if (recordIn(before, 'hierarchies', id) !== undefined) return unresolveHierarchy(draft, id, context);
    if (recordIn(before, 'attributes', id) !== undefined) return unresolveAttribute(draft, id, context);
    const relationship = recordIn(before, 'relationships', id);
    if (relationship === undefined) return missing('resolved fact', id);
    const tables = (relationship.realisedBy ?? []).filter((one) => recordIn(before, 'tables', one) !== undefined);
    if (tables.length === 0) return problem('not-resolved', 'Nothing realises this relationship yet.');
    removeRecords(draft, tables, context);
    return undefined;
  },
});

function unresolveAttribute(draft: Draft<Document>, id: Id, context: CommandContext): Problem | undefined {
  const { before } = context;
  const one = recordIn(before, 'attributes', id);
  if (one?.held === undefined) return problem('not-resolved', 'This attribute is a column of its table.');
  const owner = draftOf(draft, 'tables', one.entity);
  if (owner === undefined) return problem('no-table', `${nameOf(before, one.entity)} has no table: take its hierarchy back first.`);
  const { held } = one;
  if (owner.columns.some((column) => column.name === held.name)) {
    return problem('name-taken', `${owner.name} already has a column ${held.name}: rename one of them first.`);
  }
  removeRecords(
    draft,
    (one.realisedBy ?? []).filter((each) => recordIn(before, 'tables', each) !== undefined),
    context,
  );
  owner.columns.push(castDraft(held));
  const { held: _, at: __, realisedBy: ___, ...open } = one;
  put(draft, 'attributes', open);
  return undefined;
}

function unresolveHierarchy(draft: Draft<Document>, id: Id, context: CommandContext): Problem | undefined {
  const { before } = context;
  const one = recordIn(before, 'hierarchies', id);
  if (one?.strategy === undefined) return problem('not-resolved', 'This hierarchy is not resolved.');
  const lost = one.realisedBy?.find(({ record }) => recordIn(before, 'entities', record) !== undefined);
  if (lost !== undefined) {
    return problem('no-table', `${nameOf(before, lost.record)} has no table any more: take the hierarchy above it back first.`);
  }
  const members = [one.supertype, ...one.subtypes].filter((member) => recordIn(before, 'entities', member) !== undefined);
  for (const member of members) {
    const entity = recordIn(before, 'entities', member);
    const taken = entity === undefined ? undefined : nameProblem(before, 'tables', entity.name, entity.schema, member);
    if (taken !== undefined) return taken;
  }
  const back = new Set(members);
  const isBack = (each: Id) => back.has(each) || recordIn(before, 'tables', each) !== undefined;
  const returning = Object.values(before.associations).filter(
    (each) => (back.has(each.child) || back.has(each.parent)) && isBack(each.child) && isBack(each.parent),
  );
  const realising = new Set([
    ...returning.flatMap((each) => each.realisedBy ?? []),
    ...(one.realisedBy ?? []).flatMap(({ record, part }) => (part === undefined ? [record] : [])),
  ]);
  const failed = takeGained(draft, id, context);
  if (failed !== undefined) return failed;
  for (const each of realising) {
    if (recordIn(before, 'relationships', each) !== undefined) drop(draft, 'relationships', each);
    if (recordIn(before, 'types', each) !== undefined && !isUsedElsewhere(before, each, one)) drop(draft, 'types', each);
  }
  for (const member of members) {
    put(draft, 'tables', castDraft(recordIn(before, 'entities', member) as Document['entities'][string]));
    drop(draft, 'entities', member);
  }
  for (const each of returning) {
    drop(draft, 'associations', each.id);
    put(draft, 'relationships', castDraft(withoutRealisers(each, realising, before)));
  }
  forgetRoutes(draft, realising);
  const { strategy: _, realisedBy: __, ...open } = one;
  put(draft, 'hierarchies', castDraft(open));
  return undefined;
}

/** Whether something else has taken to a type that was made for a hierarchy: then it stays. */
function isUsedElsewhere(before: Document, type: Id, one: Hierarchy): boolean {
  const gained = new Set((one.realisedBy ?? []).map(({ part }) => part));
  const held = Object.values(before.entities).flatMap((entity) => entity.columns);
  return (
    usesOfTypes(before, new Set([type])).some(({ part }) => part === undefined || !gained.has(part)) ||
    held.some((column) => column.type.kind === 'custom' && column.type.type === type)
  );
}

/** A relationship as it was: what realised the association does not realise it. A junction table does, and stays. */
function withoutRealisers(one: Relationship, realising: ReadonlySet<Id>, before: Document): Relationship {
  const left = (one.realisedBy ?? []).filter((id) => !realising.has(id) || recordIn(before, 'tables', id) !== undefined);
  const { realisedBy: _, ...rest } = one;
  return left.length === 0 ? rest : { ...rest, realisedBy: left };
}

/** Takes the columns, checks, keys and indexes that the hierarchy gave to tables. */
function takeGained(draft: Draft<Document>, id: Id, context: CommandContext): Problem | undefined {
  const byTable = new Map<Id, Set<Id>>();
  for (const { record, part } of recordIn(context.before, 'hierarchies', id)?.realisedBy ?? []) {
    if (part !== undefined) byTable.set(record, (byTable.get(record) ?? new Set()).add(part));
  }
  for (const [record, parts] of byTable) {
    const old = recordIn(context.before, 'tables', record);
    const table = draftOf(draft, 'tables', record);
    if (old === undefined || table === undefined) continue;
    const columns = old.columns.flatMap((column) => (parts.has(column.id) ? [column.id] : []));
    const failed = takeColumns(draft, record, columns, context);
    if (failed !== undefined) return failed;
    for (const list of ['checks', 'keys', 'indexes'] as const) {
      for (let at = table[list].length - 1; at >= 0; at--) if (parts.has(table[list][at]?.id ?? '')) table[list].splice(at, 1);
    }
  }
  return undefined;
}

function forgetRoutes(draft: Draft<Document>, relationships: ReadonlySet<Id>): void {
  for (const route of Object.values(draft.routes)) if (relationships.has(route.relationship)) drop(draft, 'routes', route.id);
}
