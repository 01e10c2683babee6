import type { CreateFunctionStmt, DefineStmt, FunctionParameter, ObjectWithArgs } from 'libpg-query';
import type { Routine } from '#model/types.ts';
import { all, as, qualifiedName, texts } from './ast.ts';
import { modelled, type Outcome } from './outcome.ts';
import type { Statement } from './statement.ts';
import { signatureType } from './types.ts';
import type { Writable } from './writable.ts';

const INPUT: ReadonlySet<string> = new Set(['FUNC_PARAM_IN', 'FUNC_PARAM_INOUT', 'FUNC_PARAM_VARIADIC', 'FUNC_PARAM_DEFAULT']);

/** Identity arguments: the types of the parameters that are given. */
function signatureOf(statement: Statement, parameters: readonly FunctionParameter[], procedure: boolean): string {
  const { state, source } = statement;
  return parameters
    .filter((parameter) => INPUT.has(parameter.mode ?? 'FUNC_PARAM_IN') || (procedure && parameter.mode === 'FUNC_PARAM_OUT'))
    .map((parameter) => signatureType(state, parameter.argType, source))
    .join(', ');
}

/** Writes the routine's own name with its schema, when the search path decided it. */
function withSchema(statement: Statement, parts: readonly string[], schema: string): string {
  const { source, sql, state } = statement;
  if (parts.length > 1 || schema === 'public') return sql;
  const kind = source.tokens.findIndex((token) => ['FUNCTION', 'PROCEDURE', 'AGGREGATE'].includes(token.text));
  const name = source.token(kind + 1);
  return name === undefined ? sql : `${sql.slice(0, name.start)}${state.quote(schema)}.${sql.slice(name.start)}`;
}

function put(statement: Statement, parts: readonly string[], kind: Routine['kind'], signature: string): Outcome {
  const { state } = statement;
  const name = qualifiedName(parts);
  const { id: schema } = state.targetSchema(name);
  const definition = withSchema(statement, parts, state.schemaName(schema));
  const object = `${kind} ${state.say(schema, name.name)}(${signature})`;
  const known = [...state.records.routines.values()].find((one) => {
    return one.schema === schema && one.name === name.name && one.signature === signature;
  });
  if (known !== undefined) {
    known.definition = definition;
    known.kind = kind;
    return modelled(object, known.id);
  }
  const id = state.recordId('routines', `${state.hint(schema, name.name)}(${signature})`);
  state.records.routines.set(id, { id, schema, name: name.name, kind, signature, definition });
  return modelled(object, id);
}

/** `CREATE FUNCTION` and `CREATE PROCEDURE`: the whole statement is the definition. */
export function createRoutine(statement: Statement, node: CreateFunctionStmt): Outcome {
  const procedure = node.is_procedure === true;
  const signature = signatureOf(statement, all(node.parameters, 'FunctionParameter'), procedure);
  return put(statement, texts(node.funcname), procedure ? 'procedure' : 'function', signature);
}

/** `CREATE AGGREGATE name (types) (...)`. Undefined for the old form without types. */
export function createAggregate(statement: Statement, node: DefineStmt): Outcome | undefined {
  const [list] = node.args ?? [];
  if (node.oldstyle === true || list === undefined) return undefined;
  const parameters = all(as(list, 'List')?.items, 'FunctionParameter');
  const signature = parameters.length === 0 ? '*' : signatureOf(statement, parameters, false);
  return put(statement, texts(node.defnames), 'aggregate', signature);
}

/** The routines that a reference such as `audit.log(text)` names: without arguments, every one of that name. */
export function routinesOf(statement: Statement, reference: ObjectWithArgs | undefined): Writable<Routine>[] {
  const { state, source } = statement;
  if (reference === undefined) return [];
  const types = all(reference.objargs, 'TypeName');
  const parameters = all(reference.objfuncargs, 'FunctionParameter');
  const signatures = new Set([
    types.map((type) => signatureType(state, type, source)).join(', '),
    signatureOf(statement, parameters, false),
    signatureOf(statement, parameters, true),
  ]);
  for (const { schema, name } of state.candidates(qualifiedName(texts(reference.objname)))) {
    const id = state.findSchema(schema ?? 'public');
    const named = [...state.records.routines.values()].filter((one) => one.schema === id && one.name === name);
    const found =
      reference.args_unspecified === true
        ? named
        : named.filter((one) => signatures.has(one.signature) || (one.signature === '*' && types.length === 0));
    if (found.length > 0) return found;
  }
  return [];
}
