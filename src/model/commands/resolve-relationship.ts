import { recordIn } from '../collections.ts';
import { meantEnds } from '../derive/ends.ts';
import type { Id } from '../types.ts';
import { defineCommand } from './define.ts';
import { missing, nameOf, problem, put } from './lookup.ts';
import { createChildColumns } from './relationships.ts';

export interface RealiseRelationshipArgs {
  /** A conceptual relationship, not many-to-many. */
  readonly id: Id;
}

/**
 * Makes a foreign key of a conceptual relationship: the child gets columns for its parent's key, nullable when a child may be
 * without a parent, unique when a parent has at most one child. What was declared stays.
 */
export const realiseRelationship = defineCommand<RealiseRelationshipArgs>({
  label: (document, { id }) => {
    const one = recordIn(document, 'relationships', id);
    return one === undefined
      ? 'Make a foreign key'
      : `Make ${nameOf(document, one.child)} refer to ${nameOf(document, one.parent)}`;
  },
  run(draft, { id }, context) {
    const one = recordIn(context.before, 'relationships', id);
    if (one === undefined) return missing('relationship', id);
    if (one.manyToMany === true) return problem('many-to-many', 'Many to many needs a table for the pairs: resolve it into one.');
    if (one.childColumns.length > 0) return problem('resolved', 'This relationship is a foreign key already.');
    const ends = meantEnds(context.before, one);
    const pairs = createChildColumns(
      draft,
      one.child,
      one.parent,
      { nullable: ends.parent === '0..1', reuse: true, ...(ends.child.endsWith('n') ? {} : { key: 'unique' as const }) },
      context,
    );
    if ('code' in pairs) return pairs;
    put(draft, 'relationships', { ...one, ...pairs });
    return undefined;
  },
});
