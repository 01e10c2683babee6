import { stringValue } from '../../base/lex.ts';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlDrop } from '../../base/read/ddl.ts';
import { readDrop } from './objects.ts';
import { keep } from './tables.ts';

/** A block that drops something in case it is there reads as that; any other block is kept. */
export function readBlock(cursor: Cursor): Ddl[] {
  const words = cursor.word();
  const drops: DdlDrop[] = [];
  let others = false;
  for (const [at, token] of cursor.tokens.entries()) {
    if (token.word !== 'IMMEDIATE' || cursor.tokens[at - 1]?.word !== 'EXECUTE') continue;
    const text = cursor.tokens[at + 1];
    const ends = cursor.tokens[at + 2]?.word === ';';
    const inner = text?.kind === 'string' && ends ? new Cursor(stringValue(text.text, 'oracle'), 'oracle') : undefined;
    const read = inner?.take('DROP') === true ? readDrop(inner) : [];
    const found = inner?.problem === undefined ? read.filter((one) => one.kind === 'drop') : [];
    if (found.length === 0) others = true;
    drops.push(...found);
  }
  if (others || drops.length === 0) return keep(cursor, words);
  cursor.rest();
  return drops.map((drop) => ({ ...drop, ifExists: true }));
}
