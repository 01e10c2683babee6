import { UNLIMITED } from '#engine/budget.ts';
import { profileRelation } from '#engine/discover/profile/profile.ts';
import { proposeTable } from '#engine/discover/profile/propose.ts';
import { readData } from '#engine/discover/read/data.ts';
import { type Relation, valueAt } from '#engine/discover/relation.ts';
import { ok, type Result } from '#lib/result.ts';
import { emptyDocument } from '#model/create.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Dialect } from '#model/types.ts';

/** A file of rows as a table to be made. */
export interface DataTable {
  readonly name: string;
  /** With types as SQL of the dialect. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: Iterable<readonly (string | undefined)[]>;
}

function* rowsOf(relation: Relation): Iterable<readonly (string | undefined)[]> {
  for (let row = 0; row < relation.rows; row++) yield relation.columns.map((column) => valueAt(column, row));
}

/** The table that a file of rows would make, with the types and names that discovery proposes. */
export function dataTable({ name, text }: { readonly name: string; readonly text: string }, dialect: Dialect): Result<DataTable> {
  const read = readData(text, UNLIMITED);
  if (!read.ok) return read;
  const { relation } = read.value;
  const proposal = proposeTable(name, profileRelation(relation), [], dialect);
  const blank = emptyDocument();
  const columns = proposal.columns.map((column) => ({ name: column.name, type: typeName(blank, column.type) }));
  return ok({ name: proposal.name, columns, rows: rowsOf(relation) });
}
