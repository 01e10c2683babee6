/** Navigator */
export function Navigator() {
  return <section aria-label="Navigator" className="h-full min-h-0 overflow-hidden" />;
}
