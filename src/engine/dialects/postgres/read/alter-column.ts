import type { Column, Identity } from '#model/column-types.ts';
import { type Alteration, keepCommand } from './alteration.ts';
import { as, constantText, texts } from './ast.ts';
import { readIdentity } from './columns.ts';
import { readDefault } from './expressions.ts';
import { spellOut } from './keep-names.ts';
import { sequenceClauses } from './options.ts';
import { withResidue } from './outcome.ts';
import { readType } from './types.ts';
import type { Writable } from './writable.ts';

/** Commands of ALTER TABLE that are about one column. */
export const COLUMN_COMMANDS: ReadonlySet<string> = new Set([
  'AT_ColumnDefault',
  'AT_SetNotNull',
  'AT_DropNotNull',
  'AT_AlterColumnType',
  'AT_AddIdentity',
  'AT_SetIdentity',
  'AT_DropIdentity',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetExpression',
  'AT_DropExpression',
]);

function changeType({ statement, command }: Alteration, column: Writable<Column>): void {
  const { state, source } = statement;
  const node = as(command.def, 'ColumnDef');
  column.type = readType(state, node?.typeName, source) as Writable<Column>['type'];
  delete column.collation;
  if (node?.collClause !== undefined) {
    const at = source.at(node.collClause.location ?? 0);
    column.collation = source.slice({ first: at + 1, last: at + 2 * texts(node.collClause.collname).length - 1 });
  }
}

function changeDefault({ statement, command, range }: Alteration, column: Writable<Column>): void {
  if (command.def === undefined) {
    delete column.default;
    return;
  }
  const at = statement.source.find('DEFAULT', range.first, range.last);
  column.default = readDefault(command.def, statement.source, { first: at + 1, last: range.last });
}

/** `SET GENERATED ...`, `SET START ...`, `RESTART`. */
function changeIdentity(alteration: Alteration, column: Writable<Column>): void {
  const { command } = alteration;
  const list = as(command.def, 'List')?.items ?? [];
  const generated = list.map((node) => as(node, 'DefElem')).find((option) => option?.defname === 'generated');
  const mode = generated === undefined ? undefined : constantText(generated.arg);
  const { options, other } = sequenceClauses(list, column.identity?.options);
  if (column.identity === undefined || other.some((name) => name !== 'generated' && name !== 'restart')) {
    keepCommand(alteration, 'this change of an identity column has no field in the model');
    return;
  }
  if (other.includes('restart')) {
    const { outcome } = alteration.statement;
    outcome.reason = 'RESTART sets the value a sequence stands at: data, not part of its definition';
  }
  // The parser gives the mode as a character code.
  if (mode !== undefined) column.identity.mode = Number(mode) === 97 || mode === 'a' ? 'always' : 'by default';
  if (Object.keys(options).length > 0) column.identity.options = { ...options };
}

/** A column as a partition or child has it: inherited ones get a local one when they are changed here. */
function ownColumn({ statement, table, command }: Alteration): Writable<Column> | undefined {
  const { state } = statement;
  const name = command.name ?? '';
  const own = table.columns.find((column) => column.name === name);
  if (own !== undefined) return own;
  const inherited = state.column(table, name);
  if (inherited === undefined) return undefined;
  const { comment: _, residue: __, ...rest } = inherited;
  const copy: Writable<Column> = { ...rest, id: state.partId('columns', table, name) };
  table.columns.push(copy);
  return copy;
}

/** Commands that change one of the things that `serial` says in one word. */
const TOUCHES_SERIAL: ReadonlySet<string> = new Set(['AT_ColumnDefault', 'AT_AlterColumnType', 'AT_AddIdentity', 'AT_DropNotNull']);

/** Applies a command about one column. */
export function alterColumn(alteration: Alteration): void {
  const { statement, table, command, range } = alteration;
  const column = ownColumn(alteration);
  if (column === undefined) {
    keepCommand(alteration, `table ${table.name} has no column ${command.name ?? ''}`);
    return;
  }
  statement.outcome.part = column.id;
  if (TOUCHES_SERIAL.has(command.subtype ?? '')) spellOut(statement.state, table, column);
  switch (command.subtype) {
    case 'AT_ColumnDefault':
      changeDefault(alteration, column);
      break;
    case 'AT_SetNotNull':
      column.nullable = false;
      break;
    case 'AT_DropNotNull':
      column.nullable = true;
      delete column.notNullName;
      break;
    case 'AT_AlterColumnType':
      changeType(alteration, column);
      break;
    case 'AT_AddIdentity': {
      const node = as(command.def, 'Constraint');
      if (node !== undefined) column.identity = readIdentity(statement, table, column.name, node) as Writable<Identity>;
      column.nullable = false;
      break;
    }
    case 'AT_SetIdentity':
      changeIdentity(alteration, column);
      break;
    case 'AT_DropIdentity':
      delete column.identity;
      break;
    case 'AT_SetStatistics':
      setStatistics(alteration, column);
      break;
    case 'AT_SetStorage':
      column.storage = constantText(command.def)?.toLowerCase() ?? '';
      break;
    case 'AT_SetCompression':
      column.compression = constantText(command.def) ?? '';
      break;
    case 'AT_SetExpression': {
      const { source } = statement;
      const open = source.find('(', range.first, range.last);
      if (column.generated !== undefined) column.generated.expression = source.slice(source.inside(open));
      break;
    }
    case 'AT_DropExpression':
      delete column.generated;
      break;
    default:
      withResidue(statement.outcome, 'the model has no field for it');
  }
}

function setStatistics({ command }: Alteration, column: Writable<Column>): void {
  const value = Number(constantText(command.def) ?? -1);
  if (value >= 0) column.statistics = value;
  else delete column.statistics;
}
