import { hash32 } from '#lib/ids.ts';
import type { Dialect } from '#model/types.ts';
import { lexSql, type Token } from '../dialects/base/lex.ts';

const TIGHT_BEFORE = new Set([',', ')', '.', ';', ']', '::']);
const TIGHT_AFTER = new Set(['(', '.', '[', '::']);
/** Before these a bracket follows a space, after every other word it is a call's. */
const SPACED = new Set(
  'IN VALUES AND OR NOT WHERE ON USING FROM SELECT EXISTS ANY ALL SOME AS JOIN LATERAL BY SET UNION INTERSECT EXCEPT OVER FILTER , = < > + - * /'.split(
    ' ',
  ),
);

const MAX = 1_000_000;

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

function isMark(piece: Piece | undefined): boolean {
  return piece?.text === '?';
}

/** Literals and parameters become `?`. */
function pieces(tokens: readonly Token[]): Piece[] {
  const out: Piece[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text, word, start, end } = tokens[i] as Token;
    const next = tokens[i + 1];
    const joins = next !== undefined && next.start === end;
    if (word === ';' && next === undefined) continue;
    if (kind === 'string' || kind === 'number') out.push({ text: '?', start, end, word: '?' });
    else if ((word === '$' || word === ':' || word === '@') && joins && (next.kind === 'number' || next.kind === 'word')) {
      out.push({ text: '?', start, end: next.end, word: '?' });
      i++;
    } else if (kind === 'word' && text.startsWith('@')) out.push({ text: '?', start, end, word: '?' });
    else if (kind === 'word' && /^\$\d+$/.test(text)) out.push({ text: '?', start, end, word: '?' });
    else out.push({ text, start, end, word });
  }
  return out;
}

/** `(?, ?, ?)` becomes `(?)`, and rows of them one row: how many values a list has makes no other query. */
function shortened(given: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of given) {
    out.push(piece);
    const [a, b, c] = out.slice(-3);
    if (isMark(a) && b?.text === ',' && isMark(c)) out.splice(-2);
    // A minus sign before a literal is part of it.
    else if (isMark(c) && b?.text === '-' && a !== undefined && /^(?:[(,=<>+*/-]|<=|>=|<>)$/.test(a.text)) out.splice(-2, 1);
    const tail = out
      .slice(-7)
      .map(({ text }) => text)
      .join('');
    if (tail === '(?),(?)') out.splice(-4);
  }
  return out;
}

/**
 * A statement's text on one line with literals and parameters as `?`, comments left out, and the fingerprint that it shares
 * with all that differ from it in these, in white space, case of words and length of value lists only.
 */
export function normalText(sql: string, dialect: Dialect): { readonly normal: string; readonly fingerprint: string } {
  const all = shortened(pieces(lexSql(sql.slice(0, MAX), dialect).tokens));
  let normal = '';
  let key = '';
  all.forEach((piece, i) => {
    const before = all[i - 1];
    const call =
      piece.text === '(' && before !== undefined && before.word !== '' && !SPACED.has(before.word) && /\w$/.test(before.text);
    const tight = before === undefined || TIGHT_BEFORE.has(piece.text) || TIGHT_AFTER.has(before.text) || call;
    normal += `${tight ? '' : ' '}${piece.text}`;
    key += `${piece.word === '' ? piece.text : piece.word} `;
  });
  const second = hash32(`${key.length}:${key}`);
  return { normal, fingerprint: `${hash32(key).toString(16).padStart(8, '0')}${second.toString(16).padStart(8, '0')}` };
}
