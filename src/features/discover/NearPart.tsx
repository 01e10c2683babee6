import { useMemo, useState } from 'react';
import type { NearDependency, SeenRow } from '#engine/discover/survey.ts';
import { many } from '#lib/amounts.ts';
import { cx } from '#ui/cx.ts';
import { dependencyKey } from './choice.ts';
import type { PartProps } from './DependenciesPart.tsx';
import { Listing } from './Listing.tsx';
import { decide } from './session.ts';
import { Arrow, Verdict } from './Verdict.tsx';
import { agreement, namesOf, valueText } from './words.ts';

function Cells({ row, odd }: { readonly row: SeenRow; readonly odd: boolean }) {
  return (
    <>
      <td className="px-3 py-0.5 text-right text-ink-3 tabular-nums">{row.row.toLocaleString('en')}</td>
      {row.values.map((value, at) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
          key={at}
          className={cx(
            'max-w-56 truncate px-3 py-0.5 font-mono',
            value === undefined && 'text-ink-3 italic',
            at === row.values.length - 1 && odd && 'font-semibold text-bad',
          )}
          title={valueText(value)}
        >
          {valueText(value)}
        </td>
      ))}
    </>
  );
}

/** Rows that break a dependency, each with one that keeps it. */
function CounterExamples({ near, names }: { readonly near: NearDependency; readonly names: readonly string[] }) {
  return (
    <section
      aria-label="Rows that disagree"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
      tabIndex={0}
      className="max-h-44 shrink-0 overflow-auto border-line-strong border-t bg-sunken"
    >
      <table className="text-left text-xs">
        <caption className="px-4 pt-1.5 pb-1 text-left font-semibold">
          {near.examples.length < near.violating
            ? `Some of the ${many(near.violating, 'row')} that disagree`
            : 'The rows that disagree'}
        </caption>
        <thead className="text-ink-2">
          <tr>
            <th scope="col" className="px-4 py-0.5 font-normal">
              <span className="sr-only">What the row shows</span>
            </th>
            <th scope="col" className="px-3 py-0.5 text-right font-normal">
              row
            </th>
            {names.map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
              <th key={at} scope="col" className="px-3 py-0.5 font-mono font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {near.examples.map(({ usual, odd }) => (
          <tbody key={`${usual.row}/${odd.row}`} className="border-line border-t">
            <tr>
              <th scope="row" className="px-4 py-0.5 font-normal text-ink-2">
                disagrees
              </th>
              <Cells row={odd} odd />
            </tr>
            <tr>
              <th scope="row" className="px-4 py-0.5 font-normal text-ink-2">
                most say
              </th>
              <Cells row={usual} odd={false} />
            </tr>
          </tbody>
        ))}
      </table>
    </section>
  );
}

/** Dependencies that hold but for a few rows: mistakes in the data, or no rule. */
export function NearPart({ table, choice, standing }: PartProps) {
  const lines = useMemo(
    () =>
      table.near.map((near) => {
        const [left, right] = [namesOf(table, near.left), namesOf(table, [near.right])];
        return { key: dependencyKey(near.left, [near.right]), text: `${left} → ${right}`, left, right, near };
      }),
    [table],
  );
  const [at, setAt] = useState<string>();
  const current = lines.find((line) => line.key === at) ?? lines[0];
  return (
    <>
      <Listing
        label="near dependencies"
        items={lines}
        decisionOf={(line) => choice.decisions.get(line.key)}
        onReject={(line) => decide(line.key, 'rejected')}
        onCurrent={(line) => setAt(line.key)}
        empty={
          table.nearComplete
            ? {
                title: 'Nothing nearly holds',
                text: 'No dependency with one or two columns on the left is broken by a few rows only.',
              }
            : { title: 'None was found', text: 'The search ended before it was complete: there may be some.' }
        }
        notes={
          <p className="shrink-0 border-line border-y bg-sunken px-4 py-1.5 text-ink-2 text-xs leading-5">
            They hold but for at most 5 % of the rows. Accept one that is a rule: the rows that disagree are then mistakes in the
            data.
            {table.nearComplete ? '' : ' Not all of them are listed.'}
          </p>
        }
        draw={(line, tabIndex) => {
          const decision = choice.decisions.get(line.key);
          const blocked = standing.dependency(line.near.left, [line.near.right]);
          return (
            <div
              className={cx(
                'flex h-full items-center gap-3 px-4',
                decision === 'rejected' && 'bg-sunken',
                line.key === current?.key && 'bg-accent-soft',
              )}
            >
              <Verdict
                of={line.text}
                decision={decision}
                blocked={blocked}
                tabIndex={tabIndex}
                onDecide={(next) => decide(line.key, next)}
              />
              <span className="flex min-w-0 flex-1 flex-col">
                <Arrow left={line.left} right={line.right} struck={decision === 'rejected'} />
                <span className="truncate text-[11.5px] leading-4.5 text-ink-2">{blocked ?? agreement(line.near, table.rows)}</span>
              </span>
            </div>
          );
        }}
      />
      {current === undefined ? null : (
        <CounterExamples
          near={current.near}
          names={[...current.near.left, current.near.right].map((column) => table.profiles[column]?.name ?? '?')}
        />
      )}
    </>
  );
}
