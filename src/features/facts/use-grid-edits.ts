import { useRef, useState } from 'react';
import type { CellEdit, FactGridProps, Refused, Typing } from './grid-types.ts';

const keyOf = (row: string, column: string) => `${row} ${column}`;

/** What is typed into a grid's cells, taken over or refused at its cell. */
export function useGridEdits<K extends string>({ cell, onEdit }: Pick<FactGridProps<K>, 'cell' | 'onEdit'>) {
  const [typing, show] = useState<Typing>();
  // A field that is closed loses the focus at once, before anything is drawn anew: it must know that it is closed.
  const latest = useRef<Typing>(undefined);
  const setTyping = (next: Typing | undefined) => {
    latest.current = next;
    show(next);
  };
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
    /** Ends typing with nothing changed; what was refused here before is forgotten. */
    giveUp({ row, column }: Where) {
      setTyping(undefined);
      const next = new Map(wrong);
      next.delete(keyOf(row, column));
      setWrong(next);
    },
    /** Ends typing. @param stay keep the field open when it is refused @returns whether it is closed */
    end(where: Where, stay: boolean): boolean {
      const { current: open } = latest;
      if (open === undefined) return true;
      const { text } = open;
      const same = text === cell(where.row, where.column).exact && !wrong.has(keyOf(where.row, where.column));
      const [refused] = same ? [] : take([{ ...where, text }]);
      if (refused === undefined || !stay) setTyping(undefined);
      else setTyping({ text, message: refused.message });
      return refused === undefined || !stay;
    },
  };
}
