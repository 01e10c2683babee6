import { sameValue } from '#lib/same.ts';
import { findRecord, recordIn } from '#model/collections.ts';
import type { Document, Id, Relationship, Stated, Table } from '#model/types.ts';
import { quotedName } from '../../dialects/base/quote.ts';
import { writeDocument } from '../write.ts';
import type { WrittenStatement } from '../written.ts';
import { mergeEdits } from './merge.ts';
import type { Imports, Place } from './state.ts';
import { wordsOf } from './text.ts';

/** What is to be done with the statements of the files. */
export interface Edits {
  /** By the statement's place: what stands there now; an empty list = it is left out. */
  readonly replaced: Map<Place, string[]>;
  /** After everything else. */
  readonly appended: string[];
  /** What was written anew, for the person. */
  readonly records: Set<Id>;
}

/** How the records that differ are printed; what `coarse` names is printed whole, and its other statements go. */
export interface EditPlan {
  readonly document: Document;
  readonly imports: Imports;
  readonly version: number;
  /** Records that are written otherwise than at the import. */
  readonly changed: ReadonlySet<Id>;
  /** Records that the import did not bring. */
  readonly fresh: ReadonlySet<Id>;
  readonly coarse: ReadonlySet<Id>;
}

function isCreate({ statement }: Place, imports: Imports, file: number): boolean {
  const { text, dialect } = imports.sources[file] as Imports['sources'][number];
  return wordsOf(text.slice(statement.start, statement.end), dialect)[0] === 'CREATE';
}

/** Statements that only say a comment, as they can stand apart. */
function isComment({ file, statement }: Place, imports: Imports): boolean {
  const { text, dialect } = imports.sources[file] as Imports['sources'][number];
  return wordsOf(text.slice(statement.start, statement.end), dialect)[0] === 'COMMENT';
}

/** Collections whose records are written with comments beside them. */
const REMARKED = ['schemas', 'types', 'sequences', 'tables', 'views', 'routines', 'triggers'] as const;

class Editor {
  readonly edits: Edits = { replaced: new Map(), appended: [], records: new Set() };
  private readonly plan: EditPlan;
  /** What the document writes now, and what the imported one did, by record and key. */
  private readonly now: ReadonlyMap<Id, readonly WrittenStatement[]>;
  private readonly was: ReadonlyMap<string, string>;
  /** Records and parts that the text has statements about. */
  private readonly said: ReadonlySet<Id>;

  constructor(plan: EditPlan) {
    this.plan = plan;
    const said = new Set(plan.imports.places.flatMap(({ statement: { record, part } }) => [record ?? '', part ?? '']));
    this.said = said;
    this.now = grouped(this.written(plan.document));
    this.was = new Map(this.written(plan.imports.whole).map((one) => [one.key, one.sql]));
  }

  /** Without the comments that stand in the text beside a statement: they stay where they are when it is printed anew. */
  private written(document: Document): readonly WrittenStatement[] {
    const collections = REMARKED.map((name) => {
      const records = Object.values(document[name] as Readonly<Record<Id, Stated>>);
      return [name, Object.fromEntries(records.map((one) => [one.id, this.bare(one)]))] as const;
    });
    const bare = this.named({ ...document, ...Object.fromEntries(collections) } as Document);
    return writeDocument(bare, { version: this.plan.version }).statements;
  }

  /** A text that says the schema every database has by its name (as dumps do, which look for names nowhere) goes on so. */
  private named(document: Document): Document {
    const schemas = Object.values(document.schemas).map((one) => {
      if (one.implicit !== true || !this.plan.imports.says(one.name)) return one;
      return { ...one, implicit: false };
    });
    return { ...document, schemas: Object.fromEntries(schemas.map((one) => [one.id, one])) };
  }

  private bare<T extends Stated>(record: T): T {
    if (record.remarks === undefined || !this.said.has(record.id)) return record;
    const remarks = record.remarks.filter(
      ({ at, trailing }) => at !== 'before' && !(at === 'end' && trailing === true) && !(at !== 'end' && this.said.has(at)),
    );
    return { ...record, remarks };
  }

  private put(place: Place, statements: readonly string[]): void {
    this.edits.replaced.set(place, [...(this.edits.replaced.get(place) ?? []), ...statements]);
  }

  run(): Edits {
    const { document, imports, changed, fresh } = this.plan;
    this.leaveOut();
    for (const id of changed) {
      // A foreign key is looked at below, with its table.
      if (recordIn(document, 'relationships', id) !== undefined) continue;
      if (recordIn(document, 'tables', id) !== undefined) this.table(id);
      else this.record(id);
      this.edits.records.add(id);
    }
    for (const link of Object.values(document.relationships)) this.foreignKey(link);
    for (const id of fresh) {
      this.edits.records.add(id);
    }
    this.bringIn(imports.places);
    return this.edits;
  }

  /** Statements about records and parts that were imported and are gone. */
  private leaveOut(): void {
    const { document, imports } = this.plan;
    for (const place of imports.places) {
      const { record, part } = place.statement;
      if (record === undefined) continue;
      const was = findRecord(imports.whole, record);
      const is = findRecord(document, record);
      // What came and went within the text itself stays as it is.
      if (was === undefined) continue;
      const had = part === undefined || part === record || has(was.record, part);
      if (is === undefined || (had && part !== undefined && part !== record && !has(is.record, part))) this.put(place, []);
    }
  }

  /** New records go to the end; types and sequences before the first statement that was written anew, as it may need them. */
  private bringIn(places: readonly Place[]): void {
    const { fresh } = this.plan;
    const first = places.find((place) => (this.edits.replaced.get(place)?.length ?? 0) > 0);
    for (const one of this.written(this.plan.document)) {
      if (!fresh.has(one.record)) continue;
      const early =
        first !== undefined && (one.collection === 'schemas' || one.collection === 'types' || one.collection === 'sequences');
      if (early) this.early.push(one.sql);
      else this.edits.appended.push(one.sql);
    }
    if (first !== undefined && this.early.length > 0)
      this.edits.replaced.set(first, [...this.early, ...(this.edits.replaced.get(first) ?? [])]);
  }

  private readonly early: string[] = [];

  /** A view, type, sequence, routine, trigger or statement kept as text. */
  private record(id: Id): void {
    const { imports, coarse } = this.plan;
    const places = imports.of(id).filter((place) => !this.edits.replaced.has(place));
    const home = places.find((place) => isCreate(place, imports, place.file)) ?? places[0];
    const statements = this.now.get(id) ?? [];
    if (home === undefined) {
      this.edits.appended.push(...statements.map((one) => one.sql));
      return;
    }
    if (coarse.has(id)) {
      for (const place of places) this.put(place, []);
      this.put(
        home,
        statements.map((one) => one.sql),
      );
      return;
    }
    const create = statements.find((one) => one.what === 'create' || one.what === 'verbatim');
    if (create !== undefined && this.was.get(create.key) !== create.sql) this.put(home, [create.sql]);
    this.others(
      id,
      statements.filter((one) => one !== create),
      places,
      home,
    );
  }

  /** What is said beside the definition and is said otherwise now: in the place of its own statement, else after it. */
  private others(id: Id, statements: readonly WrittenStatement[], places: readonly Place[], home: Place): void {
    const { imports } = this.plan;
    for (const one of statements) {
      if (this.was.get(one.key) === one.sql) continue;
      const own = places.find(
        (place) => !this.edits.replaced.has(place) && place !== home && saysSame(one, place, isComment(place, imports)),
      );
      if (own !== undefined) this.put(own, [one.sql]);
      else this.after(home, one.sql);
    }
    // A comment that was taken away.
    const said = new Set((this.now.get(id) ?? []).map((one) => `${one.what}:${one.part ?? ''}`));
    for (const place of places) {
      if (isComment(place, imports) && !said.has(`comment:${place.statement.part ?? ''}`) && !this.edits.replaced.has(place))
        this.put(place, []);
    }
  }

  private after(home: Place, sql: string): void {
    if (!this.edits.replaced.has(home)) this.put(home, [this.textOf(home)]);
    this.put(home, [sql]);
  }

  private textOf({ file, statement }: Place): string {
    return (this.plan.imports.sources[file]?.text ?? '').slice(statement.start, statement.end);
  }

  private table(id: Id): void {
    const { document, imports, coarse } = this.plan;
    const table = recordIn(document, 'tables', id) as Table;
    const places = imports.of(id).filter((place) => !this.edits.replaced.has(place));
    const home = places.find((place) => place.statement.part === undefined && isCreate(place, imports, place.file)) ?? places[0];
    if (home === undefined) {
      this.edits.appended.push(...(this.now.get(id) ?? []).map((one) => one.sql));
      return;
    }
    const first = coarse.has(id) ? undefined : imports.first(id, home);
    const was = recordIn(imports.whole, 'tables', id);
    if (first === undefined || was === undefined) {
      for (const place of places) this.put(place, []);
      this.put(
        home,
        this.printed(table).map((one) => one.sql),
      );
      return;
    }
    this.fine(mergeEdits(first, was, table), first, home, places);
  }

  /** The table's statements beside the rest of a document, without the foreign keys that have statements of their own. */
  private printed(table: Table, home?: Place, document = this.plan.document): readonly WrittenStatement[] {
    const relationships = Object.fromEntries(
      Object.values(document.relationships)
        .filter((link) => link.child !== table.id || !this.standsApart(link, home))
        .map((link) => [link.id, link]),
    );
    const alone = { ...document, tables: { ...document.tables, [table.id]: table }, relationships };
    return this.written(alone).filter((one) => one.record === table.id);
  }

  /**
   * It had a statement of its own, or it is new and can have one, or a statement says it that stays when the table's first
   * statement, `home`, is printed anew.
   */
  private standsApart(link: Relationship, home: Place | undefined): boolean {
    const { imports } = this.plan;
    if (imports.places.some((place) => place.statement.record === link.id)) return true;
    if (home !== undefined && imports.cameLater(link, home)) return true;
    return recordIn(imports.whole, 'relationships', link.id) === undefined && this.alteration(link) !== undefined;
  }

  private fine(merged: Table, first: Table, home: Place, places: readonly Place[]): void {
    const before = new Map(this.printed(first, home, this.plan.imports.whole).map((one) => [one.key, one.sql]));
    const create: string[] = [];
    const rest: WrittenStatement[] = [];
    for (const one of this.printed(merged, home)) {
      if (before.get(one.key) === one.sql) continue;
      if (one.what === 'create') create.push(one.sql);
      else rest.push(one);
    }
    rest.push(...this.reworded(merged.id, new Set(rest.map((one) => one.key)), places));
    // Parts that changed and stand in the table's own statement now.
    const now = recordIn(this.plan.document, 'tables', merged.id) as Table;
    const was = recordIn(this.plan.imports.whole, 'tables', merged.id) as Table;
    const own = new Set(rest.flatMap((one) => (one.part === undefined ? [] : [one.part])));
    for (const place of places) {
      const { part } = place.statement;
      if (part === undefined || place === home || now.columns.some((column) => column.id === part)) continue;
      if (!sameValue(partOf(was, part), partOf(now, part)) && !own.has(part)) this.put(place, []);
    }
    if (create.length > 0) this.put(home, create);
    this.others(merged.id, rest, places, home);
  }

  /** Statements of their own that nobody changed, but that say the name of something that has another one now. */
  private reworded(table: Id, known: ReadonlySet<string>, places: readonly Place[]): readonly WrittenStatement[] {
    return (this.now.get(table) ?? []).filter((one) => {
      const was = this.was.get(one.key);
      if (was === undefined || was === one.sql || known.has(one.key)) return false;
      return places.some((place) => saysSame(one, place, isComment(place, this.plan.imports)));
    });
  }

  /** `ALTER TABLE ... ADD` of a foreign key, from the clause that the writer has for it. */
  private alteration(link: Relationship): string | undefined {
    const { document } = this.plan;
    const child = recordIn(document, 'tables', link.child);
    const dialect = document.settings['settings']?.dialect ?? 'postgresql';
    if (child === undefined || dialect === 'sqlite') return undefined;
    for (const one of this.now.get(link.child) ?? []) {
      const part = one.parts.find((each) => each.id === link.id);
      const clause = part === undefined ? '' : one.sql.slice(part.start, part.end).replace(/,\s*$/, '');
      if (one.what === 'create' && /^(?:CONSTRAINT\b|FOREIGN KEY\b)/i.test(clause)) {
        const schema = recordIn(this.named(document), 'schemas', child.schema);
        const name = [...(schema === undefined || schema.implicit === true ? [] : [schema.name]), child.name];
        return `ALTER TABLE ${name.map((word) => quotedName(word, dialect)).join('.')} ADD ${clause};`;
      }
    }
    return undefined;
  }

  private foreignKey(link: Relationship): void {
    const { imports, coarse, fresh } = this.plan;
    if (link.childColumns.length === 0) return;
    const was = recordIn(imports.whole, 'relationships', link.id);
    const own = imports.places.filter((place) => place.statement.record === link.id && !this.edits.replaced.has(place));
    if (was !== undefined && own.length === 0) {
      // Its table was printed whole, and it cannot stand there: the tables need each other.
      if (coarse.has(link.child)) this.edits.appended.push(...(this.now.get(link.id) ?? []).map((one) => one.sql));
      return;
    }
    if (was !== undefined && sameValue(was, link) && !coarse.has(link.child) && !coarse.has(link.parent)) return;
    const written = this.now.get(link.id) ?? [];
    const apart = written.some((one) => one.what === 'constraint' || one.what === 'create');
    const added = apart ? undefined : this.alteration(link);
    const statement = [...(added === undefined ? [] : [added]), ...written.map((one) => one.sql)];
    const [home] = own;
    if (home !== undefined) {
      for (const place of own) this.put(place, []);
      this.put(home, statement);
      this.edits.records.add(link.id);
    } else if (was === undefined && !fresh.has(link.child) && !fresh.has(link.id)) {
      this.edits.appended.push(...statement);
      this.edits.records.add(link.id);
    }
  }
}

function grouped(statements: readonly WrittenStatement[]): Map<Id, WrittenStatement[]> {
  const groups = new Map<Id, WrittenStatement[]>();
  for (const one of statements) {
    const group = groups.get(one.record);
    if (group === undefined) groups.set(one.record, [one]);
    else group.push(one);
  }
  return groups;
}

function has(record: object, part: Id): boolean {
  return partOf(record, part) !== undefined;
}

function partOf(record: object, part: Id): unknown {
  for (const value of Object.values(record)) {
    if (!Array.isArray(value)) continue;
    const found = value.find((one: unknown) => typeof one === 'object' && one !== null && 'id' in one && one.id === part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function saysSame({ what, part }: WrittenStatement, { statement }: Place, comment: boolean): boolean {
  if (what === 'comment') return comment && statement.part === part;
  return part !== undefined && !comment && statement.part === part && (what === 'index' || what === 'policy');
}

/** What the files' statements become so that they say what the document says. */
export function editsOf(plan: EditPlan): Edits {
  return new Editor(plan).run();
}
