import { err, ok, type Result } from '#lib/result.ts';
import type { ImportFile } from '#state/import.ts';
import { decode, isGzip, isZip, MAX_BYTES } from './decode.ts';

/** What a person gave: SQL texts, or a design saved earlier. */
export type Given =
  | { readonly kind: 'sql'; readonly files: readonly ImportFile[]; readonly notes: readonly string[] }
  | { readonly kind: 'design'; readonly name: string; readonly text: string };

const DESIGN = /\.crowfoot\.json$/i;
/** Files in an archive that are read. */
const SQL_NAME = /\.(?:sql|ddl|psql|pgsql|txt)$/i;
const MAX_FILES = 2000;

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
    return ok(found.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  } catch {
    return named(name, { code: 'damaged', message: 'the archive is damaged and cannot be unpacked.' });
  }
}

/** A folder, or a file that is gone meanwhile or may not be read, has no bytes. */
async function bytesOf(file: File): Promise<Result<Uint8Array>> {
  try {
    return ok(new Uint8Array(await file.arrayBuffer()));
  } catch {
    const message = 'it cannot be read. If it is a folder, open the files in it; else see whether it still is where it was.';
    return named(file.name, { code: 'unreadable', message });
  }
}

/** Reads what was dropped or chosen, without touching the document. Files keep the order of their names. */
export async function readGiven(files: readonly File[]): Promise<Result<Given>> {
  if (files.length > MAX_FILES) return err('too-many', `These are ${files.length} files; ${MAX_FILES} are read at most.`);
  const [only] = files;
  if (only !== undefined && files.length === 1 && DESIGN.test(only.name)) {
    const bytes = await bytesOf(only);
    return bytes.ok ? ok({ kind: 'design', name: only.name, text: new TextDecoder().decode(bytes.value) }) : bytes;
  }
  const texts: ImportFile[] = [];
  const notes: string[] = [];
  for (const file of [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    if (file.size > MAX_BYTES)
      return named(file.name, {
        code: 'too-large',
        message: `more than ${MAX_BYTES / 1024 / 1024} MB. Dump the schema without its data (pg_dump --schema-only).`,
      });
    const bytes = await bytesOf(file);
    if (!bytes.ok) return bytes;
    const parts = await pieces({ name: file.name, bytes: bytes.value });
    if (!parts.ok) return parts;
    for (const part of parts.value) {
      if (DESIGN.test(part.name) && files.length === 1)
        return ok({ kind: 'design', name: part.name, text: new TextDecoder().decode(part.bytes) });
      const decoded = decode(part.bytes);
      if (!decoded.ok) return named(part.name, decoded.problem);
      if (decoded.value.encoding === 'Windows-1252') notes.push(`${part.name} is no UTF-8: it was read as Windows-1252.`);
      texts.push({ name: part.name, text: decoded.value.text });
    }
  }
  if (texts.every((file) => file.text.trim() === '')) return err('empty', 'There is nothing in it: the file is empty.');
  return ok({ kind: 'sql', files: texts, notes });
}
