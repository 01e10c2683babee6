import { Popover as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from 'react';
import { cx } from '#ui/cx.ts';
import { INPUT, MONO } from './styles.ts';

/** A line of the list. `text` replaces the part of the input that is being completed. */
export interface Suggestion {
  readonly text: string;
  readonly note?: string;
}

export interface Suggestions {
  /** What the chosen text replaces, in offsets of the input's text. */
  readonly start: number;
  readonly end: number;
  readonly options: readonly Suggestion[];
}

export interface SuggestInputProps {
  readonly id?: string;
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** What could stand at the caret. */
  readonly suggest: (text: string, caret: number) => Suggestions;
  /** Enter, or the choice of a suggestion with `commitChoice`. */
  readonly onCommit: (text: string) => void;
  /** Escape with the list closed. */
  readonly onCancel?: () => void;
  readonly onBlur?: () => void;
  /** A chosen suggestion is the whole answer and is committed at once; else it is put in and typing goes on. */
  readonly commitChoice?: boolean;
  /** Takes keys before the input does; true = taken. */
  readonly onKey?: (event: KeyboardEvent<HTMLInputElement>) => boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly bare?: boolean;
  readonly disabled?: boolean;
  /** Called with the input when it appears; it must keep its identity. */
  readonly inputRef?: (input: HTMLInputElement | null) => void;
}

const SHOWN = 40;

function List(props: {
  id: string;
  label: string;
  suggestions: Suggestions;
  active: number;
  mono: boolean;
  onChoose: (at: number) => void;
}) {
  const { id, label, suggestions, active, mono, onChoose } = props;
  const lines = suggestions.options.slice(0, SHOWN).map((option, at) => ({ option, at }));
  return (
    <div id={id} role="listbox" aria-label={label}>
      {lines.map(({ option, at }) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's
        <div
          key={at}
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
          onClick={() => onChoose(at)}
        >
          <span className={cx('min-w-0 flex-1 truncate', mono && MONO)}>{option.text}</span>
          {option.note === undefined ? null : <span className="truncate text-[11.5px] text-ink-3">{option.note}</span>}
        </div>
      ))}
    </div>
  );
}

/** Below the input, never with the focus. */
function Floating({ children }: { readonly children: ReactNode }) {
  const keep = (event: Event) => event.preventDefault();
  return (
    <Radix.Portal>
      <Radix.Content
        side="bottom"
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={keep}
        onCloseAutoFocus={keep}
        onInteractOutside={keep}
        className="z-60 max-h-[min(280px,var(--radix-popper-available-height))] min-w-(--radix-popper-anchor-width) max-w-96 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-pop"
      >
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** A ref of one's own that tells the caller's too. */
function useInput(told: SuggestInputProps['inputRef']) {
  const input = useRef<HTMLInputElement>(null);
  const attach = useCallback(
    (node: HTMLInputElement | null) => {
      input.current = node;
      told?.(node);
    },
    [told],
  );
  return { input, attach };
}

/** A line of text with completion of what stands at the caret. (WAI-ARIA combobox with list autocomplete.) */
export function SuggestInput(props: SuggestInputProps) {
  const { label, text, onChange, suggest, onCommit, commitChoice = false, mono = false } = props;
  const own = useId();
  const id = props.id ?? own;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [caret, setCaret] = useState(0);
  const { input, attach } = useInput(props.inputRef);
  const suggestions = open ? suggest(text, Math.min(caret, text.length)) : { start: 0, end: 0, options: [] };
  const shown = open && suggestions.options.length > 0;
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (at: number) => {
    const option = suggestions.options[at];
    if (option === undefined) return;
    const next = text.slice(0, suggestions.start) + option.text + text.slice(suggestions.end);
    close();
    onChange(next);
    if (commitChoice) onCommit(next);
    else
      requestAnimationFrame(() =>
        input.current?.setSelectionRange(suggestions.start + option.text.length, suggestions.start + option.text.length),
      );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const last = Math.min(SHOWN, suggestions.options.length) - 1;
    if (event.key === 'ArrowDown' && !event.altKey) {
      if (shown) setActive(Math.min(last, active + 1));
      else setOpen(true);
    } else if (event.key === 'ArrowUp' && shown && !event.altKey) setActive(Math.max(-1, active - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && shown && active >= 0) {
      choose(active);
      if (event.key === 'Tab') return;
    } else if (event.key === 'Tab' && shown && !commitChoice && !event.shiftKey && text.trim() !== '') choose(0);
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      close();
      onCommit(text);
    } else if (event.key === 'Escape' && shown) close();
    else if (event.key === 'Escape' && props.onCancel !== undefined) props.onCancel();
    else {
      if (props.onKey?.(event) !== true) return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Radix.Root open={shown} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <Radix.Anchor asChild>
        <input
          ref={attach}
          id={id}
          role="combobox"
          aria-label={label}
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${id}-list-${active}` : undefined}
          aria-invalid={props.invalid === true}
          aria-describedby={props.describedBy}
          className={cx(
            props.bare === true ? 'h-full w-full min-w-0 bg-transparent outline-none placeholder:text-ink-3' : cx(INPUT, 'h-7'),
            mono && MONO,
          )}
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          disabled={props.disabled}
          value={text}
          onClick={() => setOpen(true)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onChange={(event) => {
            setCaret(event.target.selectionStart ?? event.target.value.length);
            onChange(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => {
            close();
            props.onBlur?.();
          }}
        />
      </Radix.Anchor>
      <Floating>
        <List id={`${id}-list`} label={label} suggestions={suggestions} active={active} mono={mono} onChoose={choose} />
      </Floating>
    </Radix.Root>
  );
}
