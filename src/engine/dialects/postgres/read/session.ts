import type { FuncCall, SelectStmt, VariableSetStmt } from 'libpg-query';
import { all, as, constantText, texts } from './ast.ts';
import { type Outcome, skipped } from './outcome.ts';
import { keepVerbatim, type Statement } from './statement.ts';

/** Schemas of a `search_path` value; `"$user"` names no schema of the text. */
function pathOf(values: readonly string[]): string[] {
  return values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim().replace(/^"(.*)"$/, '$1'))
    .filter((value) => value !== '' && value !== '$user');
}

function setting(statement: Statement, name: string, values: readonly string[] | undefined): Outcome {
  const { state } = statement;
  switch (name) {
    case 'search_path':
      state.searchPath = values === undefined ? ['public'] : pathOf(values);
      return skipped('search_path: followed while reading, and every name is written with its schema');
    case 'default_tablespace':
      state.tablespace = values?.[0] === '' ? undefined : values?.[0];
      return skipped('default_tablespace: followed while reading');
    case 'default_table_access_method':
      state.accessMethod = values?.[0];
      return skipped('default_table_access_method: followed while reading');
    default:
      return skipped(`setting of the session: ${name}`);
  }
}

/** `SET` and `RESET` */
export function setVariable(statement: Statement, node: VariableSetStmt): Outcome {
  if (node.is_local === true) statement.state.transactions.setLocal();
  if (node.kind === 'VAR_RESET_ALL') return setting(statement, 'search_path', undefined);
  const values = node.kind === 'VAR_SET_VALUE' ? (node.args ?? []).map((arg) => constantText(arg) ?? '') : undefined;
  return setting(statement, (node.name ?? '').toLowerCase(), values);
}

/** Functions of PostgreSQL that only tell something. */
const READS_ONLY = /^(?:pg_|obj_description$|col_description$|enum_|version$|now$|current_|to_reg)/;

/** Functions that set a session or a sequence: their calls are read or skipped, not kept. */
function knownCall(statement: Statement, call: FuncCall): Outcome | undefined {
  const name = texts(call.funcname).at(-1);
  const [first, second] = (call.args ?? []).map((arg) => constantText(arg));
  if (name === 'set_config') return setting(statement, (first ?? '').toLowerCase(), second === undefined ? undefined : [second]);
  if (name === 'setval') return skipped('value of a sequence: data');
  return undefined;
}

/** `SELECT`: calls that only act (`SELECT create_hypertable(...)`) are kept; queries change nothing. */
export function select(statement: Statement, node: SelectStmt): Outcome {
  if (node.intoClause !== undefined) {
    keepVerbatim(statement, 'SELECT INTO', statement.sql, 'last');
    return { state: 'verbatim', reason: 'the columns of SELECT INTO are only known to the database' };
  }
  const targets = all(node.targetList, 'ResTarget').map((target) => as(target.val, 'FuncCall'));
  const acts = targets.length > 0 && targets.every((call) => call !== undefined) && (node.fromClause ?? []).length === 0;
  const [call] = targets;
  if (!acts || call === undefined) return skipped('a query: it changes nothing');
  const known = knownCall(statement, call);
  if (known !== undefined) return known;
  const names = texts(call.funcname);
  if (names[0] === 'pg_catalog' || READS_ONLY.test(names.at(-1) ?? '')) return skipped('a query: it changes nothing');
  keepVerbatim(statement, 'SELECT', statement.sql, 'last');
  return {
    state: 'verbatim',
    object: `call of ${names.join('.')}`,
    reason: 'a function call may change the database: kept as text',
  };
}
