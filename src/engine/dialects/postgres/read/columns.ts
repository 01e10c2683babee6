import type { ColumnDef, Constraint } from 'libpg-query';
import type { Column, Identity } from '#model/column-types.ts';
import { inventedName } from '../names.ts';
import { texts } from './ast.ts';
import { bracketsAfter, type Clause, columnClauses, readConstraint } from './constraints.ts';
import { readDefault } from './expressions.ts';
import { sequenceClauses } from './options.ts';
import { withResidue } from './outcome.ts';
import type { MutableTable } from './state.ts';
import type { Statement } from './statement.ts';
import type { Range } from './tokens.ts';
import { isSerialType, readType } from './types.ts';
import type { Writable } from './writable.ts';

/** Identity as the model has it; the sequence's name only when it is not the one PostgreSQL invents. */
export function readIdentity(statement: Statement, table: MutableTable, column: string, node: Constraint): Identity {
  const { state } = statement;
  const { options, sequenceName } = sequenceClauses(node.options);
  const usual = inventedName(table.name, [column], 'seq');
  const elsewhere = sequenceName?.schema !== undefined && sequenceName.schema !== state.schemaName(table.schema);
  if (elsewhere) withResidue(statement.outcome, `the sequence of identity column ${column} moves to the schema of its table`);
  return {
    mode: node.generated_when === 'a' ? 'always' : 'by default',
    ...(sequenceName === undefined || sequenceName.name === usual ? {} : { sequenceName: sequenceName.name }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

/** Where a DEFAULT clause's expression stands. */
function defaultRange({ source }: Statement, { range }: Clause): Range {
  const at = source.find('DEFAULT', range.first, range.last, source.token(range.first)?.depth);
  return { first: at + 1, last: range.last };
}

function applyClause(statement: Statement, table: MutableTable, column: Writable<Column>, clause: Clause): void {
  const { node } = clause;
  switch (node.contype) {
    case 'CONSTR_NULL':
      column.nullable = true;
      break;
    case 'CONSTR_NOTNULL':
      if (node.is_no_inherit === true) {
        // The model has no field for NO INHERIT; the whole clause is kept so that it is written once.
        column.residue = [...(column.residue ?? []), statement.source.slice(clause.range)];
        withResidue(statement.outcome, `NOT NULL NO INHERIT of column ${column.name} is kept as text`);
        break;
      }
      column.nullable = false;
      if (node.conname !== undefined) column.notNullName = node.conname;
      break;
    case 'CONSTR_DEFAULT':
      column.default = readDefault(node.raw_expr, statement.source, defaultRange(statement, clause));
      break;
    case 'CONSTR_IDENTITY':
      column.identity = readIdentity(statement, table, column.name, node) as Writable<Identity>;
      column.nullable = false;
      break;
    case 'CONSTR_GENERATED':
      column.generated = {
        expression: bracketsAfter(statement, clause.range, 'AS'),
        stored: node.generated_kind !== 'v',
      };
      break;
    default:
      readConstraint(statement, table, clause, column.name);
  }
}

/** The column itself, without what its constraints say. */
function plainColumn(statement: Statement, table: MutableTable, node: ColumnDef, range: Range): Writable<Column> {
  const { state, source } = statement;
  const name = node.colname ?? '';
  const inherited = node.typeName === undefined ? state.column(table, name) : undefined;
  const type = inherited?.type ?? readType(state, node.typeName, source);
  const column: Writable<Column> = {
    id: state.partId('columns', table, name),
    name,
    type: type as Writable<Column>['type'],
    nullable: inherited?.nullable ?? !isSerialType(type),
  };
  if (inherited?.collation !== undefined) column.collation = inherited.collation;
  if (inherited?.default !== undefined) column.default = inherited.default;
  if (inherited?.generated !== undefined) column.generated = inherited.generated;
  const { collClause } = node;
  if (collClause !== undefined) {
    const at = source.at(collClause.location ?? 0);
    column.collation = source.slice({ first: at + 1, last: at + 2 * texts(collClause.collname).length - 1 });
  }
  if (node.compression !== undefined) column.compression = node.compression;
  if (node.storage_name !== undefined) column.storage = node.storage_name;
  if (node.fdwoptions !== undefined && node.fdwoptions.length > 0) {
    const at = source.find('OPTIONS', range.first, range.last);
    column.residue = [source.slice({ first: at, last: source.close(at + 1) })];
  }
  return column;
}

/**
 * Reads a column's definition into a table: its type, NOT NULL, default, generation, and the constraints of its line,
 * which become parts of the table. @param range the tokens of the definition.
 */
export function readColumn(statement: Statement, table: MutableTable, node: ColumnDef, range: Range): void {
  const column = plainColumn(statement, table, node, range);
  if (table.columns.some((one) => one.name === column.name)) {
    withResidue(statement.outcome, `column ${column.name} is there twice; PostgreSQL refuses that, and the first is kept`);
    return;
  }
  table.columns.push(column);
  const { source } = statement;
  const limit = node.collClause === undefined ? undefined : source.at(node.collClause.location ?? 0);
  for (const clause of columnClauses(statement, node.constraints, range, limit)) applyClause(statement, table, column, clause);
  const first = source.token(range.first);
  const last = source.token(range.last);
  if (first !== undefined && last !== undefined) statement.places.push({ id: column.id, start: first.start, end: last.end });
}
