import { useMemo } from 'react';
import type { QueryFacts } from '#engine/workload/facts.ts';
import type { Document } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { wordsOf } from './words.ts';

/** What a query says of each table, in words; what policies add is marked. */
export function QueryUses({ document, facts }: { readonly document: Document; readonly facts: QueryFacts }) {
  const uses = useMemo(() => wordsOf(document, facts), [document, facts]);
  if (uses.length === 0) return null;
  return (
    <section aria-label="What it asks of each table" className="flex flex-col gap-2">
      <h4 className="text-xs font-semibold">What it asks of each table</h4>
      {uses.map((use, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a table may be used several times under one name
        <div key={at} className="rounded-lg border border-line">
          <p className="flex items-baseline gap-2 border-line border-b bg-sunken/60 px-3 py-1">
            <Icon name={use.stored ? 'Eye' : 'Table2'} size={13} className="self-center text-ink-3" />
            <span className="font-medium">{use.title}</span>
            <span className="min-w-0 truncate text-xs text-ink-3">{use.note}</span>
            <span className="ml-auto shrink-0 text-xs text-ink-2">{use.does}</span>
          </p>
          <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-2 px-3 py-1.5 text-xs leading-5">
            {use.lines.map(({ label, text, policy }, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand there twice
              <div key={line} className="contents">
                <dt className="text-ink-3">{label}</dt>
                <dd className="font-mono text-[11.5px] [overflow-wrap:anywhere]">
                  {text}{' '}
                  {policy === undefined ? null : (
                    <Pill tone="accent" title="Row-level security adds this to every query on the table">
                      policy {policy}
                    </Pill>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
