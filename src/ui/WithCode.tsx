/** A sentence in which `` `code` `` between backticks stands as code. */
export function WithCode({ text }: { readonly text: string }) {
  let at = 0;
  return text.split('`').map((part, number) => {
    const key = at;
    at += part.length + 1;
    if (number % 2 === 0) return part;
    return (
      <code key={key} className="rounded bg-sunken px-1 font-mono text-[0.95em] text-ink [overflow-wrap:anywhere]">
        {part}
      </code>
    );
  });
}
