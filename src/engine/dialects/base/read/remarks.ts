import type { Id, Remark } from '#model/types.ts';
import { addRemark } from '../../postgres/read/remarks.ts';
import type { MutableTable, ReadState } from '../../postgres/read/state.ts';
import type { Cursor } from './cursor.ts';
import type { Folding } from './fold/folding.ts';

/** Comments in the body of a routine, view or trigger are part of the text that is kept. */
function isInText(sql: string, texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text?.includes(sql) === true);
}

/** Texts of a table that are kept as they were written, comments and all. */
function tableTexts(table: MutableTable | undefined): (string | undefined)[] {
  if (table === undefined) return [];
  const columns = table.columns.flatMap(({ type, default: given, generated, residue = [] }) => [
    type.kind === 'builtin' ? type.name : undefined,
    given?.sql,
    generated?.expression,
    ...residue,
  ]);
  const indexes = table.indexes.flatMap((one) => [one.where, ...one.elements.map((element) => element.expression)]);
  return [...columns, ...table.checks.map((one) => one.expression), ...indexes];
}

/** Where a comment belongs: to the part that ends before it on its line, or to the next one. */
function placeOf({ places }: Folding, text: string, start: number): { at: Id | 'end'; trailing?: true } {
  const before = places.filter((place) => place.end <= start).at(-1);
  if (before !== undefined && !/[\r\n]/.test(text.slice(before.end, start))) return { at: before.id, trailing: true };
  const next = places.find((place) => place.end > start);
  return { at: next?.id ?? 'end' };
}

/** Gives the comments inside a statement to the record it made and to its parts. */
export function remarksOf(state: ReadState, cursor: Cursor, folding: Folding): void {
  const { record, part } = folding.outcome;
  if (record === undefined || cursor.comments.length === 0) return;
  const places = folding.places.toSorted((a, b) => a.start - b.start);
  const view = state.get('views', record);
  const texts = [
    view?.query,
    state.get('routines', record)?.definition,
    state.get('triggers', record)?.execute,
    ...tableTexts(state.get('tables', record)),
  ];
  const first = cursor.tokens[0]?.start ?? 0;
  const last = cursor.tokens.at(-1)?.end ?? 0;
  for (const { start, end } of cursor.comments) {
    const raw = cursor.text.slice(start, end).trimEnd();
    if (isInText(raw, texts)) continue;
    const text = raw.startsWith('#') ? `-- ${raw.slice(1).trimStart()}` : raw;
    if (places.length === 0 || start < first) {
      addRemark(state, record, { at: part ?? (start < last ? 'before' : 'end'), text });
      continue;
    }
    const place = placeOf({ ...folding, places }, cursor.text, start);
    const link = place.at !== 'end' && state.get('relationships', place.at) !== undefined ? place.at : undefined;
    if (link === undefined) addRemark(state, record, { ...place, text });
    else addRemark(state, link, { at: 'before', text, ...(place.trailing === undefined ? {} : { trailing: true }) });
  }
}

/** Puts what trails a statement behind what stands in it at its end, as both are written. */
export function trailingLast(state: ReadState, record: Id): void {
  const found = state.get('tables', record) ?? state.get('views', record) ?? state.get('sequences', record);
  if (found?.remarks === undefined) return;
  const trails = ({ at, trailing }: Remark) => (at === 'end' && trailing === true ? 1 : 0);
  found.remarks = found.remarks.toSorted((a, b) => trails(a) - trails(b));
}
