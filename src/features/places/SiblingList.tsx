import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { fuzzyNeedle, fuzzyRanges, fuzzyScore, fuzzyText } from '#lib/fuzzy.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { Marked } from '#ui/Marked.tsx';
import type { Sibling } from './crumbs.ts';

/** Lines drawn; beyond them one types. */
const SHOWN = 120;
/** From this many on there is a field to type in. */
const MANY = 9;

/** The siblings that answer to what was typed, the best first; all in their order when nothing was. */
function answersTo(siblings: readonly Sibling[], typed: string): readonly Sibling[] {
  const needle = fuzzyNeedle(typed);
  if (needle.wanted === '') return siblings;
  return siblings
    .flatMap((one) => {
      const score = fuzzyScore(needle, fuzzyText(one.label));
      return score === undefined ? [] : [{ one, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one);
}

export interface SiblingListProps {
  readonly label: string;
  readonly siblings: readonly Sibling[];
  /** Key of the one that is looked at. */
  readonly current: string;
  readonly onChoose: (sibling: Sibling) => void;
}

/** What stands beside what is looked at, to go to: typed, by arrows, or pressed. */
export function SiblingList({ label, siblings, current, onChoose }: SiblingListProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [pointed, setPointed] = useState(current);
  const found = useMemo(() => answersTo(siblings, typed), [siblings, typed]);
  const needle = useMemo(() => fuzzyNeedle(typed), [typed]);
  const at = Math.max(
    0,
    found.findIndex((one) => one.key === pointed),
  );
  // The current one is shown, however many come before it.
  const from = typed === '' ? Math.max(0, Math.min(at - SHOWN / 2, found.length - SHOWN)) : 0;
  const shown = found.slice(from, from + SHOWN);
  const active = found[at];
  const activeId = active === undefined ? undefined : `${id}-${active.key}`;
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setPointed(found[(at + step + found.length) % Math.max(1, found.length)]?.key ?? '');
    else if (event.key === 'Enter' && active !== undefined) onChoose(active);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex w-64 flex-col">
      <div
        className={cx(
          'm-1 flex h-7 items-center gap-1.5 rounded-md border border-line bg-sunken px-2 focus-within:border-accent',
          siblings.length < MANY && 'sr-only',
        )}
      >
        <Icon name="Search" size={13} className="text-ink-3" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={`Find among ${siblings.length.toLocaleString('en')}`}
          className="h-full min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setPointed(event.target.value === '' ? current : '');
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label={label} className="max-h-72 overflow-y-auto p-1">
        {shown.map((one) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses the active option
          <div
            key={one.key}
            id={`${id}-${one.key}`}
            role="option"
            aria-selected={one.key === active?.key}
            className={cx(
              'flex h-7 cursor-default items-center gap-2 rounded-md px-2',
              one.key === active?.key && 'bg-accent-soft text-accent',
            )}
            onPointerMove={() => setPointed(one.key)}
            onClick={() => onChoose(one)}
          >
            <span className="w-3.5 shrink-0">{one.key === current ? <Icon name="Check" size={13} /> : null}</span>
            <span className="min-w-0 flex-1 truncate">
              <Marked text={one.label} ranges={fuzzyRanges(needle, fuzzyText(one.label))} />
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="px-3 pb-2 text-xs text-ink-2">Nothing has these letters in this order.</p> : null}
      {found.length > SHOWN ? (
        <p className="px-3 pb-2 text-xs text-ink-3">{(found.length - SHOWN).toLocaleString('en')} more: type to find them.</p>
      ) : null}
    </div>
  );
}
