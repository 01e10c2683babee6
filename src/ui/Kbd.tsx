import { keyCaps } from './keys.ts';

/** A key combination, such as `mod+k`, as the person's keyboard names it. */
export function Kbd({ keys, className }: { readonly keys: string; readonly className?: string }) {
  return (
    <span className={`inline-flex shrink-0 gap-0.5 ${className ?? ''}`}>
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className="rounded border border-b-2 border-line-strong bg-surface px-1 font-sans text-[11px] font-medium leading-4 text-ink-2"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
