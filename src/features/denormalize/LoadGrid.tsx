import { memo, useMemo, useState } from 'react';
import { type Figure, type GivenLoad, type GivenTableLoad, joinsOf, type Load } from '#engine/denormalize/load.ts';
import { figure, readFigure, shortFigure } from '#lib/figures.ts';
import type { Document, Id } from '#model/types.ts';
import { sayJoin, sayTable } from '#state/denormalize.ts';
import { notify } from '#state/notices.ts';
import { cx } from '#ui/cx.ts';
import { TextField } from '#ui/TextField.tsx';
import { useDraft } from '#ui/use-draft.ts';
import { joinText } from './words.ts';

interface CellProps {
  /** What is said, read aloud. */
  readonly label: string;
  readonly given: Figure;
  /** Somebody said it here; otherwise it is told by the workload or by facts, or guessed. */
  readonly said: boolean;
  readonly onSay: (value: number | undefined) => void;
}

/** One number: what was said, in blue what the workload tells, or in grey what is guessed. */
function FigureCell({ label, given, said, onSay }: CellProps) {
  const guessed = given.guessed === true;
  const told = !guessed && !said;
  const draft = useDraft(guessed ? '' : shortFigure(given.value), (text) => {
    const value = readFigure(text);
    if (value === 'bad') notify({ tone: 'warn', text: `“${text}” is no number: write it as 1500, 20k or 1.5M.` });
    else onSay(value);
  });
  return (
    <input
      aria-label={guessed ? `${label}, guessed ${figure(given.value)}` : told ? `${label}, known from workload and facts` : label}
      title={told ? 'Known from workload and facts; type to say otherwise' : undefined}
      className={cx(
        'h-6.5 w-full rounded bg-transparent px-1.5 text-right font-mono text-[11.5px] outline-none placeholder:text-ink-3 placeholder:italic hover:bg-sunken focus:bg-surface focus:ring-1 focus:ring-accent',
        told && 'text-accent',
      )}
      placeholder={`≈ ${shortFigure(given.value)}`}
      inputMode="decimal"
      autoComplete="off"
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.commit}
      onKeyDown={draft.onKeyDown}
    />
  );
}

const HEAD = 'sticky top-0 z-1 bg-raised py-1 text-[11px] font-medium text-ink-2';
const NUMBER_HEAD = `${HEAD} pr-1.5 text-right`;

const TABLE_FIGURES = [
  { key: 'rows', head: 'Rows', says: 'Rows of' },
  { key: 'reads', head: 'Reads/h', says: 'Reads per hour of' },
  { key: 'inserts', head: 'Inserts/h', says: 'Inserts per hour into' },
  { key: 'updates', head: 'Updates/h', says: 'Updates per hour of' },
] as const;

interface TableRowProps {
  readonly id: Id;
  readonly name: string;
  readonly load: Load;
  readonly said: GivenTableLoad | undefined;
  readonly current: boolean;
  readonly onChoose: (id: Id) => void;
}

const TableRow = memo(function TableRow({ id, name, load, said, current, onChoose }: TableRowProps) {
  const figures = load.table(id);
  return (
    <tr className={cx('border-line border-t', current && 'bg-accent-soft/50')} onFocus={() => onChoose(id)}>
      <th scope="row" className="max-w-0 truncate pl-4 text-left font-normal" title={name}>
        <button type="button" className="max-w-full truncate rounded" aria-pressed={current} onClick={() => onChoose(id)}>
          {name}
        </button>
      </th>
      {TABLE_FIGURES.map(({ key, says }) => (
        <td key={key}>
          <FigureCell
            label={`${says} ${name}`}
            given={figures[key]}
            said={said?.[key] !== undefined}
            onSay={(value) => sayTable(id, key, value)}
          />
        </td>
      ))}
    </tr>
  );
});

const JOIN_FIGURES = [
  {
    key: 'lookups',
    head: 'Looked up/h',
    title: 'Rows per hour that are shown with columns of the last table',
    says: 'Lookups per hour along',
  },
  {
    key: 'counts',
    head: 'Counted/h',
    title: 'Rows of the last table per hour that are shown with the number of rows of the first',
    says: 'Counts per hour along',
  },
  {
    key: 'reports',
    head: 'Reports/h',
    title: 'Times per hour that all rows of the first table are grouped by the last',
    says: 'Reports per hour along',
  },
] as const;

interface JoinsProps {
  readonly document: Document;
  readonly load: Load;
  readonly said: GivenLoad;
  readonly table: Id | undefined;
}

function Joins({ document, load, said, table }: JoinsProps) {
  const joins = useMemo(
    () =>
      joinsOf(document).filter((ids) => {
        const links = ids.flatMap((id) => document.relationships[id] ?? []);
        return links[0]?.child === table || links.at(-1)?.parent === table;
      }),
    [document, table],
  );
  const name = table === undefined ? undefined : document.tables[table]?.name;
  if (name === undefined)
    return <p className="px-4 py-3 text-xs text-ink-2">Choose a table above to say how it is read with others.</p>;
  if (joins.length === 0) return <p className="px-4 py-3 text-xs text-ink-2">{name} has no foreign key and none leads to it.</p>;
  return (
    <table className="w-full table-fixed border-collapse text-xs">
      <caption className="sr-only">Read together with {name}</caption>
      <thead>
        <tr>
          <th scope="col" className={cx(HEAD, 'pl-4 text-left')}>
            Read together
          </th>
          {JOIN_FIGURES.map(({ key, head, title }) => (
            <th key={key} scope="col" title={title} className={cx(NUMBER_HEAD, 'w-[76px]')}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {joins.map((ids) => {
          const text = joinText(document, ids);
          const figures = load.join(ids);
          const own = said.joins.find(({ relationships }) => relationships.join() === ids.join());
          return (
            <tr key={ids.join()} className="border-line border-t">
              <th scope="row" className="py-1 pl-4 text-left leading-4 font-normal [overflow-wrap:anywhere]">
                {text}
              </th>
              {JOIN_FIGURES.map(({ key, says }) => (
                <td key={key}>
                  {ids.length > 1 && key !== 'lookups' ? null : (
                    <FigureCell
                      label={`${says} ${text}`}
                      given={figures[key]}
                      said={own?.[key] !== undefined}
                      onSay={(value) => sayJoin(ids, key, value)}
                    />
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Rows of the grid at once; a filter finds the others. */
const SHOWN = 60;

export interface LoadGridProps {
  readonly document: Document;
  readonly load: Load;
  /** What a person said here, without what is known otherwise. */
  readonly said: GivenLoad;
  readonly table: Id | undefined;
  readonly onTable: (id: Id) => void;
}

/** How tables are used: what is said, with guesses in grey. */
export function LoadGrid({ document, load, said, table, onTable }: LoadGridProps) {
  const [filter, setFilter] = useState('');
  const all = useMemo(() => {
    const linked = new Set(Object.values(document.relationships).flatMap(({ child, parent }) => [child, parent]));
    return Object.values(document.tables)
      .filter(({ id, partitionOf }) => linked.has(id) && partitionOf === undefined)
      .sort((a, b) => a.name.localeCompare(b.name));
  }, [document]);
  const found = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    const some = all.filter(({ id, name }) => id === table || name.toLowerCase().includes(wanted));
    // The chosen one is always there.
    return [...some.filter(({ id }) => id === table), ...some.filter(({ id }) => id !== table)];
  }, [all, filter, table]);
  const tables = all.length > SHOWN ? found.slice(0, SHOWN) : all;
  return (
    <section aria-label="How it is used" className="flex w-[420px] shrink-0 flex-col border-line border-r max-[1200px]:w-[372px]">
      <p className="border-line border-b px-4 py-2 text-xs leading-4 text-ink-2">
        How is it used? Blue numbers are known from the workload and from facts, grey ones are guesses; advice comes from what you
        say and from what is known. Per hour; 20k and 1.5M will do.
      </p>
      {all.length > SHOWN ? (
        <TextField
          label="Find a table"
          hideLabel
          placeholder={`Find one of ${all.length} tables`}
          boxClassName="px-4 py-2 border-line border-b"
          value={filter}
          onChange={setFilter}
        />
      ) : null}
      <div className="min-h-24 flex-1 overflow-auto pr-1">
        <table className="w-full table-fixed border-collapse text-xs">
          <caption className="sr-only">Rows, reads and writes of each table</caption>
          <thead>
            <tr>
              <th scope="col" className={cx(HEAD, 'pl-4 text-left')}>
                Table
              </th>
              {TABLE_FIGURES.map(({ key, head }) => (
                <th key={key} scope="col" className={cx(NUMBER_HEAD, 'w-[66px]')}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tables.map(({ id, name }) => (
              <TableRow
                key={id}
                id={id}
                name={name}
                load={load}
                said={Object.hasOwn(said.tables, id) ? said.tables[id] : undefined}
                current={id === table}
                onChoose={onTable}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="max-h-[45%] min-h-28 overflow-auto border-line border-t pr-1">
        <Joins document={document} load={load} said={said} table={table} />
      </div>
    </section>
  );
}
