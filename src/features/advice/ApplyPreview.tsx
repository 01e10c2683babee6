import { useEffect, useState } from 'react';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import type { Result } from '#lib/result.ts';
import { type ChosenIndexes, previewAdvice } from '#state/apply-advice.ts';
import type { Preview } from '#state/preview.ts';
import { Spinner } from '#ui/Spinner.tsx';
import { StatementDiff } from '#ui/StatementDiff.tsx';

/** The statements that applying would add to the model's DDL and take from it. */
export function ApplyPreview({ advice, chosen }: { readonly advice: IndexAdvice; readonly chosen: ChosenIndexes }) {
  const [preview, setPreview] = useState<Result<Preview>>();
  useEffect(() => {
    let wanted = true;
    void previewAdvice(advice, chosen).then((found) => {
      if (wanted) setPreview(found);
    });
    return () => {
      wanted = false;
    };
  }, [advice, chosen]);
  return (
    <section
      aria-label="What applying changes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto bg-surface px-5 py-4 -outline-offset-2"
    >
      {preview === undefined ? (
        <span className="grid h-24 place-items-center">
          <Spinner label="Working out what changes" size={18} />
        </span>
      ) : preview.ok ? (
        <>
          <p className="text-xs leading-[18px] text-ink-2">
            What {chosen.kind === 'own' ? 'your set' : 'the advice'} changes in the DDL. The export has the same for a running
            database as <code className="font-mono">002_add_indexes.sql</code>.
          </p>
          {preview.value.statements.map(({ key, kind, what, lines }) => (
            <StatementDiff key={key} kind={kind} what={what} lines={lines} />
          ))}
        </>
      ) : (
        <p className="text-ink-2">{preview.problem.message}</p>
      )}
    </section>
  );
}
