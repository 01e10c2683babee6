import type { IdSource } from '#lib/ids.ts';
import type { Document } from '#model/types.ts';
import type { SqliteEngine, StatementParser } from '../../../sql/parser-port.ts';
import { stringValue } from '../../base/lex.ts';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlAlterTable } from '../../base/read/ddl.ts';
import { GrammarReader } from '../../base/read/grammar-reader.ts';
import { failed, note, type Outcome } from '../../postgres/read/outcome.ts';
import { type CatalogObject, catalogObjects, tableFacts } from './catalog.ts';
import { type Executed, Execution } from './execute.ts';
import { SQLITE_GRAMMAR } from './grammar.ts';
import { settleTable } from './settle.ts';
import { shadowNames } from './virtual.ts';

/** A statement as it was given, with what it did. */
interface Given {
  readonly sql: string;
  readonly executed: Executed;
}

const keyOf = ({ home, rowid }: CatalogObject) => `${home} ${rowid}`;

/** The statement that a dump puts into the catalog instead of executing it: how sqlite3 writes virtual tables. */
function statementInData(sql: string): string | undefined {
  if (!/^\s*INSERT\s+INTO\s+sqlite_(?:schema|master)\b/i.test(sql)) return undefined;
  const last = new Cursor(sql, 'sqlite').tokens.findLast((token) => token.kind === 'string');
  const text = last === undefined ? '' : stringValue(last.text, 'sqlite');
  return /^CREATE\s+VIRTUAL\s+TABLE\b/i.test(text) ? text : undefined;
}

/**
 * Reads SQLite's definitions by executing them, in order, in an empty database of SQLite itself, so that renames, dropped
 * columns, IF NOT EXISTS and errors are SQLite's own. When all are executed the model is made of its catalog: the texts
 * that SQLite keeps, put right by its PRAGMAs, each at the place of the statement that made the object.
 */
export class SqliteReader {
  readonly #document: Document;
  readonly #ids: IdSource | undefined;
  readonly #second: StatementParser | undefined;
  readonly #execution: Execution;
  readonly #given: (Given | string)[] = [];
  /** Virtual tables' own tables, which a dump may spell out. */
  readonly #shadows = new Map<string, string>();
  #lacking = false;

  constructor(document: Document, engine: SqliteEngine, ids?: IdSource, second?: StatementParser) {
    this.#document = document;
    this.#ids = ids;
    this.#second = second;
    this.#execution = new Execution(engine);
  }

  gap(text: string): void {
    this.#given.push(text);
  }

  /** @param sql one statement with its terminator. */
  statement(sql: string): Outcome {
    const executed = this.#shadow(sql) ?? this.#execution.statement(sql);
    if (executed.lacking !== undefined) this.#lacking = true;
    for (const name of executed.virtual === undefined ? [] : shadowNames(executed.virtual))
      this.#shadows.set(name, executed.virtual?.name ?? '');
    this.#given.push({ sql, executed });
    return executed.outcome;
  }

  /** Rows that stand for a definition. Undefined: they are only rows. */
  data(sql: string): Outcome | undefined {
    const statement = statementInData(sql);
    return statement === undefined ? undefined : this.statement(statement);
  }

  /** Tables that a virtual table makes itself are no part of a model. */
  #shadow(sql: string): Executed | undefined {
    if (this.#shadows.size === 0) return undefined;
    const read = SQLITE_GRAMMAR.read(new Cursor(sql, 'sqlite'));
    const [ddl] = read.ok ? read.ddl : [];
    const owner = ddl?.kind === 'table' ? this.#shadows.get(ddl.name.name.toLowerCase()) : undefined;
    if (ddl?.kind !== 'table' || owner === undefined) return undefined;
    const reason = `the virtual table ${owner} makes it itself`;
    return { outcome: { state: 'skipped', object: `table ${ddl.name.name}`, reason }, ddl };
  }

  finish(): Document {
    const reader = new GrammarReader(this.#document, 'sqlite', SQLITE_GRAMMAR, this.#ids, this.#second);
    const said = this.#lacking ? this.#byGrammar(reader) : this.#byCatalog(reader);
    const document = reader.finish();
    // Only now is it known whether every parent was found.
    for (const [outcome, more] of said) adopt(outcome, more);
    this.#execution.close();
    return document;
  }

  /** The text as the grammar has it: SQLite lacks what the text needs, so that it can tell nothing of what depends on it. */
  #byGrammar(reader: GrammarReader): [Outcome, Outcome][] {
    return this.#given.flatMap((given): [Outcome, Outcome][] => {
      if (typeof given === 'string') {
        reader.gap(given);
        return [];
      }
      const { outcome, lacking } = given.executed;
      const own = reader.statement(given.sql);
      if (lacking !== undefined)
        note(own, `SQLite itself says: ${lacking}. An application brings it along; the text was read without executing it`);
      return [[outcome, own]];
    });
  }

  #byCatalog(reader: GrammarReader): [Outcome, Outcome][] {
    const last = new Map<string, Executed>();
    for (const given of this.#given)
      if (typeof given !== 'string' && given.executed.made !== undefined) last.set(keyOf(given.executed.made), given.executed);
    const standing = new Map(catalogObjects(this.#execution.database).map((one) => [keyOf(one), one] as const));
    const records = new Map<string, Outcome>();
    return this.#given.flatMap((given): [Outcome, Outcome][] => {
      if (typeof given === 'string') {
        reader.gap(given);
        return [];
      }
      const { executed } = given;
      const { made, outcome } = executed;
      const object = made === undefined ? undefined : standing.get(keyOf(made));
      const stands = made === undefined || (object?.type === made.type && last.get(keyOf(made)) === executed);
      if (!stands) {
        reader.settle(outcome);
        return [[outcome, { ...outcome, reason: outcome.reason ?? 'it is gone again at the end of the text' }]];
      }
      if (executed.kept === true) return [[outcome, this.#keep(reader, given, object)]];
      if (object !== undefined) {
        const own = this.#object(reader, object, executed);
        records.set(keyOf(object), own);
        return [[outcome, own]];
      }
      return this.#changed(reader, executed, records);
    });
  }

  /** Text that the model keeps, under the name that the object has at the end. */
  #keep(reader: GrammarReader, { sql, executed }: Given, object: CatalogObject | undefined): Outcome {
    const own = reader.statement(renamedVirtual(sql, executed, object));
    if (executed.virtual !== undefined) own.object = `virtual table ${object?.name ?? executed.virtual.name}`;
    return own;
  }

  /** An object of the catalog, read from the text that SQLite keeps of it. */
  #object(reader: GrammarReader, object: CatalogObject, executed: Executed): Outcome {
    const own = reader.mended(object.sql, (ddl) => this.#mend(ddl, object));
    if (own.state === 'error') {
      const why = `SQLite takes it, but it cannot be read any further (${own.reason ?? ''})`;
      Object.assign(own, failed(why, `${object.type} ${object.name}`));
    }
    if (executed.outcome.reason !== undefined) note(own, executed.outcome.reason);
    return own;
  }

  #mend(ddl: Ddl, { home, name }: CatalogObject): Ddl {
    const temporary = home === 'temp';
    if (ddl.kind === 'table') {
      const table = settleTable(ddl, tableFacts(this.#execution.database, name, home));
      return temporary ? { ...table, temporary } : table;
    }
    if (ddl.kind === 'view') return temporary ? { ...ddl, temporary } : ddl;
    return ddl.kind === 'trigger' && temporary ? { ...ddl, residue: ['TEMP'] } : ddl;
  }

  /** A statement that made nothing of its own. */
  #changed(
    reader: GrammarReader,
    { outcome, touched, ddl }: Executed,
    records: ReadonlyMap<string, Outcome>,
  ): [Outcome, Outcome][] {
    const record = touched === undefined ? undefined : records.get(keyOf(touched))?.record;
    const part = record === undefined ? undefined : addedColumn(reader, record, ddl);
    const own: Outcome = {
      ...outcome,
      ...(record === undefined ? {} : { record }),
      ...(part === undefined ? {} : { part }),
    };
    reader.settle(own);
    return [[outcome, own]];
  }
}

/** A virtual table's statement with the name that it was given later. */
function renamedVirtual(sql: string, { virtual }: Executed, object: CatalogObject | undefined): string {
  if (virtual === undefined || object === undefined || virtual.name.toLowerCase() === object.name.toLowerCase()) return sql;
  const tokens = new Cursor(sql, 'sqlite').tokens;
  const at = tokens.findIndex((token) => token.word === 'USING') - 1;
  const name = tokens[at];
  return name === undefined ? sql : `${sql.slice(0, name.start)}"${object.name.replaceAll('"', '""')}"${sql.slice(name.end)}`;
}

/** The column that ADD COLUMN made, when the table has it still. */
function addedColumn(reader: GrammarReader, table: string, ddl: Ddl | undefined): string | undefined {
  const [action] = ddl?.kind === 'alter table' ? (ddl as DdlAlterTable).actions : [];
  const found = reader.state.get('tables', table);
  if (found === undefined || action?.kind !== 'add column') return undefined;
  return reader.state.column(found, action.column.name)?.id;
}

/** What became of a statement in the end, told to whoever was given its outcome before. */
function adopt(outcome: Outcome, more: Outcome): void {
  if (outcome === more) return;
  for (const key of ['record', 'part', 'reason', 'position'] as const) delete outcome[key];
  Object.assign(outcome, more);
}
