import type { Dialect } from '#model/types.ts';

/** What the splitter must know of a dialect's surface: how text is quoted, commented and ended. */
export interface Lexing {
  /** Block comments nest. */
  readonly nestedComments: boolean;
  /** `$tag$ ... $tag$` quotes text. */
  readonly dollarQuotes: boolean;
  /** `E'...'` has backslash escapes. */
  readonly escapeStrings: boolean;
  /** Every `'...'` and `"..."` has backslash escapes. */
  readonly backslashes: boolean;
  readonly backticks: boolean;
  /** `[name]`, with `]]` for a bracket. */
  readonly brackets: boolean;
  /** `# comment` to the end of the line. */
  readonly hashComments: boolean;
  /** `--` begins a comment only before white space. */
  readonly dashNeedsSpace: boolean;
  /** Whose `/*!40101` comments are executed, so that what they hold belongs to its statement. */
  readonly conditionalComments: 'mysql' | 'mariadb' | undefined;
  /** `COPY ... FROM stdin;` is followed by rows. */
  readonly copyData: boolean;
  /** Lines that a client program reads itself when no statement is open. */
  readonly clientLine?: RegExp;
  /** `DELIMITER //` lines change what ends a statement. */
  readonly delimiterLines: boolean;
  /** `\\G` and `\\g` end a statement as its terminator does, and `USE name` ends with its line (mysql). */
  readonly mysqlClient: boolean;
  /** A backslash outside quotes ends the statement and runs to the end of its line (psql). */
  readonly backslashCommands: boolean;
  /** A line of only this ends the batch. */
  readonly batchLine?: RegExp;
  /** Statements end with their batch or where the next one begins, semicolon or not. */
  readonly batches: boolean;
  /** Statements that hold statements: `CREATE FUNCTION ... BEGIN ATOMIC ... END`, `CREATE TRIGGER ... BEGIN ... END`. */
  readonly bodies: 'atomic' | 'trigger' | 'stored' | 'plsql' | 'none';
  /** `q'[ ... ]'`. */
  readonly quoteOperator: boolean;
  /** A client line that ends with a hyphen goes on in the next. */
  readonly continuedLines: boolean;
}

const BASE: Lexing = {
  nestedComments: false,
  dollarQuotes: false,
  escapeStrings: false,
  backslashes: false,
  backticks: false,
  brackets: false,
  hashComments: false,
  dashNeedsSpace: false,
  conditionalComments: undefined,
  copyData: false,
  delimiterLines: false,
  mysqlClient: false,
  backslashCommands: false,
  batches: false,
  bodies: 'none',
  quoteOperator: false,
  continuedLines: false,
};

const MYSQL: Lexing = {
  ...BASE,
  backslashes: true,
  backticks: true,
  hashComments: true,
  dashNeedsSpace: true,
  conditionalComments: 'mysql',
  delimiterLines: true,
  mysqlClient: true,
  bodies: 'stored',
  clientLine: /^(?:source|\\\.)\s/i,
};

/** Commands of SQL*Plus with their short forms ("SQL*Plus User's Guide and Reference", SQL*Plus Command Reference). */
const SQLPLUS_COMMANDS =
  'ACC|ACCEPT|ARCHIVE|BRE|BREAK|BTI|BTITLE|CL|CLEAR|COL|COLUMN|COMP|COMPUTE|CONN|CONNECT|DEF|DEFINE|DESC|DESCRIBE|DISC|' +
  'DISCONNECT|EDIT|EXEC|EXECUTE|EXIT|GET|HELP|HO|HOST|PASSW|PASSWORD|PAU|PAUSE|PRI|PRINT|PRO|PROMPT|QUIT|REM|REMARK|REPF|' +
  'REPFOOTER|REPH|REPHEADER|RUN|SAVE|SET|SHO|SHOW|SHUTDOWN|SPO|SPOOL|STA|START|STARTUP|STORE|TIMI|TIMING|TTI|TTITLE|UNDEF|' +
  'UNDEFINE|VAR|VARIABLE|WHENEVER';

/** SET ROLE, SET TRANSACTION and SET CONSTRAINTS are SQL. */
const SQLPLUS = new RegExp(
  `^(?:@|[!$]\\s*\\w|(?!SET\\s+(?:ROLE|TRANSACTION|CONSTRAINTS?)\\b)(?:${SQLPLUS_COMMANDS})(?![\\w$#.(]))`,
  'i',
);

/** Whether a client's line ends a batch of statements: `GO`. */
export function endsBatch(line: string, dialect: Dialect): boolean {
  return LEXING[dialect].batches && /^\s*go\b/i.test(line);
}

export const LEXING: Readonly<Record<Dialect, Lexing>> = {
  postgresql: {
    ...BASE,
    nestedComments: true,
    dollarQuotes: true,
    escapeStrings: true,
    copyData: true,
    backslashCommands: true,
    bodies: 'atomic',
  },
  mysql: MYSQL,
  mariadb: { ...MYSQL, conditionalComments: 'mariadb' },
  sqlite: { ...BASE, backticks: true, brackets: true, bodies: 'trigger', clientLine: /^\.[a-z]/i },
  mssql: {
    ...BASE,
    nestedComments: true,
    brackets: true,
    batches: true,
  },
  oracle: {
    ...BASE,
    // A slash runs what was entered, a dot leaves it.
    batchLine: /^[ \t]*[/.][ \t]*\r?$/,
    clientLine: SQLPLUS,
    bodies: 'plsql',
    quoteOperator: true,
    continuedLines: true,
  },
};
