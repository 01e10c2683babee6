import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Id } from '#model/types.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import type { IconName } from '#ui/icons.ts';
import { Nothing } from './Section.tsx';

export interface PartListProps<P extends { readonly id: Id }> {
  readonly parts: readonly P[];
  /** One of them, such as `index`. */
  readonly noun: string;
  readonly icon?: IconName;
  /** The line that stands for a part when it is closed. */
  readonly summary: (part: P) => ReactNode;
  /** The same in plain words, read aloud. */
  readonly title: (part: P) => string;
  readonly detail: (part: P) => ReactNode;
  /** Said when there is none. */
  readonly empty: ReactNode;
  readonly onAdd?: () => Id | undefined;
  readonly addLabel?: string;
  readonly onRemove?: (part: P) => void;
  readonly onMove?: (part: P, to: number) => void;
  /** The part the selection names: it opens and comes into view. */
  readonly focus?: Id | undefined;
}

interface LineProps {
  readonly open: boolean;
  readonly title: string;
  readonly noun: string;
  readonly icon: IconName | undefined;
  readonly onToggle: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRemove: (() => void) | undefined;
  readonly children: ReactNode;
  readonly focused: boolean;
}

function Line({ open, title, noun, icon, onToggle, onKeyDown, onRemove, children, focused }: LineProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.scrollIntoView({ block: 'nearest' });
  }, [focused]);
  return (
    <div className="group relative flex min-w-0 items-center">
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-label={title}
        title={title}
        className="flex min-h-7 min-w-0 flex-1 items-center gap-1.5 rounded-md px-1.5 py-0.5 text-left text-[12.5px] hover:bg-sunken"
        onClick={onToggle}
        onKeyDown={onKeyDown}
      >
        <Icon name={open ? 'ChevronDown' : 'ChevronRight'} size={12} className="text-ink-3" />
        {icon === undefined ? null : <Icon name={icon} size={14} className="text-ink-3" />}
        <span className="flex min-w-0 flex-1 items-center gap-1.5">{children}</span>
      </button>
      {onRemove === undefined ? null : (
        <IconButton
          icon="Trash2"
          label={`Delete ${noun}`}
          size="sm"
          tone="bad"
          className="absolute top-0.5 right-0.5 bg-surface opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
          onClick={onRemove}
        />
      )}
    </div>
  );
}

/** Parts of a record, each a line that opens to its fields. Alt+↑ and Alt+↓ move it, Del removes it. */
export function PartList<P extends { readonly id: Id }>(props: PartListProps<P>) {
  const { parts, noun, icon, summary, title, detail, empty, onAdd, addLabel, onRemove, onMove, focus } = props;
  const [opened, setOpened] = useState<ReadonlySet<Id>>(() => new Set(focus === undefined ? [] : [focus]));
  const [shown, setShown] = useState(focus);
  if (focus !== shown) {
    setShown(focus);
    if (focus !== undefined) setOpened(new Set([...opened, focus]));
  }
  const toggle = (id: Id) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  const onKeyDown = (event: KeyboardEvent, part: P, at: number) => {
    if (event.key === 'Delete' && onRemove !== undefined) onRemove(part);
    else if (event.altKey && event.key === 'ArrowUp' && onMove !== undefined && at > 0) onMove(part, at - 1);
    else if (event.altKey && event.key === 'ArrowDown' && onMove !== undefined && at < parts.length - 1) onMove(part, at + 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      {parts.length === 0 ? <Nothing>{empty}</Nothing> : null}
      {parts.length === 0 ? null : (
        <ul className="-mx-1.5 flex min-w-0 flex-col" aria-label={`${noun} list`}>
          {parts.map((part, at) => (
            <li key={part.id} className={cx('min-w-0 rounded-md', opened.has(part.id) && 'bg-sunken/50 mb-1')}>
              <Line
                open={opened.has(part.id)}
                title={title(part)}
                noun={noun}
                icon={icon}
                focused={focus === part.id}
                onToggle={() => toggle(part.id)}
                onKeyDown={(event) => onKeyDown(event, part, at)}
                onRemove={onRemove === undefined ? undefined : () => onRemove(part)}
              >
                {summary(part)}
              </Line>
              {opened.has(part.id) ? <div className="flex min-w-0 flex-col gap-1.5 px-2 pt-1 pb-2.5">{detail(part)}</div> : null}
            </li>
          ))}
        </ul>
      )}
      {onAdd === undefined ? null : (
        <Button
          variant="ghost"
          size="sm"
          icon="Plus"
          className="self-start -ml-1"
          onClick={() => {
            const id = onAdd();
            if (id !== undefined) setOpened(new Set([...opened, id]));
          }}
        >
          {addLabel ?? `Add ${noun}`}
        </Button>
      )}
    </div>
  );
}
