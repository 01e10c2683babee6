import { typeText } from '#features/inspector/index.ts';
import type { Id, Table } from '#model/types.ts';
import { documentStore } from '#state/document.ts';

const HEADER = ['name', 'type', 'null', 'default', 'comment', 'key'];

function cell(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Columns as a spreadsheet takes them, and as this grid takes them back: cells with a header row. */
export function columnsAsText(table: Table, ids: readonly Id[]): string {
  const { document } = documentStore.getState();
  const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const rows = table.columns
    .filter((one) => ids.includes(one.id))
    .map((one) => [
      one.name,
      `${typeText(document, one.type, table.schema)}${one.identity === undefined ? '' : ' identity'}`,
      one.nullable ? 'yes' : 'no',
      one.default?.sql ?? '',
      one.comment ?? '',
      primary.includes(one.id) ? 'PK' : '',
    ]);
  return [HEADER, ...rows].map((row) => row.map(cell).join('\t')).join('\n');
}
