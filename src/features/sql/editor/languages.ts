import type { languages } from 'monaco-editor/editor/editor.api';
import { TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { LEXING } from '#engine/sql/lexing.ts';
import type { Dialect } from '#model/types.ts';
import { CONFIGURATION, KEYWORDS, LANGUAGE, TOKENS } from './language.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Words of DDL that a dialect adds to those all have; colouring only. */
const MORE: Readonly<Partial<Record<Dialect, readonly string[]>>> = {
  mysql: words(`
    algorithm auto_increment character charset collate compact compressed database deterministic dynamic engine fulltext
    hash invisible keys less linear list maxvalue modify parser partitions persistent redundant row_format separator signed
    spatial sql storage subpartition than unsigned virtual visible zerofill change delimiter innodb myisam`),
  sqlite: words(
    'abort autoincrement conflict fail glob ignore indexed isnull notnull pragma raise rowid strict vacuum virtual without',
  ),
  mssql: words(`
    apply batch clustered columnstore declare exec execute fillfactor go identity nocheck nonclustered output pad_index print
    proc procedure rowguidcol sparse persisted system_versioning textimage_on top try catch throw transaction tran use max
    filegroup primary schemabinding nocount quoted_identifier ansi_nulls`),
  oracle: words(`
    body byte char compress constraints disable editionable enable force initrans invalidate invisible logging maxtrans
    minvalue nocache nocycle nologging noorder nomaxvalue nominvalue noparallel order package pctfree pctused prompt purge
    rely rem row segment storage sysdate systimestamp tablespace visible editioning novalidate using`),
};

function typeWords(dialect: Dialect): string[] {
  const listed = (TYPE_LISTS[dialect] ?? []).flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]);
  return [...new Set(listed.flatMap((one) => one.toLowerCase().replace(/\(.*/, '').split(' ')))].filter(
    (one) => one !== 'with' && one !== 'to' && one !== 'local',
  );
}

type Rules = languages.IMonarchLanguageRule[];

/** Quotes, comments and names as the dialect's lexing has them. */
function codeRules(dialect: Dialect): Rules {
  const lexing = LEXING[dialect];
  const comments: Rules = [
    [lexing.dashNeedsSpace ? /--(?=\s|$).*$/ : /--.*$/, 'comment'],
    ...(lexing.hashComments ? ([[/#.*$/, 'comment']] as Rules) : []),
    ...(lexing.conditionalComments
      ? ([
          [/\/\*M?!\d*/, 'delimiter'],
          [/\*\//, 'delimiter'],
        ] as Rules)
      : []),
    [/\/\*/, { token: 'comment', next: '@comment' }],
  ];
  const string = lexing.backslashes ? '@escaped' : '@string';
  const quoted: Rules = [
    ...(dialect === 'oracle' ? ([[/n?q'(\S)/, { token: 'string', next: '@q.$1' }]] as Rules) : []),
    [/'/, { token: 'string', next: string }],
    lexing.backslashes ? [/"(?:[^"\\]|\\.|"")*"/, 'string'] : [/"(?:[^"]|"")*"/, 'identifier'],
    ...(lexing.backticks ? ([[/`(?:[^`]|``)*`/, 'identifier']] as Rules) : []),
    ...(lexing.brackets ? ([[/\[(?:[^\]]|\]\])*\]/, 'identifier']] as Rules) : []),
  ];
  return [
    ...comments,
    ...quoted,
    [/\d+(?:\.\d+)?/, 'number'],
    [/@{1,2}[\w$]+/, 'identifier'],
    [/[a-z_\u0080-\uffff][\w$#\u0080-\uffff]*/, { cases: { '@types': 'type', '@keywords': 'keyword', '@default': 'identifier' } }],
    [/[()[\]]/, '@brackets'],
    [/[;,.:]/, 'delimiter'],
  ];
}

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')', '<': '>' };

function quoteOperator(): Rules {
  const closing = Object.entries(CLOSING).map(
    ([open, close]) =>
      [
        new RegExp(`\\${close}'`),
        { cases: { [`$S2==${open}`]: { token: 'string', next: '@pop' }, '@default': 'string' } },
      ] as Rules[number],
  );
  return [
    ...closing,
    [/([^\s\])}>])'/, { cases: { '$1==$S2': { token: 'string', next: '@pop' }, '@default': 'string' } }],
    [/[^'\])}>]+|./, 'string'],
  ];
}

/** Words of a dialect that are no names, lower case: for colouring and completion. */
export function keywordsOf(dialect: Dialect): readonly string[] {
  const family = dialect === 'mariadb' ? 'mysql' : dialect;
  return [...new Set([...KEYWORDS, ...(MORE[family] ?? [])])];
}

function tokensOf(dialect: Dialect): languages.IMonarchLanguage {
  const { nestedComments } = LEXING[dialect];
  return {
    defaultToken: '',
    ignoreCase: true,
    keywords: [...keywordsOf(dialect)],
    types: typeWords(dialect),
    tokenizer: {
      root: codeRules(dialect),
      comment: [
        ...(nestedComments ? ([[/\/\*/, { token: 'comment', next: '@push' }]] as Rules) : []),
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
      q: quoteOperator(),
    },
  };
}

/** Name of a dialect's language in the editor. */
export function languageOf(dialect: Dialect): string {
  return dialect === 'postgresql' ? LANGUAGE : `${LANGUAGE}-${dialect}`;
}

/** Colouring and configuration of every dialect's language. */
export function sqlLanguages(): readonly {
  readonly id: string;
  readonly dialect: Dialect;
  readonly tokens: languages.IMonarchLanguage;
  readonly configuration: languages.LanguageConfiguration;
}[] {
  return (Object.keys(LEXING) as Dialect[]).map((dialect) => ({
    id: languageOf(dialect),
    dialect,
    tokens: dialect === 'postgresql' ? TOKENS : tokensOf(dialect),
    configuration: CONFIGURATION,
  }));
}
