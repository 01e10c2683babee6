import type { AlterObjectSchemaStmt, AlterOwnerStmt, CommentStmt } from 'libpg-query';
import type { Verbatim } from '#model/types.ts';
import { nameOf, roleName } from './ast.ts';
import { followSchema } from './follow.ts';
import { findTarget, sayTarget } from './objects.ts';
import { failed, modelled, type Outcome, skipped } from './outcome.ts';
import { implicitSequence } from './sequences.ts';
import { keepVerbatim, type Statement } from './statement.ts';

/** Object kinds the model holds: one that is not found is missing from the text, and not just unknown to the model. */
const HELD: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_INDEX',
  'OBJECT_COLUMN',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_DOMCONSTRAINT',
]);

function keep(statement: Statement, kind: string, object: string, reason: string): Outcome {
  const place: Verbatim['place'] = object.startsWith('extension') ? 'first' : 'last';
  const record = keepVerbatim(statement, kind, statement.sql, place);
  return { state: 'verbatim', object, record: record.id, reason };
}

/** Whether the name, or what stands before its last parts, is a relation that is kept as text. */
function isOpaque(statement: Statement, said: string): boolean {
  const name = said.slice(said.indexOf(' ') + 1).split('.');
  for (let cut = name.length; cut > 0; cut--) {
    const one = name.slice(0, cut);
    const last = one.at(-1) ?? '';
    const schema = one.at(-2);
    const relation = statement.state.relation(schema === undefined ? { name: last } : { schema, name: last });
    if (relation !== undefined) return relation.kind === 'opaque';
  }
  return false;
}

/** `COMMENT ON` */
export function commentOn(statement: Statement, node: CommentStmt): Outcome {
  const said = sayTarget(node.objtype, node.object);
  const target = findTarget(statement, node.objtype, node.object);
  if (target === undefined) {
    if (HELD.has(node.objtype ?? '') && !isOpaque(statement, said)) return failed(`${said} is not in the text`, said);
    return keep(statement, 'COMMENT', said, 'the model does not hold what it is on');
  }
  if (node.comment === undefined) delete target.on.comment;
  else target.on.comment = node.comment;
  return modelled(said, target.record, target.part);
}

/** `ALTER ... OWNER TO` (other than ALTER TABLE) */
export function alterOwner(statement: Statement, node: AlterOwnerStmt): Outcome {
  const said = sayTarget(node.objectType, node.object, node.relation);
  const target = findTarget(statement, node.objectType, node.object, node.relation);
  if (target?.stated === undefined) {
    if (node.objectType === 'OBJECT_SEQUENCE' && node.relation !== undefined) {
      const implicit = implicitSequence(statement.state, nameOf(node.relation));
      if (implicit !== undefined) return skipped('the sequence of a serial or identity column has the owner of its table', said);
    }
    return keep(statement, 'ALTER OWNER', said, 'the model does not hold it');
  }
  target.stated.owner = roleName(node.newowner);
  return modelled(said, target.record);
}

/** `ALTER ... SET SCHEMA` */
export function setSchema(statement: Statement, node: AlterObjectSchemaStmt): Outcome {
  const { state } = statement;
  const said = sayTarget(node.objectType, node.object, node.relation);
  const target = findTarget(statement, node.objectType, node.object, node.relation);
  const record = target?.stated as { id: string; name: string; schema?: string } | undefined;
  if (target === undefined || record?.schema === undefined) {
    if (node.missing_ok === true) return skipped('it is not in the text, so IF EXISTS does nothing', said);
    return keep(statement, 'ALTER SET SCHEMA', said, 'the model does not hold it');
  }
  const { id: schema } = state.targetSchema({ schema: node.newschema ?? 'public', name: record.name });
  const relation = state.relationIn(record.schema, record.name);
  const from = record.schema;
  followSchema(state, statement.parser, record.id, schema);
  if (relation?.id === record.id) {
    state.unregister(from, record.name);
    state.register(schema, record.name, relation);
  }
  if (state.typeIn(from, record.name) === record.id) {
    state.unregisterType(from, record.name);
    state.registerType(schema, record.name, record.id);
  }
  record.schema = schema;
  state.indexNames.forget();
  return modelled(said, record.id);
}
