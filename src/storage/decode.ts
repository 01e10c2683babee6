import { err, ok, type Result } from '#lib/result.ts';

/** A file's bytes as text, and how they were read when that was a guess. */
export interface Decoded {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE' | 'Windows-1252';
}

/** Bytes of one file that are read at most. */
export const MAX_BYTES = 256 * 1024 * 1024;

interface Magic {
  readonly bytes: readonly number[];
  readonly code: string;
  readonly message: string;
}

const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0));

/** Files that are no text, by their first bytes, with what to do instead. */
const MAGIC: readonly Magic[] = [
  {
    bytes: ascii('PGDMP'),
    code: 'pg-custom-dump',
    message: 'This is a PostgreSQL dump in the custom format. Turn it into SQL with: pg_restore --schema-only -f schema.sql FILE',
  },
  {
    bytes: ascii('SQLite format 3'),
    code: 'sqlite-database',
    message: 'This is a SQLite database, not SQL. Write its schema with: sqlite3 FILE .schema > schema.sql',
  },
  { bytes: ascii('%PDF'), code: 'not-text', message: 'This is a PDF document. Export the schema as SQL text and open that.' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    code: 'not-text',
    message: 'This is an old Office document (such as .doc). Save the SQL as plain text and open that.',
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], code: 'not-text', message: 'This is a picture. Open a file of SQL text.' },
  { bytes: [0xff, 0xd8, 0xff], code: 'not-text', message: 'This is a picture. Open a file of SQL text.' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], code: 'not-text', message: 'This is a program. Open a file of SQL text.' },
  { bytes: ascii('7z\xbc\xaf'), code: 'archive', message: 'This is a 7z archive. Unpack it and open the SQL files in it.' },
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
}

export function isGzip(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x1f, 0x8b]);
}

const SAMPLE = 4096;

/** UTF-16 without its mark: nearly every second byte of Latin text is zero. */
function looksUtf16(bytes: Uint8Array): 'UTF-16 LE' | 'UTF-16 BE' | undefined {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.7 && even < pairs * 0.05) return 'UTF-16 LE';
  if (even > pairs * 0.7 && odd < pairs * 0.05) return 'UTF-16 BE';
  return undefined;
}

function decodeAs(bytes: Uint8Array, encoding: Decoded['encoding']): Decoded {
  const label = { 'UTF-8': 'utf-8', 'UTF-16 LE': 'utf-16le', 'UTF-16 BE': 'utf-16be', 'Windows-1252': 'windows-1252' }[encoding];
  return { text: new TextDecoder(label).decode(bytes), encoding };
}

/** Where a NUL stands: no SQL text holds one. */
function refuseNul({ text, encoding }: Decoded): Result<Decoded> {
  const at = text.indexOf('\0');
  if (at < 0) return ok({ text, encoding });
  let controls = 0;
  const sample = text.slice(0, SAMPLE);
  for (const char of sample) if (char < ' ' && !'\t\n\r\f\v\b\x1b'.includes(char)) controls += 1;
  if (controls > sample.length / 20)
    return err('not-text', 'This is a binary file, not SQL text. Export the schema as SQL and open that.');
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return err(
    'nul',
    `There is a NUL character in line ${line}, column ${at - before.lastIndexOf('\n')}: no SQL text holds one. The file may be damaged.`,
  );
}

/**
 * Reads the bytes of a file that should be SQL text: UTF-8, UTF-16 (with or without its mark), or Windows-1252 when it
 * can be nothing else. What is no text is refused with what to do instead.
 */
export function decode(bytes: Uint8Array): Result<Decoded> {
  if (bytes.length === 0) return err('empty', 'The file is empty.');
  if (bytes.length > MAX_BYTES) {
    const size = Math.round(bytes.length / 1024 / 1024);
    return err(
      'too-large',
      `The file has ${size} MB; ${MAX_BYTES / 1024 / 1024} MB are read at most. Dump the schema without its data (pg_dump --schema-only).`,
    );
  }
  const magic = MAGIC.find((one) => startsWith(bytes, one.bytes));
  if (magic !== undefined) return err(magic.code, magic.message);
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return refuseNul(decodeAs(bytes, 'UTF-8'));
  if (startsWith(bytes, [0xff, 0xfe])) return refuseNul(decodeAs(bytes, 'UTF-16 LE'));
  if (startsWith(bytes, [0xfe, 0xff])) return refuseNul(decodeAs(bytes, 'UTF-16 BE'));
  const wide = looksUtf16(bytes);
  if (wide !== undefined) return refuseNul(decodeAs(bytes, wide));
  try {
    return refuseNul({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' });
  } catch {
    return refuseNul(decodeAs(bytes, 'Windows-1252'));
  }
}
