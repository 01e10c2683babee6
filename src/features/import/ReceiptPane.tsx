/** Import receipt */
export function ReceiptPane() {
  return <section aria-label="Import receipt" className="h-full min-h-0 overflow-hidden" />;
}
