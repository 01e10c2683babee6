import type { CreateSchemaStmt, Node } from 'libpg-query';
import { kindOf, roleName } from './ast.ts';
import { modelled, type Outcome, skipped, withResidue } from './outcome.ts';
import type { Statement } from './statement.ts';

/**
 * `CREATE SCHEMA`, with the objects that may stand in it: they are made in that schema.
 * @param fold reads one inner statement.
 */
export function createSchema(statement: Statement, node: CreateSchemaStmt, fold: (node: Node) => Outcome): Outcome {
  const { state, outcome } = statement;
  const name = node.schemaname ?? node.authrole?.rolename ?? '';
  const object = `schema ${name}`;
  const known = state.findSchema(name);
  if (known !== undefined && node.if_not_exists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  const id = known ?? state.addSchema(name);
  const schema = state.get('schemas', id);
  if (schema !== undefined && node.authrole !== undefined) schema.owner = roleName(node.authrole);
  Object.assign(outcome, modelled(object, id));
  const elements = node.schemaElts ?? [];
  if (elements.length === 0) return outcome;
  const path = state.searchPath;
  state.searchPath = [name, ...path];
  for (const element of elements) {
    const inner = fold(element);
    if (inner.state !== 'modelled') withResidue(outcome, `${inner.object ?? kindOf(element)}: ${inner.reason ?? 'kept as text'}`);
  }
  state.searchPath = path;
  outcome.record = id;
  outcome.object = object;
  return outcome;
}
