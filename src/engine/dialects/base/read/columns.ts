import type { Column, Default } from '#model/column-types.ts';
import type { StatementParser } from '../../../sql/parser-port.ts';
import { literal } from '../../postgres/quote.ts';
import { withResidue } from '../../postgres/read/outcome.ts';
import type { MutableTable } from '../../postgres/read/state.ts';
import type { Statement } from '../../postgres/read/statement.ts';
import type { Writable } from '../../postgres/read/writable.ts';
import { list, type Tree, text, tree, unquoted } from './tree.ts';
import { readType } from './types.ts';

/** What reading a statement of another dialect needs. */
export interface Reading extends Pick<Statement, 'state' | 'outcome'> {
  readonly parser: StatementParser;
  /** Strings have backslash escapes. */
  readonly backslashes: boolean;
  /** What the model or PostgreSQL has no place for. */
  readonly lost: string[];
}

/** Notes something that does not come in. */
export function lose({ outcome, lost }: Reading, what: string): void {
  lost.push(what);
  withResidue(outcome, what);
}

function isNow(value: Tree): boolean {
  const [name] = list(tree(value['name'])['name']);
  return value['type'] === 'function' && /^(?:now|current_timestamp|localtimestamp)$/i.test(String(name?.['value'] ?? ''));
}

/** A default of a column: constants and the current time in PostgreSQL's words, anything else as the parser says it. */
function readDefault(reading: Reading, value: Tree, isBoolean: boolean): Default {
  const constant = value['value'];
  switch (value['type']) {
    case 'null':
      return { kind: 'null', sql: 'NULL' };
    case 'number':
      if (isBoolean && (constant === 0 || constant === 1)) return { kind: 'literal', sql: constant === 1 ? 'true' : 'false' };
      return { kind: 'literal', sql: String(constant) };
    case 'bool':
      return { kind: 'literal', sql: constant === true ? 'true' : 'false' };
    case 'single_quote_string':
    case 'double_quote_string':
    case 'string':
      if (isBoolean && /^[01]$/.test(String(constant))) return { kind: 'literal', sql: constant === '1' ? 'true' : 'false' };
      return { kind: 'literal', sql: literal(unquoted(String(constant), reading.backslashes)) };
    default:
      if (isNow(value)) return { kind: 'expression', sql: 'CURRENT_TIMESTAMP' };
      return { kind: 'expression', sql: reading.parser.expression(value) };
  }
}

/** An enum type of its own for a column that lists its values. */
function readEnum(reading: Reading, table: MutableTable, name: string, definition: Tree): Column['type'] {
  const { state } = reading;
  const values = list(tree(definition['expr'])['value']).map((one) => unquoted(text(one) ?? '', reading.backslashes));
  const typeName = `${table.name}_${name}`;
  const known = state.typeIn(table.schema, typeName);
  if (known !== undefined) return { kind: 'custom', type: known };
  const id = state.recordId('types', state.hint(table.schema, typeName));
  state.records.types.set(id, { id, schema: table.schema, name: typeName, kind: 'enum', values });
  state.registerType(table.schema, typeName, id);
  return { kind: 'custom', type: id };
}

function setDefault(reading: Reading, column: Writable<Column>, given: Tree): void {
  const value = tree(given['value']);
  const isBoolean = column.type.kind === 'builtin' && column.type.name === 'boolean';
  column.default = readDefault(reading, value, isBoolean);
  if (tree(value['over'])['type'] === 'on update')
    lose(reading, `ON UPDATE of column ${column.name} is left out: it needs a trigger`);
}

/** Adds a column to a table. Its keys, references and checks are the caller's business. */
export function readColumn(reading: Reading, table: MutableTable, definition: Tree): Writable<Column> {
  const name = text(tree(definition['column'])['column']) ?? text(definition['column']) ?? '';
  const type = tree(definition['definition']);
  const isEnum = String(type['dataType'] ?? '').toUpperCase() === 'ENUM';
  const read: ReturnType<typeof readType> = isEnum ? { type: readEnum(reading, table, name, type) } : readType(type);
  if (read.lost !== undefined) lose(reading, `${read.lost} (column ${name})`);
  const column: Writable<Column> = {
    id: reading.state.partId('columns', table, name),
    name,
    type: read.type as Writable<Column>['type'],
    nullable: tree(definition['nullable'])['type'] !== 'not null',
  };
  if (definition['auto_increment'] !== undefined) {
    column.identity = { mode: 'by default' };
    column.nullable = false;
  }
  if (definition['default_val'] !== undefined && definition['default_val'] !== null)
    setDefault(reading, column, tree(definition['default_val']));
  const comment = text(tree(definition['comment'])['value']);
  if (comment !== undefined) column.comment = unquoted(comment, reading.backslashes);
  const generated = tree(definition['generated']);
  if (generated['expr'] !== undefined) {
    column.generated = { expression: reading.parser.expression(generated['expr']), stored: generated['storage_type'] === 'stored' };
  }
  table.columns.push(column);
  return column;
}
