import { err, ok, type Result } from '#lib/result.ts';
import type { ImportFile } from '#state/import.ts';
import { decode, isGzip, isZip, MAX_BYTES } from '#storage/decode.ts';

/** What a person gave: SQL texts, or a design saved earlier. */
export type Given =
  | { readonly kind: 'sql'; readonly files: readonly ImportFile[]; readonly notes: readonly string[] }
  | { readonly kind: 'design'; readonly name: string; readonly text: string };

/** A file as the browser hands it over, or one of a folder, whose name is its path. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
  /** It came with its folder: nobody chose it by itself. */
  readonly inFolder?: boolean;
}

const DESIGN = /\.crowfoot\.json$/i;
/** Files in an archive that are read. */
const SQL_NAME = /\.(?:sql|ddl|psql|pgsql|txt|dbml|prisma|mmd|mermaid)$/i;
/** Migrations that take others back: folded after them, they would leave nothing. */
const DOWN = /(?:^|[./_-])(?:down|undo|rollback)\.sql$|(?:^|\/)U\d[^/]*__[^/]*\.sql$/i;
const MAX_FILES = 2000;

/** The order in which files of a folder are read: by their paths, numbers by their size. */
export function naturalOrder(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const order = (one[at] as string).localeCompare(other[at] as string, 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function named(name: string, problem: { readonly code: string; readonly message: string }): Result<never> {
  return err(problem.code, `${name}: ${problem.message}`);
}

interface Piece {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Takes gzip and zip apart; other bytes are what they are. Sizes are checked before anything is unpacked. */
async function pieces({ name, bytes }: Piece): Promise<Result<readonly Piece[]>> {
  if (!isGzip(bytes) && !isZip(bytes)) return ok([{ name, bytes }]);
  const { gunzipSync, unzipSync } = await import('fflate');
  try {
    if (isGzip(bytes)) {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.byteLength - 4, true);
      if (length > MAX_BYTES)
        return named(name, { code: 'too-large', message: `unpacked it has more than ${MAX_BYTES / 1024 / 1024} MB.` });
      return ok([{ name: name.replace(/\.gz$/i, ''), bytes: gunzipSync(bytes) }]);
    }
    let total = 0;
    let office = false;
    const entries = unzipSync(bytes, {
      filter(file) {
        if (file.name === '[Content_Types].xml') office = true;
        if (!(SQL_NAME.test(file.name) || DESIGN.test(file.name)) || file.name.startsWith('__MACOSX/')) return false;
        total += file.originalSize;
        return total <= MAX_BYTES;
      },
    });
    if (office)
      return named(name, {
        code: 'not-text',
        message: 'this is an Office document (such as .docx). Save the SQL as plain text and open that.',
      });
    if (total > MAX_BYTES)
      return named(name, { code: 'too-large', message: `unpacked it has more than ${MAX_BYTES / 1024 / 1024} MB.` });
    const found = Object.entries(entries).map(([path, content]) => ({ name: path, bytes: content }));
    // A design that was handed over with its documents is that design; the SQL beside it says less.
    const design = found.find((piece) => DESIGN.test(piece.name));
    if (design !== undefined) return ok([{ ...design, name: design.name.replace(/^.*\//, '') }]);
    if (found.length === 0) return named(name, { code: 'no-sql', message: 'there is no .sql file in this archive.' });
    return ok(found.toSorted((a, b) => naturalOrder(a.name, b.name)));
  } catch {
    return named(name, { code: 'damaged', message: 'the archive is damaged and cannot be unpacked.' });
  }
}

/** A folder, or a file that is gone meanwhile or may not be read, has no bytes. */
async function bytesOf(file: GivenFile): Promise<Result<Uint8Array>> {
  try {
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch {
    const message = 'it cannot be read. If it is a folder, open the files in it; else see whether it still is where it was.';
    return named(file.name, { code: 'unreadable', message });
  }
}

/** Files that are no SQL in a folder or archive, and migrations that take others back, are left out; the latter is said. */
function wanted(names: readonly string[]): { readonly keep: (name: string) => boolean; readonly note?: string } {
  const sql = names.filter((name) => SQL_NAME.test(name));
  const down = sql.filter((name) => DOWN.test(name));
  if (down.length === 0 || down.length === sql.length) return { keep: (name) => SQL_NAME.test(name) };
  const count = down.length === 1 ? `${down[0]}: it takes` : `${down.length} files, such as ${down[0]}: they take`;
  return { keep: (name) => SQL_NAME.test(name) && !DOWN.test(name), note: `Left out ${count} others back.` };
}

/** A name that no other file has: what is said of a file names it. */
function freeName(name: string, taken: readonly ImportFile[]): string {
  let free = name;
  for (let count = 2; taken.some((one) => one.name === free); count++) free = `${name} (${count})`;
  return free;
}

interface Texts {
  readonly files: ImportFile[];
  readonly notes: string[];
}

/** Adds the texts of one file; yields a design instead when the file is one. */
async function addTexts(file: GivenFile, { files, notes }: Texts, alone: boolean): Promise<Result<Given | undefined>> {
  if (file.size > MAX_BYTES)
    return named(file.name, {
      code: 'too-large',
      message: `more than ${MAX_BYTES / 1024 / 1024} MB. Dump the schema without its data (pg_dump --schema-only).`,
    });
  const bytes = await bytesOf(file);
  if (!bytes.ok) return bytes;
  const parts = await pieces({ name: file.name, bytes: bytes.value });
  if (!parts.ok) return parts;
  const { keep, note } = wanted(parts.value.map((part) => part.name));
  if (note !== undefined && parts.value.length > 1) notes.push(note);
  for (const part of parts.value) {
    if (DESIGN.test(part.name) && alone) return ok({ kind: 'design', name: part.name, text: new TextDecoder().decode(part.bytes) });
    if (parts.value.length > 1 && !keep(part.name)) continue;
    const decoded = decode(part.bytes);
    if (!decoded.ok) return named(part.name, decoded.problem);
    if (decoded.value.encoding === 'Windows-1252') notes.push(`${part.name} is no UTF-8: it was read as Windows-1252.`);
    files.push({ name: freeName(part.name, files), text: decoded.value.text });
  }
  return ok(undefined);
}

/** Reads what was dropped or chosen, without touching the document. Files keep the order of their names. */
export async function readGiven(given: readonly GivenFile[]): Promise<Result<Given>> {
  const folder = given.filter((file) => file.inFolder === true).map((file) => file.name);
  const { keep, note } = wanted(folder);
  const files = given.filter((file) => file.inFolder !== true || keep(file.name));
  if (files.length === 0) return err('no-sql', 'There is no .sql file in this folder.');
  if (files.length > MAX_FILES) return err('too-many', `These are ${files.length} files; ${MAX_FILES} are read at most.`);
  const [only] = files;
  if (only !== undefined && files.length === 1 && DESIGN.test(only.name)) {
    const bytes = await bytesOf(only);
    return bytes.ok ? ok({ kind: 'design', name: only.name, text: new TextDecoder().decode(bytes.value) }) : bytes;
  }
  const texts: Texts = { files: [], notes: note === undefined ? [] : [note] };
  for (const file of files.toSorted((a, b) => naturalOrder(a.name, b.name))) {
    const added = await addTexts(file, texts, files.length === 1);
    if (!added.ok) return added;
    if (added.value !== undefined) return ok(added.value);
  }
  if (texts.files.every((file) => file.text.trim() === '')) return err('empty', 'There is nothing in it: the file is empty.');
  return ok({ kind: 'sql', files: texts.files, notes: texts.notes });
}
