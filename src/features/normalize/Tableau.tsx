import { useState } from 'react';
import type { JoinFact } from '#engine/decompose/comparison-types.ts';
import type { Id } from '#model/types.ts';
import { cx } from '#ui/cx.ts';
import { IconButton } from '#ui/IconButton.tsx';
import { factText, type NameOf, symbolText, tableauAt } from './words.ts';

interface TableauProps {
  readonly join: JoinFact;
  /** The heading. */
  readonly columns: readonly Id[];
  readonly names: readonly string[];
  readonly nameOf: NameOf;
}

function stepWords({ join, columns, names, nameOf }: TableauProps, at: number): string {
  const step = join.steps[at - 1];
  if (step === undefined)
    return 'At the start each row has the old row’s values (a) in its own columns, and unknown ones elsewhere.';
  const column = nameOf(columns[step.column] ?? '');
  return `${factText(step, nameOf)}: the rows of ${names[step.row]} and ${names[step.from]} agree on the left side, so ${names[step.row]} takes ${column} from ${names[step.from]}.`;
}

/** The chase of the join, step by step: when one row has all of the old row's values, the join adds none. */
export function Tableau(props: TableauProps) {
  const { join, columns, names, nameOf } = props;
  const [at, setAt] = useState(join.steps.length);
  const rows = tableauAt(join, at);
  const last = at === join.steps.length;
  const step = join.steps[at - 1];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-1.5">
        <IconButton icon="ArrowLeft" size="sm" label="Step before" disabled={at === 0} onClick={() => setAt(at - 1)} />
        <IconButton icon="ArrowRight" size="sm" label="Next step" disabled={last} onClick={() => setAt(at + 1)} />
        <p aria-live="polite" className="min-w-0 flex-1 text-xs leading-[22px] text-ink-2">
          <span className="font-semibold text-ink">
            Step {at} of {join.steps.length}.
          </span>{' '}
          {stepWords(props, at)}
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard */}
      <section tabIndex={0} aria-label="Tableau" className="overflow-x-auto rounded-md border border-line">
        <table className="w-full border-collapse font-mono text-[11.5px]">
          <thead className="bg-sunken text-left text-ink-2">
            <tr>
              <th scope="col" className="px-2.5 py-1 font-medium">
                Table
              </th>
              {columns.map((id) => (
                <th key={id} scope="col" className="px-2.5 py-1 font-medium">
                  {nameOf(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={names[n]} className={cx('border-line border-t', last && join.whole === n && 'bg-ok-soft')}>
                <th scope="row" className="px-2.5 py-1 text-left font-semibold">
                  {names[n]}
                </th>
                {row.map((symbol, column) => (
                  <td
                    key={columns[column]}
                    className={cx(
                      'px-2.5 py-1',
                      symbol === 0 ? 'text-ink' : 'text-ink-3',
                      step?.row === n && step.column === column && 'bg-accent-soft font-semibold text-accent',
                    )}
                  >
                    {symbolText(symbol)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {join.whole === undefined ? null : (
        <p className="text-xs text-ok">
          The row of {names[join.whole]} becomes the old row, so every row of the join was there before: the join is lossless.
        </p>
      )}
    </div>
  );
}
