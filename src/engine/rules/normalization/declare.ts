import type { CommandCall } from '#model/commands/registry.ts';
import type { Dependency, Document } from '#model/types.ts';
import { readDependency } from '../../normalize/dependency-text.ts';

/** For examples: declares dependencies such as `zip -> city, state` on the first table. @param more why they are left alone. */
export function declare(
  texts: string | readonly string[],
  more: Pick<Dependency, 'exempt'> = {},
): (document: Document) => CommandCall[] {
  return (document) => {
    const table = Object.values(document.tables)[0];
    if (table === undefined) return [];
    return [texts].flat().flatMap((text): CommandCall[] => {
      const read = readDependency(text, table.columns);
      return read.ok ? [{ name: 'addDependency', args: { table: table.id, part: { ...read.dependency, ...more } } }] : [];
    });
  };
}
