import type { CommandCall } from '#model/commands/registry.ts';
import type { Cardinality, Id } from '#model/types.ts';

/** A relationship of the concept being agreed on: no columns, only who relates to how many. */
export interface ConceptDraft {
  readonly child: Id;
  readonly parent: Id;
  readonly kind: 'one-to-one' | 'one-to-many' | 'many-to-many';
  /** What the relationship is called, such as `places`. */
  readonly name: string;
  /** Every child has a parent (of many to many: at least one). */
  readonly childNeeds: boolean;
  /** Every parent has a child. */
  readonly parentNeeds: boolean;
}

/** The cardinality of each end: at the child's, how many children a parent has, and the other way round. */
export function declaredEnds({ kind, childNeeds, parentNeeds }: ConceptDraft): { child: Cardinality; parent: Cardinality } {
  const child = kind === 'one-to-one' ? (parentNeeds ? '1' : '0..1') : parentNeeds ? '1..n' : '0..n';
  const parent = kind === 'many-to-many' ? (childNeeds ? '1..n' : '0..n') : childNeeds ? '1' : '0..1';
  return { child, parent };
}

/** The command that records it. */
export function conceptCall(draft: ConceptDraft): CommandCall {
  const name = draft.name.trim();
  return {
    name: 'addRelationship',
    args: {
      relationship: {
        child: draft.child,
        parent: draft.parent,
        declared: declaredEnds(draft),
        ...(name === '' ? {} : { name }),
        ...(draft.kind === 'many-to-many' ? { manyToMany: true } : {}),
      },
    },
  };
}
