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
  /** The content of `/*!40101` comments is executed, so it belongs to its statement. */
  readonly conditionalComments: boolean;
  /** `COPY ... FROM stdin;` is followed by rows. */
  readonly copyData: boolean;
  /** Lines that a client program reads itself when no statement is open. */
  readonly clientLine?: RegExp;
  /** `DELIMITER //` lines change what ends a statement. */
  readonly delimiterLines: boolean;
  /** A backslash outside quotes ends the statement and runs to the end of its line (psql). */
  readonly backslashCommands: boolean;
  /** A line of only this ends the batch. */
  readonly batchLine?: RegExp;
  /** Statements that hold statements: `CREATE FUNCTION ... BEGIN ATOMIC ... END`, `CREATE TRIGGER ... BEGIN ... END`. */
  readonly bodies: 'atomic' | 'trigger' | 'none';
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
  conditionalComments: false,
  copyData: false,
  delimiterLines: false,
  backslashCommands: false,
  bodies: 'none',
};

const MYSQL: Lexing = {
  ...BASE,
  backslashes: true,
  backticks: true,
  hashComments: true,
  dashNeedsSpace: true,
  conditionalComments: true,
  delimiterLines: true,
  clientLine: /^(?:source|\\\.)\s/i,
};

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
  mariadb: MYSQL,
  sqlite: { ...BASE, backticks: true, brackets: true, bodies: 'trigger', clientLine: /^\.[a-z]/i },
  mssql: {
    ...BASE,
    nestedComments: true,
    brackets: true,
    batchLine: /^[ \t]*GO(?:[ \t]+\d+)?[ \t]*;?[ \t]*\r?$/i,
    clientLine: /^:[a-z]/i,
  },
  oracle: { ...BASE, batchLine: /^[ \t]*\/[ \t]*\r?$/, clientLine: /^(?:prompt|rem|spool|define|whenever|@)/i },
};
