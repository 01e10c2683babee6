import { recordIn } from '#model/collections.ts';
import type { Document, Table } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { LOST_TRIGGERS } from '../dialects/lost-triggers.ts';
import { utf8Length } from '../dialects/postgres/names.ts';
import type { HomeFact } from './comparison-types.ts';
import type { Proposal } from './types.ts';

/** How much longer than the dependency's name those of its triggers get: `_2_insert`. */
const ENDING = 12;

/**
 * The triggers, in the document's dialect, that check a dependency which no table of a decomposition checks on its own.
 * @param names of the tables, by position in the proposal.
 * @returns nothing when no join of the tables shows the dependency.
 */
export function lostDependencySql(
  document: Document,
  table: Table,
  proposal: Proposal,
  names: readonly string[],
  home: HomeFact,
): string | undefined {
  if (home.join === undefined || home.join.length === 0) return undefined;
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const schema = recordIn(document, 'schemas', table.schema);
  const nameOf = (id: string) => table.columns.find((column) => column.id === id)?.name ?? id;
  const left = home.determinant.map(nameOf);
  const right = home.dependent.map(nameOf);
  const said = `${left.join('_')}_determines_${right.join('_')}`;
  const lost = {
    // Each of several triggers adds a number, and what it is about.
    name:
      utf8Length(said) <= TRAITS[dialect].nameLimit.size - ENDING
        ? said
        : `keep_dependency_of_${names[home.join[0] ?? 0] ?? ''}`.slice(0, 40),
    left,
    right,
    tables: home.join.map((at) => ({
      ...(schema === undefined || schema.implicit === true ? {} : { schema: schema.name }),
      name: names[at] ?? '',
      columns: (proposal.tables[at]?.columns ?? []).map(nameOf),
    })),
  };
  return LOST_TRIGGERS[dialect](lost).join('\n\n');
}
