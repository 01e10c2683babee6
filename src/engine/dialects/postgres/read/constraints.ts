import type { Constraint, Node } from 'libpg-query';
import type { Exclusion, Key } from '#model/table-parts.ts';
import type { Deferral, Id, ReferentialAction, Relationship } from '#model/types.ts';
import { all, as, items, nameOf, texts } from './ast.ts';
import { columnIds, readElement } from './elements.ts';
import { indexOf, keyName } from './lookup.ts';
import { storageParameters } from './options.ts';
import { noteStrange, withResidue } from './outcome.ts';
import type { MutableTable } from './state.ts';
import { keepClause, type Statement } from './statement.ts';
import type { Range } from './tokens.ts';
import type { Writable } from './writable.ts';

/** A constraint of the tree with the tokens of its clause, and what attributes written after it say. */
export interface Clause {
  readonly node: Constraint;
  readonly range: Range;
  readonly deferral?: Deferral;
  readonly notEnforced?: boolean;
  /** NOT VALID, which only means something when a constraint is added to a table with rows. */
  readonly added?: boolean;
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

export function deferralOf(node: { deferrable?: boolean; initdeferred?: boolean }): Deferral | undefined {
  if (node.deferrable !== true) return undefined;
  return node.initdeferred === true ? 'initially deferred' : 'deferrable';
}

/** A table constraint as a clause. */
export function tableClause(node: Constraint, range: Range, added: boolean): Clause {
  const deferral = deferralOf(node);
  const enforceable = node.contype === 'CONSTR_CHECK' || node.contype === 'CONSTR_FOREIGN';
  return {
    node,
    range,
    added,
    ...(deferral === undefined ? {} : { deferral }),
    ...(enforceable && node.is_enforced !== true ? { notEnforced: true } : {}),
  };
}

/** The constraints of a column's definition, each with its attributes. @param limit where other clauses begin. */
export function columnClauses(statement: Statement, nodes: readonly Node[] | undefined, range: Range, limit?: number): Clause[] {
  const { source } = statement;
  const constraints = all(nodes, 'Constraint');
  const starts = constraints.map((node) => source.at(node.location ?? 0));
  const bounds = [...starts, ...(limit === undefined ? [] : [limit]), range.last + 1].sort((a, b) => a - b);
  const clauses: Writable<Clause>[] = [];
  constraints.forEach((node, i) => {
    const first = starts[i] as number;
    const last = (bounds.find((bound) => bound > first) ?? range.last + 1) - 1;
    const previous = clauses.at(-1);
    if (previous !== undefined && node.contype?.startsWith('CONSTR_ATTR_') === true) {
      attribute(previous, node);
      previous.range = { first: previous.range.first, last };
      return;
    }
    clauses.push(tableClause(node, { first, last }, false) as Writable<Clause>);
  });
  return clauses;
}

function attribute(clause: Writable<Clause>, node: Constraint): void {
  if (node.contype === 'CONSTR_ATTR_DEFERRABLE') clause.deferral ??= 'deferrable';
  else if (node.contype === 'CONSTR_ATTR_DEFERRED') clause.deferral = 'initially deferred';
  else if (node.contype === 'CONSTR_ATTR_NOT_ENFORCED') clause.notEnforced = true;
}

function named(node: Constraint): { name?: string } {
  return node.conname === undefined ? {} : { name: node.conname };
}

function text(statement: Statement, clause: Clause): string {
  return statement.source.slice(clause.range);
}

function mark(statement: Statement, id: Id, { range }: Clause): void {
  const { source } = statement;
  const first = source.token(range.first);
  const last = source.token(range.last);
  if (first !== undefined && last !== undefined) statement.places.push({ id, start: first.start, end: last.end });
}

/** What index-backed constraints share: INCLUDE, WITH (...), USING INDEX TABLESPACE. */
function indexTail(
  statement: Statement,
  table: MutableTable,
  node: Constraint,
): Pick<Key, 'include' | 'parameters' | 'tablespace'> {
  const include = columnIds(statement, table, texts(node.including)).ids;
  const parameters = storageParameters(node.options, statement.source);
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(node.indexspace === undefined ? {} : { tablespace: node.indexspace }),
  };
}

/** Primary keys make their columns NOT NULL. */
function requireColumns(table: MutableTable, ids: readonly Id[]): void {
  for (const column of table.columns) if (ids.includes(column.id)) column.nullable = false;
}

/** A key from an index that exists already (`USING INDEX`). */
function keyFromIndex(statement: Statement, table: MutableTable, clause: Clause): boolean {
  const { node } = clause;
  const index = indexOf(statement.state, table, node.indexname ?? '')?.index;
  if (index === undefined) return false;
  const columns = index.elements.flatMap((element) => element.column ?? []);
  table.indexes = table.indexes.filter((one) => one.id !== index.id);
  const name = node.conname ?? node.indexname ?? '';
  const key: Key = {
    id: statement.state.partId('keys', table, name),
    kind: node.contype === 'CONSTR_PRIMARY' ? 'primary' : 'unique',
    name,
    columns,
    ...(index.include === undefined ? {} : { include: index.include }),
    ...(index.nullsNotDistinct === true ? { nullsNotDistinct: true } : {}),
    ...(index.parameters === undefined ? {} : { parameters: index.parameters }),
    ...(index.tablespace === undefined ? {} : { tablespace: index.tablespace }),
    ...(clause.deferral === undefined ? {} : { deferral: clause.deferral }),
  };
  addKey(statement, table, key);
  return true;
}

function addKey(statement: Statement, table: MutableTable, given: Key): void {
  const second = given.kind === 'primary' && table.keys.some((one) => one.kind === 'primary');
  const key: Key = second ? { ...given, kind: 'unique' } : given;
  if (second) {
    const said = `table ${table.name} has a primary key already and PostgreSQL refuses a second one: it is kept as a unique key`;
    withResidue(statement.outcome, said);
  }
  table.keys.push(key as Writable<Key>);
  const { state } = statement;
  state.indexNames.add(table.schema, keyName(state, table, key as Writable<Key>), table.id);
  if (given.kind === 'primary') requireColumns(table, key.columns);
}

/** Keeps a clause that names a column which the table does not have as text, and notes the name. */
function keepMissing(statement: Statement, table: MutableTable, clause: Clause, what: string, missing: string): void {
  const reason = `${what}, which the table does not have`;
  keepClause(statement, table, `ADD ${text(statement, clause)}`, reason);
  const said = `${reason}: it is kept as text. Add the column, or correct the name.`;
  noteStrange(statement.outcome, missing, said, clause.node.location);
}

function readKey(statement: Statement, table: MutableTable, clause: Clause, column: string | undefined): void {
  const { node } = clause;
  if (node.indexname !== undefined) {
    if (keyFromIndex(statement, table, clause)) return;
    keepClause(statement, table, `ADD ${text(statement, clause)}`, `there is no index ${node.indexname} for the key`);
    return;
  }
  const names = column === undefined ? texts(node.keys) : [column];
  const { ids, missing } = columnIds(statement, table, names);
  if (missing !== undefined) {
    keepMissing(statement, table, clause, `the key names column ${missing}`, missing);
    return;
  }
  const kind = node.contype === 'CONSTR_PRIMARY' ? 'primary' : 'unique';
  const key: Key = {
    id: statement.state.partId('keys', table, node.conname ?? `${kind} ${names.join(' ')}`),
    kind,
    ...named(node),
    columns: ids,
    ...indexTail(statement, table, node),
    ...(node.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
    ...(clause.deferral === undefined ? {} : { deferral: clause.deferral }),
    ...(node.without_overlaps === true ? { withoutOverlaps: true } : {}),
  };
  addKey(statement, table, key);
  if (column === undefined) mark(statement, key.id, clause);
}

/** Source text inside the brackets after a word of the clause; empty when there are none. */
export function bracketsAfter(statement: Statement, range: Range, word: string): string {
  const { source } = statement;
  const depth = source.token(range.first)?.depth;
  const at = source.find(word, range.first, range.last, depth);
  const open = at < 0 ? -1 : source.find('(', at, range.last, depth);
  return open < 0 ? '' : source.slice(source.inside(open));
}

function readCheck(statement: Statement, table: MutableTable, clause: Clause, column: string | undefined): void {
  const { node } = clause;
  const id = statement.state.partId('checks', table, node.conname ?? `check ${table.checks.length + 1}`);
  table.checks.push({
    id,
    ...named(node),
    expression: bracketsAfter(statement, clause.range, 'CHECK'),
    ...(node.is_no_inherit === true ? { noInherit: true } : {}),
    ...(clause.added === true && node.skip_validation === true && clause.notEnforced !== true ? { notValid: true } : {}),
    ...(clause.notEnforced === true ? { notEnforced: true } : {}),
  });
  if (column === undefined) mark(statement, id, clause);
}

function readExclusion(statement: Statement, table: MutableTable, clause: Clause): void {
  const { source, state } = statement;
  const { node, range } = clause;
  const depth = source.token(range.first)?.depth;
  const open = source.find('(', range.first, range.last, depth);
  const ranges = source.split(source.inside(open));
  const elements: Exclusion['elements'][number][] = [];
  for (const [i, pair] of (node.exclusions ?? []).entries()) {
    const part = ranges[i];
    const element = as(items(pair)[0], 'IndexElem');
    if (part === undefined || element === undefined) continue;
    const inner = source.token(part.first)?.depth;
    let at = part.last;
    while (at > part.first && !(source.token(at)?.text === 'WITH' && source.token(at)?.depth === inner)) at--;
    const read = readElement(statement, table, element, { first: part.first, last: at - 1 });
    if (read === undefined) {
      keepClause(
        statement,
        table,
        `ADD ${text(statement, clause)}`,
        `it names column ${element.name}, which the table does not have`,
      );
      return;
    }
    elements.push({ ...read, operator: source.slice({ first: at + 1, last: part.last }) });
  }
  const method = node.access_method;
  const exclusion: Exclusion = {
    id: state.partId('exclusions', table, node.conname ?? `exclusion ${table.exclusions.length + 1}`),
    ...named(node),
    ...(method === undefined || method === '' ? {} : { method }),
    elements,
    ...indexTail(statement, table, node),
    ...(node.where_clause === undefined ? {} : { where: bracketsAfter(statement, range, 'WHERE') }),
    ...(clause.deferral === undefined ? {} : { deferral: clause.deferral }),
  };
  table.exclusions.push(exclusion as Writable<Exclusion>);
  mark(statement, exclusion.id, clause);
}

function actions(statement: Statement, table: MutableTable, node: Constraint): Partial<Relationship> {
  const onDelete = ACTIONS[node.fk_del_action ?? ''];
  const onUpdate = ACTIONS[node.fk_upd_action ?? ''];
  const { ids } = columnIds(statement, table, texts(node.fk_del_set_cols));
  return {
    ...(onDelete === undefined ? {} : { onDelete }),
    ...(onUpdate === undefined ? {} : { onUpdate }),
    ...(ids.length === 0 ? {} : { onDeleteColumns: ids }),
    ...(node.fk_matchtype === 'f' ? { match: 'full' as const } : {}),
  };
}

/** Reads a foreign key; its parent is looked for when the whole text is read. */
function readForeignKey(
  statement: Statement,
  table: MutableTable,
  clause: Clause,
  column: string | undefined,
  alone: boolean,
): void {
  const { state, outcome } = statement;
  const { node } = clause;
  const names = column === undefined ? texts(node.fk_attrs) : [column];
  const { ids, missing } = columnIds(statement, table, names);
  if (missing !== undefined) {
    keepMissing(statement, table, clause, `the foreign key names column ${missing}`, missing);
    return;
  }
  const hint = `${state.hint(table.schema, table.name)} ${node.conname ?? names.join(' ')}`;
  const relationship: Relationship = {
    id: state.recordId('relationships', hint),
    ...named(node),
    child: table.id,
    parent: '',
    childColumns: ids,
    parentColumns: [],
    ...actions(statement, table, node),
    ...(clause.deferral === undefined ? {} : { deferral: clause.deferral }),
    ...(clause.added === true && node.skip_validation === true && clause.notEnforced !== true ? { notValid: true } : {}),
    ...(clause.notEnforced === true ? { notEnforced: true } : {}),
    ...(node.fk_with_period === true ? { period: true } : {}),
  };
  state.records.relationships.set(relationship.id, relationship as Writable<Relationship>);
  const parent = nameOf(node.pktable);
  const clauseText = column === undefined ? text(statement, clause) : columnForeignKey(statement, clause, column);
  state.pending.push({
    relationship: relationship.id,
    child: table.id,
    parents: state.candidates(parent),
    parentText: parent.schema === undefined ? parent.name : `${parent.schema}.${parent.name}`,
    columns: texts(node.pk_attrs),
    outcome,
    from: node.location ?? 0,
    clause: clauseText,
    alone,
  });
  state.resolve(state.pending.length - 1);
  if (column === undefined) mark(statement, relationship.id, clause);
  if (alone) outcome.record = relationship.id;
}

/** A column's `REFERENCES ...` as a table constraint. */
function columnForeignKey(statement: Statement, clause: Clause, column: string): string {
  const { source } = statement;
  const at = source.find('REFERENCES', clause.range.first, clause.range.last);
  const name =
    clause.node.conname === undefined ? '' : `${source.slice({ first: clause.range.first, last: clause.range.first + 1 })} `;
  return `${name}FOREIGN KEY (${statement.state.quote(column)}) ${source.slice({ first: at, last: clause.range.last })}`;
}

function readNotNull(statement: Statement, table: MutableTable, clause: Clause): void {
  const { node } = clause;
  const [name = ''] = texts(node.keys);
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined || node.is_no_inherit === true || node.skip_validation === true) {
    keepClause(statement, table, `ADD ${text(statement, clause)}`, `this NOT NULL constraint on ${name} has no field in the model`);
    return;
  }
  column.nullable = false;
  if (node.conname !== undefined) column.notNullName = node.conname;
}

/**
 * Adds a table constraint, or one of a column's line (its `column` then names it), to the table.
 * @param alone it is a statement of its own, so the statement is about the constraint.
 */
export function readConstraint(statement: Statement, table: MutableTable, clause: Clause, column?: string, alone = false): void {
  switch (clause.node.contype) {
    case 'CONSTR_PRIMARY':
    case 'CONSTR_UNIQUE':
      readKey(statement, table, clause, column);
      break;
    case 'CONSTR_CHECK':
      readCheck(statement, table, clause, column);
      break;
    case 'CONSTR_EXCLUSION':
      readExclusion(statement, table, clause);
      break;
    case 'CONSTR_FOREIGN':
      readForeignKey(statement, table, clause, column, alone);
      break;
    case 'CONSTR_NOTNULL':
      readNotNull(statement, table, clause);
      break;
    default:
      keepClause(
        statement,
        table,
        `ADD ${text(statement, clause)}`,
        `the model has no field for ${clause.node.contype ?? 'this constraint'}`,
      );
  }
}
