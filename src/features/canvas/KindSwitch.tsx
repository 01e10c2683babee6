import type { RelationKind } from './relation-draft.ts';

const KINDS: readonly { readonly value: RelationKind; readonly label: string }[] = [
  { value: 'one-to-one', label: '1 : 1' },
  { value: 'one-to-many', label: '1 : N' },
  { value: 'many-to-many', label: 'M : N' },
];

/** How many of one side belong to how many of the other. */
export function KindSwitch({ kind, onChange }: { readonly kind: RelationKind; readonly onChange: (kind: RelationKind) => void }) {
  return (
    <div
      role="radiogroup"
      aria-label="Kind of relationship"
      className="flex overflow-hidden rounded-[7px] border border-line-strong"
    >
      {KINDS.map(({ value, label }) => (
        // biome-ignore lint/a11y/useSemanticElements: a segmented switch; arrow keys are not needed for three buttons
        <button
          key={value}
          type="button"
          role="radio"
          aria-checked={kind === value}
          className={`h-7 flex-1 ${kind === value ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-sunken'}`}
          onClick={() => onChange(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
