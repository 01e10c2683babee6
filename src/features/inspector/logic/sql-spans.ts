export type SpanKind = 'keyword' | 'type' | 'string' | 'number' | 'comment' | 'plain';

export interface Span {
  readonly kind: SpanKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'add all alter always and any array as asc attach before begin between by cache cascade case cast check cluster collate collation column ' +
    'comment concurrently constraint create cross current current_date current_time current_timestamp current_user cycle data database default ' +
    'deferrable deferred delete desc distinct do domain drop each else end enable enum except exclude execute exists extension false for force ' +
    'foreign from full function generated grant group having identity if immediate in include increment index inherits initially inner insert ' +
    'instead intersect into is join key language left like limit list local match materialized maxvalue method minvalue no not nothing null nulls ' +
    'of on only operator option or order outer owned owner partition permissive policy primary procedure range recursive references referencing ' +
    'replace replica restrict restrictive returns revoke right role row rows schema security select sequence session_user set start statement ' +
    'stored storage table tablespace temporary then to trigger true truncate type union unique unlogged update user using valid values view virtual ' +
    'when where with without role volatile stable immutable strict'
  ).split(' '),
);

const TYPES = new Set(
  (
    'bigint bigserial bit boolean bool bytea char character cidr citext date daterange decimal double float float4 float8 hstore inet int int2 int4 ' +
    'int4range int8 int8range integer interval json jsonb macaddr money name numeric numrange oid point precision real regclass serial smallint ' +
    'smallserial text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit varchar vector xml'
  ).split(' '),
);

/** One pass over what PostgreSQL's lexer tells apart: comments, strings, dollar quotes, names, numbers. */
const TOKEN =
  /(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>[eEbBxXnN]?'(?:[^']|'')*(?:'|$)|(?<tag>\$[A-Za-z_]*\$)[\s\S]*?(?:\k<tag>|$))|(?<name>"(?:[^"]|"")*(?:"|$))|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/gu;

type Groups = { readonly [K in 'comment' | 'string' | 'number' | 'word']?: string | undefined };

function kindOf(groups: Groups): SpanKind {
  if (groups.comment !== undefined) return 'comment';
  if (groups.string !== undefined) return 'string';
  if (groups.number !== undefined) return 'number';
  const word = groups.word?.toLowerCase();
  if (word === undefined) return 'plain';
  return KEYWORDS.has(word) ? 'keyword' : TYPES.has(word) ? 'type' : 'plain';
}

/** SQL cut into coloured spans; their texts joined are the input. */
export function sqlSpans(sql: string): readonly Span[] {
  const spans: { kind: SpanKind; text: string }[] = [];
  const push = (kind: SpanKind, text: string) => {
    const last = spans.at(-1);
    if (text === '') return;
    if (last?.kind === kind && kind === 'plain') last.text += text;
    else spans.push({ kind, text });
  };
  let at = 0;
  for (const found of sql.matchAll(TOKEN)) {
    push('plain', sql.slice(at, found.index));
    push(kindOf(found.groups ?? {}), found[0]);
    at = found.index + found[0].length;
  }
  push('plain', sql.slice(at));
  return spans;
}
