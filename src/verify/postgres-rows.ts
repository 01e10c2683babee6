import { ident } from '#engine/dialects/postgres/quote.ts';
import { csvText } from '#engine/discover/read/csv-text.ts';
import { type Span, splitSql, statementText } from '#engine/sql/split.ts';
import { type CheckedStatement, checkOn, extensionsOf, type ServerError } from './check.ts';
import { dataTable } from './data-table.ts';
import type { OpenQueryServer } from './decomposition.ts';
import { Refusals, type RowDatabase, type RowFile, type RowRequest, type RowTable } from './row-types.ts';
import { bringsTables } from './sqlite-rows.ts';

/** A server that rows go in and out of by COPY, at the file `/dev/blob`. */
export type OpenCopyServer = (extensions: readonly string[]) => Promise<
  Awaited<ReturnType<OpenQueryServer>> & {
    /** Runs a COPY. @returns what it wrote and how many rows, or why not. */
    copy(sql: string, rows?: string): Promise<{ readonly text: string; readonly rows: number } | ServerError>;
  }
>;

type Server = Awaited<ReturnType<OpenCopyServer>>;
type Progress = (done: number, what: string) => void;

const MOST_TABLES = 2000;
/** Characters of INSERT statements that are run together. */
const BATCH = 200_000;
const COPY_HEAD = /^[^\n]*?\bFROM\s+STDIN\b[^\n]*\n/i;

interface Filling {
  readonly server: Server;
  readonly refusals: Refusals;
  readonly progress: Progress;
}

const isError = (given: object): given is ServerError => 'code' in given;

async function runAll({ server, refusals }: Filling, where: string, statements: readonly CheckedStatement[]): Promise<void> {
  for (const error of await checkOn(server, statements)) refusals.add(`${where}${error.statement}`, error.message);
}

/** Rows in statements of their own: many at once, and one by one where one of them is refused. */
async function insertAll({ server, refusals }: Filling, where: string, inserts: readonly CheckedStatement[]): Promise<void> {
  for (let from = 0; from < inserts.length; ) {
    let to = from;
    for (let size = 0; to < inserts.length && size < BATCH; to++) size += inserts[to]?.sql.length ?? 0;
    const batch = inserts.slice(from, to);
    from = to;
    if ((await server.execute(batch.map(({ sql }) => `${sql};`).join('\n'))) === undefined) continue;
    for (const { key, sql } of batch) {
      const error = await server.execute(sql);
      if (error !== undefined) refusals.add(`${where}${key}`, error.message);
    }
  }
}

async function copyIn({ server, refusals }: Filling, where: string, text: string): Promise<void> {
  const head = COPY_HEAD.exec(text)?.[0] ?? '';
  const end = text.search(/\n\\\.[ \t\r]*\n?$/);
  const rows = text.slice(head.length, end < 0 ? undefined : Math.max(head.length, end + 1));
  const done = await server.copy(head.replace(/\bFROM\s+STDIN\b/i, "FROM '/dev/blob'").replace(/;\s*$/, ''), rows);
  if (isError(done)) refusals.add(where, done.message);
}

async function runDump(filling: Filling, name: string, text: string): Promise<void> {
  const spans = splitSql(text, 'postgresql');
  let waiting: { insert: boolean; statements: CheckedStatement[] } = { insert: false, statements: [] };
  const flush = async () => {
    const { insert, statements } = waiting;
    waiting = { insert: false, statements: [] };
    await (insert ? insertAll(filling, name, statements) : runAll(filling, name, statements));
  };
  const at = ({ line }: Span) => `, line ${line}`;
  for (const span of spans) {
    if (span.kind === 'gap' || span.kind === 'meta') continue;
    filling.progress(span.end / text.length, `Running ${name}`);
    if (span.kind === 'data' && span.words[0] === 'COPY') {
      await flush();
      await copyIn(filling, `${name}${at(span)}`, text.slice(span.start, span.end));
      continue;
    }
    const insert = span.kind === 'data';
    if (insert !== waiting.insert || waiting.statements.length > 500) await flush();
    waiting.insert = insert;
    waiting.statements.push({ key: at(span), sql: statementText(text, span) });
  }
  await flush();
}

async function addData({ server, refusals }: Filling, file: Extract<RowFile, { kind: 'data' }>): Promise<void> {
  const table = dataTable(file, 'postgresql');
  if (!table.ok) {
    refusals.add(file.name, table.problem.message);
    return;
  }
  const { name, columns, rows } = table.value;
  const made = await server.execute(
    `CREATE TABLE ${ident(name)} (${columns.map((one) => `${ident(one.name)} ${one.type}`).join(', ')})`,
  );
  if (made !== undefined) {
    refusals.add(file.name, made.message);
    return;
  }
  const text = csvText(
    columns.map((one) => one.name),
    rows,
  );
  const done = await server.copy(`COPY ${ident(name)} FROM '/dev/blob' WITH (FORMAT csv, HEADER)`, text);
  if (isError(done)) refusals.add(file.name, done.message);
}

async function tablesOf(server: Server): Promise<RowTable[]> {
  const found = await server.query(
    `SELECT n.nspname::text AS schema, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema)'
     ORDER BY n.nspname <> 'public', 1, 2 LIMIT ${MOST_TABLES}`,
  );
  if (!Array.isArray(found)) return [];
  const tables: RowTable[] = [];
  for (const { schema, name } of found as readonly { schema: string; name: string }[]) {
    const path = `${schema === 'public' ? '' : `${ident(schema)}.`}${ident(name)}`;
    const count = await server.query(`SELECT count(*)::int AS n FROM ${path}`);
    const rows = Array.isArray(count) ? Number(count[0]?.['n'] ?? 0) : 0;
    tables.push({ name: path, label: schema === 'public' ? name : `${schema}.${name}`, rows });
  }
  return tables;
}

/** Dumps empty the search path; queries want every schema in it, the usual one first. */
const ALL_SCHEMAS = `SELECT set_config('search_path', coalesce((SELECT string_agg(quote_ident(nspname), ', ' ORDER BY nspname <> 'public', nspname)
  FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'), 'public'), false)`;

async function read(server: Server, query: string, most: number): ReturnType<RowDatabase['read']> {
  const spans = splitSql(query, 'postgresql').filter(({ kind }) => kind === 'statement' || kind === 'data');
  const last = spans.at(-1);
  if (last === undefined) return { problem: 'there is no query.' };
  for (const span of spans.slice(0, -1)) {
    const error = await server.execute(statementText(query, span));
    if (error !== undefined) return { problem: error.message };
  }
  const asked = `SELECT * FROM (\n${statementText(query, last)}\n) AS rows_of_the_query LIMIT ${most + 1}`;
  const done = await server.copy(`COPY (${asked}) TO '/dev/blob' WITH (FORMAT csv, HEADER, FORCE_QUOTE *)`);
  if (isError(done)) return { problem: done.message };
  return { ...done, more: done.rows > most };
}

/** Opens PostgreSQL with what is given: the schema unless a dump brings one, rows, dumps and files of rows. */
export async function openPostgresRows(
  open: OpenCopyServer,
  request: RowRequest,
  progress: Progress = () => {},
): Promise<RowDatabase> {
  progress(0, 'Starting PostgreSQL');
  const dumps = request.files.flatMap((file) =>
    file.kind === 'sql' ? splitSql(file.text, 'postgresql').map((span) => statementText(file.text, span)) : [],
  );
  const extensions = extensionsOf([
    ...request.schema,
    ...dumps.filter((sql) => /^\s*CREATE\s+EXTENSION/i.test(sql)).map((sql) => ({ key: '', sql })),
  ]);
  const server = await open(extensions);
  const refusals = new Refusals();
  const filling = { server, refusals, progress };
  if (!bringsTables(request.files)) await runAll(filling, 'the document: ', request.schema);
  // Rows come in any order, and triggers have done their work where they come from.
  await server.execute("SET session_replication_role = 'replica'");
  await insertAll(
    filling,
    'a row: ',
    request.inserts.map((sql, at) => ({ key: String(at + 1), sql })),
  );
  for (const file of request.files) {
    if (file.kind === 'sql') await runDump(filling, file.name, file.text);
    else if (file.kind === 'data') await addData(filling, file);
  }
  await server.execute(ALL_SCHEMAS);
  return {
    version: server.version,
    tables: await tablesOf(server),
    refused: refusals.count,
    reasons: refusals.reasons,
    read: (query, most) => read(server, query, most),
    close: () => server.close(),
  };
}
