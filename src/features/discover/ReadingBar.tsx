import type { SurveyedTable } from '#engine/discover/survey.ts';
import { many } from '#lib/amounts.ts';
import { type GivenData, readAs, searchAgain } from '#state/discover.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { showFile } from './session.ts';
import { SEPARATORS } from './words.ts';

const QUOTES = [
  { value: '"', label: 'Quote "' },
  { value: "'", label: "Quote '" },
  { value: 'none', label: 'No quotes' },
];
const LEFTS = [
  { value: 'any', label: 'Any left side' },
  ...[1, 2, 3, 4].map((size) => ({ value: String(size), label: `Left side up to ${size}` })),
];
const SECONDS = [
  { value: '10', label: 'Up to 10 s' },
  { value: '60', label: 'Up to 1 min' },
  { value: '600', label: 'Up to 10 min' },
  { value: 'any', label: 'Until done' },
];

interface BarProps {
  readonly given: GivenData;
  readonly tables: readonly SurveyedTable[];
  readonly file: number;
}

function separators(now: string) {
  return SEPARATORS.some((one) => one.value === now) ? SEPARATORS : [...SEPARATORS, { value: now, label: now }];
}

/** Which texts mean NULL. */
function NullSpellings({ table, file }: { readonly table: SurveyedTable; readonly file: number }) {
  return (
    <span className="flex items-center gap-1.5 text-xs">
      <span aria-hidden="true" className="text-ink-2">
        NULL is
      </span>
      <TextField
        label="Spellings of NULL, separated by commas"
        hideLabel
        mono
        boxClassName="w-32"
        placeholder="an empty field"
        title="Texts that mean NULL beside an empty field, separated by commas"
        value={table.nulls.join(', ')}
        onCommit={(text) =>
          readAs(file, {
            nulls: text
              .split(',')
              .map((one) => one.trim())
              .filter((one) => one !== ''),
          })
        }
      />
    </span>
  );
}

/** How the file was read and searched, to be changed where that was found wrong. */
export function ReadingBar({ given, tables, file }: BarProps) {
  const table = tables[file];
  if (table === undefined) return null;
  const { format } = table;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-line border-b px-4 py-2">
      {tables.length > 1 ? (
        <Select
          label="File"
          size="sm"
          value={String(file)}
          options={tables.map((one, at) => ({ value: String(at), label: one.name.replace(/^.*[/\\]/, '') }))}
          className="max-w-52"
          onValueChange={(next) => showFile(Number(next))}
        />
      ) : null}
      {table.source !== undefined ? (
        <span className="min-w-0 max-w-[40ch] truncate text-ink-2 text-xs" title={table.source}>
          {table.source}
        </span>
      ) : format === undefined ? (
        <span className="text-ink-2 text-xs">JSON</span>
      ) : (
        <>
          <Select
            label="Separator"
            size="sm"
            value={format.separator}
            options={separators(format.separator)}
            onValueChange={(separator) => readAs(file, { separator })}
          />
          <Select
            label="Quotes"
            size="sm"
            value={format.quote === '' ? 'none' : format.quote}
            options={QUOTES}
            onValueChange={(quote) => readAs(file, { quote: quote === 'none' ? '' : quote })}
          />
          <Checkbox
            className="text-xs"
            label="First row names the columns"
            checked={format.header}
            onCheckedChange={(header) => readAs(file, { header })}
          />
        </>
      )}
      {table.source === undefined ? <NullSpellings table={table} file={file} /> : null}
      <span className="flex-1" />
      <Select
        label="Columns on the left side"
        size="sm"
        value={given.maxLeft === undefined ? 'any' : String(given.maxLeft)}
        options={LEFTS}
        onValueChange={(size) => searchAgain({ maxLeft: size === 'any' ? undefined : Number(size) })}
      />
      <Select
        label="How long the search may take"
        size="sm"
        value={given.seconds === undefined ? 'any' : String(given.seconds)}
        options={SECONDS}
        onValueChange={(seconds) => searchAgain({ seconds: seconds === 'any' ? undefined : Number(seconds) })}
      />
    </div>
  );
}

/** Rows that were left out, each with its place. */
export function LeftOut({ table }: { readonly table: SurveyedTable }) {
  if (table.skipped === 0) return null;
  const [first] = table.skips;
  const place = (line: number, column: number) => `Line ${line.toLocaleString('en')}, column ${column.toLocaleString('en')}`;
  return (
    <div role="alert" className="contents">
      <details className="group/skips max-h-32 shrink-0 overflow-y-auto bg-warn-soft px-4 py-1.5 text-warn text-xs leading-5">
        <summary className="flex cursor-default items-center gap-1.5">
          <Icon name="TriangleAlert" size={13} className="shrink-0" />
          <span className="min-w-0 truncate">
            {many(table.skipped, 'row was', 'rows were')} left out.{' '}
            {first === undefined ? '' : `${place(first.line, first.column)}: ${first.reason}`}
          </span>
          {table.skips.length > 1 ? <Icon name="ChevronDown" size={13} className="shrink-0 group-open/skips:rotate-180" /> : null}
        </summary>
        <ul className="pl-5">
          {table.skips.slice(1).map(({ line, column, reason }) => (
            <li key={`${line}:${column}`}>
              {place(line, column)}: {reason}
            </li>
          ))}
          {table.skipped > table.skips.length ? <li>and {many(table.skipped - table.skips.length, 'more row')}</li> : null}
        </ul>
      </details>
    </div>
  );
}
