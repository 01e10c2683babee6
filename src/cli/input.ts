import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeReaderOf } from '#engine/exchange/readers.ts';
import { detectFiles } from '#engine/sql/detect-files.ts';
import { readSql, type SqlFile } from '#engine/sql/read.ts';
import type { Receipt } from '#engine/sql/receipt.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { parseDocument } from '#model/format/parse.ts';
import type { Dialect, Document } from '#model/types.ts';
import { decode } from '#storage/decode.ts';
import { UsageError } from './command.ts';
import { loadPorts } from './ports.ts';

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

/** A dialect by its name on the command line; undefined when none was named. */
export function dialectOf(name: string | undefined): Dialect | undefined {
  if (name === undefined) return undefined;
  const found = DIALECTS.find((dialect) => dialect === name);
  if (found === undefined) throw new UsageError(`There is no dialect ${name}. Known: ${DIALECTS.join(', ')}.`);
  return found;
}

export interface Input {
  readonly document: Document;
  /** Absent when the input was a Crowfoot file. */
  readonly receipt?: Receipt;
}

/** SQL files of a path: itself, or those of a folder and its folders, by name. Down migrations are left out. */
function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return names.flatMap((name) => {
    const inner = join(path, name);
    if (statSync(inner).isDirectory()) return filesOf(inner);
    return /\.sql$/i.test(name) && !/(?:^|[._-])down\.sql$/i.test(name) ? [inner] : [];
  });
}

function load(path: string): Result<SqlFile[]> {
  try {
    const files: SqlFile[] = [];
    for (const name of filesOf(path)) {
      const bytes = readFileSync(name);
      // An empty file among migrations is a migration that does nothing.
      const decoded = bytes.length === 0 ? ok({ text: '' }) : decode(bytes);
      if (!decoded.ok) return err(decoded.problem.code, `${name}: ${decoded.problem.message}`);
      files.push({ name, text: decoded.value.text });
    }
    return ok(files);
  } catch (error) {
    return err('unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Reads files, folders of migrations, or one Crowfoot file into a document.
 * @param from the dialect of the SQL; without it, the one that the text speaks.
 */
export async function readInput(paths: readonly string[], from?: Dialect): Promise<Result<Input>> {
  if (paths.length === 0) throw new UsageError('Name a file.');
  const files: SqlFile[] = [];
  for (const path of paths) {
    const loaded = load(path);
    if (!loaded.ok) return loaded;
    files.push(...loaded.value);
  }
  const [first] = files;
  const exchange = first === undefined || files.length > 1 ? undefined : exchangeReaderOf(first);
  if (first !== undefined && exchange !== undefined) return exchange.read(first);
  const own = files.find((file) => file.name.endsWith('.json'));
  if (own !== undefined) {
    if (files.length > 1) throw new UsageError('A Crowfoot file is read alone.');
    const parsed = parseDocument(own.text);
    return parsed.ok ? ok({ document: parsed.value.document }) : parsed;
  }
  if (files.length === 0) return err('no-files', `There is no .sql file in ${paths.join(', ')}.`);
  const found = from === undefined ? detectFiles(files) : ok({ dialect: from });
  return found.ok ? readSql(files, { dialect: found.value.dialect }, await loadPorts(found.value.dialect)) : found;
}
