import type { SequenceOptions } from '#model/types.ts';
import { CheckRow } from './CheckRow.tsx';
import { SelectRow } from './SelectRow.tsx';
import { TextRow } from './TextRow.tsx';

export interface SequenceFieldsProps {
  readonly options: SequenceOptions;
  readonly onCommit: (options: SequenceOptions) => string | undefined;
  /** An identity's numbers have the type of its column. */
  readonly typed?: boolean;
}

const TEXTS = [
  { key: 'start', label: 'Start', placeholder: '1' },
  { key: 'increment', label: 'Increment', placeholder: '1' },
  { key: 'min', label: 'Minimum', placeholder: 'of the type; none = NO MINVALUE' },
  { key: 'max', label: 'Maximum', placeholder: 'of the type; none = NO MAXVALUE' },
  { key: 'cache', label: 'Cache', placeholder: '1' },
] as const;

function without<K extends keyof SequenceOptions>(options: SequenceOptions, key: K): SequenceOptions {
  const { [key]: _, ...rest } = options;
  return rest;
}

/** The options of a sequence, its own or an identity's. */
export function SequenceFields({ options, onCommit, typed = false }: SequenceFieldsProps) {
  const setText = (key: (typeof TEXTS)[number]['key'], text: string) => {
    const value = text.trim().toLowerCase();
    if (value === '') return onCommit(without(options, key));
    if (value === 'none' && (key === 'min' || key === 'max')) return onCommit({ ...options, [key]: 'none' });
    if (!/^-?\d+$/.test(value)) return 'A whole number is needed here.';
    if (key === 'increment' && value === '0') return 'An increment of 0 would yield one number for ever.';
    return onCommit({ ...options, [key]: value });
  };
  return (
    <>
      {typed ? (
        <SelectRow
          label="Numbers"
          value={options.type ?? 'bigint'}
          options={(['smallint', 'integer', 'bigint'] as const).map((value) => ({ value, label: value }))}
          onCommit={(type) => onCommit(type === 'bigint' ? without(options, 'type') : { ...options, type })}
        />
      ) : null}
      {TEXTS.map(({ key, label, placeholder }) => (
        <TextRow
          key={key}
          label={label}
          value={options[key]}
          placeholder={placeholder}
          mono
          onCommit={(text) => setText(key, text)}
        />
      ))}
      <CheckRow
        label="Begin again at the end (CYCLE)"
        checked={options.cycle === true}
        onCommit={(cycle) => onCommit(cycle ? { ...options, cycle } : without(options, 'cycle'))}
      />
    </>
  );
}
