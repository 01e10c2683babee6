import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { many } from '#lib/amounts.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Segments } from '#ui/Segments.tsx';
import { TextField } from '#ui/TextField.tsx';
import type { Decision } from './choice.ts';
import { VirtualList } from './VirtualList.tsx';
import { matches } from './words.ts';

export interface Listed {
  readonly key: string;
  /** What a filter looks at, and what it is called aloud. */
  readonly text: string;
}

type Shown = 'all' | Decision;

export interface ListingProps<T extends Listed> {
  /** What is listed, in the plural. */
  readonly label: string;
  readonly items: readonly T[];
  readonly height?: number;
  readonly decisionOf: (item: T) => Decision | undefined;
  readonly onReject: (item: T) => void;
  readonly draw: (item: T, tabIndex: 0 | -1) => ReactNode;
  readonly onCurrent?: (item: T) => void;
  /** Behind the filter: what else there is to choose. */
  readonly tools?: ReactNode;
  /** Between the filter and the list. */
  readonly notes?: ReactNode;
  readonly empty: { readonly title: string; readonly text: string };
}

/** A list to decide on, with a filter by name and by what was decided. */
export function Listing<T extends Listed>(props: ListingProps<T>) {
  const { label, items, height = 48, decisionOf, onReject, draw, onCurrent, tools, notes, empty } = props;
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const needle = useDeferredValue(typed);
  const found = useMemo(
    () => (needle.trim() === '' ? items : items.filter((one) => matches(one.text, needle.trim()))),
    [items, needle],
  );
  const list = shown === 'all' ? found : found.filter((one) => decisionOf(one) === shown);
  if (items.length === 0) {
    return (
      <>
        {tools === undefined ? null : <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">{tools}</div>}
        {notes}
        <div className="min-h-0 flex-1">
          <EmptyState icon="Search" title={empty.title} text={empty.text} />
        </div>
      </>
    );
  }
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <TextField
          label={`Filter ${label} by column`}
          hideLabel
          placeholder="Filter by column"
          value={typed}
          onChange={setTyped}
          boxClassName="w-52"
          start={<Icon name="Search" size={14} className="text-ink-3" />}
        />
        <Segments
          label={`Which ${label} are shown`}
          value={shown}
          className="text-xs"
          segments={[
            { value: 'all', label: 'All' },
            { value: 'accepted', label: 'Accepted' },
            { value: 'rejected', label: 'Rejected' },
          ]}
          onValueChange={setShown}
        />
        <span aria-live="polite" className="text-ink-3 text-xs">
          {list.length === items.length
            ? many(items.length, 'line')
            : `${list.length.toLocaleString('en')} of ${many(items.length, 'line')}`}
        </span>
        <span className="flex-1" />
        {tools}
      </div>
      {notes}
      {list.length === 0 ? (
        <div className="min-h-0 flex-1">
          <EmptyState icon="Search" title="Nothing like that" text={`None of the ${many(items.length, 'line')} fits the filter.`} />
        </div>
      ) : (
        <VirtualList
          label={label}
          items={list}
          height={height}
          keyOf={(one) => one.key}
          draw={draw}
          onDelete={onReject}
          onCurrent={onCurrent}
        />
      )}
    </>
  );
}
