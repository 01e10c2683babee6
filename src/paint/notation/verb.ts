import { recordIn } from '#model/collections.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import type { Document, Relationship } from '#model/types.ts';

/** Longest comment that reads as a verb. */
const SHORT = 24;

/** Names that say how a constraint came about, not what it means. */
const MECHANICAL = /(?:^fk_|_fk(?:ey)?$|_fkey\d*$|^rel_|constraint)/i;

/**
 * The word in a relationship's diamond: the name people gave it, a short comment, the role that its column names
 * (`placed_by_id` gives `placed by`), else what is true of every parent: it `has` children.
 */
export function verbOf(document: Document, one: Relationship): string {
  if (one.name !== undefined && one.name !== '' && !MECHANICAL.test(one.name)) return one.name.replaceAll('_', ' ');
  if (one.comment !== undefined && one.comment !== '' && one.comment.length <= SHORT) return one.comment;
  const parent = recordIn(document, 'tables', one.parent);
  const child = recordIn(document, 'tables', one.child);
  const column = child?.columns.find(({ id }) => id === one.childColumns[0])?.name;
  const role = column?.replace(/_?(?:id|uuid|key|no|code)$/i, '') ?? '';
  if (role !== '' && parent !== undefined && role.toLowerCase() !== singular(parent.name).toLowerCase()) {
    return role.replaceAll('_', ' ').trim();
  }
  return 'has';
}
