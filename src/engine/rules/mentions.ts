import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { AnyRecord, Collection, Document, Id, Table } from '#model/types.ts';
import { mapTexts } from '../dialects/postgres/expressions/texts.ts';
import { lex } from '../dialects/postgres/lex.ts';
import { memoWithInputs } from '../memo.ts';

/** Collections whose records hold SQL text that names other records. */
export const TEXTUAL: readonly Collection[] = ['tables', 'views', 'types', 'triggers'];

/** What the findings about one record's SQL texts depend on beside the record. */
export interface Mentioned {
  /** Tables and views whose names occur in it, its own table, and that table's ancestors. */
  readonly ids: readonly Id[];
}

/**
 * For a record that holds SQL text: the records its findings depend on, which are those whose names occur in it. Names are
 * compared loosely (any word of the text), so that nothing is missed. Undefined for a record without text.
 */
export type Mentions = (document: Document, names: Names) => (collection: Collection, record: AnyRecord) => Mentioned | undefined;

/** Ids of tables and views by name. */
export type Names = ReadonlyMap<string, readonly Id[]>;

export function createMentions(): Mentions {
  const words = memoWithInputs<AnyRecord, ReadonlySet<string>>();
  return (document, names) => (collection, record) => {
    const own = words(record, [], () => wordsOf(collection, record));
    if (own.size === 0) return undefined;
    const host = hostOf(document, collection, record);
    const lineage = host === undefined ? [] : [host.id, ...ancestorsOf(host)];
    return { ids: [...lineage, ...[...own].flatMap((word) => names.get(word) ?? [])] };
  };
}

/** The table whose columns the texts of a record may name without saying so. */
function hostOf(document: Document, collection: Collection, record: AnyRecord): Table | undefined {
  if (collection === 'tables') return record as Table;
  return 'on' in record ? recordIn(document, 'tables', record.on) : undefined;
}

export function relationNames(document: Document): Names {
  const map = new Map<string, Id[]>();
  for (const { id, name } of [...Object.values(document.tables), ...Object.values(document.views)]) {
    const list = map.get(name);
    if (list === undefined) map.set(name, [id]);
    else list.push(id);
  }
  return map;
}

function wordsOf(collection: Collection, record: AnyRecord): ReadonlySet<string> {
  const words = new Set<string>();
  mapTexts(collection, record, (sql) => {
    for (const token of lex(sql)) if (token.kind === 'word' || token.kind === 'quoted') words.add(token.text);
    return sql;
  });
  return words;
}
