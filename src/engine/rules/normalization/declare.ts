import type { CommandCall } from '#model/commands/registry.ts';
import type { Document } from '#model/types.ts';

/** For examples: declares dependencies such as `zip -> city, state` on the first table. */
export function declare(...texts: readonly string[]): (document: Document) => CommandCall[] {
  return (document) => {
    const table = Object.values(document.tables)[0];
    if (table === undefined) return [];
    const ids = (list: string) =>
      list.split(',').flatMap((name) => table.columns.find((column) => column.name === name.trim())?.id ?? []);
    return texts.map((text) => {
      const [left = '', right = ''] = text.split('->');
      return { name: 'addDependency', args: { table: table.id, part: { determinant: ids(left), dependent: ids(right) } } };
    });
  };
}
