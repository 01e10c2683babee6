import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { type ValueKind, valueKind } from './value-kind.ts';

type Guess<T> = readonly [value: T, why: string];

/** What is guessed of a column's values, each with its reason. */
export interface ColumnGuess {
  readonly distinct: Guess<number>;
  readonly nullFraction: Guess<number>;
  readonly correlation: Guess<number>;
  readonly common?: Guess<readonly { readonly value: string; readonly share: number }[]>;
  /** Smallest and largest value. */
  readonly range?: Guess<readonly [min: string, max: string]>;
}

/** What a column's guess depends on beside itself. */
export interface ColumnPlace {
  readonly document: Document;
  readonly table: Table;
  readonly rows: number;
  /** The column alone is a key. */
  readonly unique: boolean;
  /** Rows of the table it refers to, when it does so alone. */
  readonly parentRows?: number;
  readonly notNull: boolean;
}

/** Names and how many different values such columns have; the first that fits counts. */
const BY_NAME: readonly (readonly [name: RegExp, distinct: number])[] = [
  [/(^|_)(gender|sex|salutation)$/, 4],
  [/(^|_)(status|state|type|kind|level|priority|stage|phase|role|severity|channel|method|mode)(_?code)?$/, 6],
  [/(^|_)(currency|currency_code)$/, 30],
  [/(^|_)(language|locale|lang)$/, 40],
  [/(^|_)(country|country_code|nation)$/, 150],
  [/(^|_)(line|line_?no|line_?number|line_?item|seq|sequence|ordinal|idx|step)$/, 20],
  [/(^|_)(category|brand|department|tag|color|colour|size)$/, 200],
  [/(^|_)(quantity|qty|rating|score|position|rank|sort_order|version)$/, 50],
  [/(^|_)(age|year)$/, 80],
  [/(^|_)(city|town)$/, 10_000],
  [/(^|_)(zip|zip_?code|postal_?code|postcode)$/, 30_000],
  [/(^|_)(first_?name|given_name)$/, 5000],
  [/(^|_)(last_?name|surname|family_name)$/, 50_000],
];
const NEARLY_UNIQUE =
  /(^|_)(e_?mail|email_?address|username|login|slug|token|hash|uuid|guid|sku|isbn|iban|phone|url|serial_?(no|number))$/;
const MOSTLY_NULL = /(^|_)(deleted|archived|cancell?ed|canceled|closed|expired|revoked|banned)(_at|_on|_by|_date)?$/;
const RISING =
  /(^|_)(created|create|inserted|ordered|order|placed|occurred|logged|log|recorded|sent|received|event|invoice|payment|rental|purchase|transaction)(_(at|on|time|date|timestamp))?$/;
const RARELY_TRUE = /(^|_)(deleted|archived|banned|blocked|locked|failed|is_admin|hidden|test)$/;
const FLAG = /^(is|has|can|was|should|allow|allows)_|_flag$/;
const WHOLE: ReadonlySet<ValueKind> = new Set(['tiny', 'small', 'integer']);
const FLAG_KINDS: ReadonlySet<ValueKind> = new Set(['tiny', 'small', 'letter', 'decimal', 'integer']);

/** Days that a table's history is taken to span. */
const HISTORY_DAYS = 730;

/** A name in small letters with its words apart: `orderDate` and `Order Date` are `order_date`. */
function wordsOf(name: string): string {
  return name
    .slice(0, 128)
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replaceAll(/[\s-]/g, '_')
    .toLowerCase();
}

/** Labels of an enumeration: of a type of its own, or listed with the column (MySQL). */
function labelsOf({ type }: Column, document: Document): readonly string[] {
  if (type.kind === 'custom') {
    const record = recordIn(document, 'types', type.type);
    return record?.kind === 'enum' ? record.values : [];
  }
  if (type.kind !== 'builtin' || type.name !== 'enum') return [];
  return (type.args ?? []).map((literal) => literal.replace(/^'|'$/g, '').replaceAll("''", "'"));
}

/** How many values a column can tell apart at most: labels of an enumeration, else by its type. */
export function labelCount(column: Column, document: Document): number | undefined {
  const labels = (column.type.dims ?? 0) > 0 ? [] : labelsOf(column, document);
  return labels.length === 0 ? undefined : labels.length;
}

const BY_KIND: Readonly<Record<ValueKind, Guess<number>>> = {
  boolean: [2, 'a truth value'],
  tiny: [20, 'its type'],
  small: [100, 'its type'],
  letter: [5, 'a single letter'],
  date: [HISTORY_DAYS, 'the days of two years'],
  moment: [-0.9, 'times seldom repeat'],
  uuid: [-0.5, 'its type'],
  text: [-0.5, 'a text'],
  integer: [-0.2, 'its type'],
  decimal: [-0.2, 'its type'],
  other: [-0.2, 'its type'],
};

function distinctOf(column: Column, { document, unique, parentRows }: ColumnPlace, kind: ValueKind): ColumnGuess['distinct'] {
  if (unique) return [-1, 'it is a key'];
  if (parentRows !== undefined) return [Math.max(1, parentRows), 'as many as there are rows to refer to'];
  if (kind === 'boolean') return BY_KIND.boolean;
  const labels = labelCount(column, document);
  if (labels !== undefined) return [labels, 'its labels'];
  const name = wordsOf(column.name);
  if (FLAG.test(name) && FLAG_KINDS.has(kind)) return [2, 'its name'];
  for (const [shape, distinct] of BY_NAME) if (shape.test(name)) return [distinct, 'its name'];
  if (NEARLY_UNIQUE.test(name)) return [-0.95, 'its name'];
  if ((kind === 'integer' || kind === 'decimal') && /_id$/.test(name)) return [-0.1, 'its name'];
  return BY_KIND[kind];
}

function nullsOf(column: Column, place: ColumnPlace): ColumnGuess['nullFraction'] {
  if (place.notNull) return [0, 'it is never NULL'];
  if (MOSTLY_NULL.test(wordsOf(column.name))) return [0.95, 'its name'];
  return [0.1, 'it may be NULL'];
}

/** The engine counts it up, or it is a number that is a key by itself. */
function isCounted(column: Column, { unique, parentRows }: ColumnPlace, kind: ValueKind): boolean {
  if (column.identity !== undefined) return true;
  if (column.type.kind === 'builtin' && /serial/i.test(column.type.name)) return true;
  return unique && parentRows === undefined && WHOLE.has(kind);
}

function correlationOf(column: Column, counted: boolean, kind: ValueKind): ColumnGuess['correlation'] {
  if (counted) return [1, 'numbers rise with the rows'];
  const time = kind === 'date' || kind === 'moment';
  if (time && RISING.test(wordsOf(column.name))) return [1, 'times rise with the rows'];
  return [0, 'nothing says that values follow the rows'];
}

function commonOf(column: Column, { document, unique }: ColumnPlace, nullFraction: number, kind: ValueKind): ColumnGuess['common'] {
  const filled = 1 - nullFraction;
  if (unique) return undefined;
  if (kind === 'boolean') {
    const [yes, no] = column.type.kind === 'builtin' && /^bool/i.test(column.type.name) ? ['t', 'f'] : ['1', '0'];
    const [often, other] = RARELY_TRUE.test(wordsOf(column.name)) ? [no, yes] : [yes, no];
    return [
      [
        { value: often, share: 0.9 * filled },
        { value: other, share: 0.1 * filled },
      ],
      'its name',
    ];
  }
  const labels = labelCount(column, document) === undefined ? [] : labelsOf(column, document);
  if (labels.length === 0) return undefined;
  const share = filled / labels.length;
  return [labels.map((value) => ({ value, share })), 'its labels, each as often'];
}

/** What a column's values may be like, from its type, its keys and its name: guesses, and to be shown as such. */
export function guessColumn(column: Column, place: ColumnPlace): ColumnGuess {
  const kind = valueKind(place.document, column.type);
  const nullFraction = nullsOf(column, place);
  const known = column.facts?.nullFraction ?? nullFraction[0];
  const common = commonOf(column, place, known, kind);
  const counted = isCounted(column, place, kind);
  const [distinct, why] = distinctOf(column, place, kind);
  const rows = Math.max(1, Math.round(place.rows));
  const numbered = (place.unique || column.facts?.distinct === -1) && WHOLE.has(kind);
  return {
    // What is counted cannot be more than there are rows.
    distinct: distinct > 0 ? [Math.min(distinct, rows), distinct > rows ? 'no more than there are rows' : why] : [distinct, why],
    nullFraction,
    correlation: correlationOf(column, counted, kind),
    ...(common === undefined ? {} : { common }),
    ...(numbered && rows > 1 ? { range: [['1', String(rows)], 'counted from 1'] as const } : {}),
  };
}
