import { recordIn } from '#model/collections.ts';
import type { Document, Table } from '#model/types.ts';
import { lostDependencyAssertion, lostDependencyTriggers } from '../dialects/postgres/lost-dependency.ts';
import { utf8Length } from '../dialects/postgres/names.ts';
import { NAME_BYTES } from '../dialects/postgres/quote.ts';
import type { HomeFact } from './comparison-types.ts';
import type { Proposal } from './types.ts';

/** What keeps a lost dependency: PostgreSQL's triggers where the document is for it, else the standard's assertion. */
export interface LostSql {
  readonly kind: 'triggers' | 'assertion';
  readonly text: string;
}

/**
 * The SQL that checks a dependency which no table of a decomposition checks on its own.
 * @param names of the tables, by position in the proposal.
 * @returns nothing when no join of the tables shows the dependency.
 */
export function lostDependencySql(
  document: Document,
  table: Table,
  proposal: Proposal,
  names: readonly string[],
  home: HomeFact,
): LostSql | undefined {
  if (home.join === undefined || home.join.length === 0) return undefined;
  const schema = recordIn(document, 'schemas', table.schema);
  const nameOf = (id: string) => table.columns.find((column) => column.id === id)?.name ?? id;
  const left = home.determinant.map(nameOf);
  const right = home.dependent.map(nameOf);
  const said = `${left.join('_')}_determines_${right.join('_')}`;
  const lost = {
    // PostgreSQL cuts longer names, and each of several triggers adds a number.
    name: utf8Length(said) <= NAME_BYTES - 3 ? said : `keep_dependency_of_${names[home.join[0] ?? 0] ?? ''}`.slice(0, 40),
    left,
    right,
    tables: home.join.map((at) => ({
      ...(schema === undefined || schema.implicit === true ? {} : { schema: schema.name }),
      name: names[at] ?? '',
      columns: (proposal.tables[at]?.columns ?? []).map(nameOf),
    })),
  };
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  return dialect === 'postgresql'
    ? { kind: 'triggers', text: lostDependencyTriggers(lost).join('\n\n') }
    : { kind: 'assertion', text: lostDependencyAssertion(lost) };
}
