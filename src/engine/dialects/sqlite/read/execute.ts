import type { SqliteDatabase, SqliteEngine, SqliteProblem } from '../../../sql/parser-port.ts';
import { Cursor } from '../../base/read/cursor.ts';
import type { Ddl, DdlDrop } from '../../base/read/ddl.ts';
import { failed, type Outcome, skipped } from '../../postgres/read/outcome.ts';
import { type CatalogObject, catalogObject, catalogObjects, type Home } from './catalog.ts';
import { SQLITE_GRAMMAR } from './grammar.ts';
import { makeTableOfQuery } from './of-query.ts';
import { problemPosition } from './position.ts';
import { isObeyed, pragmaOf } from './pragma.ts';
import { tableOfQuery } from './table.ts';
import { standIn, type VirtualTable, virtualTableOf } from './virtual.ts';

/** What a statement did to the database. */
export interface Executed {
  readonly outcome: Outcome;
  readonly ddl?: Ddl;
  /** It made this object. */
  readonly made?: CatalogObject;
  /** It changed this object. */
  readonly touched?: CatalogObject;
  readonly virtual?: VirtualTable;
  /** The model keeps its text. */
  readonly kept?: true;
  /** SQLite would take it if it had what an application brings along: the text must be read without SQLite. */
  readonly lacking?: string;
}

/** What an application can add to SQLite that this one lacks. */
const LACKING = /^no such (?:collation sequence|function): |^unknown tokenizer|^unknown function: /;

const MADE: Readonly<Record<string, readonly CatalogObject['type'][]>> = {
  table: ['table'],
  'create index': ['index'],
  view: ['view'],
  trigger: ['trigger'],
};

const TRANSACTION = new Set(['BEGIN', 'COMMIT', 'END', 'ROLLBACK', 'SAVEPOINT', 'RELEASE']);

const nameOf = (ddl: Ddl): string | undefined => {
  if (ddl.kind === 'create index') return ddl.index.name;
  if (ddl.kind === 'table' || ddl.kind === 'view' || ddl.kind === 'trigger') return ddl.name.name;
  return ddl.kind === 'keep' ? ddl.about?.name : undefined;
};

/** Names a kind of object in messages. */
function objectOf(ddl: Ddl | undefined): string | undefined {
  if (ddl === undefined) return undefined;
  if (ddl.kind === 'alter table') return `table ${ddl.name.name}`;
  if (ddl.kind === 'drop') return `${ddl.what} ${ddl.names.map((one) => one.name).join(', ')}`;
  const name = nameOf(ddl);
  if (ddl.kind === 'create index') return `index ${name ?? ''} on ${ddl.table.name}`;
  if (ddl.kind === 'trigger') return `trigger ${ddl.name.name} on ${ddl.on.name}`;
  const kind = ddl.kind === 'keep' ? ddl.words.toLowerCase() : ddl.kind;
  return name === undefined ? undefined : `${kind} ${name}`;
}

/**
 * Executes definitions in an empty database: nothing else, no data, no query, no module, no file. What was executed is
 * remembered, so that a database that breaks down is made anew.
 */
export class Execution {
  database: SqliteDatabase;
  readonly #engine: SqliteEngine;
  readonly #done: string[] = [];

  constructor(engine: SqliteEngine) {
    this.#engine = engine;
    this.database = engine.open();
  }

  close(): void {
    this.database.close();
  }

  #run(sql: string): SqliteProblem | undefined {
    return this.#settled(this.database.run(sql), sql);
  }

  #settled(problem: SqliteProblem | undefined, sql: string): SqliteProblem | undefined {
    if (problem === undefined) this.#done.push(sql);
    else if (problem.fatal === true) {
      this.database = this.#engine.open();
      for (const one of this.#done) this.database.run(one);
    }
    return problem;
  }

  #failed(sql: string, { message, fatal }: SqliteProblem, ddl?: Ddl): Executed {
    const object = objectOf(ddl);
    if (ddl !== undefined && LACKING.test(message)) return { outcome: failed(message, object), ddl, lacking: message };
    const position = fatal === true ? undefined : problemPosition(this.database, sql, message);
    return { outcome: failed(`SQLite says: ${message}`, object, position), ...(ddl === undefined ? {} : { ddl }) };
  }

  statement(sql: string): Executed {
    const cursor = new Cursor(sql, 'sqlite');
    const read = SQLITE_GRAMMAR.read(cursor);
    if (!read.ok) return this.#unread(sql, cursor, read.problem.message, read.problem.position);
    const [ddl] = read.ddl;
    switch (ddl?.kind) {
      case 'table':
      case 'create index':
      case 'view':
      case 'trigger':
        return this.#create(sql, ddl);
      case 'alter table':
        return this.#alter(sql, ddl);
      case 'drop':
        return this.#drop(sql, ddl);
      case 'keep':
        return this.#keep(sql, ddl);
      default:
        return this.#other(sql, cursor, ddl);
    }
  }

  #create(sql: string, ddl: Ddl & { kind: 'table' | 'create index' | 'view' | 'trigger' }): Executed {
    const name = nameOf(ddl) ?? '';
    const temporary = ('temporary' in ddl && ddl.temporary === true) || (ddl.kind === 'trigger' && ddl.residue !== undefined);
    const homes: readonly Home[] = temporary
      ? ['temp']
      : ddl.kind === 'trigger' || ddl.kind === 'create index'
        ? ['main', 'temp']
        : ['main'];
    const types = MADE[ddl.kind] ?? [];
    const known =
      ddl.ifNotExists === true
        ? catalogObject(this.database, ddl.kind === 'view' ? ['view', 'table'] : types, name, homes)
        : undefined;
    if (known !== undefined) return { outcome: skipped('it exists already, so IF NOT EXISTS does nothing', objectOf(ddl)), ddl };
    const problem = this.#run(sql);
    if (problem !== undefined) return this.#failed(sql, problem, ddl);
    const made = catalogObject(this.database, types, name, homes);
    return { outcome: { state: 'modelled', object: objectOf(ddl) ?? '' }, ddl, ...(made === undefined ? {} : { made }) };
  }

  #alter(sql: string, ddl: Ddl & { kind: 'alter table' }): Executed {
    const touched = catalogObject(this.database, ['table'], ddl.name.name);
    const problem = this.#run(sql);
    if (problem !== undefined) return this.#failed(sql, problem, ddl);
    return { outcome: { state: 'modelled', object: objectOf(ddl) ?? '' }, ddl, ...(touched === undefined ? {} : { touched }) };
  }

  #drop(sql: string, ddl: DdlDrop): Executed {
    const types = [ddl.what as CatalogObject['type']];
    const [name] = ddl.names;
    const known = catalogObject(this.database, types, name?.name ?? '');
    const problem = this.#run(sql);
    if (problem === undefined) {
      if (known !== undefined) return { outcome: { state: 'modelled', object: objectOf(ddl) ?? '' }, ddl };
      return { outcome: skipped('it is not in the text, so IF EXISTS does nothing', objectOf(ddl)), ddl };
    }
    // A text drops what it is about to make, in case it is there.
    if (known === undefined && /^no such/.test(problem.message))
      return { outcome: skipped('it is not in the text, so there is nothing to drop', objectOf(ddl)), ddl };
    return this.#failed(sql, problem, ddl);
  }

  #keep(sql: string, ddl: Ddl & { kind: 'keep' }): Executed {
    const table = tableOfQuery(new Cursor(sql, 'sqlite'));
    if (table !== undefined) {
      const homes: readonly Home[] = table.temporary ? ['temp'] : ['main'];
      const name = table.name.name.name;
      const known = catalogObject(this.database, ['table'], name, homes);
      if (known !== undefined && table.ifNotExists)
        return { outcome: skipped('it exists already, so IF NOT EXISTS does nothing', `table ${name}`), ddl };
      const problem = this.#settled(makeTableOfQuery(this.database, table), '');
      if (problem !== undefined) return this.#failed(sql, problem, ddl);
      const made = catalogObject(this.database, ['table'], name, homes);
      if (made !== undefined) this.#done.push(made.sql);
      const outcome: Outcome = {
        state: 'modelled',
        object: `table ${name}`,
        reason: 'its columns are those of its query; rows are not read',
      };
      return { outcome, ddl, ...(made === undefined ? {} : { made }) };
    }
    const virtual = virtualTableOf(sql);
    if (virtual !== undefined) return this.#virtual(sql, ddl, virtual);
    if (isObeyed(pragmaOf(new Cursor(sql, 'sqlite')))) this.#run(sql);
    return { outcome: { state: 'verbatim' }, ddl, kept: true };
  }

  #virtual(sql: string, ddl: Ddl, virtual: VirtualTable): Executed {
    const known = catalogObject(this.database, ['table', 'view'], virtual.name, ['main']);
    const object = `virtual table ${virtual.name}`;
    if (known !== undefined && virtual.ifNotExists)
      return { outcome: skipped('it exists already, so IF NOT EXISTS does nothing', object), ddl };
    const problem = this.#settled(standIn(this.database, virtual), '');
    if (problem !== undefined) return this.#failed(sql, problem, ddl);
    const made = catalogObject(this.database, ['table'], virtual.name, ['main']);
    if (made !== undefined) this.#done.push(made.sql);
    return { outcome: { state: 'verbatim', object }, ddl, kept: true, virtual, ...(made === undefined ? {} : { made }) };
  }

  /** Transactions and settings are followed; everything else that defines nothing is left alone. */
  #other(sql: string, cursor: Cursor, ddl: Ddl | undefined): Executed {
    const word = cursor.tokens[0]?.word ?? '';
    const reason = ddl?.kind === 'skip' ? ddl.reason : 'an empty statement';
    const executes = TRANSACTION.has(word) || (word === 'PRAGMA' && isObeyed(pragmaOf(new Cursor(sql, 'sqlite'))));
    const problem = executes ? this.#run(sql) : undefined;
    return { outcome: skipped(problem === undefined ? reason : `${reason}; SQLite says: ${problem.message}`) };
  }

  /** The grammar has no rule for it: SQLite judges definitions, and those alone. */
  #unread(sql: string, cursor: Cursor, message: string, position: number): Executed {
    const words = cursor.tokens.slice(0, 3).map((token) => token.word);
    const defines = words[0] === 'ALTER' || words[0] === 'DROP' || (words[0] === 'CREATE' && words[1] !== 'VIRTUAL');
    const runsQuery = cursor.tokens
      .slice(0, 12)
      .some((token, at, all) => token.word === 'AS' && !all.slice(0, at).some(({ word }) => word === '('));
    const isView = words.includes('VIEW');
    if (!defines || (runsQuery && !isView)) return { outcome: failed(message, undefined, position) };
    const before = new Set(catalogObjects(this.database).map((one) => `${one.home} ${one.rowid}`));
    const problem = this.#run(sql);
    if (problem !== undefined) return this.#failed(sql, problem);
    const made = catalogObjects(this.database).find((one) => !before.has(`${one.home} ${one.rowid}`));
    return { outcome: { state: 'modelled' }, ...(made === undefined ? {} : { made }) };
  }
}
