import type { DiffLine } from '#lib/line-diff.ts';
import { cx } from './cx.ts';

const KIND = { changed: 'Changed', added: 'Added', removed: 'Removed' } as const;
const MARK = { same: ' ', gone: '−', new: '+' } as const;
const TONE = { same: 'text-ink-2', gone: 'bg-bad-soft text-bad', new: 'bg-ok-soft text-ok' } as const;
const SPOKEN = { same: undefined, gone: 'removed: ', new: 'added: ' } as const;

export interface StatementDiffProps {
  readonly kind: keyof typeof KIND;
  /** What it is the statement of. */
  readonly what?: string;
  /** Lines of the statement; undefined = some are left out here. */
  readonly lines: readonly (DiffLine | undefined)[];
}

/** One statement as a change leaves it, line by line. */
export function StatementDiff({ kind, what, lines }: StatementDiffProps) {
  return (
    <figure className="overflow-hidden rounded-md border border-line">
      <figcaption className="border-line border-b bg-sunken px-2.5 py-1 text-xs font-medium text-ink-2">
        {KIND[kind]}
        {what === undefined ? null : <span className="font-normal text-ink-3"> · {what}</span>}
      </figcaption>
      <pre
        className="overflow-x-auto py-1.5 font-mono text-xs leading-5 -outline-offset-2"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too
        tabIndex={0}
      >
        {lines.map((line, at) =>
          line === undefined ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name than their number
            <div key={at} className="px-2.5 text-ink-3">
              ⋯
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name than their number
            <div key={at} className={cx('px-2.5', TONE[line.kind])}>
              <span aria-hidden className="inline-block w-4 select-none">
                {MARK[line.kind]}
              </span>
              {SPOKEN[line.kind] === undefined ? null : <span className="sr-only">{SPOKEN[line.kind]}</span>}
              {line.text}
            </div>
          ),
        )}
      </pre>
    </figure>
  );
}
