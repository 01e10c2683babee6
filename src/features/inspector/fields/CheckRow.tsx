import { type ReactNode, useId, useState } from 'react';

export interface CheckRowProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onCommit: (checked: boolean) => string | undefined;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

/** Yes or no. */
export function CheckRow({ label, checked, onCommit, hint, disabled }: CheckRowProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | undefined>();
  return (
    <div className="min-w-0 @min-[300px]:pl-[104px]">
      <label htmlFor={id} className="flex min-h-6 items-start gap-2 py-0.5 text-[12.5px]">
        <input
          id={id}
          type="checkbox"
          className="mt-[3px] size-3.5 shrink-0 accent-(--accent)"
          checked={checked}
          disabled={disabled}
          aria-describedby={problem === undefined && hint === undefined ? undefined : `${id}-note`}
          onChange={(event) => setProblem(onCommit(event.target.checked))}
        />
        <span className="min-w-0">{label}</span>
      </label>
      {problem === undefined && hint === undefined ? null : (
        <p id={`${id}-note`} className={`pl-[22px] text-[11.5px] leading-4 ${problem === undefined ? 'text-ink-3' : 'text-bad'}`}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
