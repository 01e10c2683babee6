import type { Statement } from './tree.ts';

/** Names of a statement's parameters in the order of their first appearance. */
export function parametersOf(statement: Statement): readonly string[] {
  const found = new Map<string, number>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const one of value) look(one);
    else {
      const { is, name, at } = value as { is?: unknown; name?: unknown; at?: { start: number } };
      if (is === 'parameter' && typeof name === 'string')
        found.set(name, Math.min(found.get(name) ?? Number.MAX_SAFE_INTEGER, at?.start ?? 0));
      for (const one of Object.values(value)) look(one);
    }
  };
  look(statement);
  return [...found].sort((a, b) => a[1] - b[1]).map(([name]) => name);
}
