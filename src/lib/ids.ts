/** Makes identifiers for new records. Interactive use draws random suffixes; imports derive them from names. */
export interface IdSource {
  /** @param prefix the record kind, such as `tbl`. @param hint readable words for the middle of the id. */
  next(prefix: string, hint: string): string;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Readable middle part of an id: at most 24 characters of `a-z0-9_`. */
export function slug(hint: string): string {
  const cleaned = hint
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 24);
  return cleaned === '' ? 'x' : cleaned;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash >>> 0;
}

function suffix(number: number, length: number): string {
  let rest = number;
  let out = '';
  for (let i = 0; i < length; i++) {
    out += ALPHABET[rest & 31];
    rest = Math.floor(rest / 32);
  }
  return out;
}

/** Ids for people's edits. `random` yields numbers in [0, 1), like `Math.random`. */
export function randomIds(random: () => number): IdSource {
  return {
    next: (prefix, hint) => `${prefix}_${slug(hint)}_${suffix(Math.floor(random() * 2 ** 30), 6)}`,
  };
}

/** Ids for imports: a function of what was asked for and how often, so that equal input gives equal bytes. */
export function derivedIds(): IdSource {
  const seen = new Map<string, number>();
  return {
    next(prefix, hint) {
      const key = `${prefix}:${hint}`;
      const count = seen.get(key) ?? 0;
      seen.set(key, count + 1);
      return `${prefix}_${slug(hint)}_${suffix(hash32(count === 0 ? key : `${key}#${count}`), 6)}`;
    },
  };
}
