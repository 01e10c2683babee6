/** Values of one column that hold several facts in one text: told from separators, kinds of pieces and how often they repeat. */

/** A value and the rows that hold it. */
export interface CountedValue {
  readonly value: string;
  readonly rows: number;
}

export interface PackedValues {
  /**
   * - `list`: pieces of one kind, any number of them (`red,green`);
   * - `pairs`: names with values (`size=4;colour=red`);
   * - `code`: a fixed number of pieces that each mean something (`CH-2024-001`);
   * - `quantity`: a number and its unit (`12 kg`).
   */
  readonly kind: 'list' | 'pairs' | 'code' | 'quantity';
  /** Between the pieces; for `pairs` between the pairs. Empty for `quantity`. */
  readonly separator: string;
  /** Different values that were looked at, and those of them that are packed so. */
  readonly values: number;
  readonly packed: number;
  /** Most pieces in one value. */
  readonly pieces: number;
  /** A few of them. */
  readonly examples: readonly string[];
  /** What speaks for it, in words. */
  readonly why: string;
}

/** Fewer different values tell nothing. */
const FEWEST = 4;
/** Values that are looked at: the first ones. */
const MOST = 5000;
/** Longer texts are prose. */
const LONGEST = 400;
const LIST_SEPARATORS = [', ', ',', '; ', ';', '|'] as const;
const PIECE = 40;

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
/** Digits in groups, or with a comma for the point. */
const ONE_NUMBER = /^[+-]?\d{1,3}(?:[., ]\d{3})*(?:[.,]\d+)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
const MOMENT = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{1,2}:\d{2}/;
const PHONE = /^\+?[\d ()./-]{6,}$/;

function kindOfPiece(piece: string): 'number' | 'word' | 'text' {
  if (NUMBER.test(piece)) return 'number';
  return /^[^\s,;|]{1,40}$/.test(piece) ? 'word' : 'text';
}

function share(part: number, of: number): string {
  return `${Math.round((100 * part) / of)}%`;
}

function examplesOf(values: readonly string[]): string[] {
  return values.slice(0, 3).map((value) => (value.length > 60 ? `${value.slice(0, 59)}…` : value));
}

/** A list: pieces of one kind whose number varies, and which come again in other values. */
function asList(values: readonly string[]): PackedValues | undefined {
  for (const separator of LIST_SEPARATORS) {
    const mark = separator.trim();
    const split = values.filter((value) => value.includes(mark)).map((value) => value.split(mark).map((piece) => piece.trim()));
    if (split.length < 3 || split.length < values.length * 0.25) continue;
    if (separator.length > 1 && !split.length) continue;
    const spaced = values.filter((value) => value.includes(mark)).every((value) => !new RegExp(`\\${mark}\\S`).test(value));
    if (spaced !== separator.endsWith(' ')) continue;
    const single = values.filter((value) => !value.includes(mark)).map((value) => value.trim());
    const pieces = [...split.flat(), ...single].filter((piece) => piece !== '');
    if (pieces.length === 0 || pieces.some((piece) => piece.length > PIECE)) continue;
    const counts = new Set(split.map((one) => one.length));
    const kinds = new Set(pieces.map(kindOfPiece));
    const distinct = new Set(pieces).size;
    const again = distinct < pieces.length * 0.75;
    const wordy = pieces.filter((piece) => piece.split(/\s+/).length > 3).length > pieces.length * 0.1;
    const sentences = pieces.some((piece) => /[.!?]$/.test(piece) && kindOfPiece(piece) === 'text');
    const numbers = kinds.size === 1 && kinds.has('number');
    if (wordy || sentences) continue;
    // `Miller, Anne` and `Berlin, DE` always have two pieces; `47.1,8.5` is a place.
    const fixed = counts.size === 1 && single.length === 0;
    if (fixed && !(again && pieces.length / distinct > 3)) continue;
    if (!again && !(numbers && counts.size > 1)) continue;
    return {
      kind: 'list',
      separator,
      values: values.length,
      packed: split.length,
      pieces: Math.max(...counts),
      examples: examplesOf(split.map((one) => one.join(separator))),
      why: `${share(split.length, values.length)} of ${values.length} different values hold up to ${Math.max(...counts)} pieces between “${mark}”; ${pieces.length} pieces, ${distinct} different`,
    };
  }
  return undefined;
}

const PAIR = /^[A-Za-z_][\w .-]{0,39}\s?[=:]\s?[^=]{0,100}$/;

function asPairs(values: readonly string[]): PackedValues | undefined {
  for (const separator of [';', '&', ',', '|', '\n'] as const) {
    const split = values.map((value) =>
      value
        .split(separator)
        .map((piece) => piece.trim())
        .filter((piece) => piece !== ''),
    );
    const good = split.filter((pieces) => pieces.length > 0 && pieces.every((piece) => PAIR.test(piece) && !piece.includes('://')));
    const several = good.filter((pieces) => pieces.length > 1).length;
    if (good.length < values.length * 0.9 || several < 2 || several < values.length * 0.25) continue;
    const names = new Set(good.flat().map((piece) => piece.split(/[=:]/, 1)[0]?.trim()));
    if (names.size > good.flat().length * 0.75) continue;
    return {
      kind: 'pairs',
      separator,
      values: values.length,
      packed: good.length,
      pieces: Math.max(...good.map((one) => one.length)),
      examples: examplesOf(good.map((one) => one.join(separator))),
      why: `${share(good.length, values.length)} of ${values.length} different values are pairs such as ${[...names].slice(0, 3).join(', ')}`,
    };
  }
  return undefined;
}

/** Shapes of pieces: which are digits, which letters, and how many of them. */
function shapeOf(piece: string): string {
  return /^\d+$/.test(piece) ? '9' : /^[A-Za-z]+$/.test(piece) ? 'a' : /^[A-Za-z0-9]+$/.test(piece) ? 'x' : '';
}

function asCode(values: readonly string[]): PackedValues | undefined {
  if (values.some((value) => UUID.test(value) || MOMENT.test(value) || PHONE.test(value))) return undefined;
  for (const separator of ['-', '/', '.', '_', ':'] as const) {
    const split = values.map((value) => value.split(separator));
    const count = split[0]?.length ?? 0;
    if (count < 2 || count > 5 || split.some((pieces) => pieces.length !== count)) continue;
    const shapes = Array.from({ length: count }, (_, at) => new Set(split.map((pieces) => shapeOf(pieces[at] as string))));
    if (shapes.some((one) => one.has('') || one.size > 1)) continue;
    const distinct = Array.from({ length: count }, (_, at) => new Set(split.map((pieces) => pieces[at])).size);
    // A piece that few values share says what kind of thing it is; one that nearly all differ in tells the things apart.
    const groups = distinct.some((one) => one <= values.length / 2);
    const tells = distinct.some((one) => one > 1);
    if (!groups || !tells || !shapes.some((one) => one.has('9'))) continue;
    return {
      kind: 'code',
      separator,
      values: values.length,
      packed: values.length,
      pieces: count,
      examples: examplesOf(values),
      why: `all ${values.length} different values have ${count} pieces between “${separator}”, with ${distinct.join(', ')} different texts in them`,
    };
  }
  return undefined;
}

const QUANTITY = /^[+-]?\d+(?:[.,]\d+)?\s?([A-Za-zµ°%€$£][A-Za-z0-9µ°%/²³]{0,9})$/;

function asQuantity(values: readonly string[]): PackedValues | undefined {
  const units = values.map((value) => QUANTITY.exec(value)?.[1]);
  const good = units.filter((unit) => unit !== undefined);
  const distinct = new Set(good);
  if (good.length < values.length * 0.9 || distinct.size > Math.max(3, values.length / 4)) return undefined;
  return {
    kind: 'quantity',
    separator: '',
    values: values.length,
    packed: good.length,
    pieces: 2,
    examples: examplesOf(values.filter((_, at) => units[at] !== undefined)),
    why: `${share(good.length, values.length)} of ${values.length} different values are a number with a unit: ${[...distinct].slice(0, 4).join(', ')}`,
  };
}

/**
 * Whether the values of a text column pack several facts into one, and how.
 * @param given different values; at most 5000 are looked at.
 * @returns undefined when they do not, or when there are too few to say.
 */
export function packedValues(given: Iterable<CountedValue>): PackedValues | undefined {
  const values: string[] = [];
  for (const { value } of given) {
    if (value.length > LONGEST) return undefined;
    if (value.trim() !== '') values.push(value);
    if (values.length >= MOST) break;
  }
  if (values.length < FEWEST || values.every((value) => ONE_NUMBER.test(value))) return undefined;
  // JSON has fields of its own.
  if (values.every((value) => /^[[{]/.test(value))) return undefined;
  return asPairs(values) ?? asList(values) ?? asQuantity(values) ?? asCode(values);
}
