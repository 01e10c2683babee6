import { endsOf, mismatchOf } from '#model/derive/ends.ts';
import type { Ends } from '#model/derive/look.ts';
import type { RelationshipContext } from '../define.ts';

/** The ends the keys enforce, and where the declared ones differ; undefined when nothing is declared or there is no key. */
export function declaredEnds(at: RelationshipContext): { ends: Ends; child: boolean; parent: boolean } | undefined {
  const { relationship } = at;
  if (relationship.declared === undefined || relationship.childColumns.length === 0) return undefined;
  const ends = endsOf(at.document, relationship);
  return { ends, ...mismatchOf(ends, relationship.declared) };
}
