import { columnNames } from '#model/derive/columns.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { shareText } from '../normalize/provenance.ts';
import { code, table as grid, text } from './markdown.ts';

/** Whether a dependency was declared or found, and in what. */
function origin({ discovered }: Dependency): string {
  if (discovered === undefined) return 'declared';
  const { source, rows, error, date } = discovered;
  const against = error === undefined || error === 0 ? 'without exception' : `with ${shareText(error)} of the rows against it`;
  return `found in ${source} (${rows} rows, ${against}), accepted ${date}`;
}

/** Why a dependency is left alone. */
export function exemptionText({ exempt }: Pick<Dependency, 'exempt'>): string {
  if (exempt === undefined) return '';
  if (exempt.kind === 'temporal') return `temporal: the value of its time, never normalised. ${exempt.reason} (${exempt.date})`;
  const lag = exempt.staleness === undefined ? 'at once' : `within ${exempt.staleness}`;
  const by = { trigger: 'a trigger', application: 'the application', 'materialized view': 'a materialized view' }[
    exempt.maintenance
  ];
  return `accepted redundancy, kept equal by ${by}, ${lag}. ${exempt.reason} (${exempt.date})`;
}

/** The dependencies of a table with where they come from and why some are left alone; empty when there are none. */
export function dependencyTable(document: Document, table: Table): string {
  if (table.dependencies.length === 0) return '';
  const names = (ids: readonly string[]) => columnNames(document, table, ids).join(', ');
  const rows = table.dependencies.map((one) => [
    code(`${names(one.determinant) || '{}'} ${one.multivalued === true ? '->>' : '->'} ${names(one.dependent)}`, true),
    text(origin(one)),
    text(exemptionText(one)),
    text(one.note ?? ''),
  ]);
  return `**Dependencies**\n\n${grid(['Dependency', 'From', 'Left alone', 'Note'], rows)}`;
}
