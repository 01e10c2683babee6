import type { languages } from 'monaco-editor/editor/editor.api';

export const LANGUAGE = 'crowfoot-sql';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Words of DDL that are highlighted; colouring only, what PostgreSQL accepts is its own parser's business. */
export const KEYWORDS = words(`
  access action add after all alter always and any array as asc attach attribute authorization before begin between by
  cache called cascade cascaded case check class cluster collate collation column columns comment commit concurrently conflict
  constraint cost create cross cube current_date current_role current_time current_timestamp current_user cycle data database
  declare default deferrable deferred definer delete desc detach disable distinct do domain drop each else enable end enforced
  enum except exclude excluding execute exists extension external extract filter first following for force foreign from full
  function generated global grant group having identity if immutable in include including increment index inherit inherits
  initially inner inout insert instead intersect into invoker is isnull join key language last lateral leakproof left like limit
  list local locked lock logged loop match materialized maxvalue merge minvalue natural next no not nothing notify notnull null
  nulls of off offset oids old on only option or order outer over overlaps owned owner parallel partition partitioned partitions
  period permissive plain policy preceding prepared primary privileges procedure public raise range recursive references
  referencing refresh rename replica replace reset restrict restricted restrictive return returning returns revoke right role
  rollback row rows rule safe schema security select sequence session session_user set setof share show stable start statement
  statistics storage stored strict support table tables tablespace temp temporary then to trigger trim true false truncate type
  unbounded union unique unlogged unsafe until update user using valid validate values variadic view virtual volatile when where
  window with within without work zone
`);

const TYPES = words(`
  bigint bigserial bit bool boolean box bytea char character cidr circle citext date daterange datemultirange decimal double
  float float4 float8 hstore inet int int2 int4 int8 int4range int8range integer interval json jsonb jsonpath line lseg ltree
  macaddr macaddr8 money name numeric numrange oid path point polygon precision real regclass regproc serial smallint
  smallserial text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector uuid varbit varchar varying vector void
  xml
`);

/** Colouring of PostgreSQL's SQL: comments that nest, dollar quotes whose body is code, types apart from keywords. */
export const TOKENS: languages.IMonarchLanguage = {
  defaultToken: '',
  ignoreCase: true,
  keywords: KEYWORDS,
  types: TYPES,
  tokenizer: {
    root: [
      { include: '@code' },
      [/\$(\w*)\$/, { token: 'delimiter', next: '@dollar.$1' }],
      [/'/, { token: 'string', next: '@string' }],
    ],
    code: [
      [/--.*$/, 'comment'],
      [/\/\*/, { token: 'comment', next: '@comment' }],
      [/\be'/, { token: 'string', next: '@escaped' }],
      [/"(?:[^"]|"")*"/, 'identifier'],
      [/\d+(?:\.\d+)?/, 'number'],
      [/[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/, { cases: { '@types': 'type', '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()[\]]/, '@brackets'],
      [/[;,.:]/, 'delimiter'],
    ],
    comment: [
      [/\/\*/, { token: 'comment', next: '@push' }],
      [/\*\//, { token: 'comment', next: '@pop' }],
      [/[^/*]+|./, 'comment'],
    ],
    string: [
      [/[^']+/, 'string'],
      [/''/, 'string'],
      [/'/, { token: 'string', next: '@pop' }],
    ],
    escaped: [
      [/[^'\\]+/, 'string'],
      [/\\.|''/, 'string'],
      [/'/, { token: 'string', next: '@pop' }],
    ],
    dollar: [
      [/\$(\w*)\$/, { cases: { '$1==$S2': { token: 'delimiter', next: '@pop' }, '@default': 'string' } }],
      { include: '@code' },
      [/'(?:[^']|'')*'/, 'string'],
    ],
  },
};

export const CONFIGURATION: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
};
