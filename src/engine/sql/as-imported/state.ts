import { recordIn } from '#model/collections.ts';
import type { Source, SourceStatement } from '#model/source-types.ts';
import type { AnyRecord, Collection, Document, Id, Relationship, Table } from '#model/types.ts';
import { matchDocuments } from '../match.ts';
import { remapped } from '../plan-import.ts';
import { type ReadPorts, readSql, type SqlFile } from '../read.ts';
import { wordsOf } from './text.ts';

/** A statement of one of the files. */
export interface Place {
  readonly file: number;
  readonly statement: SourceStatement;
}

function partIds(record: AnyRecord): Id[] {
  return Object.values(record).flatMap((value) =>
    Array.isArray(value)
      ? value.flatMap((part) => (typeof part === 'object' && part !== null && 'id' in part ? [String(part.id)] : []))
      : [],
  );
}

/** Ids that an import gave and the document still has are the same thing, whatever it is called now. */
function sameIds(document: Document, read: Document): Map<Id, Id> {
  const hints = new Map<Id, Id>();
  for (const [collection, records] of Object.entries(read) as [Collection, Record<Id, AnyRecord>][]) {
    for (const record of Object.values(records)) {
      const now = recordIn(document, collection, record.id);
      if (now === undefined || collection === 'settings' || collection === 'diagrams') continue;
      hints.set(record.id, record.id);
      const own = new Set(partIds(now));
      for (const id of partIds(record)) if (own.has(id)) hints.set(id, id);
    }
  }
  return hints;
}

/** Pairs by the statements that made them, as an import into an existing document gave them other ids. */
function byStatement(sources: readonly Source[], read: readonly { readonly record?: Id; readonly part?: Id }[]): Map<Id, Id> {
  const hints = new Map<Id, Id>();
  const own = sources.flatMap((source) => source.statements.filter((one) => one.rows === undefined));
  for (const [at, { record, part }] of read.entries()) {
    const mine = own[at];
    if (record !== undefined && mine?.record !== undefined) hints.set(record, mine.record);
    if (part !== undefined && mine?.part !== undefined) hints.set(part, mine.part);
  }
  return hints;
}

/** Texts read, in the ids of a document. */
export class Imports {
  readonly sources: readonly Source[];
  readonly places: readonly Place[];
  /** The whole of the texts. */
  readonly whole: Document;
  readonly #document: Document;
  readonly #ports: ReadPorts;
  readonly #says = new Map<string, boolean>();
  readonly #firsts = new Map<Id, Document>();

  constructor(document: Document, sources: readonly Source[], ports: ReadPorts) {
    this.#document = document;
    this.#ports = ports;
    this.sources = sources;
    this.places = sources.flatMap((source, file) => source.statements.map((statement) => ({ file, statement })));
    this.whole = this.read(sources.map(({ name, text }) => ({ name, text })));
  }

  /** Reads texts as the reader that made the document did. What cannot be read at all is an empty document. */
  read(files: readonly SqlFile[], isWhole = true): Document {
    const dialect = this.#document.settings['settings']?.dialect ?? 'postgresql';
    const named = files.map(({ text }, at) => ({ name: `${at}`, text }));
    const result = readSql(named, { dialect }, this.#ports);
    if (!result.ok) return { ...this.#document, tables: {}, relationships: {} };
    const { document: read, receipt } = result.value;
    const statements = isWhole
      ? byStatement(
          this.sources,
          receipt.statements.filter((one) => one.rows === undefined),
        )
      : [];
    const hints = new Map([...sameIds(this.#document, read), ...statements]);
    const matches = matchDocuments(this.#document, read, hints);
    return remapped(read, (id) => matches.get(id) ?? id);
  }

  /** Whether the texts name the tables of a schema with it. */
  says(schema: string): boolean {
    const known = this.#says.get(schema);
    if (known !== undefined) return known;
    const name = schema.replaceAll(/[^A-Za-z0-9_]/g, '\\$&');
    const pattern = new RegExp(
      `\\bTABLE\\s{1,9}(?:(?:IF\\s{1,9}NOT\\s{1,9}EXISTS|ONLY)\\s{1,9})?["\`[]?${name}["\`\\]]?\\s?\\.`,
      'i',
    );
    const says = this.sources.some(({ text }) => pattern.test(text));
    this.#says.set(schema, says);
    return says;
  }

  /** The places of what is about a record, in order. */
  of(record: Id): readonly Place[] {
    return this.places.filter(({ statement }) => statement.record === record);
  }

  /** A table as its first statement made it. */
  first(id: Id, home: Place): Table | undefined {
    return recordIn(this.#upTo(id, home), 'tables', id);
  }

  /**
   * Whether a foreign key came with a statement about several things of its table that is not the table's first one, as
   * `ALTER TABLE ... ADD (CONSTRAINT ..., CONSTRAINT ...)` is.
   */
  cameLater(link: Relationship, home: Place): boolean {
    if (recordIn(this.whole, 'relationships', link.id) === undefined) return false;
    if (recordIn(this.#upTo(link.child, home), 'relationships', link.id) !== undefined) return false;
    return this.of(link.child).some((place) => {
      if (place === home) return false;
      const { text, dialect } = this.sources[place.file] as Source;
      const sql = text.slice(place.statement.start, place.statement.end);
      return wordsOf(sql, dialect)[0] === 'ALTER' && /\bREFERENCES\b/i.test(sql);
    });
  }

  /** The document right after the first statement of a table. */
  #upTo(id: Id, { file, statement }: Place): Document {
    const known = this.#firsts.get(id);
    if (known !== undefined) return known;
    const before = this.sources.slice(0, file).map(({ name, text }) => ({ name, text }));
    const source = this.sources[file] as Source;
    const read = this.read([...before, { name: source.name, text: source.text.slice(0, statement.end) }], false);
    this.#firsts.set(id, read);
    return read;
  }
}
