import { err, ok, type Result } from '#lib/result.ts';
import { decode, isGzip, MAX_BYTES } from '#storage/decode.ts';

/** A file as the browser hands it over. */
export interface DataFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface DataText {
  readonly name: string;
  readonly text: string;
}

const TOO_LARGE = `more than ${MAX_BYTES / 1024 / 1024} MB. A part of its rows is enough to see what depends on what.`;

async function unpacked(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.byteLength - 4, true);
  if (length > MAX_BYTES) return undefined;
  const { gunzipSync } = await import('fflate');
  return gunzipSync(bytes);
}

async function readOne(file: DataFile): Promise<Result<DataText>> {
  const said = (code: string, message: string) => err(code, `${file.name}: ${message}`);
  if (file.size > MAX_BYTES) return said('too-large', TOO_LARGE);
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const plain = isGzip(bytes) ? await unpacked(bytes) : bytes;
    if (plain === undefined) return said('too-large', `unpacked it has ${TOO_LARGE}`);
    const decoded = decode(plain);
    if (!decoded.ok) return said(decoded.problem.code, 'it is binary, not text. Export the rows as CSV and open that.');
    if (decoded.value.text.trim() === '') return said('empty', 'there is nothing in it.');
    return ok({ name: file.name.replace(/\.gz$/i, ''), text: decoded.value.text });
  } catch {
    return said('unreadable', 'it cannot be read. See whether it is damaged, or still is where it was.');
  }
}

/** The texts of files of data; the problem of the first one that has none. */
export async function readDataFiles(files: readonly DataFile[]): Promise<Result<readonly DataText[]>> {
  const texts: DataText[] = [];
  for (const file of files) {
    const read = await readOne(file);
    if (!read.ok) return read;
    texts.push(read.value);
  }
  return ok(texts);
}
