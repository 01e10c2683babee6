import type { Receipt } from '#engine/sql/receipt.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import type { Document } from '#model/types.ts';

/** What is said to be lost, against what catalogs show to be lost. */
export interface Honesty {
  /** What the receipt and the writer say, one line each. */
  readonly declared: readonly string[];
  /** Catalog lines of the original that the written schema lacks, or has otherwise. */
  readonly lost: readonly string[];
  /** Differences, lost or gained, that nothing declared is about. */
  readonly undeclared: readonly string[];
}

/** A declared loss with the names it is about. */
interface Declared {
  readonly text: string;
  readonly names: readonly string[];
}

const NAME = /"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\]|[\p{L}_][\p{L}\p{N}_$#]*/gu;

/** Names in a text, without quotes and in lower case. */
function namesIn(text: string): string[] {
  return (text.match(NAME) ?? []).map((name) => name.replaceAll(/^["`[]|["`\]]$/g, '').toLowerCase());
}

function nameOfRecord(document: Document, id: string): string {
  const records: readonly Readonly<Record<string, object>>[] = [
    document.tables,
    document.views,
    document.sequences,
    document.types,
    document.routines,
    document.triggers,
    document.relationships,
    document.schemas,
  ];
  const found = records.flatMap((collection) => (Object.hasOwn(collection, id) ? [collection[id]] : []))[0];
  return found !== undefined && 'name' in found ? String(found.name) : id;
}

function declaredOf(sql: string, document: Document, receipt: Receipt, written: WrittenDocument): Declared[] {
  const errors = receipt.statements.filter(({ state }) => state === 'error');
  return [
    ...errors.map(({ line, reason, start, end }) => ({ text: `line ${line}: ${reason}`, names: namesIn(sql.slice(start, end)) })),
    ...receipt.lost
      .filter(({ feature }) => feature !== 'statement')
      .map(({ object, feature, reason }) => ({ text: `${object}: ${feature}: ${reason}`, names: namesIn(`${object} ${reason}`) })),
    ...written.unsupported.map(({ record, feature, message }) => {
      const name = nameOfRecord(document, record);
      return { text: `${name}: ${feature}: ${message}`, names: namesIn(`${name} ${message}`) };
    }),
  ];
}

/** Names of schemas that every object may have: they are nothing to tell objects apart by. */
const SCHEMAS: ReadonlySet<string> = new Set(['public', 'main', 'judged']);

/** The object a catalog line is about, as the path of its names: the line's first words that are names with dots. */
function objectOf(line: string): string[] {
  const path = /^[-+] (?:comment on )?[a-z ]+? (?:on )?((?:"[^"]+"|[^\s":(]+)(?:\.(?:"[^"]+"|[^\s":(]+))*)/.exec(line)?.[1] ?? line;
  return namesIn(path)
    .slice(-2)
    .filter((name) => !SCHEMAS.has(name));
}

/** Which of the differing catalog lines somebody was told of: a declared loss names the object that the line is about. */
export function honestyOf(
  sql: string,
  document: Document,
  receipt: Receipt,
  written: WrittenDocument,
  difference: readonly string[],
): Honesty {
  const declared = declaredOf(sql, document, receipt, written);
  const lost = difference.filter((line) => line.startsWith('-'));
  const undeclared = difference.filter((line) => {
    const object = objectOf(line);
    return !declared.some(({ names }) => object.some((name) => names.includes(name)));
  });
  return { declared: declared.map(({ text }) => text), lost, undeclared };
}
