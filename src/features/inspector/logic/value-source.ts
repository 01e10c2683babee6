import type { Column } from '#model/column-types.ts';
import type { Patch } from '#model/patch.ts';

/** Where a column's value comes from when a row is written. */
export type ValueSource =
  | 'given'
  | 'default'
  | 'identity always'
  | 'identity by default'
  | 'generated stored'
  | 'generated virtual';

export const VALUE_SOURCES: readonly { readonly value: ValueSource; readonly label: string }[] = [
  { value: 'given', label: 'The writer of the row' },
  { value: 'default', label: 'The writer, or a default' },
  { value: 'identity always', label: 'Identity, always' },
  { value: 'identity by default', label: 'Identity, by default' },
  { value: 'generated stored', label: 'Computed and stored' },
  { value: 'generated virtual', label: 'Computed when read' },
];

export function valueSource(column: Column): ValueSource {
  if (column.identity !== undefined) return `identity ${column.identity.mode}`;
  if (column.generated !== undefined) return column.generated.stored ? 'generated stored' : 'generated virtual';
  return column.default === undefined ? 'given' : 'default';
}

/** The change that makes a column's value come from elsewhere. What was said before is kept where it can be. */
export function sourcePatch(column: Column, source: ValueSource): Patch<Column> {
  switch (source) {
    case 'given':
      return { default: null, identity: null, generated: null };
    case 'default':
      return { default: column.default ?? { kind: 'null', sql: 'NULL' }, identity: null, generated: null };
    case 'identity always':
    case 'identity by default':
      return {
        identity: { ...column.identity, mode: source === 'identity always' ? 'always' : 'by default' },
        default: null,
        generated: null,
      };
    default:
      return {
        generated: {
          expression: column.generated?.expression ?? column.default?.sql ?? 'NULL',
          stored: source === 'generated stored',
        },
        default: null,
        identity: null,
      };
  }
}
