/** Something runs, nobody knows for how long. */
export function Spinner({ label, size = 14 }: { readonly label: string; readonly size?: number }) {
  return (
    <span
      role="status"
      aria-label={label}
      className="inline-block shrink-0 animate-spin rounded-full border-2 border-line-strong border-t-accent"
      style={{ width: size, height: size }}
    />
  );
}
