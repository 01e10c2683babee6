/** How much of a narrowed diagram is shown, in words: `4 of 1,000 shown`. */
export function shownCount({ shown, of }: { readonly shown: number; readonly of: number }): string {
  return `${shown.toLocaleString('en')} of ${of.toLocaleString('en')} shown`;
}
