/** Documents */
export function DocumentsDialog() {
  return <section aria-label="Documents" className="h-full min-h-0 overflow-hidden" />;
}
