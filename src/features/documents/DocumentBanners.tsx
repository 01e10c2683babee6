/** What must be said about the document as a whole, above everything. */
export function DocumentBanners() {
  return <div />;
}
