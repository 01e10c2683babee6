import { planMove } from '#engine/move/plan.ts';
import type { MovePlan } from '#engine/move/plan-types.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Unsupported } from '#engine/sql/written.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import type { Case } from '#test/corpus.ts';

export interface Moved {
  readonly name: string;
  readonly from: Dialect;
  readonly to: Dialect;
  readonly plan: MovePlan;
  /** In order, ready to be executed. */
  readonly statements: readonly string[];
  /** What the target's writer tells besides. */
  readonly unsupported: readonly Unsupported[];
  /** What the model refuses in the plan's document: always empty. */
  readonly broken: readonly string[];
}

/** The document of a file. Statements that cannot be read are the reader's business, not the move's. */
export function documentOf({ name, sql }: Case, dialect: Dialect, ports: ReadPorts): Document {
  const read = readSql([{ name, text: sql }], { dialect }, ports);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

export function moveTo(name: string, document: Document, to: Dialect): Moved {
  const version = DEFAULT_VERSION[to];
  const plan = planMove(document, to, version);
  const written = writeDocument(plan.document, { version });
  return {
    name,
    from: plan.from,
    to,
    plan,
    statements: written.statements.map(({ sql }) => sql),
    unsupported: written.unsupported,
    broken: validate(plan.document).map(({ message, path }) => `${path}: ${message}`),
  };
}
