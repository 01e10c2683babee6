import { unzlibSync } from 'fflate';
import { err, ok, type Result } from '#lib/result.ts';

/** The tables of an OpenType font by their four-letter tags. */
export type FontTables = ReadonlyMap<string, Uint8Array>;

const WOFF = 0x774f4646;
const TRUE_TYPE = 0x00010000;
/** Bytes that one table may unpack to: far above any font that ships. */
const LARGEST_TABLE = 16_000_000;

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

/**
 * Unpacks a WOFF 1.0 file (W3C Recommendation "WOFF File Format 1.0"), whose tables are each packed with zlib.
 * @returns the tables of a TrueType font; a problem when it is anything else or damaged.
 */
export function unpackWoff(bytes: Uint8Array): Result<FontTables> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44 || view.getUint32(0) !== WOFF || view.getUint32(4) !== TRUE_TYPE)
    return err('font-format', 'The font file is no WOFF file with TrueType outlines; the picture is written without it.');
  const tables = new Map<string, Uint8Array>();
  const count = view.getUint16(12);
  try {
    for (let i = 0; i < count; i++) {
      const at = 44 + i * 20;
      const offset = view.getUint32(at + 4);
      const packed = view.getUint32(at + 8);
      const length = view.getUint32(at + 12);
      if (offset + packed > bytes.length || length > LARGEST_TABLE) throw new RangeError('a table lies outside the file');
      const raw = bytes.subarray(offset, offset + packed);
      tables.set(tagAt(view, at), packed === length ? raw : unzlibSync(raw, { out: new Uint8Array(length) }));
    }
  } catch (error) {
    return err('font-damaged', `The font file is damaged (${String(error)}); the picture is written without it.`);
  }
  return ok(tables);
}
