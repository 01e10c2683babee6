import type { Draft } from 'mutative';
import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import type { Hierarchy } from '../concept-types.ts';
import { applyPatch, type Patch } from '../patch.ts';
import type { Document, Id, Table } from '../types.ts';
import { entityIn } from '../validate-concept.ts';
import { defineCommand } from './define.ts';
import { draftOf, drop, missing, nameOf, nameProblem, problem } from './lookup.ts';
import { type RemoveRecordsArgs, recordCommands } from './record-commands.ts';

export interface SetEntityArgs {
  readonly id: Id;
  /** What a person says of it; its attributes follow from what was resolved. */
  readonly patch: Patch<Pick<Table, 'id' | 'name' | 'comment' | 'tags'>>;
}

/** Renames or describes an entity that stands in the concept only. Its name stays free to be a table's again. */
export const setEntity = defineCommand<SetEntityArgs>({
  label(document, { id, patch }) {
    const name = nameOf(document, id);
    return typeof patch.name === 'string' && patch.name !== name
      ? `Rename entity ${name} to ${patch.name}`
      : `Change entity ${name}`;
  },
  run(draft, { id, patch }, { before }) {
    const old = recordIn(before, 'entities', id);
    const entity = draftOf(draft, 'entities', id);
    if (old === undefined || entity === undefined) return missing('entity', id);
    const { name, comment, tags } = patch;
    if (name !== undefined && name !== null && name !== old.name) {
      const taken = nameProblem(before, 'tables', name, old.schema, id);
      if (taken !== undefined) return taken;
      const twin = Object.values(before.entities).some((one) => one.id !== id && one.name === name && one.schema === old.schema);
      if (twin) return problem('name-taken', `The concept already has an entity ${name}: choose another name.`);
    }
    const said = {
      ...(name === undefined || name === null ? {} : { name }),
      ...(comment === undefined ? {} : { comment }),
      ...(tags === undefined ? {} : { tags }),
    };
    applyPatch(entity as object, said);
    return undefined;
  },
});

/** Whether going from supertype to supertype leads from one entity to another. */
function isBelow(document: Document, below: Id, above: Id, without: Id): boolean {
  const seen = new Set<Id>();
  const queue = [below];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === above) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const one of Object.values(document.hierarchies)) {
      if (one.id !== without && one.subtypes.includes(id)) queue.push(one.supertype);
    }
  }
  return false;
}

function settleHierarchy(before: Document, one: Draft<Hierarchy>): Problem | undefined {
  const lost = [one.supertype, ...one.subtypes].find((id) => entityIn(before, id) === undefined);
  if (lost !== undefined) return missing('entity', lost);
  const circle = one.subtypes.find((id) => isBelow(before, one.supertype, id, one.id));
  if (circle !== undefined) {
    return problem(
      'hierarchy-cycle',
      `${nameOf(before, circle)} is above ${nameOf(before, one.supertype)} already: choose others.`,
    );
  }
  return undefined;
}

const hierarchies = recordCommands({
  collection: 'hierarchies',
  noun: 'subtype hierarchy',
  settle: (_draft, one, { before }) => settleHierarchy(before, one),
});

export const { add: addHierarchy, set: setHierarchy } = hierarchies;

/**
 * Forgets that tables are subtypes. The tables stay as they are; entities that only this hierarchy kept, as others realise
 * them, go with it.
 */
export const removeHierarchies = defineCommand<RemoveRecordsArgs>({
  label: hierarchies.remove.label,
  run(draft, { ids }, context) {
    const { before } = context;
    const gone = new Set(ids);
    const kept = new Set(
      Object.values(before.hierarchies).flatMap((one) => (gone.has(one.id) ? [] : [one.supertype, ...one.subtypes])),
    );
    for (const id of ids) {
      const one = recordIn(before, 'hierarchies', id);
      for (const member of one === undefined ? [] : [one.supertype, ...one.subtypes]) {
        if (!kept.has(member)) drop(draft, 'entities', member);
      }
    }
    for (const id of ids) {
      if (recordIn(before, 'hierarchies', id) === undefined) return missing('subtype hierarchy', id);
      drop(draft, 'hierarchies', id);
    }
    // Their places, relationships and mentions follow when the concept settles.
    return undefined;
  },
});

const attributes = recordCommands({ collection: 'attributes', noun: 'multivalued attribute' });

/** Says that one thing may have several values of an attribute: a fact of the concept, until it is resolved. */
export const addAttribute = defineCommand<Parameters<typeof attributes.add.run>[1]>({
  label: (document, { record }) => {
    const name = entityIn(document, record.entity)?.columns.find((one) => one.id === record.column)?.name ?? record.column;
    return `Let ${name} have several values`;
  },
  run(draft, args, context) {
    const { entity, column } = args.record;
    const twice = Object.values(context.before.attributes).some((one) => one.entity === entity && one.column === column);
    if (twice) return problem('already-multivalued', 'This attribute has several values already.');
    return attributes.add.run(draft, args, context);
  },
});

export const { set: setAttribute, remove: removeAttributes } = attributes;
