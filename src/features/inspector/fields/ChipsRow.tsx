import { type KeyboardEvent, useId, useState } from 'react';
import { Icon } from '#ui/Icon.tsx';
import { FieldRow, noteId } from './FieldRow.tsx';
import { SuggestInput } from './SuggestInput.tsx';
import { MONO } from './styles.ts';

export interface Chip {
  readonly id: string;
  readonly label: string;
}

export interface ChipsRowProps {
  readonly label: string;
  /** What is chosen, in order. */
  readonly chips: readonly Chip[];
  /** What may be added; undefined = any text, which is then both id and label. */
  readonly choices?: readonly Chip[];
  readonly onCommit: (ids: readonly string[]) => string | undefined;
  readonly placeholder?: string;
  readonly hint?: string;
  /** Whether the order means something: chips then move by Alt+← and Alt+→. */
  readonly ordered?: boolean;
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

function ChipButton(props: { chip: Chip; ordered: boolean; onRemove: () => void; onMove: (by: -1 | 1) => void }) {
  const { chip, ordered, onRemove, onMove } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else if (ordered && event.altKey && event.key === 'ArrowLeft') onMove(-1);
    else if (ordered && event.altKey && event.key === 'ArrowRight') onMove(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className={`inline-flex h-[22px] min-w-0 max-w-full items-center gap-1 rounded-[5px] border border-line bg-sunken pr-1 pl-1.5 hover:border-line-strong ${MONO}`}
      aria-label={`${chip.label}: remove${ordered ? ', or move with Alt and an arrow' : ''}`}
      title={ordered ? 'Click or Del removes it; Alt+← and Alt+→ move it' : 'Click or Del removes it'}
      onClick={onRemove}
      onKeyDown={onKeyDown}
    >
      <span className="truncate">{chip.label}</span>
      <Icon name="X" size={11} className="text-ink-3" />
    </button>
  );
}

/** Several of many as chips, in order, with a field that adds. */
export function ChipsRow({ label, chips, choices, onCommit, placeholder, hint, ordered = false }: ChipsRowProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>();
  const ids = chips.map((chip) => chip.id);
  const free = choices?.filter((one) => !ids.includes(one.id)) ?? [];
  const commit = (next: readonly string[]) => {
    const why = onCommit(next);
    setProblem(why);
    return why === undefined;
  };
  const add = (typed: string) => {
    const name = typed.trim();
    if (name === '') return;
    const lower = name.toLowerCase();
    const found =
      choices === undefined
        ? { id: name, label: name }
        : (free.find((one) => one.label === name) ?? free.find((one) => one.label.toLowerCase() === lower));
    if (found === undefined)
      setProblem(
        ids.length > 0 && chips.some((one) => one.label === name) ? `${name} is already there.` : `There is no ${name} to choose.`,
      );
    else if (commit([...ids, found.id])) setText('');
  };
  const options = (typed: string) => {
    const query = typed.trim().toLowerCase();
    const fits = free.filter((one) => one.label.toLowerCase().includes(query));
    fits.sort((a, b) => Number(b.label.toLowerCase().startsWith(query)) - Number(a.label.toLowerCase().startsWith(query)));
    return { start: 0, end: typed.length, options: fits.map((one) => ({ text: one.label })) };
  };
  return (
    <FieldRow label={label} id={id} problem={problem} hint={hint}>
      <div className="flex min-h-7 min-w-0 flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface p-0.5 focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent">
        {chips.map((chip, at) => (
          <ChipButton
            key={chip.id}
            chip={chip}
            ordered={ordered}
            onRemove={() => commit(ids.filter((one) => one !== chip.id))}
            onMove={(by) => at + by >= 0 && at + by < ids.length && commit(moved(ids, at, at + by))}
          />
        ))}
        <div className="h-[22px] min-w-10 flex-1 px-1">
          <SuggestInput
            id={id}
            label={`Add to ${label.toLowerCase()}`}
            text={text}
            bare
            mono
            commitChoice
            invalid={problem !== undefined}
            describedBy={problem !== undefined || hint !== undefined ? noteId(id) : undefined}
            placeholder={chips.length === 0 ? (placeholder ?? 'add') : ''}
            suggest={options}
            onChange={(next) => {
              setText(next);
              setProblem(undefined);
            }}
            onCommit={add}
            onBlur={() => add(text)}
            onKey={(event) => {
              if (event.key !== 'Backspace' || text !== '' || ids.length === 0) return false;
              return commit(ids.slice(0, -1));
            }}
          />
        </div>
      </div>
    </FieldRow>
  );
}
