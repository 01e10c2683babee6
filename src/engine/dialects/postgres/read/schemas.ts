import type { CreateSchemaStmt } from 'libpg-query';
import { roleName } from './ast.ts';
import { modelled, type Outcome, skipped, withResidue } from './outcome.ts';
import type { Statement } from './statement.ts';

/** Texts of the statements inside CREATE SCHEMA: each begins with CREATE or GRANT outside brackets. */
function elementTexts({ source, sql }: Statement): string[] {
  const starts = source.tokens.flatMap((token, i) =>
    i > 0 && token.depth === 0 && /^(?:CREATE|GRANT)$/.test(token.text) ? [i] : [],
  );
  const ends = [...starts.slice(1), source.tokens.length].map((next) => next - 1);
  return sql === '' ? [] : starts.map((first, i) => source.slice({ first, last: ends[i] as number }));
}

/** `CREATE SCHEMA`, with the objects that may stand in it: they are made in that schema. */
export function createSchema(statement: Statement, node: CreateSchemaStmt): Outcome {
  const { state, outcome } = statement;
  const name = node.schemaname ?? node.authrole?.rolename ?? '';
  const object = `schema ${name}`;
  const known = state.findSchema(name);
  if (known !== undefined && node.if_not_exists === true)
    return skipped('it exists already, so IF NOT EXISTS does nothing', object);
  const id = known ?? state.addSchema(name);
  const schema = state.get('schemas', id);
  if (schema !== undefined && node.authrole !== undefined) schema.owner = roleName(node.authrole);
  Object.assign(outcome, modelled(object, id));
  if ((node.schemaElts ?? []).length === 0) return outcome;
  const path = state.searchPath;
  state.searchPath = [name, ...path];
  for (const text of elementTexts(statement)) {
    const inner = statement.fold(text);
    if (inner.state !== 'modelled') withResidue(outcome, `${inner.object ?? 'a part'}: ${inner.reason ?? 'kept as text'}`);
  }
  state.searchPath = path;
  return outcome;
}
