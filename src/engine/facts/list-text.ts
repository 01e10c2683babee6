import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnFacts } from '#model/column-types.ts';
import { exactNumber, percentText, readShare } from './fact-text.ts';

/** Lists of values as people write them: `open 60 %; paid 35 %`, and `1; 10; 100`. */

export type CommonValues = NonNullable<ColumnFacts['common']>;

/** Signs that a value is put in double quotes for. */
const SPECIAL = /[;"\n\r\t]|^\s|\s$|^$/;
const quoted = (value: string) => (SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

interface Item {
  /** What stood in double quotes at its beginning. */
  readonly quoted?: string;
  /** The rest, without blanks at its ends. */
  readonly text: string;
}

function quotedAt(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const parts: string[] = [];
  let start = from;
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', start)) {
    parts.push(text.slice(start, at));
    if (text[at + 1] !== '"') return { text: parts.join('"'), end: at };
    start = at + 2;
  }
  return undefined;
}

/** Takes a list apart at semicolons and line ends outside of double quotes; a doubled quote in quotes is one. */
function itemsOf(text: string): Result<readonly Item[]> {
  const items: Item[] = [];
  let from = 0;
  while (from < text.length) {
    const begin = from + (/\S/.exec(text.slice(from, from + 1000))?.index ?? 0);
    const found = text[begin] === '"' ? quotedAt(text, begin + 1) : undefined;
    if (text[begin] === '"' && found === undefined) return err('fact-text', 'A quotation mark is not closed.');
    const after = found === undefined ? from : found.end + 1;
    let end = after;
    while (end < text.length && text[end] !== ';' && text[end] !== '\n') end += 1;
    const rest = text.slice(after, end).trim();
    if (found !== undefined) items.push({ quoted: found.text, text: rest });
    else if (rest !== '') items.push({ text: rest });
    from = end + 1;
  }
  return ok(items);
}

/** Values one after the other, as {@link readValues} takes them back. */
export const valuesText = (values: readonly string[]) => values.map(quoted).join('; ');

/** Values with semicolons or line ends between them; double quotes around those that hold such signs. */
export function readValues(text: string): Result<readonly string[]> {
  const items = itemsOf(text);
  if (!items.ok) return items;
  const odd = items.value.find((item) => item.quoted !== undefined && item.text !== '');
  if (odd !== undefined)
    return err('fact-text', `After a closing quotation mark a semicolon is needed, not ${odd.text.slice(0, 20)}.`);
  return ok(items.value.map((item) => item.quoted ?? item.text));
}

/** Values with their shares, as {@link readCommon} takes them back. */
export const commonText = (common: CommonValues) =>
  common.map(({ value, share }) => `${quoted(value)} ${exactNumber(share * 100)} %`).join('; ');

/** The first values with rounded shares, for reading. */
export function commonGist(common: CommonValues, most = 3): string {
  const shown = common.slice(0, most).map(({ value, share }) => `${value === '' ? '(empty)' : value} ${percentText(share)}`);
  return `${shown.join(', ')}${common.length > most ? `, +${common.length - most}` : ''}`;
}

function commonValue({ quoted: value, text }: Item): Result<CommonValues[number]> {
  // The share is the last word, its sign may stand apart.
  const bare = text.endsWith('%') ? text.slice(0, -1).trimEnd() : text;
  const blank = Math.max(...[' ', '\t', '\r'].map((sign) => bare.lastIndexOf(sign)));
  const share = readShare(text.slice(blank + 1));
  const before = text.slice(0, blank + 1).trim();
  if (!share.ok || (value === undefined && before === ''))
    return err('fact-text', `Every value needs its share, such as open 60 %; ${text.slice(0, 20) || value} has none.`);
  if (value !== undefined && before !== '')
    return err('fact-text', `After a closing quotation mark a share is needed, not ${before.slice(0, 20)}.`);
  return ok({ value: value ?? before, share: share.value });
}

/** Values with their shares of all rows: `open 60 %; paid 35 %`. @returns the most frequent first */
export function readCommon(text: string): Result<CommonValues> {
  const items = itemsOf(text);
  if (!items.ok) return items;
  const found = new Map<string, number>();
  for (const item of items.value) {
    const one = commonValue(item);
    if (!one.ok) return one;
    if (found.has(one.value.value)) return err('fact-text', `${one.value.value} stands twice.`);
    found.set(one.value.value, one.value.share);
  }
  const all = [...found.values()].reduce((sum, share) => sum + share, 0);
  if (all > 1.000_01) return err('fact-text', `These shares add up to ${percentText(all)}: there are 100 % at most.`);
  return ok([...found].map(([value, share]) => ({ value, share })).sort((a, b) => b.share - a.share));
}
