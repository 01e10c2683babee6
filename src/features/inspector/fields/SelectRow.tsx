import { type ReactNode, useId, useState } from 'react';
import { Select, type SelectOption } from '#ui/Select.tsx';
import { FieldRow } from './FieldRow.tsx';

export interface SelectRowProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onCommit: (value: V) => string | undefined;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

/** One of a few. */
export function SelectRow<V extends string>({ label, value, options, onCommit, hint, disabled }: SelectRowProps<V>) {
  const id = useId();
  const [problem, setProblem] = useState<string | undefined>();
  return (
    <FieldRow label={label} id={id} problem={problem} hint={hint}>
      <Select
        id={id}
        className="w-full"
        label={label}
        value={value}
        options={options}
        disabled={disabled === true}
        onValueChange={(next) => setProblem(next === value ? undefined : onCommit(next))}
      />
    </FieldRow>
  );
}
