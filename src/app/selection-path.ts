import { labelOf } from '#engine/rules/labels.ts';
import { findRecord } from '#model/collections.ts';
import type { Document, Ref } from '#model/types.ts';

/** What is selected, as a path: `orders.ship_zip`, or how many. */
export function selectionPath(document: Document, selection: readonly Ref[]): string {
  const last = selection.at(-1);
  if (last === undefined) return '';
  if (selection.length > 1) return `${selection.length} selected`;
  return findRecord(document, last.record) === undefined ? '' : labelOf(document, last);
}
