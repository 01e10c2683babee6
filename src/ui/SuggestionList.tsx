import { cx } from './cx.ts';

export interface SuggestionLine {
  readonly text: string;
  readonly note?: string | undefined;
}

export interface SuggestionListProps<L extends SuggestionLine> {
  /** The options are `id-0`, `id-1` and so on: the input names the active one. */
  readonly id: string;
  readonly label: string;
  readonly lines: readonly L[];
  /** Number of the line the arrow keys are at; -1 = none. */
  readonly active: number;
  readonly mono: boolean;
  readonly onChoose: (line: L) => void;
}

/** What an input offers; the focus stays in the input. */
export function SuggestionList<L extends SuggestionLine>({ id, label, lines, active, mono, onChoose }: SuggestionListProps<L>) {
  return (
    <div id={id} role="listbox" aria-label={label}>
      {lines.map((line, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's
        <div
          key={`${line.text}/${line.note ?? ''}`}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          ref={(node) => {
            if (at === active) node?.scrollIntoView({ block: 'nearest' });
          }}
          className={cx(
            'flex h-6.5 cursor-default items-center gap-3 rounded px-2 text-[12.5px]',
            at === active ? 'bg-accent-soft text-accent' : 'hover:bg-sunken',
          )}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(line)}
        >
          <span className={cx('min-w-0 flex-1 truncate', mono && 'font-mono text-[11.5px]')}>{line.text}</span>
          {line.note === undefined ? null : <span className="truncate text-[11.5px] text-ink-2">{line.note}</span>}
        </div>
      ))}
    </div>
  );
}
