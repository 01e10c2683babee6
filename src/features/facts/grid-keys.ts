import type { ClipboardEvent, KeyboardEvent } from 'react';
import { redo, undo } from '#state/document.ts';
import { readBlock } from './block.ts';
import { moved, type Place } from './grid-moves.ts';
import type { CellEdit, FactGridProps } from './grid-types.ts';
import type { useGridEdits } from './use-grid-edits.ts';

const PAGE = 12;

const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => key.length === 1 && !ctrlKey && !metaKey && !altKey;

/** Undo and redo while the grid has the keys; what was done is said by whoever follows the document. */
function stepInHistory(back: boolean): void {
  if (back) undo();
  else redo();
}

/** The clipboard is the field's while something is typed; its events may come from any cell otherwise. */
const isField = ({ target }: ClipboardEvent) => target instanceof HTMLInputElement;

interface Given<K extends string> extends Pick<FactGridProps<K>, 'rows' | 'columns' | 'cell'> {
  readonly at: Place;
  readonly go: (to: Place) => void;
  /** Gives the keys back to the grid. */
  readonly focus: () => void;
  readonly edits: ReturnType<typeof useGridEdits<K>>;
}

/** What keys and the clipboard do in a grid of facts; a plain function of what is shown now. */
export function gridKeys<K extends string>({ rows, columns, cell, at, go, focus, edits }: Given<K>) {
  const size = { rows: rows.length, columns: columns.length, page: PAGE };
  const [row, column] = [rows[at.row], columns[at.column]];
  const here = row === undefined || column === undefined ? undefined : { row: row.key, column: column.key };

  const inGrid = (event: KeyboardEvent): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    const to = moved(at, event.key, mod, size);
    const key = event.key.toLowerCase();
    if (to !== undefined) go(to);
    else if (mod && (key === 'z' || key === 'y')) stepInHistory(key === 'z' && !event.shiftKey);
    else if (here === undefined) return false;
    else if (mod && key === 'enter') edits.take([{ ...here, text: cell(here.row, here.column).exact }]);
    else if (key === 'enter' || key === 'f2') edits.begin(here);
    else if (key === 'delete' || key === 'backspace') edits.take([{ ...here, text: undefined }]);
    else if (isLetter(event) && event.key !== ' ') edits.begin(here, event.key);
    else return false;
    return true;
  };

  return {
    here,
    onKeyDown(event: KeyboardEvent) {
      if (event.target === event.currentTarget && inGrid(event)) event.preventDefault();
    },
    whileTyping(event: KeyboardEvent) {
      event.stopPropagation();
      if (event.nativeEvent.isComposing || here === undefined) return;
      if (event.key === 'Escape') {
        edits.giveUp(here);
        focus();
      } else if (event.key === 'Enter' || event.key === 'Tab') {
        event.preventDefault();
        if (!edits.end(here, true)) return;
        focus();
        const way = event.key === 'Enter' ? 'ArrowDown' : event.shiftKey ? 'ArrowLeft' : 'ArrowRight';
        go(moved(at, way, false, size) ?? at);
      }
    },
    onPaste(event: ClipboardEvent) {
      if (isField(event)) return;
      event.preventDefault();
      const block = readBlock(event.clipboardData.getData('text/plain'));
      const pasted = block.flatMap((line, down) =>
        line.flatMap((text, right): CellEdit<K>[] => {
          const [to, under] = [rows[at.row + down], columns[at.column + right]];
          return to === undefined || under === undefined ? [] : [{ row: to.key, column: under.key, text }];
        }),
      );
      if (pasted.length > 0) edits.take(pasted);
    },
    onCopy(event: ClipboardEvent) {
      if (isField(event) || here === undefined) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', cell(here.row, here.column).exact);
    },
  };
}
