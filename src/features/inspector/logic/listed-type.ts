import { TRAITS } from '#engine/dialects/base/traits.ts';
import { type ListedType, TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { nearest } from '#lib/edit-distance.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { type ReadType, readArgs } from './type-args.ts';

/** The dialect a document's types are of. */
export function dialectOf(document: Document): Dialect {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

const memo = new Map<Dialect, ReadonlyMap<string, ListedType>>();

function spellings(dialect: Dialect): ReadonlyMap<string, ListedType> {
  const known = memo.get(dialect);
  if (known !== undefined) return known;
  const made = new Map(
    (TYPE_LISTS[dialect] ?? []).flatMap((one) =>
      [one.name.toLowerCase(), ...(one.aliases ?? [])].map((spelling) => [spelling, one] as const),
    ),
  );
  memo.set(dialect, made);
  return made;
}

function customType(document: Document, name: string): ColumnType | undefined {
  const low = name.toLowerCase();
  const found = Object.values(document.types).find((one) => one.name.toLowerCase() === low);
  return found === undefined ? undefined : { kind: 'custom', type: found.id };
}

/** Words that may follow a type in MySQL; whether they fit it, the engine says. */
const FOLLOWING = /\s(?:unsigned|signed|zerofill|with (?:local )?time zone|to (?:month|second)|varying)\b/g;

/**
 * Reads a type of a dialect whose types are listed: `int(10) unsigned`, `nvarchar(max)`, `timestamp(6) with time zone`.
 * SQLite takes any words, and none.
 */
export function readListedType(document: Document, given: string): Result<ReadType> {
  const dialect = dialectOf(document);
  const text = given.trim().replaceAll(/\s+/g, ' ');
  if (dialect === 'sqlite') return ok({ type: { kind: 'builtin', name: text } });
  if (text === '') return err('type-empty', 'A column needs a type, such as int or varchar(255).');
  const custom = customType(document, text);
  if (custom !== undefined) return ok({ type: custom });
  const open = text.indexOf('(');
  const read = open < 0 ? undefined : readArgs(text, open);
  if (read !== undefined && !read.ok) return read;
  const head = open < 0 ? text : text.slice(0, open).trim();
  const tail = read === undefined ? '' : text.slice(read.value.end).trim();
  if (/["'`[\];,()]/.test(`${head}${tail}`) || head === '') {
    return err('type-name', 'A type is its name, its arguments in parentheses, and words such as unsigned.');
  }
  const name = `${head}${tail === '' ? '' : ` ${tail}`}`.toLowerCase();
  const type: ColumnType = { kind: 'builtin', name, ...(read === undefined ? {} : { args: read.value.args }) };
  const known = spellings(dialect);
  const plain = name.replaceAll(FOLLOWING, '');
  if (known.has(name) || known.has(plain) || known.has(plain.split(' ', 1)[0] ?? '')) return ok({ type });
  const suggestions = [...new Set(nearest(plain, [...known.keys()], 4).map((one) => known.get(one)?.name ?? one))];
  const question = suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;
  return ok({ type, doubt: { message: `${head} is no type of ${TRAITS[dialect].label}.${question}`, suggestions } });
}
