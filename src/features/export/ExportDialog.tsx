/** Export */
export function ExportDialog() {
  return <section aria-label="Export" className="h-full min-h-0 overflow-hidden" />;
}
