/** Inspector */
export function Inspector() {
  return <section aria-label="Inspector" className="h-full min-h-0 overflow-hidden" />;
}
