import type { ParsedStatement, StatementParser } from '../../sql/parser-port.ts';

/** The methods of a `node-sql-parser` build that an adapter needs. */
export interface NodeSqlParser {
  astify(sql: string): unknown;
  exprToSQL(tree: unknown): string;
}

const QUOTED_OR_WORD =
  /'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[([A-Za-z_][^\]"]*)\]|\bNVARCHAR\b|\bNCHAR\b|\bNTEXT\b|\bBLOB SUB_TYPE TEXT\b|(?<=\)\s*)BINARY\b/gi;

/** Words of types that the parser does not know, by words it knows. */
const KNOWN_WORDS: Readonly<Record<string, string>> = {
  NVARCHAR: 'VARCHAR',
  NCHAR: 'CHAR',
  NTEXT: 'TEXT',
  'BLOB SUB_TYPE TEXT': 'TEXT',
  BINARY: '',
};

/** `[name]`, executed comments (`/*!40101`) and a few types in a form the parser knows, with every character at its place. */
function prepared(sql: string): string {
  return sql
    .replace(/\/\*!\d*/g, (mark) => ' '.repeat(mark.length))
    .replace(/\*\/(\s*;?\s*)$/, (_mark, tail: string) => `  ${tail}`)
    .replace(QUOTED_OR_WORD, (all, name: string | undefined) => {
      const word = KNOWN_WORDS[(name ?? all).toUpperCase()];
      if (word !== undefined) return word.padEnd(all.length);
      return name === undefined ? all : `"${name}"`;
    });
}

function parse(library: NodeSqlParser, sql: string): ParsedStatement {
  try {
    const tree = library.astify(prepared(sql));
    const [first] = Array.isArray(tree) ? (tree as unknown[]) : [tree];
    return { ok: true, tree: first };
  } catch (error) {
    const { message, location } = error as { message?: string; location?: { start?: { offset?: number } } };
    const found = /but (".*"|end of input) found/s.exec(message ?? '')?.[1];
    const said = found === undefined ? (message ?? 'it cannot be parsed') : `syntax error at or near ${found}`;
    return { ok: false, message: said, position: location?.start?.offset ?? 0 };
  }
}

/** A {@link StatementParser} over a loaded build of `node-sql-parser`. Never throws. */
export function statementParser(library: NodeSqlParser): StatementParser {
  return {
    parse: (sql) => parse(library, sql),
    expression: (tree) => library.exprToSQL(tree).replaceAll('`', '"'),
  };
}
