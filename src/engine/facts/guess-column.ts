import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import type { Document, Table } from '#model/types.ts';
import { isText, typeFacts } from '../rules/type-facts.ts';

/** What is guessed of a column's values, each with its reason. */
export interface ColumnGuess {
  readonly distinct: readonly [value: number, why: string];
  readonly nullFraction: readonly [value: number, why: string];
  readonly correlation: readonly [value: number, why: string];
  readonly common?: readonly [value: readonly { readonly value: string; readonly share: number }[], why: string];
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
  [/(^|_)(gender|sex|salutation)$/i, 4],
  [/(^|_)(status|state|type|kind|level|priority|stage|phase|role|severity|channel|method|mode)(_?code)?$/i, 6],
  [/(^|_)(currency|currency_code)$/i, 30],
  [/(^|_)(language|locale|lang)$/i, 40],
  [/(^|_)(country|country_code|nation)$/i, 150],
  [/(^|_)(category|brand|department|tag|color|colour|size)$/i, 200],
  [/(^|_)(quantity|qty|rating|score|position|rank|sort_order|version)$/i, 50],
  [/(^|_)(age|year)$/i, 80],
  [/(^|_)(city|town)$/i, 10_000],
  [/(^|_)(zip|postal_code|postcode)$/i, 30_000],
  [/(^|_)(first_name|given_name)$/i, 5000],
  [/(^|_)(last_name|surname|family_name)$/i, 50_000],
];
const NEARLY_UNIQUE = /(^|_)(e?mail|username|login|slug|token|hash|uuid|guid|sku|isbn|iban|phone|url|serial_?(no|number))$/i;
const MOSTLY_NULL = /(^|_)(deleted|archived|cancell?ed|canceled|closed|expired|revoked|banned)(_at|_on|_by)?$/i;
const RISING = /(^|_)(created|inserted|ordered|placed|occurred|logged|recorded|sent|received|event)(_(at|on|time|date))?$/i;
const RARELY_TRUE = /(^|_)(deleted|archived|banned|blocked|locked|failed|is_admin|hidden|test)$/i;

/** Days that a table's history is taken to span. */
const HISTORY_DAYS = 730;

/** Labels of an enumeration: of a type of its own, or listed with the column (MySQL). */
function labelsOf({ type }: Column, document: Document): readonly string[] {
  if (type.kind === 'custom') {
    const record = recordIn(document, 'types', type.type);
    return record?.kind === 'enum' ? record.values : [];
  }
  if (type.kind !== 'builtin' || type.name !== 'enum') return [];
  return (type.args ?? []).map((literal) => literal.replace(/^'|'$/g, '').replaceAll("''", "'"));
}

function distinctOf(column: Column, place: ColumnPlace): ColumnGuess['distinct'] {
  const { document, rows, parentRows } = place;
  if (place.unique) return [-1, 'it is a key'];
  if (parentRows !== undefined) return [Math.max(1, Math.min(parentRows, rows)), 'as many as there are rows to refer to'];
  const type = typeFacts(document, column.type);
  if (type.name === 'boolean') return [2, 'a truth value'];
  const labels = labelsOf(column, document);
  if (labels.length > 0) return [labels.length, 'its labels'];
  for (const [name, distinct] of BY_NAME) if (name.test(column.name)) return [Math.min(distinct, Math.max(1, rows)), 'its name'];
  if (NEARLY_UNIQUE.test(column.name)) return [-0.95, 'its name'];
  if (type.name === 'date') return [Math.min(HISTORY_DAYS, Math.max(1, rows)), 'the days of two years'];
  if (type.name === 'timestamp' || type.name === 'timestamptz') return [-0.9, 'times seldom repeat'];
  if (type.name === 'uuid') return [-0.5, 'its type'];
  if (type.name === 'smallint') return [Math.min(100, Math.max(1, rows)), 'its type'];
  if (isText(type)) return [-0.5, 'a text'];
  if (/_id$/i.test(column.name)) return [-0.1, 'its name'];
  return [-0.2, 'its type'];
}

function nullsOf(column: Column, place: ColumnPlace): ColumnGuess['nullFraction'] {
  if (place.notNull) return [0, 'it is never NULL'];
  if (MOSTLY_NULL.test(column.name)) return [0.95, 'its name'];
  return [0.1, 'it may be NULL'];
}

function correlationOf(column: Column, place: ColumnPlace): ColumnGuess['correlation'] {
  const type = typeFacts(place.document, column.type);
  if (column.identity !== undefined || /serial/.test(type.name)) return [1, 'numbers rise with the rows'];
  const counted = type.name === 'integer' || type.name === 'bigint';
  if (place.unique && counted && place.parentRows === undefined) return [1, 'numbers rise with the rows'];
  if (RISING.test(column.name)) return [1, 'times rise with the rows'];
  return [0, 'nothing says that values follow the rows'];
}

function commonOf(column: Column, { document }: ColumnPlace, nullFraction: number): ColumnGuess['common'] {
  const type = typeFacts(document, column.type);
  const filled = 1 - nullFraction;
  if (type.name === 'boolean' && !type.isArray) {
    const often = RARELY_TRUE.test(column.name) ? 'f' : 't';
    const other = often === 't' ? 'f' : 't';
    return [
      [
        { value: often, share: 0.9 * filled },
        { value: other, share: 0.1 * filled },
      ],
      'its name',
    ];
  }
  const labels = labelsOf(column, document);
  if (labels.length === 0) return undefined;
  const share = filled / labels.length;
  return [labels.map((value) => ({ value, share })), 'its labels, each as often'];
}

/** What a column's values may be like, from its type, its keys and its name: guesses, and to be shown as such. */
export function guessColumn(column: Column, place: ColumnPlace): ColumnGuess {
  const nullFraction = nullsOf(column, place);
  const known = column.facts?.nullFraction ?? nullFraction[0];
  const common = commonOf(column, place, known);
  return {
    distinct: distinctOf(column, place),
    nullFraction,
    correlation: correlationOf(column, place),
    ...(common === undefined ? {} : { common }),
  };
}
