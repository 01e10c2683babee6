import { memo, useDeferredValue, useMemo, useState } from 'react';
import { type ColumnFact, columnCell, type FactCell, storedViewCell, type TableFact, tableCell } from '#engine/facts/cells.ts';
import { type FactEdit, storedView } from '#engine/facts/edit.ts';
import { recordIn } from '#model/collections.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Id } from '#model/types.ts';
import { sayFacts } from '#state/facts.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { FactGrid } from './FactGrid.tsx';
import type { CellEdit, GridRow, Refused } from './grid-types.ts';
import type { FactsView } from './use-facts.ts';
import { COLUMN_COLUMNS, cellReason, factHead, TABLE_COLUMNS } from './words.ts';

const UNKNOWN: FactCell = { shown: '', exact: '', declared: false };

/** The fact under the cursor. */
interface Spot {
  readonly table: Id;
  readonly column?: Id;
  readonly fact: TableFact | ColumnFact;
}

function cellAt({ document, known }: FactsView, { table: id, column, fact }: Spot): FactCell {
  const view = storedView(document, id);
  if (view !== undefined) return column === undefined ? storedViewCell(view.facts, fact as TableFact) : UNKNOWN;
  const [table, facts] = [recordIn(document, 'tables', id), known.get(id)];
  if (table === undefined || facts === undefined) return UNKNOWN;
  if (column === undefined) return tableCell(facts, table.facts, fact as TableFact);
  const of = facts.columns.find((one) => one.id === column);
  return of === undefined ? UNKNOWN : columnCell(of, columnOf(document, table, column)?.facts, fact as ColumnFact);
}

/** The fact under the cursor in full, why it is so, and what can be done about it. */
function Explained({ view, spot }: { readonly view: FactsView; readonly spot: Spot | undefined }) {
  const table = spot === undefined ? undefined : recordIn(view.document, 'tables', spot.table);
  const of = table ?? (spot === undefined ? undefined : storedView(view.document, spot.table));
  if (spot === undefined || of === undefined) {
    return (
      <p className="border-line border-t px-4 py-2 text-xs text-ink-2">
        Arrow keys move, typing edits, Delete goes back to the guess. A block of a spreadsheet can be pasted.
      </p>
    );
  }
  const cell = cellAt(view, spot);
  const column = table === undefined || spot.column === undefined ? undefined : columnOf(view.document, table, spot.column);
  const place = [of.name, column?.name].filter((name) => name !== undefined).join('.');
  const tell = (text: string | undefined) => sayFacts([{ ...spot, text } satisfies FactEdit]);
  return (
    <section
      aria-label="The fact under the cursor"
      className="flex min-h-10 items-center gap-3 border-line border-t px-4 py-1.5 text-xs"
    >
      <p className="min-w-0 flex-1 truncate" title={`${cell.exact}\n${cellReason(cell) ?? ''}`}>
        <span className="font-mono text-ink-2">{place}</span> <span className="text-ink-2">{factHead(spot.fact)}:</span>{' '}
        <span className="font-medium">{cell.exact === '' ? 'not known' : cell.exact}</span>
        {cellReason(cell) === undefined ? null : <span className="text-ink-2"> · {cellReason(cell)}</span>}
      </p>
      <Button
        size="sm"
        disabled={cell.guess === undefined}
        title="It counts as told, as it stands (Ctrl+Enter)"
        onClick={() => tell(cell.exact)}
      >
        Declare
      </Button>
      <Button size="sm" disabled={!cell.declared} title="Back to the guess (Delete)" onClick={() => tell(undefined)}>
        Clear
      </Button>
    </section>
  );
}

/** What of a pasted block could not be taken; undefined when all was, or nothing was pasted. */
type Left = { readonly of: number; readonly refused: readonly Refused<TableFact | ColumnFact>[] } | undefined;

function leftOf(of: number, refused: readonly Refused<TableFact | ColumnFact>[]): Left {
  return of < 2 || refused.length === 0 ? undefined : { of, refused };
}

/** Of a pasted block, beside the marks on its cells: how many were left, and why the first was. */
function LeftOut({ left: { of, refused } }: { readonly left: NonNullable<Left> }) {
  const [first] = refused;
  return (
    <p role="status" className="border-line border-t bg-bad-soft px-4 py-1.5 text-xs text-bad [overflow-wrap:anywhere]">
      {refused.length} of {of} pasted facts {refused.length === 1 ? 'was' : 'were'} not taken: “{first?.text}”. {first?.message}
    </p>
  );
}

function TablesGrid({
  view,
  filter,
  chosen,
  onChoose,
  onSpot,
  onLeft,
}: GridsProps & {
  readonly chosen: Id | undefined;
  readonly onChoose: (id: Id) => void;
  readonly onSpot: (spot: Spot) => void;
  readonly onLeft: (left: Left) => void;
}) {
  const rows = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    const row = (key: Id, label: string, stored: boolean): GridRow => ({
      key,
      name: stored ? `${label}, materialized view` : label,
      head: (
        <>
          <span className="min-w-0 truncate font-mono text-[11.5px]">{label}</span>
          {stored ? <Icon name="Eye" size={13} className="ml-auto text-ink-3" label="materialized view" /> : null}
        </>
      ),
    });
    return [
      ...view.tables.map(({ table, label }) => row(table.id, label, false)),
      ...view.views.map(({ view: { id }, label }) => row(id, label, true)),
    ].filter(({ name }) => name.toLowerCase().includes(wanted));
  }, [view.tables, view.views, filter]);
  const onEdit = (edits: readonly CellEdit<TableFact>[]): readonly Refused<TableFact>[] => {
    const refused = sayFacts(edits.map(({ row, column, text }) => ({ table: row, fact: column, text }))).map(
      ({ edit, message }) => ({ row: edit.table, column: edit.fact as TableFact, text: edit.text, message }),
    );
    onLeft(leftOf(edits.length, refused));
    return refused;
  };
  return (
    <FactGrid
      label="Facts of tables"
      rowHead="Table"
      nameWidth={150}
      columns={TABLE_COLUMNS}
      rows={rows}
      cell={(table, fact) => cellAt(view, { table, fact })}
      onEdit={onEdit}
      current={chosen}
      onCell={(table, fact) => {
        onChoose(table);
        onSpot({ table, fact });
      }}
    />
  );
}

const ColumnsGrid = memo(function ColumnsGrid({
  view,
  table: id,
  onSpot,
  onLeft,
}: {
  readonly view: FactsView;
  readonly table: Id;
  readonly onSpot: (spot: Spot) => void;
  readonly onLeft: (left: Left) => void;
}) {
  const { document } = view;
  const table = recordIn(document, 'tables', id);
  const rows = useMemo(
    () =>
      (table === undefined ? [] : columnsOf(document, table)).map(
        (column): GridRow => ({
          key: column.id,
          name: column.name,
          head: (
            <>
              <span className="min-w-0 truncate font-mono text-[11.5px]">{column.name}</span>
              <span className="ml-auto max-w-[45%] shrink-0 truncate font-mono text-[10.5px] text-ink-3">
                {typeName(document, column.type)}
              </span>
            </>
          ),
        }),
      ),
    [document, table],
  );
  const onEdit = (edits: readonly CellEdit<ColumnFact>[]): readonly Refused<ColumnFact>[] => {
    const refused = sayFacts(edits.map(({ row, column, text }) => ({ table: id, column: row, fact: column, text }))).map(
      ({ edit, message }) => ({ row: edit.column ?? '', column: edit.fact as ColumnFact, text: edit.text, message }),
    );
    onLeft(leftOf(edits.length, refused));
    return refused;
  };
  return (
    <FactGrid
      key={id}
      label={`Facts of the columns of ${table?.name ?? '?'}`}
      rowHead="Column"
      nameWidth={190}
      columns={COLUMN_COLUMNS}
      rows={rows}
      cell={(column, fact) => cellAt(view, { table: id, column, fact })}
      onEdit={onEdit}
      onCell={(column, fact) => onSpot({ table: id, column, fact })}
    />
  );
});

interface GridsProps {
  readonly view: FactsView;
  readonly filter: string;
}

/** Tables at the left, columns of one of them at the right, and below what the cursor is on. */
export function FactsGrids({ view, filter }: GridsProps) {
  const [picked, setPicked] = useState<Id>();
  const [spot, setSpot] = useState<Spot>();
  const [left, setLeft] = useState<Left>();
  const there = (id: Id) => recordIn(view.document, 'tables', id) ?? storedView(view.document, id);
  const chosen =
    picked !== undefined && there(picked) !== undefined ? picked : (view.tables[0]?.table.id ?? view.views[0]?.view.id);
  // The cursor goes on while the columns of the table it is on are drawn.
  const shown = useDeferredValue(chosen);
  if (chosen === undefined || shown === undefined)
    return <EmptyState icon="Table2" title="No tables" text="Facts are of tables: make one, or import a schema." />;
  const table = recordIn(view.document, 'tables', shown);
  const whole = table?.partitionOf === undefined ? undefined : recordIn(view.document, 'tables', table.partitionOf.parent);
  return (
    <>
      {/* Beside each other where both have room for all their columns, else one below the other. */}
      <div className="flex min-h-0 flex-1 max-[1351px]:flex-col">
        <section
          aria-label="Tables"
          className="flex w-[416px] shrink-0 flex-col border-line border-r max-[1351px]:h-[42%] max-[1351px]:w-full max-[1351px]:border-r-0 max-[1351px]:border-b"
        >
          <TablesGrid view={view} filter={filter} chosen={chosen} onChoose={setPicked} onSpot={setSpot} onLeft={setLeft} />
        </section>
        <section aria-label="Columns" className="flex min-h-0 min-w-0 flex-1 flex-col">
          {whole === undefined ? null : (
            <p className="border-line border-b px-4 py-1.5 text-xs text-ink-2">
              A partition of {whole.name}: facts of its columns are that table’s.
            </p>
          )}
          {table === undefined ? (
            <EmptyState
              icon="Eye"
              title={`${storedView(view.document, shown)?.name ?? '?'} is a materialized view`}
              text="Its rows can be declared. Facts of its columns follow from the tables that its query reads."
            />
          ) : (
            <ColumnsGrid view={view} table={shown} onSpot={setSpot} onLeft={setLeft} />
          )}
        </section>
      </div>
      {left === undefined ? null : <LeftOut left={left} />}
      <Explained view={view} spot={spot} />
    </>
  );
}
