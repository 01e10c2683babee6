import { useState } from 'react';
import type { CellEdit, FactGridProps, Refused, Typing } from './grid-types.ts';

const keyOf = (row: string, column: string) => `${row} ${column}`;

/** What is typed into a grid's cells, taken over or refused at its cell. */
export function useGridEdits<K extends string>({ cell, onEdit }: Pick<FactGridProps<K>, 'cell' | 'onEdit'>) {
  const [typing, setTyping] = useState<Typing>();
  const [wrong, setWrong] = useState<ReadonlyMap<string, Typing>>(new Map());

  /** Takes edits over; what cannot be stays at its cell with the reason. */
  const take = (edits: readonly CellEdit<K>[]): readonly Refused<K>[] => {
    const refused = onEdit(edits);
    const next = new Map(wrong);
    for (const one of edits) next.delete(keyOf(one.row, one.column));
    for (const one of refused) next.set(keyOf(one.row, one.column), { text: one.text ?? '', message: one.message });
    setWrong(next);
    return refused;
  };
  type Where = { readonly row: string; readonly column: K };

  return {
    typing,
    setTyping,
    take,
    wrongAt: ({ row, column }: Where) => wrong.get(keyOf(row, column)),
    begin(where: Where, text?: string) {
      const open = wrong.get(keyOf(where.row, where.column));
      setTyping(text === undefined ? (open ?? { text: cell(where.row, where.column).exact }) : { text });
    },
    /** Ends typing. @param stay keep the field open when it is refused @returns whether it is closed */
    end(where: Where, stay: boolean): boolean {
      if (typing === undefined) return true;
      const same = typing.text === cell(where.row, where.column).exact && !wrong.has(keyOf(where.row, where.column));
      const [refused] = same ? [] : take([{ ...where, text: typing.text }]);
      if (refused === undefined || !stay) setTyping(undefined);
      else setTyping({ text: typing.text, message: refused.message });
      return refused === undefined || !stay;
    },
  };
}
