import type { CreateTableAsStmt, ViewStmt } from 'libpg-query';
import type { View } from '#model/types.ts';
import { nameOf, texts } from './ast.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, type Outcome, skipped } from './outcome.ts';
import type { Statement } from './statement.ts';
import { keepOpaque } from './tables.ts';
import type { Writable } from './writable.ts';

/** Number of the token that begins the query: after the first AS outside brackets. */
function queryStart({ source }: Statement): number {
  return source.find('AS', 0, undefined, 0) + 1;
}

/** Tokens at the end that do not belong to the query: `WITH [NO] DATA`, `WITH [LOCAL] CHECK OPTION`. */
function tail({ source }: Statement, ...words: readonly (readonly string[])[]): number {
  for (const phrase of words) {
    const at = source.tokens.length - phrase.length;
    if (at > 0 && source.words(at, ...phrase)) return phrase.length;
  }
  return 0;
}

function queryText(statement: Statement, cut: number): string {
  return statement.source.slice({ first: queryStart(statement), last: statement.source.tokens.length - 1 - cut });
}

/** `CREATE VIEW` */
export function createView(statement: Statement, node: ViewStmt): Outcome {
  const { state, source } = statement;
  const name = nameOf(node.view);
  const temporary = node.view?.relpersistence === 't';
  const { id: schema } = state.targetSchema(name, temporary);
  const object = `view ${state.say(schema, name.name)}`;
  const relation = state.relationIn(schema, name.name);
  const known = relation?.kind === 'views' ? state.get('views', relation.id) : undefined;
  if (relation !== undefined && (known === undefined || node.replace !== true)) {
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  const checked = node.withCheckOption !== undefined && node.withCheckOption !== 'NO_CHECK_OPTION';
  const cut = checked
    ? tail(statement, ['WITH', 'LOCAL', 'CHECK', 'OPTION'], ['WITH', 'CASCADED', 'CHECK', 'OPTION'], ['WITH', 'CHECK', 'OPTION'])
    : 0;
  const columns = texts(node.aliases);
  const options = storageParameters(node.options, source);
  const view: View = {
    ...(known?.owner === undefined ? {} : { owner: known.owner }),
    ...(known?.comment === undefined ? {} : { comment: known.comment }),
    id: known?.id ?? state.recordId('views', state.hint(schema, name.name)),
    schema,
    name: name.name,
    ...(source.find('RECURSIVE', 0, source.find('VIEW', 0)) >= 0 ? { recursive: true } : {}),
    ...(temporary ? { temporary: true } : {}),
    ...(columns.length === 0 ? {} : { columns }),
    query: queryText(statement, cut),
    ...(options.length === 0 ? {} : { options }),
    ...(checked ? { checkOption: node.withCheckOption === 'LOCAL_CHECK_OPTION' ? ('local' as const) : ('cascaded' as const) } : {}),
    indexes: [],
  };
  state.records.views.set(view.id, view as Writable<View>);
  state.register(schema, view.name, { kind: 'views', id: view.id });
  return modelled(object, view.id);
}

/** `CREATE MATERIALIZED VIEW`; `CREATE TABLE AS` is kept as text, as nothing says its columns. */
export function createTableAs(statement: Statement, node: CreateTableAsStmt): Outcome {
  const { state, source } = statement;
  const { into } = node;
  const reason = 'the columns of CREATE TABLE AS are only known to the database';
  const name = nameOf(into?.rel);
  if (node.objtype !== 'OBJECT_MATVIEW') {
    if (node.if_not_exists === true && state.relation(name) !== undefined)
      return skipped('it exists already, so IF NOT EXISTS does nothing', `table ${name.name}`);
    return keepOpaque(statement, 'CREATE TABLE AS', into?.rel, reason);
  }
  const { id: schema } = state.targetSchema(name);
  const object = `materialized view ${state.say(schema, name.name)}`;
  if (state.relationIn(schema, name.name) !== undefined) {
    if (node.if_not_exists === true) return skipped('it exists already, so IF NOT EXISTS does nothing', object);
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  const cut = tail(statement, ['WITH', 'NO', 'DATA'], ['WITH', 'DATA']);
  const columns = texts(into?.colNames);
  const options = storageParameters(into?.options, source);
  const tablespace = into?.tableSpaceName ?? state.tablespace ?? '';
  const method = into?.accessMethod ?? state.accessMethod ?? 'heap';
  const view: View = {
    id: state.recordId('views', state.hint(schema, name.name)),
    schema,
    name: name.name,
    materialized: true,
    ...(columns.length === 0 ? {} : { columns }),
    query: queryText(statement, cut),
    ...(options.length === 0 ? {} : { options }),
    ...(into?.skipData === true ? { withNoData: true } : {}),
    ...(method === 'heap' ? {} : { accessMethod: method }),
    ...(tablespace === '' ? {} : { tablespace }),
    indexes: [],
  };
  state.records.views.set(view.id, view as Writable<View>);
  state.register(schema, view.name, { kind: 'views', id: view.id });
  return modelled(object, view.id);
}
