/** Replaces `[start, end)` of a text by `text`; offsets are UTF-16 units of the text before any of the edits. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A run of text that keeps its identity between two versions of a text. */
export interface Block {
  readonly id: string;
  readonly text: string;
}

/** Above this many changed blocks a single edit that spans them is cheaper for the editor. */
const SPANNING = 150;

function commonPrefix(a: string, b: string): number {
  const max = Math.min(a.length, b.length);
  let i = 0;
  while (i < max && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

/** The smallest single edit from `before` to `after`, placed at `at`; none when they are equal. Never splits a code point. */
export function narrowEdit(before: string, after: string, at: number): TextEdit | undefined {
  if (before === after) return undefined;
  let start = commonPrefix(before, after);
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start -= 1;
  let tail = 0;
  const max = Math.min(before.length, after.length) - start;
  while (tail < max && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  if (tail > 0 && tail < before.length && isHighSurrogate(before.charCodeAt(before.length - tail - 1))) tail -= 1;
  return { start: at + start, end: at + before.length - tail, text: after.slice(start, after.length - tail) };
}

/** Indexes of a longest increasing subsequence of `values`; negative values are left out. */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = values.map(() => -1);
  for (const [i, value] of values.entries()) {
    if (value < 0) continue;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = i;
  }
  const out: number[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] as number) out.push(i);
  return out.reverse();
}

/** Adds an edit, joined to the one before when they touch: an editor refuses two edits at one place. */
function push(edits: TextEdit[], edit: TextEdit | undefined): void {
  if (edit === undefined) return;
  const last = edits.at(-1);
  if (last !== undefined && last.end === edit.start) {
    edits[edits.length - 1] = { start: last.start, end: edit.end, text: last.text + edit.text };
  } else edits.push(edit);
}

/**
 * Edits in ascending order that turn the blocks' text into the other blocks' text. Blocks are matched by id where they stand
 * in the same relative order; a matched block is edited where it differs, the others are taken out and put in.
 */
export function editsBetween(before: readonly Block[], after: readonly Block[]): TextEdit[] {
  const max = Math.min(before.length, after.length);
  const same = (a: Block | undefined, b: Block | undefined) => a === b || (a?.id === b?.id && a?.text === b?.text);
  let from = 0;
  let start = 0;
  for (; from < max && same(before[from], after[from]); from++) start += (before[from] as Block).text.length;
  let tail = 0;
  while (tail < max - from && same(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;
  return editsOfMiddle(before.slice(from, before.length - tail), after.slice(from, after.length - tail), start);
}

/** @param start offset at which the blocks begin. */
function editsOfMiddle(before: readonly Block[], after: readonly Block[], start: number): TextEdit[] {
  const position = new Map(after.map((block, i) => [block.id, i]));
  const targets = before.map((block) => position.get(block.id) ?? -1);
  const edits: TextEdit[] = [];
  let changed = 0;
  let offset = start;
  let old = 0;
  let next = 0;
  const step = (block: Block | undefined, to: Block | undefined) => {
    const length = block?.text.length ?? 0;
    if (block?.text !== to?.text) changed += 1;
    if (block !== undefined && to !== undefined) push(edits, narrowEdit(block.text, to.text, offset));
    else push(edits, { start: offset, end: offset + length, text: to?.text ?? '' });
    offset += length;
  };
  for (const kept of longestIncreasing(targets)) {
    while (old < kept) step(before[old++], undefined);
    while (next < (targets[kept] as number)) step(undefined, after[next++]);
    step(before[old++], after[next++]);
  }
  while (old < before.length) step(before[old++], undefined);
  while (next < after.length) step(undefined, after[next++]);
  if (changed <= SPANNING) return edits.filter((one) => one.text !== '' || one.end > one.start);
  const whole = narrowEdit(before.map((block) => block.text).join(''), after.map((block) => block.text).join(''), start);
  return whole === undefined ? [] : [whole];
}

/** The text after edits given in ascending order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of edits) {
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at);
}
