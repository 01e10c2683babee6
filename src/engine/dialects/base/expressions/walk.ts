import type { Token } from '../lex.ts';
import { keyword, withQuery } from './clauses.ts';
import type { Clause, MentionKind, Scan } from './scan.ts';
import type { Item } from './scopes.ts';
import { BEFORE_NAME, NO_RELATION, OF_SEQUENCE } from './words.ts';

/** Whether an entry of a select list is complete before this token. */
function endsEntry(scan: Scan, at: number): boolean {
  const token = scan.tokens[at];
  if (token === undefined || token.word === ',' || token.word === ')' || token.word === ';') return true;
  return /^(?:FROM|INTO|WHERE|GROUP|ORDER|UNION|EXCEPT|INTERSECT|MINUS|LIMIT|HAVING|FOR|BULK|END)$/.test(token.word);
}

/** A name in a select list, which may be what its entry is called. @returns true when nothing more is to be done. */
function entry(scan: Scan, first: number): boolean {
  const { frame, names } = scan;
  const chain = scan.chainAt(first);
  const next = scan.tokens[chain.next];
  if (!frame.fresh) {
    if (chain.tokens.length > 1 || !scan.afterOperand()) return false;
    const output = frame.scope.outputs.at(-1);
    if (output !== undefined) Object.assign(output, { key: scan.keyAt(first), alias: true });
    scan.at = chain.next;
    return true;
  }
  if (names.dialect === 'mssql' && next?.word === '=' && chain.tokens.length === 1) {
    const isVariable = chain.tokens[0]?.text.startsWith('@') === true;
    scan.output(isVariable ? {} : { key: scan.keyAt(first), alias: true });
    scan.at = chain.next + 1;
    return true;
  }
  if (next?.word === '.' && scan.tokens[chain.next + 1]?.word === '*') {
    scan.output({ star: true, qualifier: scan.keyAt(chain.next - 1) });
    scan.mention('star', chain);
    scan.at = chain.next + 2;
    return true;
  }
  const alone = endsEntry(scan, chain.next);
  scan.output(alone ? { key: scan.keyAt(chain.next - 1) } : {});
  if (!alone) return false;
  scan.mention('value', chain, true);
  scan.at = chain.next;
  return true;
}

const KIND_OF: Partial<Readonly<Record<Clause, MentionKind>>> = {
  target: 'target',
  using: 'using',
  index: 'index',
  relations: 'relation',
  types: 'type',
};

/** A name that is used as a value, a function, or something of the clause it stands in. */
function use(scan: Scan): void {
  const { frame } = scan;
  const chain = scan.chainAt(scan.at);
  const next = scan.tokens[chain.next];
  const isFresh = frame.fresh;
  frame.fresh = false;
  scan.at = chain.next;
  if (frame.clause === 'none' || chain.tokens[0]?.text.startsWith('@') === true) return;
  if (next?.word === '.' && scan.tokens[chain.next + 1]?.word === '*') {
    scan.mention('star', chain);
    return;
  }
  if (next?.word === '(' && scan.tokens[chain.next + 1]?.word !== '+') {
    scan.mention('call', chain);
    return;
  }
  const percent = next?.word === '%' ? scan.tokens[chain.next + 1]?.word : undefined;
  if (percent === 'TYPE' || percent === 'ROWTYPE') {
    scan.at = chain.next + 2;
    scan.mention(percent === 'TYPE' ? 'column of' : 'relation', chain);
    return;
  }
  if (frame.clause === 'set') {
    scan.mention(isFresh ? 'target' : 'value', chain);
    return;
  }
  const whole = isFresh && (next === undefined || /^(?:,|;|\)|ASC|DESC|NULLS|LIMIT|OFFSET|FETCH|FOR)$/.test(next.word));
  if (frame.clause === 'order') {
    scan.mention(whole ? 'order' : 'value', chain);
    return;
  }
  scan.mention(KIND_OF[frame.clause] ?? 'value', chain);
}

function name(scan: Scan, token: Token): void {
  const { frame } = scan;
  const single = token.kind === 'word' && scan.word(1) !== '.';
  if (single && frame.expects) {
    if (BEFORE_NAME.has(token.word)) {
      scan.at++;
      if (token.word === 'LATERAL') scan.lateral = true;
      return;
    }
    if (NO_RELATION.has(token.word)) frame.expects = false;
  }
  if (frame.expects) {
    scan.relation(scan.chainAt(scan.at));
    return;
  }
  const names = frame.clause === 'with' && frame.own && scan.pending === undefined;
  if (names && !(single && /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|AS|NOT|MATERIALIZED)$/.test(token.word))) {
    withQuery(scan);
    return;
  }
  if (single && keyword(scan, token)) return;
  if (frame.own && frame.clause === 'list' && entry(scan, scan.at)) return;
  use(scan);
}

/** Whether what is in the bracket that opens next is a query. */
function opensQuery(scan: Scan): boolean {
  let at = 1;
  while (scan.word(at) === '(') at++;
  return scan.word(at) === 'SELECT' || scan.word(at) === 'WITH';
}

/** A table of a query: what it is called follows the bracket. */
function derived(scan: Scan): void {
  const { frame } = scan;
  const item: Item = { key: '', own: false, query: {} };
  frame.scope.items.push(item);
  const base = scan.lateral ? frame.scope : (frame.scope.parent ?? frame.base);
  scan.lateral = false;
  frame.expects = false;
  scan.push({ own: true, base, named: true, query: item.query, closed: () => scan.alias(item) });
}

function open(scan: Scan): void {
  const { frame } = scan;
  const { scope, fresh } = frame;
  const before = scan.word(-1);
  const { pending, called } = scan;
  [scan.pending, scan.called] = [undefined, undefined];
  frame.fresh = false;
  if (frame.own && frame.clause === 'list' && fresh) scan.output({});
  const query = opensQuery(scan);
  if (pending !== undefined) {
    scan.push({ own: true, base: scope, named: true, query: pending });
    return;
  }
  if (called !== undefined) {
    scan.push({ own: false, base: scope, closed: () => scan.alias(called) });
    return;
  }
  if (frame.expects && query) {
    derived(scan);
    return;
  }
  if (frame.expects) {
    frame.expects = false;
    scan.push({ own: true, base: frame.base, scope, clause: 'from', expects: true });
    return;
  }
  if (query) {
    const bare = scope.kind === 'root' || scope.kind === 'other';
    const own = frame.own && scope === frame.base;
    scan.push({ own: true, base: scope, named: bare, query: own ? frame.query : undefined });
    return;
  }
  // Oracle makes the index of a key in brackets behind it.
  if (scan.word(1) === 'CREATE') {
    scan.push({ own: true, base: scope });
    return;
  }
  const clause = bracketed(scan, before, fresh);
  const outside = frame.clause === 'values' && !/^(?:mysql|mariadb)$/.test(scan.names.dialect);
  scan.push({ own: false, base: outside && scope.kind === 'insert' ? (scope.parent ?? scope) : scope, clause });
}

/** What names in a bracket are that holds no query. */
function bracketed(scan: Scan, before: string, fresh: boolean): Clause {
  const { frame } = scan;
  const { kind } = frame.scope;
  if (OF_SEQUENCE.has(before)) return 'relations';
  const hints = kind === 'select' || kind === 'update' || kind === 'delete';
  if (hints && (before === 'INDEX' || before === 'KEY')) return 'index';
  if (before === 'PARTITION' || (before === 'WITH' && frame.own)) return 'none';
  if (frame.clause === 'using') {
    frame.clause = 'from';
    return 'using';
  }
  if (frame.clause === 'set' && fresh) return 'target';
  if (frame.clause === 'none' || frame.clause === 'index') return frame.clause;
  if (before === 'UPDATE' && scan.names.dialect === 'mssql') return 'target';
  return frame.clause === 'from' && frame.own && (kind === 'insert' || (kind === 'merge' && before === 'INSERT'))
    ? 'target'
    : 'value';
}

function comma(scan: Scan): void {
  const { frame } = scan;
  scan.at++;
  if (!frame.own) return;
  if (frame.clause === 'from' && frame.scope.kind !== 'merge' && frame.scope.kind !== 'insert') frame.expects = true;
  frame.fresh = true;
}

/** Goes through all tokens. */
export function scanTokens(scan: Scan): Scan {
  while (scan.at < scan.tokens.length) {
    const from = scan.at;
    const token = scan.tokens[from] as Token;
    if (token.word === '(') open(scan);
    else if (token.word === ')') scan.pop();
    else if (token.word === ',') comma(scan);
    else if (token.word === ';') {
      scan.end();
      scan.at++;
    } else if (token.kind === 'word' || token.kind === 'quoted') name(scan, token);
    else {
      const { frame } = scan;
      if (frame.own && frame.clause === 'list' && frame.fresh) scan.output(token.word === '*' ? { star: true } : {});
      frame.fresh = false;
      scan.at++;
    }
    // Whatever a token is, it is gone through once.
    if (scan.at === from) scan.at++;
  }
  return scan;
}
