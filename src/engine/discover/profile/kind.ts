/** What values look like. */
export type ValueKind =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'uuid'
  | 'json'
  | 'text';

const BOOLEANS = new Set(['true', 'false', 't', 'f', 'yes', 'no']);
/** No leading zeros: they mean something in codes, such as postal codes. */
const INTEGER = /^[+-]?(?:0|[1-9]\d*)$/;
const DECIMAL = /^[+-]?(?:0|[1-9]\d*)?\.\d+$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d(?::?\d\d)?)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Longer texts are not tried: no number or date is. */
const LONGEST = 400;

function isDay(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number);
}

function isJson(text: string): boolean {
  const first = text.charAt(0);
  if (first !== '{' && first !== '[') return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** What one value looks like, alone. */
export function kindOf(value: string): ValueKind {
  const first = value.charCodeAt(0);
  if (first === 0x7b || first === 0x5b) return isJson(value) ? 'json' : 'text';
  if (value.length > LONGEST) return 'text';
  const mayBeNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e;
  if (mayBeNumber) {
    if (INTEGER.test(value)) return 'integer';
    if (DECIMAL.test(value)) return 'decimal';
    if (FLOAT.test(value)) return 'float';
    if (isDay(value)) return 'date';
    if (TIME.test(value)) return 'time';
    const moment = MOMENT.exec(value);
    if (moment !== null && isDay(moment[1] ?? '')) return moment[3] === undefined ? 'timestamp' : 'timestamptz';
  }
  if (value.length === 36 && UUID.test(value)) return 'uuid';
  return BOOLEANS.has(value.toLowerCase()) ? 'boolean' : 'text';
}

const NUMBERS: readonly ValueKind[] = ['integer', 'decimal', 'float'];
const MOMENTS: readonly ValueKind[] = ['date', 'timestamp'];

/** The kind that holds both. */
export function widened(one: ValueKind, other: ValueKind): ValueKind {
  if (one === other) return one;
  for (const chain of [NUMBERS, MOMENTS]) {
    const a = chain.indexOf(one);
    const b = chain.indexOf(other);
    if (a >= 0 && b >= 0) return chain[Math.max(a, b)] as ValueKind;
  }
  return 'text';
}

/** The kind of all values; undefined when there is none. */
export function kindOfAll(values: Iterable<string>): ValueKind | undefined {
  let kind: ValueKind | undefined;
  for (const value of values) {
    kind = kind === undefined ? kindOf(value) : widened(kind, kindOf(value));
    if (kind === 'text') return kind;
  }
  return kind;
}

/** Whether values of the kind are compared as numbers. */
export function isNumeric(kind: ValueKind): boolean {
  return NUMBERS.includes(kind);
}
