/** Canvas */
export function Canvas() {
  return <section aria-label="Canvas" className="h-full min-h-0 overflow-hidden" />;
}
