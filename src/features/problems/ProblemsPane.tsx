/** Problems */
export function ProblemsPane() {
  return <section aria-label="Problems" className="h-full min-h-0 overflow-hidden" />;
}
