/** Mistakes that tools for normalization have made, planted into the engine: the tests of `engine/normalize` must see each. */
export interface Mutant {
  readonly what: string;
  readonly file: string;
  /** Text of the file, found exactly once, and what stands there instead. */
  readonly find: string;
  readonly put: string;
}

export const MUTANTS = {
  'given-dependencies-only': {
    what: 'a part is judged by the given dependencies that fall inside it, not by all that are implied there (n068)',
    file: 'src/engine/normalize/project.ts',
    find: '  const items = bitItems(part);\n  if (items.length <= MAX_CLOSED)',
    put: `  const items = bitItems(part);
  if (items.length > 0) return complete({ size, fds: set.fds.filter((fd) => isSubset(fd.left, part) && isSubset(fd.right, part)) });
  if (items.length <= MAX_CLOSED)`,
  },
  'missing-keys': {
    what: 'the search for candidate keys ends with the smallest size that has one, so that longer keys are missed',
    file: 'src/engine/normalize/keys.ts',
    find: '  return complete({ attributes, keys });',
    put: `  const least = Math.min(...keys.map((key) => bitItems(key).length));
  return complete({ attributes, keys: keys.filter((key) => bitItems(key).length === least) });`,
  },
} as const satisfies Record<string, Mutant>;

export type MutantName = keyof typeof MUTANTS;

export function isMutantName(name: string): name is MutantName {
  return Object.hasOwn(MUTANTS, name);
}
