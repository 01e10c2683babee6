import type { CheckConstraint, Index, IndexElement, Key } from '#model/table-parts.ts';
import type { Schema, Table, Trigger, View } from '#model/types.ts';
import { commentText, endsInLineComment } from '../../base/quoting.ts';
import { bracketed, closed, constraintName, foreignKeySql, residueSql, trimmed } from '../../base/write/clauses.ts';
import type { Feature } from '../../base/write/features.ts';
import type { Indexed, KitScope, Unterminated, WriteKit } from '../../base/write/kit.ts';
import type { SqlText } from '../../base/write/text.ts';
import { ident, literal, nameProblem } from '../quote.ts';
import { carriedKeys, columnLine, countsUp } from './column.ts';

/** What SQLite has words for (https://sqlite.org/lang_createtable.html and the pages beside it). */
const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  'temporary table',
  'table parameters',
  'type from elsewhere',
  'not null name',
  'default name',
  'identity',
  'stored column',
  'virtual column',
  'column collation',
  'key name',
  'key descending',
  'check',
  'check name',
  'index expression',
  'partial index',
  'element collation',
  'descending index',
  'foreign key name',
  'set null',
  'set default',
  'restrict',
  'update action',
  'match full',
  'deferred foreign key',
  'temporary view',
  'view columns',
  'trigger',
  'before trigger',
  'instead trigger',
  'update of',
  'trigger condition',
]);

const OPTIONS = new Set(['WITHOUT ROWID', 'STRICT']);

function tableHead(scope: KitScope, table: Table): string {
  const temporary = table.persistence === 'temporary' ? 'TEMPORARY ' : '';
  const comment = table.comment === undefined ? '' : `${commentText(table.comment, 'sqlite')}\n`;
  return `${comment}CREATE ${temporary}TABLE ${scope.nameIn(table.schema, table.name)}`;
}

function tableTail(scope: KitScope, table: Table): string {
  const known = (table.parameters ?? []).filter((one) => OPTIONS.has(one.name.toUpperCase()));
  for (const { name } of table.parameters ?? []) {
    if (OPTIONS.has(name.toUpperCase())) continue;
    scope.note({ feature: 'table parameters', message: `SQLite has no table option ${name}. It is left out.` });
  }
  return known.length === 0 ? '' : ` ${known.map((one) => one.name).join(', ')}`;
}

function keyList(scope: KitScope, table: Table, key: Key): string {
  const names = scope.columnNames(table.id, key.columns, key.id, key.kind === 'primary' ? 'primary key' : 'unique key');
  const members = names.map((name, at) => (key.descending?.includes(at) === true ? `${name} DESC` : name));
  return `(${members.join(', ')}${countsUp(table, key) ? ' AUTOINCREMENT' : ''})`;
}

function keySql(scope: KitScope, table: Table, key: Key): string {
  const own = key.residue?.find((one) => one.startsWith('('));
  const rest = key.residue?.filter((one) => one !== own);
  const kind = key.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE';
  return `${constraintName(scope, key.name, key.id)}${kind} ${own ?? keyList(scope, table, key)}${residueSql(rest, 'sqlite')}`;
}

function checkSql(scope: KitScope, _table: Table, check: CheckConstraint): string {
  const expression = bracketed(check.expression, 'sqlite');
  return `${constraintName(scope, check.name, check.id)}CHECK ${expression}${residueSql(check.residue, 'sqlite')}`;
}

function elementSql(scope: KitScope, on: Indexed, index: Index, element: IndexElement): string {
  const column = element.column === undefined ? undefined : scope.columnNames(on.id, [element.column], index.id, 'index')[0];
  const name = column ?? (element.columnName === undefined ? undefined : scope.ident(element.columnName));
  const what = name ?? closed(element.expression ?? '', 'sqlite');
  const collation = element.collation === undefined ? '' : ` COLLATE ${element.collation}`;
  return `${what}${collation}${element.order === 'desc' ? ' DESC' : ''}`;
}

/** SQLite names no index itself: one without a name gets one of its table and columns. */
function indexName(scope: KitScope, on: Indexed, index: Index): string {
  if (index.name !== undefined) return index.name;
  const columns = index.elements.map(({ column }) => (column === undefined ? 'expr' : (scope.columnName(on.id, column) ?? 'expr')));
  const name = [on.name, ...columns, 'idx'].join('_');
  const alike = (on.table?.indexes ?? []).filter((one) => one.name === undefined).findIndex((one) => one.id === index.id);
  const given = alike > 0 ? `${name}_${alike}` : name;
  scope.note({ part: index.id, feature: 'index name', message: `SQLite names no index itself. It is written as ${given}.` });
  return given;
}

function indexSql(scope: KitScope, on: Indexed, index: Index): string {
  const name = indexName(scope, on, index);
  scope.checkName(name, index.id);
  const elements = index.elements.map((element) => elementSql(scope, on, index, element)).join(', ');
  const where = index.where === undefined ? '' : `\nWHERE ${index.where}`;
  return `CREATE ${index.unique === true ? 'UNIQUE ' : ''}INDEX ${scope.ident(name)} ON ${scope.nameIn(on.schema, on.name)} (${elements})${where}`;
}

function viewSql(scope: KitScope, view: View): Unterminated {
  const temporary = view.temporary === true ? 'TEMPORARY ' : '';
  const columns = view.columns === undefined ? '' : ` (${view.columns.map((name) => scope.ident(name)).join(', ')})`;
  return { sql: `CREATE ${temporary}VIEW ${scope.nameIn(view.schema, view.name)}${columns} AS\n${trimmed(view.query)}` };
}

function triggerSql(scope: KitScope, trigger: Trigger): Unterminated | undefined {
  const [event] = trigger.events;
  const body = trimmed(trigger.execute);
  if (event === undefined || event === 'truncate' || trigger.events.length > 1) return undefined;
  if (!/^BEGIN\b[\s\S]*\bEND$/i.test(body)) {
    const message = 'SQLite triggers run statements between BEGIN and END, and this one runs something else. It is left out.';
    scope.note({ feature: 'trigger body', message });
    return undefined;
  }
  const names = trigger.updateOf === undefined ? [] : scope.columnNames(trigger.on, trigger.updateOf, trigger.id, 'trigger');
  const given = trigger.residue?.find((one) => one.startsWith('OF '));
  const of = names.length === 0 ? (given === undefined ? '' : ` ${given}`) : ` OF ${names.join(', ')}`;
  const temporary = trigger.residue?.includes('TEMP') === true ? 'TEMPORARY ' : '';
  const when = trigger.when === undefined ? '' : `\nWHEN ${closed(trigger.when, 'sqlite')}`;
  const head = `CREATE ${temporary}TRIGGER ${scope.ident(trigger.name)} ${trigger.timing.toUpperCase()} ${event.toUpperCase()}${of}`;
  return { sql: `${head}\nON ${scope.name(trigger.on)} FOR EACH ROW${when}\n${body}`, body: true };
}

/** SQLite's schemas are files: a model's objects are all in one. */
function schemaSql(scope: KitScope, schema: Schema): undefined {
  const message = `SQLite has no schemas: the objects of ${schema.name} are written without it.`;
  scope.note({ feature: 'schema', message });
}

function ended(text: SqlText): SqlText {
  return text.add(endsInLineComment(text.sql, 'sqlite') ? '\n;' : ';');
}

/** How SQLite says a model: everything of a table in its own statement, as no other can add it. */
export const SQLITE_KIT: WriteKit = {
  dialect: 'sqlite',
  says: () => SAYS,
  instead: {
    'table comment': 'It is written as a remark, which no catalog knows.',
    'column comment': 'It is written as a remark, which no catalog knows.',
    'custom column type': 'The column is written as TEXT.',
    'array type': 'The type is written as a name, which SQLite takes for any value.',
    'identity always': 'The column takes values that are given, too.',
    'materialized view': 'It is written as a view.',
    'statement trigger': 'It is written as a trigger for each row.',
  },
  ident,
  literal,
  remark: (text) => commentText(text, 'sqlite'),
  nameProblem,
  ended,
  foreignKeys: 'inline',
  indexes: 'statement',
  namesAlone: true,
  schema: schemaSql,
  tableHead,
  column: columnLine,
  carried: carriedKeys,
  key: keySql,
  check: checkSql,
  foreignKey: foreignKeySql,
  index: indexSql,
  lines: (_scope, table) => table.residue ?? [],
  tableTail,
  view: viewSql,
  trigger: triggerSql,
};
