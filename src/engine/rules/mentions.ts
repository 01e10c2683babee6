import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { AnyRecord, Collection, Document, Id, Table } from '#model/types.ts';
import { mapTexts } from '../dialects/postgres/expressions/texts.ts';
import { lex } from '../dialects/postgres/lex.ts';
import { memoWithInputs } from '../memo.ts';

/** Collections whose records hold SQL text that names other records. */
export const TEXTUAL: readonly Collection[] = ['tables', 'views', 'types', 'triggers'];

/**
 * For a record that holds SQL text: the records its findings depend on, which are those whose names occur in it. Names are
 * compared loosely (any word of the text), so that nothing is missed.
 */
export type Mentions = (document: Document) => (collection: Collection, record: AnyRecord) => readonly unknown[] | undefined;

type Names = ReadonlyMap<string, readonly { readonly collection: 'tables' | 'views'; readonly id: Id }[]>;

export function createMentions(): Mentions {
  let listed: readonly string[] = [];
  let names: Names = new Map();
  const words = memoWithInputs<AnyRecord, ReadonlySet<string>>();
  const mentioned = memoWithInputs<AnyRecord, readonly { collection: 'tables' | 'views'; id: Id }[]>();

  return (document) => {
    const now = relationNames(document);
    if (now.length !== listed.length || now.some((one, at) => one !== listed[at])) {
      listed = now;
      names = byName(document);
    }
    return (collection, record) => {
      const own = words(record, [], () => wordsOf(collection, record));
      if (own.size === 0) return undefined;
      const ids = mentioned(record, [names], () => [...own].flatMap((word) => names.get(word) ?? []));
      const host = hostOf(document, collection, record);
      const lineage = host === undefined ? [] : [host, ...ancestorsOf(host).map((id) => recordIn(document, 'tables', id))];
      return [document.verbatim, ...lineage, ...ids.map((one) => recordIn(document, one.collection, one.id))];
    };
  };
}

/** The table whose columns the texts of a record may name without saying so. */
function hostOf(document: Document, collection: Collection, record: AnyRecord): Table | undefined {
  if (collection === 'tables') return record as Table;
  return 'on' in record ? recordIn(document, 'tables', record.on) : undefined;
}

function relationNames(document: Document): string[] {
  return [...Object.values(document.tables), ...Object.values(document.views)].map((one) => `${one.id} ${one.name}`);
}

function byName(document: Document): Names {
  const map = new Map<string, { collection: 'tables' | 'views'; id: Id }[]>();
  for (const collection of ['tables', 'views'] as const) {
    for (const { id, name } of Object.values(document[collection])) {
      const list = map.get(name);
      if (list === undefined) map.set(name, [{ collection, id }]);
      else list.push({ collection, id });
    }
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
