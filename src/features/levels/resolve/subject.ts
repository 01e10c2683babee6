import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Hierarchy, HierarchyStrategy } from '#model/concept-types.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { entityIn } from '#model/validate-concept.ts';

/** What the dialog is about: a fact of the concept, or one to be. */
export type Subject =
  | { readonly kind: 'new-hierarchy'; readonly members: readonly Id[] }
  | { readonly kind: 'hierarchy'; readonly id: Id }
  | { readonly kind: 'attribute'; readonly id: Id }
  | { readonly kind: 'column'; readonly table: Id; readonly column: Id }
  | { readonly kind: 'many-to-many'; readonly id: Id }
  | { readonly kind: 'relationship'; readonly id: Id }
  | { readonly kind: 'take-back'; readonly id: Id };

/** The fact that a selection stands for, if one can be resolved. */
export function resolvable(document: Document, selection: readonly Ref[]): Subject | undefined {
  const [only, second] = selection;
  if (only === undefined || second !== undefined) return undefined;
  const relationship = recordIn(document, 'relationships', only.record);
  if (relationship?.manyToMany === true) {
    const done = relationship.realisedBy?.some((id) => recordIn(document, 'tables', id) !== undefined) === true;
    return done ? undefined : { kind: 'many-to-many', id: relationship.id };
  }
  if (relationship?.childColumns.length === 0) return { kind: 'relationship', id: relationship.id };
  const hierarchy = recordIn(document, 'hierarchies', only.record);
  if (hierarchy !== undefined) return hierarchy.strategy === undefined ? { kind: 'hierarchy', id: hierarchy.id } : undefined;
  if (only.part !== undefined) {
    const fact = Object.values(document.attributes).find((one) => one.entity === only.record && one.column === only.part);
    if (fact !== undefined) return fact.held === undefined ? { kind: 'attribute', id: fact.id } : undefined;
    const table = recordIn(document, 'tables', only.record);
    if (table?.columns.some((one) => one.id === only.part) === true) {
      return { kind: 'column', table: table.id, column: only.part };
    }
    return undefined;
  }
  const open = hierarchiesOf(document, only.record).find((one) => one.strategy === undefined);
  return open === undefined ? undefined : { kind: 'hierarchy', id: open.id };
}

/** Hierarchies that a table or entity is in. */
export function hierarchiesOf(document: Document, id: Id): Hierarchy[] {
  return Object.values(document.hierarchies).filter((one) => one.supertype === id || one.subtypes.includes(id));
}

/** A resolved fact that a selection stands for. */
export function resolvedFact(document: Document, selection: readonly Ref[]): Id | undefined {
  const [only, second] = selection;
  if (only === undefined || second !== undefined) return undefined;
  const { record, part } = only;
  const relationship = recordIn(document, 'relationships', record);
  if (relationship?.manyToMany === true && relationship.realisedBy !== undefined) return record;
  if (recordIn(document, 'hierarchies', record)?.strategy !== undefined) return record;
  if (part !== undefined) {
    return Object.values(document.attributes).find((one) => one.column === part && one.held !== undefined)?.id;
  }
  const realises = (ids: readonly Id[] | undefined) => ids?.includes(record) === true;
  return (
    hierarchiesOf(document, record).find((one) => one.strategy !== undefined)?.id ??
    Object.values(document.attributes).find((one) => one.held !== undefined && realises(one.realisedBy))?.id ??
    Object.values(document.relationships).find((one) => one.manyToMany === true && realises(one.realisedBy))?.id
  );
}

/** Tables and entities among what is selected, in the order they were selected. */
export function selectedEntities(document: Document, selection: readonly Ref[]): Id[] {
  return [...new Set(selection.map((ref) => ref.record))].filter((id) => entityIn(document, id) !== undefined);
}

/** What a person asked for a hierarchy. */
export interface HierarchyChoice {
  readonly supertype: Id;
  readonly subtypes: readonly Id[];
  readonly overlapping: boolean;
  readonly complete: boolean;
  readonly discriminator: string;
  /** Absent = only the fact, no tables yet. */
  readonly strategy?: HierarchyStrategy;
}

/** The commands that record a hierarchy, and resolve it when a strategy was chosen. */
export function hierarchyCalls(
  id: Id,
  known: boolean,
  choice: HierarchyChoice,
  checks: readonly { readonly expression: string }[],
): CommandCall[] {
  const { supertype, subtypes, overlapping, complete, discriminator, strategy } = choice;
  const name = discriminator.trim();
  const record: CommandCall = known
    ? {
        name: 'setHierarchy',
        args: {
          id,
          patch: {
            supertype,
            subtypes,
            overlapping: overlapping ? true : null,
            complete: complete ? true : null,
            discriminator: name === '' ? null : name,
          },
        },
      }
    : {
        name: 'addHierarchy',
        args: {
          record: {
            id,
            supertype,
            subtypes,
            ...(overlapping ? { overlapping } : {}),
            ...(complete ? { complete } : {}),
            ...(name === '' ? {} : { discriminator: name }),
          },
        },
      };
  if (strategy === undefined) return [record];
  return [record, { name: 'resolveHierarchy', args: { id, strategy, ...(checks.length === 0 ? {} : { checks }) } }];
}
