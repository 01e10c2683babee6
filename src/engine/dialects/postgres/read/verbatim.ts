import type { GrantStmt, Node, RuleStmt } from 'libpg-query';
import type { Id, Sql, Verbatim } from '#model/types.ts';
import { lex } from '../lex.ts';
import { as, kindOf, nameOf } from './ast.ts';
import { findTarget } from './objects.ts';
import { type Outcome, skipped } from './outcome.ts';
import { keepVerbatim, type Statement } from './statement.ts';

/** What other objects may need: kept before all of them. */
const FIRST: ReadonlySet<string> = new Set([
  'CreateExtensionStmt',
  'AlterExtensionStmt',
  'AlterExtensionContentsStmt',
  'CreateRoleStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'GrantRoleStmt',
  'CreatePLangStmt',
  'CreateFdwStmt',
  'CreateForeignServerStmt',
  'CreateUserMappingStmt',
  'CreateTableSpaceStmt',
  'CreateConversionStmt',
]);

/** Statements that change no schema, by kind of node, each with why it is skipped. */
const SKIPPED: Readonly<Record<string, string>> = {
  InsertStmt: 'data',
  UpdateStmt: 'changes data, not the schema',
  DeleteStmt: 'changes data, not the schema',
  MergeStmt: 'changes data, not the schema',
  TruncateStmt: 'changes data, not the schema',
  CopyStmt: 'data',
  ExplainStmt: 'a query: it changes nothing',
  VacuumStmt: 'maintenance: it changes nothing',
  ReindexStmt: 'maintenance: it changes nothing',
  ClusterStmt: 'maintenance: it changes nothing',
  CheckPointStmt: 'maintenance: it changes nothing',
  RefreshMatViewStmt: 'data of a materialized view',
  LockStmt: 'lock: it changes nothing',
  DiscardStmt: 'setting of the session',
  ListenStmt: 'setting of the session',
  UnlistenStmt: 'setting of the session',
  NotifyStmt: 'it changes nothing',
  PrepareStmt: 'setting of the session',
  ExecuteStmt: 'setting of the session',
  DeallocateStmt: 'setting of the session',
  VariableShowStmt: 'a query: it changes nothing',
  ConstraintsSetStmt: 'transaction: it changes nothing by itself',
  LoadStmt: 'setting of the session',
  CreatedbStmt: 'the database itself is not part of a schema',
  DropdbStmt: 'the database itself is not part of a schema',
  AlterDatabaseStmt: 'the database itself is not part of a schema',
  AlterDatabaseSetStmt: 'the database itself is not part of a schema',
};

/** Why a statement is skipped, when its kind changes no schema. */
export function skipKind(node: Node): Outcome | undefined {
  const reason = SKIPPED[kindOf(node)];
  return reason === undefined ? undefined : skipped(reason);
}

const TWO_WORDS =
  /^(?:FOREIGN (?:TABLE|DATA)|TEXT SEARCH|DEFAULT PRIVILEGES|EVENT TRIGGER|ACCESS METHOD|USER MAPPING|OPERATOR (?:CLASS|FAMILY))$/;

/** The first words of a statement, as its kind: `CREATE EXTENSION`, `GRANT`, `CREATE OPERATOR CLASS`. */
function leadingWords({ source }: Statement): string {
  const words = source.tokens
    .slice(0, 6)
    .map((token) => token.text)
    .filter((text) => !/^(?:OR|REPLACE|TRUSTED|PROCEDURAL)$/.test(text));
  const [verb = '', first = '', second = ''] = words;
  if (!/^(?:CREATE|ALTER|DROP|SECURITY|IMPORT)$/.test(verb)) return verb;
  return TWO_WORDS.test(`${first} ${second}`) ? `${verb} ${first} ${second}` : `${verb} ${first}`;
}

/** The name that follows the leading words of `CREATE` or `DROP`: tokens without a gap, up to a bracket. */
function nameBehind(sql: Sql, kind: string): string {
  const skipped = new Set([...kind.toLowerCase().split(' '), 'or', 'replace', 'trusted', 'procedural', 'if', 'not', 'exists']);
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  const from = tokens.findIndex(({ text }) => !skipped.has(text));
  let name = '';
  for (let at = from; at >= 0 && at < tokens.length && tokens[at]?.text !== '('; at++) {
    if (at > from && tokens[at]?.start !== tokens[at - 1]?.end) break;
    name += tokens[at]?.text ?? '';
  }
  return name;
}

function names(sql: Sql, name: string): boolean {
  return lex(sql).some(({ text }) => text === name);
}

/** Forgets what was kept as text and is dropped again. False when nothing was. */
export function removeKept(statement: Statement): boolean {
  const { verbatim } = statement.state.records;
  const dropped = leadingWords(statement);
  const [kind, name] = [dropped.replace(/^DROP/, 'CREATE'), nameBehind(statement.sql, dropped)];
  const kept = [...verbatim.values()].filter((raw) => raw.kind === kind && nameBehind(raw.sql, kind) === name);
  for (const { id } of kept) verbatim.delete(id);
  if (kind === 'CREATE ROLE' && kept.length > 0) {
    for (const raw of verbatim.values()) if (/^(?:GRANT|REVOKE)$/.test(raw.kind) && names(raw.sql, name)) verbatim.delete(raw.id);
  }
  return kept.length > 0;
}

function aboutGrant(statement: Statement, node: GrantStmt): Id | undefined {
  if (node.targtype !== 'ACL_TARGET_OBJECT' || node.objects?.length !== 1) return undefined;
  const [object] = node.objects;
  const relation = as(object, 'RangeVar');
  return findTarget(statement, node.objtype, object, relation)?.record;
}

/** The table that a DO block begins with filling, as the seed of a lookup table does. */
function filledBy(statement: Statement): Id | undefined {
  const block = lex(statement.sql).find((token) => token.kind === 'dollar');
  const tokens = block === undefined ? [] : lex(block.text).filter((token) => token.kind !== 'comment');
  const words = tokens.slice(0, 6).map((token) => token.text);
  if (words.slice(0, 3).join(' ') !== 'begin insert into') return undefined;
  const [, , , first = '', dot, second = ''] = words;
  return statement.state.relation(dot === '.' ? { schema: first, name: second } : { name: first })?.id;
}

function about(statement: Statement, node: Node): Id | undefined {
  if (kindOf(node) === 'DoStmt') return filledBy(statement);
  const grant = as(node, 'GrantStmt');
  if (grant !== undefined) return aboutGrant(statement, grant);
  const rule: RuleStmt | undefined = as(node, 'RuleStmt');
  if (rule !== undefined) return statement.state.relation(nameOf(rule.relation))?.id;
  const statistics = as(node, 'CreateStatsStmt');
  const [relation] = statistics?.relations ?? [];
  if (relation !== undefined) return statement.state.relation(nameOf(as(relation, 'RangeVar')))?.id;
  const change = as(node, 'AlterFunctionStmt');
  return change === undefined ? undefined : findTarget(statement, 'OBJECT_ROUTINE', { ObjectWithArgs: change.func ?? {} })?.record;
}

/** Nothing was read yet: what acts here, such as a DO block, acts before every object. */
function isEmpty({ state }: Statement): boolean {
  return state.records.tables.size === 0 && state.records.types.size === 0 && state.records.routines.size === 0;
}

/** Keeps a statement the model does not know, at the place where it can be written back. */
export function keepStatement(statement: Statement, node: Node): Outcome {
  const kind = leadingWords(statement);
  if (kind.startsWith('DROP ') && removeKept(statement)) return { state: 'modelled', object: kind.toLowerCase() };
  const first = FIRST.has(kindOf(node)) || /^CREATE (?:COLLATION|TEXT SEARCH)/.test(kind) || (kind === 'DO' && isEmpty(statement));
  const place: Verbatim['place'] = first ? 'first' : 'last';
  const record = keepVerbatim(statement, kind, statement.sql, place, about(statement, node));
  return {
    state: 'verbatim',
    object: kind.toLowerCase(),
    record: record.id,
    reason: `the model does not hold ${kind}: kept as text`,
  };
}
