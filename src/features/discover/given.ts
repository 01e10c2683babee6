import { err, ok, type Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { decode, isGzip, MAX_BYTES } from '#storage/decode.ts';
import type { RowFile } from '#verify/row-types.ts';

/** A file as the browser hands it over. */
export interface DataFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const TOO_LARGE = `more than ${MAX_BYTES / 1024 / 1024} MB. A part of its rows is enough to see what depends on what.`;

async function unpacked(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.byteLength - 4, true);
  if (length > MAX_BYTES) return undefined;
  const { gunzipSync } = await import('fflate');
  return gunzipSync(bytes);
}

const SQLITE = new TextEncoder().encode('SQLite format 3\0');

function isSqlite(bytes: Uint8Array): boolean {
  return SQLITE.every((byte, at) => bytes[at] === byte);
}

/** What is said of bytes that are no text, where the decoder's own words speak of schemas. */
const NO_TEXT: Readonly<Record<string, string>> = {
  'pg-custom-dump': 'it is a PostgreSQL dump in the custom format. Turn it into SQL with: pg_restore -f rows.sql FILE',
};

/** @param dialect what SQL is taken for that does not say what it is. */
async function readOne(file: DataFile, dialect: Dialect): Promise<Result<RowFile>> {
  const said = (code: string, message: string) => err(code, `${file.name}: ${message}`);
  if (file.size > MAX_BYTES) return said('too-large', TOO_LARGE);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const plain = isGzip(bytes) ? await unpacked(bytes) : bytes;
    if (plain === undefined) return said('too-large', `unpacked it has ${TOO_LARGE}`);
    const name = file.name.replace(/\.gz$/i, '');
    if (isSqlite(plain)) return ok({ kind: 'sqlite', name, bytes: plain });
    const decoded = decode(plain);
    if (!decoded.ok) {
      const { code } = decoded.problem;
      const own = Object.hasOwn(NO_TEXT, code) ? NO_TEXT[code] : undefined;
      return said(code, own ?? 'it is binary, not text. Export the rows as CSV and open that.');
    }
    const { text } = decoded.value;
    if (text.trim() === '') return said('empty', 'there is nothing in it.');
    if (!/\.sql$/i.test(name)) return ok({ kind: 'data', name, text });
    const { detectDialect } = await import('#engine/sql/detect.ts');
    return ok({ kind: 'sql', name, text, dialect: detectDialect(text, name, { fallback: dialect }).dialect });
  } catch {
    return said('unreadable', 'it cannot be read. See whether it is damaged, or still is where it was.');
  }
}

/** What files hold: rows, SQL, or a database; the problem of the first one that holds nothing. */
export async function readRowFiles(files: readonly DataFile[], dialect: Dialect): Promise<Result<readonly RowFile[]>> {
  const given: RowFile[] = [];
  for (const file of files) {
    const read = await readOne(file, dialect);
    if (!read.ok) return read;
    given.push(read.value);
  }
  return ok(given);
}
