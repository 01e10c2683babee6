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

type Form = 'sqlcmd' | 'schema' | 'sqlplus';

/** How they are written. The first group is the name, the second a dot that ends it. */
const SQLCMD = /\$\(([A-Za-z_]\w{0,127})\)/g;
const SCHEMA = /@([A-Za-z]\w{0,60}?(?:Schema|_schema|SCHEMA))\b(\.)?/g;

/** After the character that marks variables of SQL*Plus; numbers are arguments of the script. */
const VARIABLE = '([A-Za-z]\\w{0,127}|\\d{1,2})(\\.)?';

/** Part of a text in which placeholders of one form are replaced. */
interface Stretch {
  readonly form: Form;
  readonly from: number;
  readonly to: number;
  readonly pattern: RegExp;
}

/** `SET DEFINE OFF`, `set echo off define "#"`; SCAN is the old word for it. */
const SET_LINE = /^[ \t]*SET[ \t]+([^\r\n]*)/gim;
const DEFINE = /(?:^|[ \t])(?:DEF(?:INE)?|SCAN)[ \t]+(ON|OFF|(["'])[^\w\s"']\2|[^\w\s"'=(])(?=[ \t;]|$)/gi;

/** Where SQL*Plus replaces variables: a script switches that off and on, and may choose another mark than an ampersand. */
function sqlplusStretches(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let mark: string | undefined = '&';
  let chosen = '&';
  let from = 0;
  const end = (to: number) => {
    if (mark === undefined || to <= from) return;
    const escaped = mark.replaceAll(/[^\w]/g, '\\$&');
    stretches.push({ form: 'sqlplus', from, to, pattern: new RegExp(`${escaped}{1,2}${VARIABLE}`, 'g') });
  };
  for (const line of text.matchAll(SET_LINE)) {
    for (const [, said = ''] of (line[1] ?? '').matchAll(DEFINE)) {
      end(line.index);
      from = line.index + line[0].length;
      if (!/^(?:ON|OFF)$/i.test(said)) chosen = said.replaceAll(/["']/g, '');
      mark = /^OFF$/i.test(said) ? undefined : chosen;
    }
  }
  end(text.length);
  return stretches;
}

function stretchesOf(text: string, dialect: Dialect): Stretch[] {
  const whole = (form: Form, pattern: RegExp): Stretch => ({ form, from: 0, to: text.length, pattern });
  const schema = whole('schema', SCHEMA);
  if (dialect === 'mssql') return [whole('sqlcmd', SQLCMD), schema];
  return dialect === 'oracle' ? [...sqlplusStretches(text), schema] : [schema];
}

const SETS = {
  sqlcmd: /^[ \t]*:setvar[ \t]+(\w+)[ \t]+("[^"\r\n]*"|[^\s"]+)/gim,
  sqlplus: /^[ \t]*DEF(?:INE)?[ \t]+(\w+)[ \t]*=[ \t]*('[^'\r\n]*'|"[^"\r\n]*"|[^\s'"]+)/gim,
} as const;

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function keyOf(name: string, form: Form): string {
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
    for (const { form, from, to, pattern } of stretchesOf(text, dialect)) {
      const part = text.slice(from, to);
      const sets = form === 'schema' ? undefined : SETS[form];
      for (const [, name = '', value = ''] of sets === undefined ? [] : part.matchAll(sets)) {
        if (!set.has(keyOf(name, form))) set.set(keyOf(name, form), unquoted(value));
      }
      for (const [mark, name = '', dot] of part.matchAll(pattern)) {
        const key = keyOf(name, form);
        const known = found.get(key);
        const qualifies = form === 'schema' && dot !== undefined;
        const shown = form === 'sqlplus' ? `${mark[0] ?? '&'}${name}` : form === 'schema' ? `@${name}` : mark;
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
  // Other forms stand in other stretches once something is replaced: they are looked for anew.
  for (const wanted of ['sqlplus', 'sqlcmd', 'schema'] as const) {
    const pieces: string[] = [];
    let at = 0;
    for (const { form, from, to, pattern } of stretchesOf(filled, dialect)) {
      if (form !== wanted) continue;
      pieces.push(filled.slice(at, from), filledIn(filled.slice(from, to), form, pattern, values));
      at = to;
    }
    filled = [...pieces, filled.slice(at)].join('');
  }
  return filled;
}

function filledIn(text: string, form: Form, pattern: RegExp, values: PlaceholderValues): string {
  return text.replaceAll(pattern, (mark: string, name: string, dot: string | undefined) => {
    const key = keyOf(name, form);
    if (!Object.hasOwn(values, key)) return mark;
    const value = values[key] as string;
    // SQL*Plus ends a name with a dot, which goes with it.
    return form === 'schema' && value !== '' && dot !== undefined ? `${value}.` : value;
  });
}
