import { planReshape } from '#engine/reshape/plan.ts';
import type { Reshape, ReshapePlan } from '#engine/reshape/types.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import type { Trial } from '#verify/decomposition.ts';

/** A planned refactoring of a smell; throws with the reason when it is refused. */
export function reshaping(document: Document, parser: PgParser, asked: Reshape): ReshapePlan {
  const found = planReshape(document, parser, asked, { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01' });
  if (!found.ok) throw new Error(`${found.problem.code}: ${found.problem.message}`);
  return found.value;
}

/** The trial of a planned refactoring on rows. */
export function trialOfReshape(document: Document, { change, rejoining }: ReshapePlan, rows: readonly string[]): Trial {
  if (change === undefined || rejoining === undefined) throw new Error('there is no script');
  return { dialect: change.dialect, schema: writeDocument(document, { version: 18 }).statements, rows, change, rejoining };
}
