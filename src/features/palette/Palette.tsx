/** Command box */
export function Palette() {
  return <section aria-label="Command box" className="h-full min-h-0 overflow-hidden" />;
}
