/** Import */
export function ImportDialog() {
  return null;
}
