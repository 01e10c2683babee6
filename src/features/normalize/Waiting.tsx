import { Progress } from '#ui/Progress.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import type { Comparing } from './use-comparison.ts';
import { useLate } from './use-late.ts';

/** Said while plans are worked out; how far it is only when that takes a while. */
export function Waiting({ comparing }: { readonly comparing: Comparing }) {
  const late = useLate(1000);
  return (
    <div className="grid flex-1 place-items-center">
      {late ? (
        <div className="flex w-80 max-w-full flex-col gap-2 px-4">
          <Progress done={comparing.done} label="Working out the decompositions" />
          <p role="status" className="text-xs text-ink-2">
            {comparing.what}
          </p>
        </div>
      ) : (
        <Spinner label="Working out the decompositions" size={20} />
      )}
    </div>
  );
}
