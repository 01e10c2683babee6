import { columnsOf } from '#model/derive/columns.ts';
import type { Id } from '#model/types.ts';
import { Kbd } from '#ui/Kbd.tsx';
import { Section } from '../fields/Section.tsx';
import { typeText } from '../logic/type-text.ts';
import { ColumnsBulk } from '../objects/SeveralColumns.tsx';
import { ColumnGrid } from './ColumnGrid.tsx';
import type { TabProps } from './KeysTab.tsx';

function Inherited({ document, table }: TabProps) {
  const own = new Set(table.columns.map((column) => column.id));
  const inherited = columnsOf(document, table).filter((column) => !own.has(column.id));
  if (inherited.length === 0) return null;
  return (
    <Section title={table.partitionOf === undefined ? 'Inherited columns' : 'Columns of the partitioned table'}>
      <ul className="flex min-w-0 flex-col">
        {inherited.map((column) => (
          <li key={column.id} className="flex h-6 min-w-0 items-center gap-2 text-[12.5px] text-ink-2">
            <span className="truncate">{column.name}</span>
            <span className="ml-auto truncate font-mono text-[11.5px] text-ink-3">
              {typeText(document, column.type, table.schema)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const KEYS = [
  { keys: 'enter', does: 'edit' },
  { keys: 'mod+enter', does: 'add below' },
  { keys: 'alt+arrowup', does: 'move' },
  { keys: 'alt+enter', does: 'details' },
] as const;

function KeyHints() {
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-1 px-1.5 pt-1 text-[11px] text-ink-3">
      {KEYS.map(({ keys, does }) => (
        <span key={keys} className="inline-flex items-center gap-1">
          <Kbd keys={keys} /> {does}
        </span>
      ))}
      <span>
        <Kbd keys="k" /> <Kbd keys="u" /> <Kbd keys="i" /> <Kbd keys="m" /> on the first cell: key, unique, index, not null
      </span>
    </p>
  );
}

export interface ColumnsTabProps extends TabProps {
  /** Every selected column of the table. */
  readonly parts: readonly Id[];
}

/** The columns of a table. */
export function ColumnsTab(props: ColumnsTabProps) {
  const { document, table, part, parts } = props;
  return (
    <>
      <Inherited {...props} />
      <section aria-label="Columns" className="flex min-w-0 flex-col gap-1 px-2 py-2">
        <ColumnGrid key={table.id} document={document} table={table} part={part} parts={parts} />
        <KeyHints />
      </section>
      {parts.length < 2 ? null : <ColumnsBulk document={document} refs={parts.map((one) => ({ record: table.id, part: one }))} />}
    </>
  );
}
