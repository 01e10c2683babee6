import type { RenameStmt } from 'libpg-query';
import type { Column } from '#model/column-types.ts';
import type { View } from '#model/types.ts';
import { as, items, nameOf, qualifiedName, texts } from './ast.ts';
import { followName } from './follow.ts';
import { keepIndexNames, keepInventedNames } from './keep-names.ts';
import { findConstraint, findIndex } from './lookup.ts';
import { findTarget, sayTarget } from './objects.ts';
import { failed, modelled, type Outcome, skipped } from './outcome.ts';
import type { MutableTable } from './state.ts';
import { keepVerbatim, type Statement } from './statement.ts';
import type { Writable } from './writable.ts';

function missing(node: RenameStmt, said: string): Outcome {
  if (node.missing_ok === true) return skipped('it is not in the text, so IF EXISTS does nothing', said);
  return failed(`${said} is not in the text`, said);
}

function taken(node: RenameStmt, said: string): Outcome {
  return failed(`the name ${node.newname ?? ''} is taken already`, said);
}

function renameRelation(statement: Statement, node: RenameStmt, said: string): Outcome {
  const { state } = statement;
  const name = nameOf(node.relation);
  const found = state.relation(name);
  if (found === undefined || found.kind === 'opaque') return missing(node, said);
  const record = state.get(found.kind, found.id);
  if (record === undefined || !('schema' in record)) return missing(node, said);
  if (state.relationIn(record.schema, node.newname ?? '') !== undefined) return taken(node, said);
  if (found.kind === 'tables') keepInventedNames(state, record as MutableTable);
  else if (found.kind === 'views') keepIndexNames(state, record as Writable<View>);
  state.unregister(record.schema, record.name);
  followName(state, statement.parser, { record: record.id }, node.newname ?? '');
  record.name = node.newname ?? '';
  state.register(record.schema, record.name, found);
  state.indexNames.forget();
  return modelled(`${said} to ${record.name}`, record.id);
}

function renameColumn(statement: Statement, node: RenameStmt, said: string): Outcome {
  const { state } = statement;
  const table = state.table(nameOf(node.relation));
  const newName = node.newname ?? '';
  if (table === undefined) {
    const id = state.typeId(nameOf(node.relation));
    const type = id === undefined ? undefined : state.get('types', id);
    const attribute = type?.kind === 'composite' ? type.attributes.find((one) => one.name === node.subname) : undefined;
    if (type === undefined || attribute === undefined) return missing(node, said);
    followName(state, statement.parser, { record: type.id, part: attribute.id }, newName);
    return modelled(said, type.id, attribute.id);
  }
  const column: Writable<Column> | undefined = state.column(table, node.subname ?? '');
  if (state.column(table, newName) !== undefined) return taken(node, said);
  if (column === undefined) return failed(`table ${table.name} has no column ${node.subname ?? ''}`, said);
  keepInventedNames(state, table, column.id);
  followName(state, statement.parser, { record: table.id, part: column.id }, newName);
  return modelled(`column ${table.name}.${node.subname ?? ''} to ${newName}`, table.id, column.id);
}

function renameIndex(statement: Statement, node: RenameStmt, said: string): Outcome {
  const found = findIndex(statement.state, nameOf(node.relation));
  if (found === undefined) return missing(node, said);
  const part = found.index ?? found.key;
  part.name = node.newname ?? '';
  statement.state.indexNames.forget();
  return modelled(said, found.owner.id, part.id);
}

function renameConstraint(statement: Statement, node: RenameStmt, said: string): Outcome {
  const { state } = statement;
  const table = state.table(nameOf(node.relation));
  const found = table === undefined ? undefined : findConstraint(state, table, node.subname ?? '');
  if (table === undefined || found === undefined) return missing(node, said);
  const name = node.newname ?? '';
  state.indexNames.forget();
  if (found.kind === 'relationship') {
    found.relationship.name = name;
    return modelled(said, found.relationship.id);
  }
  if (found.kind === 'notNull') {
    for (const column of table.columns) if (column.id === found.column) column.notNullName = name;
    return modelled(said, table.id, found.column);
  }
  for (const part of table[found.kind]) if (part.id === found.id) part.name = name;
  return modelled(said, table.id, found.id);
}

function renameOnTable(statement: Statement, node: RenameStmt, said: string): Outcome {
  const { state } = statement;
  const on = nameOf(node.relation);
  if (node.renameType === 'OBJECT_POLICY') {
    const table = state.table(on);
    const policy = table?.policies.find((one) => one.name === node.subname);
    if (table === undefined || policy === undefined) return missing(node, said);
    policy.name = node.newname ?? '';
    return modelled(said, table.id, policy.id);
  }
  const relation = state.relation(on);
  const trigger = [...state.records.triggers.values()].find((one) => one.on === relation?.id && one.name === node.subname);
  if (trigger === undefined) return missing(node, said);
  trigger.name = node.newname ?? '';
  return modelled(said, trigger.id);
}

function renameType(statement: Statement, node: RenameStmt, said: string): Outcome {
  const { state } = statement;
  const typeName = as(node.object, 'TypeName');
  const id = state.typeId(qualifiedName(typeName === undefined ? texts(items(node.object)) : texts(typeName.names)));
  const type = id === undefined ? undefined : state.get('types', id);
  if (type === undefined) return missing(node, said);
  if (state.typeIn(type.schema, node.newname ?? '') !== undefined) return taken(node, said);
  state.unregisterType(type.schema, type.name);
  followName(state, statement.parser, { record: type.id }, node.newname ?? '');
  type.name = node.newname ?? '';
  state.registerType(type.schema, type.name, type.id);
  return modelled(said, type.id);
}

/** `ALTER ... RENAME` */
export function rename(statement: Statement, node: RenameStmt): Outcome {
  const said = sayTarget(node.renameType, node.object, node.relation);
  switch (node.renameType) {
    case 'OBJECT_TABLE':
    case 'OBJECT_VIEW':
    case 'OBJECT_MATVIEW':
    case 'OBJECT_SEQUENCE':
      return renameRelation(statement, node, said);
    case 'OBJECT_COLUMN':
    case 'OBJECT_ATTRIBUTE':
      return renameColumn(statement, node, said);
    case 'OBJECT_INDEX':
      return renameIndex(statement, node, said);
    case 'OBJECT_TABCONSTRAINT':
      return renameConstraint(statement, node, said);
    case 'OBJECT_TRIGGER':
    case 'OBJECT_POLICY':
      return renameOnTable(statement, node, said);
    case 'OBJECT_TYPE':
    case 'OBJECT_DOMAIN':
      return renameType(statement, node, said);
    case 'OBJECT_SCHEMA':
      if (statement.state.findSchema(node.subname ?? '') === undefined) return missing(node, said);
      followName(
        statement.state,
        statement.parser,
        { record: statement.state.findSchema(node.subname ?? '') ?? '' },
        node.newname ?? '',
      );
      statement.state.renameSchema(node.subname ?? '', node.newname ?? '');
      return { state: 'modelled', object: `schema ${node.subname ?? ''} to ${node.newname ?? ''}` };
    case 'OBJECT_FUNCTION':
    case 'OBJECT_PROCEDURE':
    case 'OBJECT_ROUTINE':
      return keepAlter(statement, findTarget(statement, node.renameType, node.object)?.record, said);
    default:
      return keepAlter(statement, undefined, said);
  }
}

/** A rename that is kept as text: of a routine, whose name stands in its definition, or of what the model does not hold. */
function keepAlter(statement: Statement, about: string | undefined, said: string): Outcome {
  keepVerbatim(statement, 'ALTER RENAME', statement.sql, 'last', about);
  return { state: 'verbatim', object: said, reason: 'the model has no field for it' };
}
