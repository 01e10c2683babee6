/** A name read from typed text. */
export interface ReadName {
  /** As the engine would know it: unquoted names fold to lower case. */
  readonly name: string;
  /** As typed, without quotes. */
  readonly typed: string;
  readonly quoted: boolean;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;

/** Reads one SQL identifier, bare or in double quotes, at `from`. Undefined when none stands there. */
export function readName(text: string, from: number): ReadName | undefined {
  if (text[from] === '"') {
    let name = '';
    let at = from + 1;
    while (at < text.length) {
      if (text[at] === '"') {
        if (text[at + 1] !== '"') return { name, typed: name, quoted: true, start: from, end: at + 1 };
        at++;
      }
      name += text[at];
      at++;
    }
    return undefined;
  }
  WORD.lastIndex = from;
  const word = WORD.exec(text)?.[0];
  return word === undefined
    ? undefined
    : { name: word.toLowerCase(), typed: word, quoted: false, start: from, end: from + word.length };
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

/** How a name is typed so that {@link readName} yields it: quoted unless it is lower-case and plain. */
export function typedName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

const COLLATION = /^(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)(?:\.(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*))?$/;

/** A collation as typed, as SQL: `C` and `en_US.utf8` are names that need quotes, which few people type. Null when empty. */
export function collationSql(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || COLLATION.test(text)) return text === '' ? null : text;
  const system = /^pg_catalog\.(?=.)/.exec(text)?.[0] ?? '';
  return system + typedName(text.slice(system.length).replace(/^"(.*)"$/s, '$1'));
}
