import { Popover as Radix } from 'radix-ui';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { cx } from './cx.ts';

export interface ComboboxOption {
  /** The text it completes to. */
  readonly value: string;
  readonly hint?: string | undefined;
  readonly group?: string | undefined;
}

export interface ComboboxProps {
  readonly value: string;
  /** Enter, a chosen option, or the focus leaving, if the text differs. Escape takes the old text back. */
  readonly onCommit: (value: string) => void;
  /** Completions of what is typed, best first; at most a screenful is drawn. */
  readonly complete: (typed: string) => readonly ComboboxOption[];
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Why the text is not accepted. */
  readonly error?: string | undefined;
  readonly className?: string;
  readonly inputClassName?: string;
}

const SHOWN = 50;

interface OptionListProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  readonly active: number;
  readonly mono: boolean;
  readonly onChoose: (value: string) => void;
}

function OptionList({ id, label, options, active, mono, onChoose }: OptionListProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label}>
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's
        <div
          key={`${option.group ?? ''}/${option.value}`}
          id={`${id}-${at}`}
          data-at={at}
          role="option"
          aria-selected={at === active}
          className={cx(
            'flex h-6.5 cursor-default items-center gap-3 rounded px-2',
            mono && 'font-mono text-xs',
            at === active ? 'bg-accent-soft text-accent' : 'hover:bg-sunken',
          )}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option.value)}
        >
          <span className="min-w-0 flex-1 truncate">{option.value}</span>
          {option.hint === undefined ? null : <span className="font-sans text-xs text-ink-3">{option.hint}</span>}
        </div>
      ))}
    </div>
  );
}

/** A line of text with completion: any text may be typed, the list helps. (WAI-ARIA combobox with list autocomplete.) */
export function Combobox(props: ComboboxProps) {
  const { value, onCommit, complete, label, hideLabel, mono, placeholder, disabled, error, className, inputClassName } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  const text = typed ?? value;
  const options = open ? complete(typed ?? '').slice(0, SHOWN) : [];

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const commit = (next: string) => {
    close();
    setTyped(undefined);
    if (next !== value) onCommit(next);
  };
  const move = (to: number) => {
    setOpen(true);
    setActive(to);
    list.current?.querySelector(`[data-at="${to}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') move(open ? Math.min(options.length - 1, active + 1) : -1);
    else if (event.key === 'ArrowUp' && open) move(Math.max(-1, active - 1));
    else if (event.key === 'Enter') commit(options[active]?.value ?? text);
    else if (event.key === 'Escape' && (open || typed !== undefined)) {
      if (open) close();
      else setTyped(undefined);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  };

  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      {hideLabel === true ? null : (
        <label htmlFor={id} className="text-xs text-ink-2">
          {label}
        </label>
      )}
      <Radix.Root open={open && options.length > 0} onOpenChange={(next) => (next ? setOpen(true) : close())}>
        <Radix.Anchor asChild>
          <input
            id={id}
            role="combobox"
            aria-expanded={open && options.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            {...(active >= 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
            {...(hideLabel === true ? { 'aria-label': label } : {})}
            {...(error === undefined ? {} : { 'aria-invalid': true, title: error })}
            className={cx(
              'h-7 min-w-0 rounded-md border bg-sunken px-2 outline-none placeholder:text-ink-3 focus:border-accent focus:bg-surface focus:ring-1 focus:ring-accent disabled:opacity-45',
              error === undefined ? 'border-line-strong' : 'border-bad',
              mono === true && 'font-mono text-xs',
              inputClassName,
            )}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            disabled={disabled === true}
            value={text}
            onFocus={(event) => event.target.select()}
            onClick={() => setOpen(true)}
            onChange={(event) => {
              setTyped(event.target.value);
              setOpen(true);
              setActive(-1);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => commit(text)}
          />
        </Radix.Anchor>
        <Radix.Portal>
          <Radix.Content
            side="bottom"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            onOpenAutoFocus={(event) => event.preventDefault()}
            onCloseAutoFocus={(event) => event.preventDefault()}
            onInteractOutside={(event) => event.preventDefault()}
            className="z-60 max-h-[min(280px,var(--radix-popper-available-height))] min-w-(--radix-popper-anchor-width) overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-pop"
          >
            <div ref={list}>
              <OptionList id={id} label={label} options={options} active={active} mono={mono === true} onChoose={commit} />
            </div>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </div>
  );
}
