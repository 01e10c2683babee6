import type { StorageParameter } from '#model/types.ts';
import { parametersText, readParameters } from '../logic/parameters-text.ts';
import { TextRow } from './TextRow.tsx';

export interface ParametersRowProps {
  readonly label?: string;
  readonly parameters: readonly StorageParameter[] | undefined;
  readonly onCommit: (parameters: readonly StorageParameter[] | null) => string | undefined;
  readonly placeholder?: string;
}

/** Storage parameters: `fillfactor=70, autovacuum_enabled=false`. */
export function ParametersRow({ label = 'Parameters', parameters, onCommit, placeholder = 'fillfactor=90' }: ParametersRowProps) {
  return (
    <TextRow
      label={label}
      value={parametersText(parameters)}
      mono
      placeholder={placeholder}
      onCommit={(text) => {
        const read = readParameters(text);
        if (!read.ok) return read.problem.message;
        return onCommit(read.value.length === 0 ? null : read.value);
      }}
    />
  );
}
