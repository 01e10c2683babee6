import { useMemo, useState } from 'react';
import type { Receipt, ReceiptStatement, StatementState } from '#engine/sql/receipt.ts';
import type { ImportFile } from '#state/import.ts';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { beginning } from './lines.ts';
import { SourceView } from './SourceView.tsx';
import { StatementList } from './StatementList.tsx';
import { filterStatements, STATES } from './states.ts';

export interface ReceiptViewProps {
  readonly files: readonly ImportFile[];
  readonly receipt: Receipt;
  /** Goes to the record a statement became. */
  readonly onOpen?: ((statement: ReceiptStatement) => void) | undefined;
  /** At the right of the row of filters. */
  readonly end?: React.ReactNode;
}

interface FiltersProps {
  readonly receipt: Receipt;
  readonly states: ReadonlySet<StatementState>;
  readonly onStates: (states: ReadonlySet<StatementState>) => void;
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  readonly end?: React.ReactNode;
}

function Filters({ receipt, states, onStates, typed, onTyped, end }: FiltersProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b px-3 py-1.5">
      {STATES.map(({ state, label, says, icon, tone }) => {
        const count = receipt.counts[state];
        const on = states.has(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={on}
            title={says}
            disabled={count === 0}
            className={cx(
              'flex h-6.5 items-center gap-1.5 rounded-full border px-2.5 text-xs disabled:opacity-50',
              on ? 'border-accent bg-accent-soft text-accent' : 'border-line-strong text-ink-2 enabled:hover:bg-sunken',
              state === 'error' && count > 0 && !on && 'border-bad/60 text-bad',
            )}
            onClick={() => {
              const next = new Set(states);
              if (!next.delete(state)) next.add(state);
              onStates(next);
            }}
          >
            <Icon name={icon} size={13} className={tone === 'ok' && !on ? 'text-ok' : ''} />
            {label} <span className="font-semibold tabular-nums">{count.toLocaleString('en')}</span>
          </button>
        );
      })}
      <input
        type="search"
        aria-label="Filter the statements"
        placeholder="Filter"
        value={typed}
        className="h-6.5 w-32 min-w-20 flex-1 rounded-md border border-line bg-sunken px-2 text-xs outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
        onChange={(event) => onTyped(event.target.value)}
      />
      {end}
    </div>
  );
}

/** Clauses that are lost; statements that could not be read are counted as errors, with their line. */
function Lost({ receipt }: { readonly receipt: Receipt }) {
  const lost = receipt.lost.filter((one) => one.feature !== 'statement');
  if (lost.length === 0) return null;
  return (
    <details className="shrink-0 border-line border-b bg-warn-soft px-3 py-1 text-xs text-warn">
      <summary className="cursor-default font-semibold">
        {lost.length.toLocaleString('en')} {lost.length === 1 ? 'clause is' : 'clauses are'} lost: the model cannot hold{' '}
        {lost.length === 1 ? 'it' : 'them'}
      </summary>
      <ul className="max-h-28 overflow-y-auto py-1 text-ink [overflow-wrap:anywhere]">
        {lost.map((one) => (
          <li key={`${one.object}/${one.feature}`}>
            <b className="font-semibold">{one.object}</b>: {one.feature}. {one.reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What became of every statement, next to the text it stands in. */
export function ReceiptView({ files, receipt, onOpen, end }: ReceiptViewProps) {
  const [states, setStates] = useState<ReadonlySet<StatementState>>(() => new Set(receipt.counts.error > 0 ? ['error'] : []));
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState<ReceiptStatement | undefined>();
  const shown = useMemo(() => filterStatements(receipt.statements, states, typed), [receipt, states, typed]);
  const byFile = useMemo(() => {
    const groups = new Map<string, ReceiptStatement[]>();
    for (const one of receipt.statements) {
      const group = groups.get(one.file);
      if (group === undefined) groups.set(one.file, [one]);
      else group.push(one);
    }
    for (const group of groups.values()) group.sort((a, b) => a.start - b.start);
    return groups;
  }, [receipt]);
  const texts = useMemo(() => new Map(files.map((one) => [one.name, one.text])), [files]);
  const nameOf = (one: ReceiptStatement) => beginning(texts.get(one.file) ?? '', one.start, one.end);
  const picked = current ?? shown[0];
  const file = files.find((one) => one.name === picked?.file) ?? files[0];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Filters receipt={receipt} states={states} onStates={setStates} typed={typed} onTyped={setTyped} end={end} />
      <Lost receipt={receipt} />
      <div className="flex min-h-0 flex-1">
        <div className="w-[42%] min-w-56 border-line border-r">
          {shown.length === 0 ? (
            <EmptyState icon="Filter" title="No statement matches" text="Take a filter away to see the others." />
          ) : (
            <StatementList statements={shown} current={picked} nameOf={nameOf} onPick={setCurrent} onOpen={onOpen} />
          )}
        </div>
        <div className="flex min-w-0 flex-1 flex-col">
          {files.length > 1 && file !== undefined ? (
            <p
              title={file.name}
              // The end of a path tells files apart: it is the beginning that gives way.
              className="shrink-0 truncate border-line border-b bg-sunken px-3 py-1 text-left font-mono text-xs text-ink-2 [direction:rtl]"
            >
              <bdi dir="ltr">{file.name}</bdi>
            </p>
          ) : null}
          <div className="min-h-0 flex-1">
            {file === undefined ? null : (
              <SourceView
                file={file}
                statements={byFile.get(file.name) ?? []}
                current={picked?.file === file.name ? picked : undefined}
                onPick={setCurrent}
              />
            )}
          </div>
        </div>
      </div>
    </div>
  );
}
