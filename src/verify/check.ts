import type { WrittenStatement } from '#engine/sql/written.ts';

/** An error as the server gave it. */
export interface ServerError {
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Characters (not UTF-16 units) from 1 in the text sent. */
  readonly position?: number;
}

/** A fresh, empty database. */
interface Server {
  /** Such as `18.6`. */
  readonly version: string;
  /** Extensions that the statements ask for and this server does not have. */
  readonly missingExtensions: readonly string[];
  execute(sql: string): Promise<ServerError | undefined>;
  close(): Promise<void>;
}

export type OpenServer = (extensions: readonly string[]) => Promise<Server>;

export type CheckedStatement = Pick<WrittenStatement, 'key' | 'sql'>;

export interface CheckError {
  readonly statement: string;
  /** UTF-16 offset in the statement. */
  readonly offset?: number;
  readonly code: string;
  readonly message: string;
}

export interface CheckOutcome {
  readonly version: string;
  readonly errors: readonly CheckError[];
}

/** Where a position counted in characters from 1 lies in a JavaScript string. */
export function utf16Offset(text: string, position: number): number {
  let offset = 0;
  for (let left = position - 1; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) as number) > 0xffff ? 2 : 1;
  }
  return offset;
}

const EXTENSION = /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([a-z_][\w$]*))/gi;

/** Names of the extensions that statements create. */
export function extensionsOf(statements: readonly CheckedStatement[]): string[] {
  const names = new Set<string>();
  for (const { sql } of statements) {
    if (!/create\s+extension/i.test(sql)) continue;
    const code = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
    for (const [, quoted, plain] of code.matchAll(EXTENSION)) {
      names.add(quoted === undefined ? (plain as string).toLowerCase() : quoted.replace(/""/g, '"'));
    }
  }
  return [...names];
}

const NO_ROLE = /^role "(.*)" does not exist$/s;
/** Undefined type, function, table, column, schema or operator class: what a missing extension would have brought. */
const UNDEFINED = new Set(['42704', '42883', '42P01', '42703', '3F000']);

function described(error: ServerError): string {
  const more = [error.detail, error.hint].filter((one) => one !== undefined && one !== '');
  return more.length === 0 ? error.message : `${error.message}\n${more.join('\n')}`;
}

/** @param absent extensions that earlier statements could not create; this one's are added. */
function explain(error: ServerError, statement: CheckedStatement, missing: readonly string[], absent: Set<string>): CheckError {
  const own = missing.filter((name) => extensionsOf([statement]).includes(name));
  for (const name of own) absent.add(name);
  const at = error.position === undefined ? {} : { offset: utf16Offset(statement.sql, error.position) };
  if (own.length > 0) {
    const message = `The PostgreSQL in the browser does not have the extension ${own.join(', ')}. What needs it cannot be checked here; a server that has it may well run this.`;
    return { statement: statement.key, code: 'missing-extension', message };
  }
  const blame =
    absent.size > 0 && UNDEFINED.has(error.code)
      ? `\nIt may come from ${[...absent].join(', ')}, which the PostgreSQL in the browser does not have.`
      : '';
  return { statement: statement.key, ...at, code: error.code, message: described(error) + blame };
}

/**
 * Runs one statement. Roles belong to the server, not to the schema: one that is named and absent is created, and the
 * statement is run again.
 */
async function runOne(server: Server, sql: string): Promise<ServerError | undefined> {
  let error = await server.execute(sql);
  for (let roles = 0; error !== undefined && error.code === '42704' && roles < 50; roles++) {
    const role = NO_ROLE.exec(error.message)?.[1];
    if (role === undefined) break;
    const failed = await server.execute(`CREATE ROLE "${role.replace(/"/g, '""')}"`);
    if (failed !== undefined) break;
    error = await server.execute(sql);
  }
  return error;
}

/** Executes statements in order; what fails does not keep the next ones from being tried. @returns the errors. */
export async function checkOn(
  server: Server,
  statements: readonly CheckedStatement[],
  progress: (done: number, what: string) => void = () => {},
): Promise<CheckError[]> {
  const errors: CheckError[] = [];
  const absent = new Set<string>();
  for (const [i, statement] of statements.entries()) {
    if (i % 25 === 0) progress(i / statements.length, `Statement ${i + 1} of ${statements.length}`);
    const error = await runOne(server, statement.sql);
    if (error !== undefined) errors.push(explain(error, statement, server.missingExtensions, absent));
  }
  return errors;
}

/**
 * Executes written statements in order in a fresh database and gives PostgreSQL's own errors, each at its statement.
 * A statement that fails does not keep the next ones from being tried.
 * @param progress called with the share done, 0 to 1
 */
export async function checkStatements(
  open: OpenServer,
  statements: readonly CheckedStatement[],
  progress: (done: number, what: string) => void = () => {},
): Promise<CheckOutcome> {
  progress(0, 'Starting PostgreSQL');
  const server = await open(extensionsOf(statements));
  try {
    return { version: server.version, errors: await checkOn(server, statements, progress) };
  } finally {
    await server.close();
  }
}
