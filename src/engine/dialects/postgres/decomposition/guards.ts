import type { Column } from '#model/column-types.ts';
import { dollarQuoted, ident, literal } from '../quote.ts';
import { list, type Rejoined, rowText, type Shape, type Shaped } from './shape.ts';

/** A block that ends the script with a message when a query finds a row. */
export function refuseIf(query: string, message: string, hint: string): string {
  const body = `
BEGIN
  IF EXISTS (
    ${query.replaceAll('\n', '\n    ')}
  ) THEN
    RAISE EXCEPTION USING MESSAGE = ${literal(message)}, HINT = ${literal(hint)};
  END IF;
END
`;
  return `DO ${dollarQuoted(body)};`;
}

const names = (columns: readonly Column[]) => columns.map(({ name }) => name).join(', ');
const anyNull = (columns: readonly Column[]) => columns.map(({ name }) => `${ident(name)} IS NULL`).join(' OR ');
const noneNull = (columns: readonly Column[]) => columns.map(({ name }) => `${ident(name)} IS NOT NULL`).join(' AND ');

/** The question whose answer has to be empty: keys that say two things. */
export function contradictions(shape: Shape, part: Shaped): string {
  const where = part.policy === 'keep' ? `\nWHERE ${noneNull(part.nullable)}` : '';
  return `SELECT ${list(part.key)} FROM ${shape.table}${where}\nGROUP BY ${list(part.key)} HAVING count(DISTINCT ${rowText(part.rest)}) > 1`;
}

/** What must be true of the rows before anything is done about one new table. */
export function guardsOf(shape: Shape, part: Shaped): string[] {
  const found: string[] = [];
  if (part.rest.length > 0 && part.key.length > 0) {
    const query = contradictions(shape, part);
    const said = `Rows of ${shape.table} with the same ${names(part.key)} differ in ${names(part.rest)}.`;
    found.push(refuseIf(query, said, `Correct the rows that this finds: ${query.replaceAll('\n', ' ')}`));
  }
  return [...found, ...nullGuards(shape, part)];
}

/** What a NULL policy asks of the rows. */
export function nullGuards(shape: Shape, part: Shaped): string[] {
  if (part.nullable.length === 0) return [];
  if (part.policy === 'refuse') {
    const query = `SELECT FROM ${shape.table} WHERE ${anyNull(part.nullable)}`;
    return [
      refuseIf(
        query,
        `Rows of ${shape.table} have no ${names(part.nullable)}.`,
        'Give them a value, or choose another policy for NULL.',
      ),
    ];
  }
  if (part.policy !== 'keep' || part.gives.length === 0) return [];
  const query = `SELECT FROM ${shape.table}\nWHERE (${anyNull(part.nullable)})\n  AND (${part.gives.map(({ name }) => `${ident(name)} IS NOT NULL`).join(' OR ')})`;
  const said = `Rows of ${shape.table} without ${names(part.nullable)} have ${names(part.gives)}, which would be lost.`;
  return [refuseIf(query, said, 'Give NULL a row of its own, or give those rows a value.')];
}

/** Whether the tables give back the old rows, each as often as it was there. */
export function bagsDiffer(shape: Shape, query: string): string {
  const old = `SELECT ${rowText(shape.columns)} FROM ${shape.table}`;
  const now = `SELECT ${rowText(shape.columns, 'j.')} FROM (${query}) AS j`;
  return `(${old}\n EXCEPT ALL\n ${now})\nUNION ALL\n(${now}\n EXCEPT ALL\n ${old})`;
}

/** Rows of a new table that no row of the old shape can hold: the way back would lose them. */
export function homeless(part: Shaped, { query }: Rejoined): string {
  return `SELECT ${rowText(part.columns)} FROM ${part.name}\nEXCEPT\nSELECT ${rowText(part.columns, 'j.')} FROM (${query}) AS j`;
}
