import type { Dialect } from '#model/types.ts';
import type { SqlFile } from './read.ts';

/** Something that a script expects to be replaced before it is run. */
export interface Placeholder {
  /** As it stands in the text, such as `$(Database)`, `@cdmDatabaseSchema` or `&owner`. */
  readonly mark: string;
  readonly name: string;
  readonly count: number;
  /** What the script itself sets it to. */
  readonly value?: string;
  /** It stands before a dot, as a schema does: left empty, the dot goes too. */
  readonly qualifies: boolean;
}

/** What is put in the place of each placeholder, by its name; what is not named stays as it is. */
export type PlaceholderValues = Readonly<Record<string, string>>;

/** How a dialect's client programs write them. The first group is the name, the second a dot that ends it. */
const FORMS: Readonly<Record<'sqlcmd' | 'schema' | 'sqlplus', RegExp>> = {
  sqlcmd: /\$\(([A-Za-z_]\w{0,127})\)/g,
  schema: /@([A-Za-z]\w{0,60}?(?:Schema|_schema|SCHEMA))\b(\.)?/g,
  sqlplus: /&&?([A-Za-z]\w{0,127})(\.)?/g,
};

const SETS = {
  sqlcmd: /^[ \t]*:setvar[ \t]+(\w+)[ \t]+("[^"\r\n]*"|[^\s"]+)/gim,
  sqlplus: /^[ \t]*DEF(?:INE)?[ \t]+(\w+)[ \t]*=[ \t]*('[^'\r\n]*'|"[^"\r\n]*"|[^\s'"]+)/gim,
} as const;

function formsOf(dialect: Dialect, text: string): (keyof typeof FORMS)[] {
  if (dialect === 'mssql') return ['sqlcmd', 'schema'];
  // Where substitution is switched off, an ampersand is one.
  if (dialect === 'oracle') return /^\s{0,200}SET[ \t]+DEF(?:INE)?[ \t]+OFF/im.test(text) ? ['schema'] : ['sqlplus', 'schema'];
  return ['schema'];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function keyOf(name: string, form: keyof typeof FORMS): string {
  return form === 'sqlplus' ? name.toUpperCase() : name;
}

/**
 * Placeholders of scripts: variables of sqlcmd (`$(Name)`) and SQL*Plus (`&name`), and schemas such as
 * `@cdmDatabaseSchema`, with what the script sets them to. In the order in which they first stand.
 */
export function findPlaceholders(files: readonly SqlFile[], dialect: Dialect): readonly Placeholder[] {
  const found = new Map<string, Placeholder>();
  const set = new Map<string, string>();
  for (const { text } of files) {
    for (const form of formsOf(dialect, text)) {
      const sets = form === 'schema' ? undefined : SETS[form];
      for (const [, name = '', value = ''] of sets === undefined ? [] : text.matchAll(sets)) {
        if (!set.has(keyOf(name, form))) set.set(keyOf(name, form), unquoted(value));
      }
      for (const [mark, name = '', dot] of text.matchAll(FORMS[form])) {
        const key = keyOf(name, form);
        const known = found.get(key);
        const qualifies = form === 'schema' && dot !== undefined;
        const shown = form === 'sqlplus' ? `&${name}` : form === 'schema' ? `@${name}` : mark;
        if (known === undefined) found.set(key, { mark: shown, name: key, count: 1, qualifies });
        else found.set(key, { ...known, count: known.count + 1, qualifies: known.qualifies || qualifies });
      }
    }
  }
  return [...found.values()].map((one) => {
    const value = set.get(one.name);
    return value === undefined ? one : { ...one, value };
  });
}

/** The text with its placeholders replaced. A schema that is left empty takes its dot along. */
export function fillPlaceholders(text: string, dialect: Dialect, values: PlaceholderValues): string {
  let filled = text;
  for (const form of formsOf(dialect, text)) {
    filled = filled.replaceAll(FORMS[form], (mark: string, name: string, dot: string | undefined) => {
      const key = keyOf(name, form);
      if (!Object.hasOwn(values, key)) return mark;
      const value = values[key] as string;
      // SQL*Plus ends a name with a dot, which goes with it.
      return form === 'schema' && value !== '' && dot !== undefined ? `${value}.` : value;
    });
  }
  return filled;
}
