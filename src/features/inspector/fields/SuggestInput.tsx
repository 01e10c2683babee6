import { Popover as Radix } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from 'react';
import { cx } from '#ui/cx.ts';
import { type SuggestionLine, SuggestionList } from '#ui/SuggestionList.tsx';
import { INPUT, MONO } from './styles.ts';

/** A line of the list. `text` replaces the part of the input that is being completed. */
export type Suggestion = SuggestionLine;

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
  readonly tabIndex?: number | undefined;
  /** Called with the input when it appears; it must keep its identity. */
  readonly inputRef?: (input: HTMLInputElement | null) => void;
}

const SHOWN = 40;

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
        // The input closes it, and nothing else with it.
        onEscapeKeyDown={keep}
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
  const lines = suggestions.options.slice(0, SHOWN);
  const shown = lines.length > 0;
  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (option: Suggestion | undefined) => {
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
    if (event.key === 'ArrowDown' && !event.altKey) {
      if (shown) setActive(Math.min(lines.length - 1, active + 1));
      else setOpen(true);
    } else if (event.key === 'ArrowUp' && shown && !event.altKey) setActive(Math.max(-1, active - 1));
    else if ((event.key === 'Enter' || event.key === 'Tab') && shown && active >= 0) {
      choose(lines[active]);
      if (event.key === 'Tab') return;
    } else if (event.key === 'Tab' && shown && !commitChoice && !event.shiftKey && text.trim() !== '') choose(lines[0]);
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
          tabIndex={props.tabIndex}
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
        <SuggestionList id={`${id}-list`} label={label} lines={lines} active={active} mono={mono} onChoose={choose} />
      </Floating>
    </Radix.Root>
  );
}
