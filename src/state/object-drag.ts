import type { Id } from '#model/types.ts';

/** What tables and views are called on their way from one pane to another. */
export const OBJECTS_KIND = 'application/x-crowfoot-objects';

/** Ids as the text that is dragged. */
export function writeObjects(ids: readonly Id[]): string {
  return JSON.stringify(ids);
}

/** The ids that were dragged; none when it is something else. */
export function readObjects(text: string | undefined): readonly Id[] {
  if (text === undefined || text === '') return [];
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id): id is Id => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
