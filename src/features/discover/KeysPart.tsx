import { useMemo } from 'react';
import { many } from '#lib/amounts.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Pill } from '#ui/Pill.tsx';
import { keyOf } from './choice.ts';
import type { PartProps } from './DependenciesPart.tsx';
import { Listing } from './Listing.tsx';
import { choose, decide } from './session.ts';
import { Verdict } from './Verdict.tsx';
import { completeness, namesOf } from './words.ts';

/** Sets of columns that no two rows are equal on: what could be the primary key, or unique. */
export function KeysPart({ table, choice, standing }: PartProps) {
  const lines = useMemo(
    () =>
      table.keys.map(({ columns, score }) => ({
        key: keyOf(columns),
        text: namesOf(table, columns),
        columns,
        score,
        nulls: columns.filter((column) => (table.profiles[column]?.nulls ?? 0) > 0),
      })),
    [table],
  );
  const more = table.keyCount - table.keys.length;
  return (
    <Listing
      label="keys"
      items={lines}
      decisionOf={(line) =>
        choice.primary === line.key && choice.target === undefined ? 'accepted' : choice.decisions.get(line.key)
      }
      onReject={(line) => decide(line.key, 'rejected')}
      empty={
        table.complete
          ? { title: 'No key', text: 'Some rows are equal in every column: nothing tells them apart.' }
          : { title: 'No key was found', text: 'The search ended before it was complete: there may be one.' }
      }
      notes={
        <p className="shrink-0 border-line border-y bg-sunken px-4 py-1.5 text-ink-2 text-xs leading-5">
          Unique in these rows and no column too many. {more > 0 ? `${many(more, 'more key')} not listed. ` : ''}
          {table.complete ? '' : completeness(table).text}
        </p>
      }
      draw={(line, tabIndex) => {
        const primary = choice.target === undefined && choice.primary === line.key;
        const decision = choice.decisions.get(line.key);
        const blocked = standing.key(line.columns);
        const nulls = line.nulls.length === 0 ? undefined : `${namesOf(table, line.nulls)} holds NULL: no primary key`;
        return (
          <div className={cx('flex h-full items-center gap-3 px-4', decision === 'rejected' && 'bg-sunken')}>
            <Verdict
              of={`key ${line.text}`}
              decision={primary ? 'accepted' : decision}
              blocked={blocked}
              tabIndex={tabIndex}
              onDecide={(next) => {
                if (primary) choose(() => ({ primary: undefined }));
                if (!primary || next === 'rejected') decide(line.key, next);
              }}
            />
            <span className="flex min-w-0 flex-1 flex-col">
              <span
                className={cx('truncate font-mono text-xs', decision === 'rejected' && 'text-ink-3 line-through')}
                title={line.text}
              >
                {line.text}
              </span>
              <span className="truncate text-[11.5px] leading-4.5 text-ink-3">
                {blocked ?? nulls ?? `${many(line.columns.length, 'column')}, no NULL`}
              </span>
            </span>
            {choice.target === undefined ? (
              <Button
                size="sm"
                variant={primary ? 'primary' : 'line'}
                tabIndex={tabIndex}
                aria-pressed={primary}
                aria-label={`Primary key: ${line.text}`}
                disabled={nulls !== undefined}
                onClick={() => choose(() => ({ primary: primary ? undefined : line.key }))}
              >
                Primary key
              </Button>
            ) : null}
            {decision === 'accepted' && !primary ? <Pill tone="accent">unique</Pill> : null}
          </div>
        );
      }}
    />
  );
}
