import { Fragment } from 'react';

/** A text with the ranges marked that answered what was typed: `[start, end)`, in order. */
export function Marked({ text, ranges }: { readonly text: string; readonly ranges: readonly (readonly [number, number])[] }) {
  if (ranges.length === 0) return text;
  return (
    <>
      {ranges.map(([start, end], at) => (
        <Fragment key={start}>
          {text.slice(ranges[at - 1]?.[1] ?? 0, start)}
          <mark className="bg-transparent font-bold text-inherit underline decoration-1 underline-offset-2">
            {text.slice(start, end)}
          </mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}
