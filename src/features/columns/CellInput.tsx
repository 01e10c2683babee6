import { Popover as Radix } from 'radix-ui';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cx } from '#ui/cx.ts';
import { type SuggestionLine, SuggestionList } from '#ui/SuggestionList.tsx';
import type { Completion } from './complete.ts';
import { editIntent, type Leave } from './grid.ts';
import { isManyCells } from './pasted.ts';
import type { Taking, TypedProblem } from './resolve.ts';

export interface CellInputProps {
  /** What it is, read aloud, such as `Type of column email`. */
  readonly label: string;
  readonly value: string;
  /** What was typed to begin, in place of the value; the caret stands behind it. */
  readonly begin?: string | undefined;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly className?: string;
  readonly complete: (text: string, caret: number) => Completion;
  /** Takes the text into the model, or says why not. */
  readonly commit: (text: string, taking: Taking) => TypedProblem | undefined;
  /** Looks at the text while it is typed: what is wrong with it, in words. */
  readonly check?: (text: string) => Promise<string | undefined>;
  readonly onLeave: (how: Leave) => void;
  /** Several pasted cells or rows; true = taken. */
  readonly onPasteMany?: (text: string) => boolean;
}

interface Line extends SuggestionLine {
  /** The whole text it makes. */
  readonly whole: string;
  /** Takes what nobody knows as it is. */
  readonly keeps?: boolean;
}

function completionLines(text: string, { start, end, options }: Completion): readonly Line[] {
  return options.map((option) => ({ ...option, whole: text.slice(0, start) + option.text + text.slice(end) }));
}

/** What can be done about a problem: the texts that were probably meant, and to keep what was typed. */
function remedyLines(text: string, problem: TypedProblem): readonly Line[] {
  const { unknown, instead = [] } = problem;
  if (unknown === undefined) return [];
  const lines: Line[] = instead.map((one) => ({ text: one, note: 'did you mean this?', whole: text.replace(unknown, one) }));
  if (problem.keeps === true) lines.push({ text: unknown, note: 'keep it: a type from elsewhere', whole: text, keeps: true });
  return lines;
}

interface Editing {
  readonly text: string;
  readonly caret: number;
  readonly open: boolean;
  readonly active: number;
  readonly problem?: TypedProblem | undefined;
}

const NO_LINES: readonly Line[] = [];

/** State of a cell being typed into: its text, what is offered, and what the model said to it. */
function useCell(props: CellInputProps) {
  const first = props.begin ?? props.value;
  const [state, setState] = useState<Editing>({ text: first, caret: first.length, open: props.begin !== undefined, active: -1 });
  const [warning, setWarning] = useState<{ readonly text: string; readonly words: string } | undefined>();
  const latest = useRef(props);
  latest.current = props;
  /** Typed and not yet in the model. */
  const pending = useRef<string | undefined>(undefined);
  const left = useRef(false);
  const change = (text: string, caret: number) => {
    pending.current = text;
    setState({ text, caret, open: true, active: -1 });
  };
  const { text } = state;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void latest.current.check?.(text).then((words) => {
        if (current) setWarning(words === undefined ? undefined : { text, words });
      });
    }, 80);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  // What is pending when the cell disappears is taken all the same, so that nothing typed is lost.
  useEffect(
    () => () => {
      const typed = pending.current;
      pending.current = undefined;
      if (typed !== undefined && !left.current) latest.current.commit(typed, {});
    },
    [],
  );
  const wrong = warning?.text === state.text ? warning.words : undefined;
  const leave = (how: Leave, typed: string, taking: Taking = {}) => {
    const same = typed === props.value && props.begin === undefined;
    const words = same || typed.trim() === '' ? undefined : typed === state.text ? wrong : undefined;
    const problem = words !== undefined ? { code: 'not-valid', message: words } : same ? undefined : props.commit(typed, taking);
    pending.current = undefined;
    if (problem !== undefined) {
      const offers = remedyLines(typed, problem).length > 0;
      setState({ text: typed, caret: typed.length, open: offers, active: offers && how !== 'gone' ? 0 : -1, problem });
      return;
    }
    left.current = true;
    props.onLeave(how);
  };
  const callOff = () => {
    pending.current = undefined;
    left.current = true;
    props.onLeave('stay');
  };
  return { state, setState, change, leave, callOff, left, wrong };
}

/** The lines of the list now. */
function offered(props: CellInputProps, { text, caret, open, problem }: Editing): readonly Line[] {
  if (!open) return NO_LINES;
  if (problem !== undefined) return remedyLines(text, problem);
  return completionLines(text, props.complete(text, Math.min(caret, text.length)));
}

interface OffersProps {
  readonly id: string;
  readonly words: string | undefined;
  readonly bad: boolean;
  readonly children: ReactNode;
}

/** Below the input, never with the focus: what is wrong, and what is offered. */
function Offers({ id, words, bad, children }: OffersProps) {
  const keep = (event: Event) => event.preventDefault();
  return (
    <Radix.Portal>
      <Radix.Content
        side="bottom"
        align="start"
        sideOffset={3}
        collisionPadding={8}
        onOpenAutoFocus={keep}
        onCloseAutoFocus={keep}
        onInteractOutside={keep}
        onEscapeKeyDown={keep}
        className="z-60 max-h-[min(280px,var(--radix-popper-available-height))] min-w-(--radix-popper-anchor-width) max-w-96 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-pop"
      >
        {words === undefined ? null : <Said id={`${id}-said`} words={words} bad={bad} />}
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The words below a cell: what the model, or the reader of expressions, says to its text. */
function Said({ id, words, bad }: { readonly id: string; readonly words: string; readonly bad: boolean }) {
  return (
    <p
      id={id}
      role={bad ? 'alert' : 'status'}
      className={cx('max-w-72 px-2 py-1 text-[11.5px] leading-4 whitespace-normal', bad ? 'text-bad' : 'text-warn')}
    >
      {words}
    </p>
  );
}

/**
 * One cell of the columns' grid while it is typed into. (WAI-ARIA combobox with a listbox; keys that leave it are those
 * of a grid in editing mode.) What the model does not know is asked about in the list: Enter takes what is marked there.
 */
export function CellInput(props: CellInputProps) {
  const { label, mono = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [begun] = useState(props.begin);
  const { state, setState, change, leave, callOff, left, wrong } = useCell(props);
  const { text, active, problem } = state;
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (begun === undefined) input.current?.select();
    else input.current?.setSelectionRange(begun.length, begun.length);
  }, [begun]);
  const lines = offered(props, state);
  const words = problem?.message ?? wrong;
  const choose = (line: Line, how: Leave | undefined) => {
    if (problem !== undefined || how !== undefined)
      leave(how ?? 'down', line.whole, line.keeps === true ? { unknownTypes: true } : {});
    else {
      change(line.whole, line.whole.length);
      setState((old) => ({ ...old, open: false }));
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const { key, altKey, shiftKey } = event;
    const how = editIntent({ key, alt: altKey, shift: shiftKey, mod: event.ctrlKey || event.metaKey });
    const marked = active >= 0 ? lines[active] : undefined;
    if (key === 'ArrowDown' && !altKey)
      setState((old) => ({ ...old, open: true, active: lines.length === 0 ? -1 : Math.min(lines.length - 1, active + 1) }));
    else if (key === 'ArrowUp' && !altKey && lines.length > 0) setState((old) => ({ ...old, active: Math.max(-1, active - 1) }));
    else if (how === 'stay' && lines.length > 0 && problem === undefined) setState((old) => ({ ...old, open: false, active: -1 }));
    else if (how === 'stay') callOff();
    else if (how !== undefined && marked !== undefined) choose(marked, how);
    else if (how !== undefined) leave(how, text);
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (props.onPasteMany === undefined || !isManyCells(pasted) || !props.onPasteMany(pasted)) return;
    event.preventDefault();
    callOff();
  };
  return (
    <Radix.Root open={lines.length > 0 || words !== undefined}>
      <Radix.Anchor asChild>
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={lines.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 && lines.length > 0 ? `${id}-list-${active}` : undefined}
          aria-invalid={words !== undefined}
          aria-describedby={words === undefined ? undefined : `${id}-said`}
          className={cx(
            'h-full w-full min-w-0 bg-transparent text-ink outline-none placeholder:text-ink-3',
            mono && 'font-mono text-[11.5px]',
            props.className,
          )}
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          value={text}
          onChange={(event) => change(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={(event) => {
            const caret = event.currentTarget.selectionStart ?? 0;
            if (caret !== state.caret) setState((old) => ({ ...old, caret }));
          }}
          onDoubleClick={(event) => event.stopPropagation()}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => {
            if (!left.current && problem === undefined) leave('gone', text);
            else setState((old) => ({ ...old, open: false }));
          }}
        />
      </Radix.Anchor>
      <Offers id={id} words={words} bad={problem !== undefined}>
        <SuggestionList
          id={`${id}-list`}
          label={`${label}: suggestions`}
          lines={lines}
          active={active}
          mono={mono || problem !== undefined}
          onChoose={(line) => choose(line, problem === undefined && line.whole.includes(' ->') ? undefined : 'stay')}
        />
      </Offers>
    </Radix.Root>
  );
}
