/** Names in languages that take fewer characters than databases do. */

export interface Naming {
  /** Names that differ in case only are different names. */
  readonly caseMatters: boolean;
  readonly reserved?: ReadonlySet<string>;
}

/** Gives each thing a name that no other has, with a number behind it where that is needed. */
export class NameSpace {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();
  readonly #naming: Naming;

  constructor(naming: Naming = { caseMatters: true }) {
    this.#naming = naming;
  }

  #key(name: string): string {
    return this.#naming.caseMatters ? name : name.toLowerCase();
  }

  has(name: string): boolean {
    return this.#taken.has(this.#key(name)) || this.#naming.reserved?.has(this.#key(name)) === true;
  }

  /** The name itself, or with the first free number from 2 on. @param join what stands before the number. */
  take(wanted: string, join = '_'): string {
    let name = wanted;
    let number = this.#next.get(wanted) ?? 2;
    for (; this.has(name); number++) name = `${wanted}${join}${number}`;
    if (name !== wanted) this.#next.set(wanted, number);
    this.#taken.add(this.#key(name));
    return name;
  }
}

const COMBINING = /\p{M}+/gu;

/**
 * A name as an ASCII word: letters, digits and `_`, not beginning with a digit. Accents are taken off, everything else
 * becomes `_`. @param start what stands before a name that could not begin a word.
 */
export function asciiWord(name: string, start = 'x'): string {
  const plain = name
    .normalize('NFKD')
    .replace(COMBINING, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/_{2,}/g, '_');
  const cut = plain.replace(/^_+(?=[A-Za-z0-9])|_+$/g, '');
  if (/^[A-Za-z_]/.test(cut) && /[A-Za-z0-9]/.test(cut)) return cut;
  return `${start}${cut.startsWith('_') || cut === '' ? '' : '_'}${cut}`;
}

/** The words in a name: `orderLines`, `order_lines` and `OrderLines` are `order`, `lines`. */
function wordsOf(name: string): string[] {
  return asciiWord(name)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .split('_')
    .filter((word) => word !== '');
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** `order_lines` as `OrderLines`. */
export function pascalCase(name: string): string {
  const joined = wordsOf(name).map(capital).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `X${joined}`;
}

/** `order_lines` as `orderLines`. */
export function camelCase(name: string): string {
  const joined = pascalCase(name);
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}

/** `OrderLines` as `order_lines`. */
export function snakeCase(name: string): string {
  return (
    wordsOf(name)
      .map((word) => word.toLowerCase())
      .join('_') || 'x'
  );
}

/** One of many: `categories` is `category`, `boxes` is `box`. English only; what it does not know stays as it is. */
export function singular(name: string): string {
  if (/(?:ss|us|is|news|series|species)$/i.test(name)) return name;
  if (/[^aeiou]ies$/i.test(name) && name.length > 4) return `${name.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|zz)es$/i.test(name)) return name.slice(0, -2);
  return /[a-z]s$/i.test(name) && name.length > 3 ? name.slice(0, -1) : name;
}

/** Many of one: `category` is `categories`. */
export function plural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(?:s|x|ch|sh|z)$/i.test(name)) return /[a-z]s$/i.test(name) && singular(name) !== name ? name : `${name}es`;
  return `${name}s`;
}
