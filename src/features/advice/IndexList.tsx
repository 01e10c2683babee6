import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import type { AdvisedIndex, IndexAdvice, IndexVerdict } from '#engine/indexes/advise/advice.ts';
import { bytesText, many, shortNumber } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { take } from '#state/advice.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { cx } from '#ui/cx.ts';
import { Pill } from '#ui/Pill.tsx';
import { TextField } from '#ui/TextField.tsx';
import { PartChips } from './PartChips.tsx';
import { type AnyIndex, sizeText, tableName, VERDICTS, WHY } from './words.ts';

export interface IndexListProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly chosen: string | undefined;
  readonly taken: ReadonlySet<string>;
  /** It is in the model now, or rests on a model that is no more. */
  readonly fixed: boolean;
  readonly onChoose: (id: string) => void;
}

/** Rows of a part at once; a filter finds the others. */
const SHOWN = 40;
const ORDER: readonly IndexVerdict[] = ['make', 'drop', 'keep', 'rule'];

const isAdvised = (one: AnyIndex): one is AdvisedIndex => Object.hasOwn(one, 'verdict');

/** What a row says on its right: what it brings, or why it is not there. */
function Worth({ index }: { readonly index: AnyIndex }) {
  if (!isAdvised(index)) return <Pill tone="plain">{WHY[index.why]}</Pill>;
  if (index.verdict === 'drop')
    return (
      <span
        className="shrink-0 text-xs text-ink-2"
        title={`An hour of keeping it up to date costs ${Math.round(index.writeCost).toLocaleString('en')}`}
      >
        {index.writeCost >= 1 ? `spares ${shortNumber(index.writeCost)}/h` : WHY[index.why ?? 'unused']}
      </span>
    );
  if (index.verdict === 'rule' || index.worth === 0) return null;
  return (
    <span
      className="shrink-0 font-mono text-xs font-medium text-ok tabular-nums"
      title={`Without it an hour would cost ${Math.round(index.worth).toLocaleString('en')} more`}
    >
      −{shortNumber(index.worth)}/h
    </span>
  );
}

interface RowProps {
  readonly document: Document;
  readonly index: AnyIndex;
  readonly current: boolean;
  readonly taken: boolean | undefined;
  readonly fixed: boolean;
  readonly onChoose: (id: string) => void;
}

function Row({ document, index, current, taken, fixed, onChoose }: RowProps) {
  const served = isAdvised(index) ? index.gains.length : 0;
  return (
    <div
      className={cx(
        'relative flex items-start gap-2.5 rounded-lg border px-2.5 py-1.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent',
        current ? 'border-accent bg-accent-soft/40' : 'border-transparent hover:bg-sunken',
      )}
    >
      <label className="order-2 flex min-w-0 flex-1 cursor-pointer flex-col gap-0.5">
        <input type="radio" name="advised-index" className="sr-only" checked={current} onChange={() => onChoose(index.id)} />
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-xs font-medium" title={index.name}>
            {index.name}
          </span>
          <Worth index={index} />
        </span>
        <span className="flex items-baseline gap-1.5 text-xs">
          <span className="max-w-[40%] shrink-0 truncate text-ink-2">{tableName(document, index.table)}</span>
          <PartChips index={index} />
        </span>
        <span className="text-[11px] leading-4 text-ink-3" title={sizeText(index)}>
          {bytesText(index.bytes)}
          {index.bytesInThreeYears === undefined ? '' : ` → ${bytesText(index.bytesInThreeYears)}`}
          {served === 0 ? '' : ` · ${many(served, 'query', 'queries')}`}
        </span>
      </label>
      {taken === undefined ? null : (
        <span className="order-1 pt-0.5">
          <Checkbox
            label={`${isAdvised(index) && index.verdict === 'drop' ? 'Drop' : 'Make'} ${index.name}`}
            hideLabel
            checked={taken}
            disabled={fixed}
            onCheckedChange={(next) => take(index.id, next)}
          />
        </span>
      )}
    </div>
  );
}

function Part({
  head,
  says,
  count,
  children,
}: {
  readonly head: string;
  readonly says: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={head} className="flex flex-col">
      <h3 className="sticky top-0 z-1 flex items-baseline gap-1.5 bg-raised px-2.5 pt-2 pb-1 text-xs font-semibold" title={says}>
        {head}
        <span className="font-normal text-ink-3">{count}</span>
      </h3>
      {children}
    </section>
  );
}

/** Every index that was judged: what to make first, what to drop, what stays, and on demand what lost. */
export function IndexList({ document, advice, chosen, taken, fixed, onChoose }: IndexListProps) {
  const [typed, setTyped] = useState('');
  const filter = useDeferredValue(typed).trim().toLowerCase();
  const [lost, setLost] = useState(false);
  const matches = useMemo(() => {
    const words = filter.split(/\s+/);
    return (one: AnyIndex) => {
      const line = `${one.name} ${tableName(document, one.table)} ${one.parts.map(({ text }) => text).join(' ')}`.toLowerCase();
      return words.every((word) => line.includes(word));
    };
  }, [filter, document]);
  const showLost = lost || filter !== '';
  const parts = [
    ...ORDER.map((verdict) => ({
      ...VERDICTS[verdict],
      key: verdict,
      all: advice.indexes.filter((one) => one.verdict === verdict),
    })),
    {
      key: 'lost' as const,
      head: 'Not taken',
      says: 'They were weighed, and the answer is better without.',
      all: showLost ? advice.losers : [],
    },
  ];
  const all = advice.indexes.length + advice.losers.length;
  return (
    <div className="flex w-[400px] shrink-0 flex-col border-line border-r max-[1200px]:w-[330px]">
      {all > 12 ? (
        <TextField
          label="Find an index"
          hideLabel
          placeholder={`Find one of ${all.toLocaleString('en')} by name, table or column`}
          boxClassName="border-line border-b px-3 py-2"
          value={typed}
          onChange={setTyped}
        />
      ) : null}
      <div role="radiogroup" aria-label="Indexes" className="flex min-h-0 flex-1 flex-col overflow-auto px-2 pb-2">
        {parts.map(({ key, head, says, all: whole }) => {
          const found = filter === '' ? whole : whole.filter(matches);
          if (found.length === 0) return null;
          return (
            <Part key={key} head={head} says={says} count={found.length}>
              {found.slice(0, SHOWN).map((one) => (
                <Row
                  key={one.id}
                  document={document}
                  index={one}
                  current={one.id === chosen}
                  taken={key === 'make' || key === 'drop' ? taken.has(one.id) : undefined}
                  fixed={fixed}
                  onChoose={onChoose}
                />
              ))}
              {found.length > SHOWN ? (
                <p className="px-2.5 py-1.5 text-xs text-ink-3">and {found.length - SHOWN} more: type above to find them</p>
              ) : null}
            </Part>
          );
        })}
        {advice.indexes.some(({ verdict }) => verdict === 'make' || verdict === 'drop') || filter !== '' ? null : (
          <p className="order-first px-2.5 pt-3 text-xs leading-4.5 text-ink-2">
            {advice.queries.length === 0
              ? 'None of the queries could be weighed, so nothing can be said of indexes: the tab Queries says why.'
              : 'Nothing to make and nothing to drop: for these queries the indexes are as they should be.'}
          </p>
        )}
      </div>
      {advice.losers.length === 0 ? null : (
        <button
          type="button"
          aria-expanded={showLost}
          className="border-line border-t px-4.5 py-2 text-left text-xs text-ink-2 -outline-offset-2 hover:bg-sunken hover:text-ink"
          onClick={() => setLost(!lost)}
        >
          {showLost ? 'Hide' : 'Show'} {many(advice.losers.length, 'candidate')} that lost
        </button>
      )}
    </div>
  );
}
