import type { Hierarchy, HierarchyStrategy } from '#model/concept-types.ts';

const STRATEGY: Record<HierarchyStrategy, string> = {
  'one-table': 'One table holds the supertype and all of its subtypes.',
  'table-per-type': 'The supertype and each subtype have a table; they share their key.',
  'table-per-concrete': 'Each subtype has a table with the attributes of the supertype, which has none.',
};

/** Which tables make a hierarchy, in a sentence. */
export function strategyWords({ strategy }: Hierarchy): string {
  return strategy === undefined
    ? 'No tables were chosen for it yet: the tables of its members stand as they are.'
    : STRATEGY[strategy];
}

/**
 * What of a hierarchy its tables were made from, so that changing it alone would make them say something else: whether it is
 * disjoint decides between one kind and a flag for each subtype, the discriminator names a column.
 */
export function fixedByTables({ strategy }: Hierarchy): { readonly disjoint: boolean; readonly discriminator: boolean } {
  const one = strategy === 'one-table';
  return { disjoint: one, discriminator: one };
}
