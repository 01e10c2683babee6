import { useState } from 'react';
import { foldings } from '../subject.ts';
import { Choices } from './parts.tsx';
import { type FormProps, useAsk } from './types.ts';

const keyOf = (one: { readonly relationship: string; readonly end: string }) => `${one.end} ${one.relationship}`;

/** Which table disappears into which. */
export function InlineForm({ document, selection, onAsk }: FormProps) {
  const ways = foldings(document, selection);
  const [chosen, setChosen] = useState(() => (ways[0] === undefined ? '' : keyOf(ways[0])));
  const way = ways.find((one) => keyOf(one) === chosen);
  useAsk(way === undefined ? undefined : { kind: 'inline', relationship: way.relationship, end: way.end }, onAsk);
  return (
    <Choices
      title="Which into which"
      value={chosen}
      onChange={setChosen}
      options={ways.map((one) => ({
        value: keyOf(one),
        label: one.label,
        hint: one.end === 'child' ? 'It has at most one row for each of the other.' : 'Only this child refers to it.',
      }))}
    />
  );
}
