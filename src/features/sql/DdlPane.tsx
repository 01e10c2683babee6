/** DDL */
export function DdlPane() {
  return <section aria-label="DDL" className="h-full min-h-0 overflow-hidden" />;
}
