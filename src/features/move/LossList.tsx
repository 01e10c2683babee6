import { useMemo, useState } from 'react';
import type { MoveLoss } from '#engine/move/plan-types.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { groupLosses, type LossGroup } from './loss-groups.ts';

/** Objects of one kind of loss that are drawn when it is opened; the rest is counted. */
const SHOWN = 500;
/** Objects that are named while it is closed. */
const NAMED = 4;
/** Longer SQL gets lines of its own. */
const SHORT = 60;

function isShort(sql: string): boolean {
  return sql.length <= SHORT && !sql.includes('\n');
}

function Sql({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
    <pre tabIndex={0} className="mt-1 max-h-36 overflow-auto rounded-md bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap">
      {text}
    </pre>
  );
}

function One({ loss }: { readonly loss: MoveLoss }) {
  const { object, sql } = loss;
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{object}</span>
      {sql !== undefined && isShort(sql) ? (
        <code className="ml-2 rounded bg-sunken px-1.5 py-0.5 font-mono text-xs [overflow-wrap:anywhere]">{sql}</code>
      ) : null}
      {sql === undefined || isShort(sql) ? null : <Sql text={sql} />}
    </>
  );
}

function Several({ group }: { readonly group: LossGroup }) {
  const [open, setOpen] = useState(false);
  const { losses } = group;
  const named = losses.slice(0, NAMED).map((one) => one.object);
  const rest = losses.length - SHOWN;
  return (
    <details className="group/loss" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex cursor-default items-baseline gap-1.5 rounded py-0.5 text-xs">
        <Icon name="ChevronRight" size={13} className="self-center text-ink-3 group-open/loss:rotate-90" />
        <span className="min-w-0 flex-1 truncate">
          {open ? `${losses.length.toLocaleString('en')} objects` : named.join(', ')}
          {open || losses.length <= NAMED ? null : (
            <span className="text-ink-3"> and {(losses.length - NAMED).toLocaleString('en')} more</span>
          )}
        </span>
      </summary>
      {open ? (
        <ul className="mt-0.5 flex flex-col gap-1 pb-1 pl-5 text-xs leading-5">
          {losses.slice(0, SHOWN).map((one) => (
            <li key={`${one.object}/${one.at.part ?? one.at.record}`}>
              <One loss={one} />
            </li>
          ))}
          {rest > 0 ? (
            <li className="text-ink-3">and {rest.toLocaleString('en')} more: the migration guide lists them all</li>
          ) : null}
        </ul>
      ) : null}
    </details>
  );
}

/** Everything of the document that is not in what comes out, by what it is and why. */
export function LossList({ losses }: { readonly losses: readonly MoveLoss[] }) {
  const groups = useMemo(() => groupLosses(losses), [losses]);
  if (losses.length === 0) {
    return <EmptyState icon="CircleCheck" title="Nothing is lost" text="Everything the document says is said there too." />;
  }
  return (
    <ul className="flex flex-col">
      {groups.map((group) => {
        const [first] = group.losses;
        return (
          <li key={group.key} className="border-line border-b px-4 py-2.5">
            <p className="flex items-center gap-2">
              <b className="min-w-0 font-semibold first-letter:uppercase [overflow-wrap:anywhere]">{group.feature}</b>
              {group.losses.length === 1 ? null : <Pill tone="plain">{group.losses.length.toLocaleString('en')}</Pill>}
            </p>
            <p className="mb-1 max-w-[88ch] text-ink-2 text-xs leading-4.5 [overflow-wrap:anywhere]">{group.reason}</p>
            {group.losses.length > 1 ? (
              <Several group={group} />
            ) : first === undefined ? null : (
              <div className="text-xs leading-5">
                <One loss={first} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
