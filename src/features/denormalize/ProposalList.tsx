import type { Proposal } from '#engine/denormalize/types.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Pill } from '#ui/Pill.tsx';
import { KINDS, savedText } from './words.ts';

export interface ProposalListProps {
  readonly proposals: readonly Proposal[];
  readonly chosen: string | undefined;
  readonly dismissed: readonly Proposal[];
  readonly onChoose: (id: string) => void;
  readonly onTakeBack: (proposal: Proposal) => void;
}

/** More than anybody reads; the first ones spare most. */
const SHOWN = 60;

/** What would pay, the most sparing first. */
export function ProposalList({ proposals, chosen, dismissed, onChoose, onTakeBack }: ProposalListProps) {
  return (
    <section aria-label="Proposals" className="flex w-[300px] shrink-0 flex-col border-line border-r max-[1200px]:w-[232px]">
      <div role="radiogroup" aria-label="Proposals" className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-auto p-2.5">
        {proposals.slice(0, SHOWN).map((one) => (
          <label
            key={one.id}
            className={cx(
              'flex cursor-pointer flex-col gap-1 rounded-lg border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-accent',
              one.id === chosen ? 'border-accent bg-accent-soft/50' : 'border-line hover:bg-sunken',
            )}
          >
            <input type="radio" name="proposal" className="sr-only" checked={one.id === chosen} onChange={() => onChoose(one.id)} />
            <span className="leading-[18px] font-medium [overflow-wrap:anywhere]">{one.title}</span>
            <span className="flex flex-wrap items-center gap-1.5 text-xs text-ink-2">
              <Pill tone="plain">{KINDS[one.idea.kind]}</Pill>
              {savedText(one)}
              {one.guesses.length > 0 ? (
                <Pill tone="assume" title={`Guessed: ${one.guesses.join('; ')}`}>
                  rests on guesses
                </Pill>
              ) : null}
            </span>
          </label>
        ))}
        {proposals.length > SHOWN ? (
          <p className="px-1 py-2 text-xs text-ink-3">and {proposals.length - SHOWN} that spare less</p>
        ) : null}
      </div>
      {dismissed.length === 0 ? null : (
        <details className="border-line border-t px-3 py-2 text-xs text-ink-2">
          <summary className="cursor-pointer rounded">{dismissed.length} dismissed</summary>
          <ul className="mt-1 flex max-h-40 flex-col gap-1 overflow-auto">
            {dismissed.map((one) => (
              <li key={one.id} className="flex items-center gap-2">
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{one.title}</span>
                <Button size="sm" onClick={() => onTakeBack(one)}>
                  Offer again
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
