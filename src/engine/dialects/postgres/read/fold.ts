import type { Node } from 'libpg-query';
import type { PgParser, PgTree } from '../../../sql/parser-port.ts';
import { keptName, utf8Length } from '../names.ts';
import { NAME_BYTES } from '../quote.ts';
import { alterTable } from './alter-table.ts';
import { as } from './ast.ts';
import { attachIndex } from './attach-index.ts';
import { alterComposite, alterDomain, alterEnum, createComposite, createDomain, createEnum, createRange } from './custom-types.ts';
import { alterOwner, commentOn, setSchema } from './describe.ts';
import { drop } from './drop.ts';
import { createIndex } from './indexes.ts';
import { failed, note, type Outcome } from './outcome.ts';
import { alterPolicy, createPolicy } from './policies.ts';
import { positionBefore, qualifyNames } from './qualify.ts';
import { rename } from './rename.ts';
import { createAggregate, createRoutine } from './routines.ts';
import { createSchema } from './schemas.ts';
import { alterSequence, createSequence } from './sequences.ts';
import { select, setVariable } from './session.ts';
import type { ReadState } from './state.ts';
import type { Statement } from './statement.ts';
import { createTable, keepOpaque } from './tables.ts';
import { Source } from './tokens.ts';
import { createTrigger } from './triggers.ts';
import { keepStatement, skipKind } from './verbatim.ts';
import { createTableAs, createView } from './views.ts';

type Handlers = { readonly [kind: string]: ((statement: Statement, node: Node) => Outcome | undefined) | undefined };

/** One handler, with its node unwrapped. */
function on<K extends Parameters<typeof as>[1]>(
  kind: K,
  handler: (statement: Statement, node: NonNullable<ReturnType<typeof as<K>>>) => Outcome | undefined,
): Handlers {
  return {
    [kind]: (statement, node) => {
      const inner = as(node, kind);
      return inner === undefined ? undefined : handler(statement, inner as NonNullable<ReturnType<typeof as<K>>>);
    },
  };
}

const HANDLERS: Handlers = {
  ...on('CreateSchemaStmt', createSchema),
  ...on('CreateStmt', createTable),
  ...on('AlterTableStmt', (statement, node) => {
    if (node.objtype === 'OBJECT_TYPE') return alterComposite(statement, node);
    return node.objtype === 'OBJECT_INDEX' ? attachIndex(statement, node) : alterTable(statement, node);
  }),
  ...on('IndexStmt', createIndex),
  ...on('ViewStmt', createView),
  ...on('CreateTableAsStmt', createTableAs),
  ...on('CreateForeignTableStmt', (statement, node) => {
    return keepOpaque(statement, 'CREATE FOREIGN TABLE', node.base?.relation, 'the model does not hold foreign tables');
  }),
  ...on('CreateEnumStmt', createEnum),
  ...on('AlterEnumStmt', alterEnum),
  ...on('CreateDomainStmt', createDomain),
  ...on('AlterDomainStmt', alterDomain),
  ...on('CompositeTypeStmt', createComposite),
  ...on('CreateRangeStmt', createRange),
  ...on('CreateSeqStmt', createSequence),
  ...on('AlterSeqStmt', alterSequence),
  ...on('CreateFunctionStmt', createRoutine),
  ...on('DefineStmt', (statement, node) => (node.kind === 'OBJECT_AGGREGATE' ? createAggregate(statement, node) : undefined)),
  ...on('CreateTrigStmt', createTrigger),
  ...on('CreatePolicyStmt', createPolicy),
  ...on('AlterPolicyStmt', alterPolicy),
  ...on('CommentStmt', commentOn),
  ...on('AlterOwnerStmt', alterOwner),
  ...on('AlterObjectSchemaStmt', setSchema),
  ...on('RenameStmt', rename),
  ...on('DropStmt', drop),
  ...on('VariableSetStmt', setVariable),
  ...on('SelectStmt', select),
  ...on('TransactionStmt', (statement, node) => statement.state.transactions.handle(statement, node)),
};

function foldNode(statement: Statement, node: Node): Outcome {
  const [kind = ''] = Object.keys(node);
  const handler = Object.hasOwn(HANDLERS, kind) ? HANDLERS[kind] : undefined;
  return handler?.(statement, node) ?? skipKind(node) ?? keepStatement(statement, node);
}

/** Names that PostgreSQL cuts: the parser has cut them already, so they are looked for in the text. */
function longNames(source: Source): string[] {
  const names = source.tokens.flatMap(({ kind, start, end, text }) => {
    // A character has three bytes of UTF-8 at most for each unit of the text.
    if ((kind !== 'word' && kind !== 'quoted') || (end - start) * 3 <= NAME_BYTES) return [];
    const name = kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : source.text.slice(start, end);
    return utf8Length(name) > NAME_BYTES ? [name] : [];
  });
  return [...new Set(names)];
}

/** What came of a statement's text, with the places of the parts it defines. */
export interface Folded {
  readonly outcome: Outcome;
  readonly places: Statement['places'];
  readonly source: Source;
}

/**
 * Folds one statement into the state. The outcome may still be changed by {@link finish}.
 * @param text the statement with or without its semicolon.
 */
export function foldStatement(state: ReadState, parser: PgParser, text: string): Folded {
  const parsed = parser.parse(text);
  if (!parsed.ok) return { outcome: failed(parsed.message, undefined, parsed.position), places: [], source: new Source(text) };
  const qualified = qualifyNames(state, parsed.tree, text);
  if (qualified === undefined) return foldTree(state, parser, text, parsed.tree);
  const again = parser.parse(qualified.text);
  if (!again.ok) return foldTree(state, parser, text, parsed.tree);
  const folded = foldTree(state, parser, qualified.text, again.tree);
  const { outcome } = folded;
  if (outcome.position !== undefined) outcome.position = positionBefore(qualified, outcome.position);
  return folded;
}

function foldTree(state: ReadState, parser: PgParser, text: string, tree: PgTree): Folded {
  const source = new Source(text);
  const last = source.tokens.at(-1);
  const first = source.token(0);
  const sql = last === undefined || first === undefined ? text : text.slice(first.start, last.end);
  const fold = (inner: string) => foldStatement(state, parser, inner).outcome;
  const statement: Statement = { state, parser, source, sql, outcome: { state: 'modelled' }, fold, places: [] };
  const nodes = tree.stmts.map((one) => one.stmt as unknown as Node);
  const [node] = nodes;
  if (node === undefined) return { outcome: { state: 'skipped', reason: 'an empty statement' }, places: [], source };
  const outcome = foldNode(statement, node);
  // Foreign keys hold on to the statement's own outcome: what a handler returns is copied into it.
  if (outcome !== statement.outcome) Object.assign(statement.outcome, outcome);
  for (const name of longNames(source)) {
    note(statement.outcome, `the name ${name} has ${utf8Length(name)} bytes, and PostgreSQL keeps ${keptName(name)}`);
  }
  return { outcome: statement.outcome, places: statement.places, source };
}
