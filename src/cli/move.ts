import { planMove } from '#engine/move/plan.ts';
import type { MovePlan } from '#engine/move/plan-types.ts';
import { recordIn } from '#model/collections.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';

/** The move to the dialect wanted; undefined when the document is of it already, or none is wanted. */
export function moveTo(document: Document, to: Dialect | undefined): MovePlan | undefined {
  const dialect = recordIn(document, 'settings', 'settings')?.dialect ?? 'postgresql';
  return to === undefined || to === dialect ? undefined : planMove(document, to, DEFAULT_VERSION[to]);
}
