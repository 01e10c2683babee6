import type { IdSource } from '#lib/ids.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import type { StatementParser } from '../../../sql/parser-port.ts';
import type { Span } from '../../../sql/split.ts';
import { finish } from '../../postgres/read/finish.ts';
import { failed, modelled, type Outcome, skipped } from '../../postgres/read/outcome.ts';
import { addRemark, gapComments } from '../../postgres/read/remarks.ts';
import { type MutableTable, ReadState } from '../../postgres/read/state.ts';
import { lose, type Reading, readColumn } from './columns.ts';
import { addConstraint, addForeignKey, addIndex, addKey } from './constraints.ts';
import { list, type Tree, text, tree, unquoted } from './tree.ts';

/** What becomes of a statement, with what of it is lost. */
export interface ReadOutcome extends Outcome {
  lost?: readonly string[];
}

/** Statements that change no schema, by their first words. */
const NOTHING: readonly (readonly [RegExp, string])[] = [
  [/^(?:SET|USE|PRAGMA|LOCK|UNLOCK|FLUSH)\b/, 'setting of the session'],
  [/^(?:BEGIN|COMMIT|ROLLBACK|START|END|SAVEPOINT|RELEASE)\b/, 'transaction: it changes nothing by itself'],
  [/^(?:INSERT|REPLACE|UPDATE|DELETE|LOAD|TRUNCATE)\b/, 'data: a model holds no rows'],
  [/^(?:SELECT|WITH|SHOW|EXPLAIN|DESCRIBE|DESC)\b/, 'a query: it changes nothing'],
  [/^(?:ANALYZE|OPTIMIZE|VACUUM|REINDEX|CHECK|REPAIR)\b/, 'maintenance: it changes nothing'],
  [/^(?:CREATE|DROP|ALTER) (?:DATABASE|SCHEMA)\b/, 'the database itself is not part of a schema'],
  [/^ALTER TABLE .* (?:DISABLE|ENABLE) KEYS\b/, 'setting of the session'],
];

const NAMES: Readonly<Record<string, string>> = { mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite' };

/**
 * A modest reader of MySQL, MariaDB and SQLite: tables with columns, keys, foreign keys, indexes and comments, in types of
 * PostgreSQL. What it does not take over is said statement by statement.
 */
export class BaseReader {
  private readonly state: ReadState;
  private readonly parser: StatementParser;
  private readonly dialect: Dialect;
  private waiting: string[] = [];
  private last: Id | undefined;

  constructor(document: Document, dialect: Dialect, parser: StatementParser, ids?: IdSource) {
    this.state = new ReadState(document, ids);
    this.dialect = dialect;
    this.parser = parser;
  }

  gap(gap: string): void {
    for (const { text: comment, sameLine } of gapComments(gap.replaceAll(/^([ \t]*)#/gm, '$1-- '))) {
      const mine =
        sameLine && this.last !== undefined && addRemark(this.state, this.last, { at: 'end', text: comment, trailing: true });
      if (!mine) this.waiting.push(comment);
    }
  }

  statement(sql: string, span: Span): ReadOutcome {
    const reading: Reading = {
      state: this.state,
      parser: this.parser,
      backslashes: this.dialect !== 'sqlite',
      outcome: { state: 'modelled' },
      lost: [],
    };
    const outcome = this.read(reading, sql, span.words.join(' '));
    if (outcome !== reading.outcome) Object.assign(reading.outcome, outcome);
    const { record } = reading.outcome;
    if (record !== undefined) {
      for (const comment of this.waiting) addRemark(this.state, record, { at: 'before', text: comment });
      this.waiting = [];
    }
    this.last = record;
    // The same object as foreign keys hold on to: its state may still get worse.
    return Object.assign(reading.outcome, reading.lost.length === 0 ? {} : { lost: reading.lost });
  }

  private read(reading: Reading, sql: string, words: string): Outcome {
    const known = NOTHING.find(([pattern]) => pattern.test(words));
    if (known !== undefined) return skipped(known[1]);
    if (
      !/^(?:CREATE (?:TEMPORARY |TEMP )?TABLE|CREATE (?:UNIQUE |FULLTEXT |SPATIAL )?INDEX|ALTER TABLE|DROP TABLE)\b/.test(words)
    ) {
      const what = words.split(' ').slice(0, 2).join(' ');
      reading.lost.push(`${what} of ${NAMES[this.dialect] ?? this.dialect} is not translated`);
      return skipped(`${what} of ${NAMES[this.dialect] ?? this.dialect} is not translated yet: write it for PostgreSQL`);
    }
    const parsed = this.parse(reading, sql);
    if (!parsed.ok) return failed(parsed.message, undefined, parsed.position);
    const root = tree(parsed.tree);
    if (root['type'] === 'drop') return this.drop(root);
    if (root['type'] === 'alter') return this.alter(reading, root);
    return root['keyword'] === 'index' ? this.index(reading, root) : this.table(reading, root);
  }

  /** Parses a statement; partitions, which the parser does not know, are left out and told. */
  private parse(reading: Reading, sql: string): ReturnType<StatementParser['parse']> {
    const parsed = this.parser.parse(sql);
    const at = parsed.ok ? -1 : sql.search(/(?:\/\*!\d+\s*)?\bPARTITION\s+BY\b/i);
    if (at < 0) return parsed;
    const rest = this.parser.parse(sql.slice(0, at));
    if (!rest.ok) return parsed;
    reading.lost.push('PARTITION BY is left out');
    return rest;
  }

  private find(node: Tree | undefined): MutableTable | undefined {
    return this.state.table({ schema: text(node?.['db']) ?? 'public', name: text(node?.['table']) ?? '' });
  }

  private table(reading: Reading, root: Tree): Outcome {
    const { state } = this;
    const [node] = list(root['table']);
    const name = text(node?.['table']) ?? '';
    const { id: schema } = state.targetSchema({ schema: text(node?.['db']) ?? 'public', name });
    const object = `table ${state.say(schema, name)}`;
    if (state.relationIn(schema, name) !== undefined) {
      if (root['if_not_exists'] !== null) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
      return failed(`${object} is defined a second time; the first definition is kept`, object);
    }
    const table = state.addTable(schema, name);
    Object.assign(reading.outcome, modelled(object, table.id));
    if (root['temporary'] !== null && root['temporary'] !== undefined) table.persistence = 'temporary';
    const definitions = list(root['create_definitions']);
    for (const one of definitions) if (one['resource'] === 'column') this.column(reading, table, one);
    for (const one of definitions) this.definition(reading, table, one);
    for (const what of reading.lost.splice(0)) lose(reading, what);
    for (const option of list(root['table_options'])) {
      if (option['keyword'] === 'comment') {
        table.comment = unquoted((text(option['value']) ?? '').replace(/^'(.*)'$/s, '$1'), reading.backslashes);
      }
    }
    return reading.outcome;
  }

  private column(reading: Reading, table: MutableTable, definition: Tree): void {
    const column = readColumn(reading, table, definition);
    const own: Tree[] = [{ type: 'column_ref', column: column.name }];
    if (definition['primary_key'] !== undefined) addKey(reading, table, 'primary', own);
    if (definition['unique'] !== undefined && definition['unique'] !== null) addKey(reading, table, 'unique', own);
    if (definition['check'] !== undefined) addConstraint(reading, table, tree(definition['check']));
    const reference = tree(definition['reference_definition']);
    if (reference['table'] !== undefined) addForeignKey(reading, table, own, reference);
  }

  private definition(reading: Reading, table: MutableTable, one: Tree): void {
    if (one['resource'] === 'constraint') addConstraint(reading, table, one);
    else if (one['resource'] === 'index') addIndex(reading, table, one, list(one['definition']));
    else if (one['resource'] !== 'column') lose(reading, 'a clause that is not known is left out');
  }

  private index(reading: Reading, root: Tree): Outcome {
    const [node] = list(root['table']);
    const table = this.find(node);
    const object = `index ${text(tree(root['index'])['name']) ?? text(root['index']) ?? ''}`;
    if (table === undefined)
      return failed(`there is no table ${text(node?.['table']) ?? ''} in the text for the index to stand on`, object);
    Object.assign(reading.outcome, modelled(object, table.id));
    const kind = String(root['index_type'] ?? '').toLowerCase();
    addIndex(reading, table, root, list(root['index_columns']), kind === 'unique');
    return reading.outcome;
  }

  private alter(reading: Reading, root: Tree): Outcome {
    const [node] = list(root['table']);
    const table = this.find(node);
    const object = `table ${text(node?.['table']) ?? ''}`;
    if (table === undefined) return failed(`there is no ${object} in the text to alter`, object);
    Object.assign(reading.outcome, modelled(object, table.id));
    for (const change of list(root['expr'])) {
      const resource = change['resource'];
      const inner = tree(change['create_definitions']);
      if (change['action'] === 'add' && resource === 'column') this.column(reading, table, change);
      else if (change['action'] === 'add' && resource === 'constraint') addConstraint(reading, table, inner);
      else if (change['action'] === 'add' && resource === 'index') addIndex(reading, table, change, list(change['definition']));
      else if (change['action'] === 'modify' && list(change['suffix']).length === 0) this.modify(reading, table, change);
      else lose(reading, `${String(change['action'] ?? 'a change')} ${String(resource ?? '')} is left out`.trim());
    }
    return reading.outcome;
  }

  /** `MODIFY column ...`: mysqldump and its kin set AUTO_INCREMENT this way after the table. */
  private modify(reading: Reading, table: MutableTable, change: Tree): void {
    const name = text(tree(change['column'])['column']) ?? '';
    const old = table.columns.find((column) => column.name === name);
    const column = readColumn(reading, table, change);
    if (old === undefined) return;
    table.columns = table.columns.filter((one) => one !== column).map((one) => (one === old ? { ...column, id: old.id } : one));
  }

  private drop(root: Tree): Outcome {
    const names = list(root['name']);
    for (const node of names) {
      const table = this.find(node);
      if (table === undefined) continue;
      this.state.records.tables.delete(table.id);
      this.state.unregister(table.schema, table.name);
      for (const link of this.state.records.relationships.values()) {
        if (link.child === table.id || link.parent === table.id) this.state.records.relationships.delete(link.id);
      }
      this.state.indexNames.forget();
      return { state: 'modelled', object: `table ${table.name}` };
    }
    return skipped('it is not in the text, so there is nothing to drop', `table ${text(names[0]?.['table']) ?? ''}`);
  }

  finish(): Document {
    finish(this.state);
    return this.state.document();
  }
}
