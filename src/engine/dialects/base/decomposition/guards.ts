import type { Column } from '#model/column-types.ts';
import { rejoining, type Shape, type Shaped } from './shape.ts';
import type { CarrierWords } from './words.ts';

const names = (columns: readonly Column[]) => columns.map(({ name }) => name).join(', ');

function eachNull({ ident }: CarrierWords, columns: readonly Column[], how: 'IS NULL' | 'IS NOT NULL', joint: ' AND ' | ' OR ') {
  return columns.map(({ name }) => `${ident(name)} ${how}`).join(joint);
}

/** Rows of the old table that go to a new one: with the policy `keep` those that have a key. */
export function keptWhere(words: CarrierWords, part: Shaped): string {
  return part.policy === 'keep' ? eachNull(words, part.nullable, 'IS NOT NULL', ' AND ') : '';
}

/** What must be true of the rows before anything is done about one new table. */
export function guardsOf(shape: Shape, part: Shaped, words: CarrierWords): string[] {
  const found: string[] = [];
  if (part.rest.length > 0 && part.key.length > 0) {
    const query = words.queries.contradictions(shape.table, part.key, part.rest, keptWhere(words, part));
    const said = `Rows of ${shape.table} with the same ${names(part.key)} differ in ${names(part.rest)}.`;
    found.push(words.refuseIf(query, said, `Correct the rows that this finds: ${query.replaceAll('\n', ' ')}`));
  }
  return [...found, ...nullGuards(shape, part, words)];
}

/** What a NULL policy asks of the rows. */
export function nullGuards(shape: Shape, part: Shaped, words: CarrierWords): string[] {
  if (part.nullable.length === 0) return [];
  const { anything } = words;
  const anyNull = eachNull(words, part.nullable, 'IS NULL', ' OR ');
  if (part.policy === 'refuse') {
    const query = `SELECT${anything} FROM ${shape.table} WHERE ${anyNull}`;
    const hint = 'Give them a value, or choose another policy for NULL.';
    return [words.refuseIf(query, `Rows of ${shape.table} have no ${names(part.nullable)}.`, hint)];
  }
  if (part.policy !== 'keep' || part.gives.length === 0) return [];
  const query = `SELECT${anything} FROM ${shape.table}\nWHERE (${anyNull})\n  AND (${eachNull(words, part.gives, 'IS NOT NULL', ' OR ')})`;
  const said = `Rows of ${shape.table} without ${names(part.nullable)} have ${names(part.gives)}, which would be lost.`;
  return [words.refuseIf(query, said, 'Give NULL a row of its own, or give those rows a value.')];
}

/** All guards of the way forward. */
export function guards(shape: Shape, words: CarrierWords): string[] {
  return [...shape.fresh.flatMap((part) => guardsOf(shape, part, words)), ...nullGuards(shape, shape.rest, words)];
}

/** Ends the script unless the tables give back the old rows, each as often as it was there. */
export function sameBags(shape: Shape, tableName: string, words: CarrierWords): string {
  const { query } = rejoining(shape, words);
  return words.refuseIf(
    words.queries.bagsDiffer(shape.columns, shape.table, query),
    `The tables do not give back the rows of ${tableName}.`,
    'Nothing has been taken away yet: undo what was added, or find the rows that differ.',
  );
}

/** Ends the way back when a new table has rows that no row of the old shape can hold. */
export function nothingHomeless(shape: Shape, tableName: string, words: CarrierWords): string[] {
  const { query } = rejoining(shape, words);
  return shape.fresh.map((part) =>
    words.refuseIf(
      words.queries.homeless(part.columns, part.name, query),
      `Rows of ${part.name} belong to no row of ${tableName} and would be lost.`,
      'Remove them, or keep them elsewhere first.',
    ),
  );
}
