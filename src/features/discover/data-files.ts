import { detectFormat } from '#engine/discover/read/detect.ts';

/** What an input for files asks for. */
export const DATA_FILES = '.csv,.tsv,.tab,.psv,.jsonl,.ndjson,.json,.txt,.gz,.sql,.sqlite,.sqlite3,.db,.db3,.s3db';

const DATA_NAME = /\.(?:csv|tsv|tab|psv|jsonl|ndjson)(?:\.gz)?$/i;

/** Whether a file of this name holds rows of data rather than SQL or a design. */
export function isDataName(name: string): boolean {
  return DATA_NAME.test(name);
}

/** Whether a file of this name is a database that can be opened here. */
export function isDatabaseName(name: string): boolean {
  return /\.(?:sqlite3?|db3?|s3db)(?:\.gz)?$/i.test(name);
}

/** Lines that are looked at. */
const LOOKED = 40;
const SAMPLE = 64 * 1024;
/** How texts in other languages begin that the studio reads. */
const CODE =
  /^\s*(?:create|alter|insert|select|with|drop|set|use|begin|comment|table|model|enum|ref|project|erdiagram|graph|--|\/\*|\/\/)\b/i;

function isJsonRow(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false;
  try {
    const row: unknown = JSON.parse(line);
    return typeof row === 'object' && row !== null;
  } catch {
    return false;
  }
}

/**
 * Whether pasted text is rows of data: JSON objects line by line, or at least three lines with the same number of values.
 * When in doubt it is not.
 */
export function looksLikeData(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  const lines = sample.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const whole = (sample.length < text.length ? lines.slice(0, -1) : lines).slice(0, LOOKED);
  if (whole.length < 2) return false;
  if (whole.every(isJsonRow)) return true;
  if (whole.length < 3 || CODE.test(sample) || /^\s*[[{(]/.test(sample)) return false;
  const { separator } = detectFormat(`${whole.join('\n')}\n`);
  const fields = (line: string) => line.replaceAll(/"(?:[^"]|"")*"/g, '').split(separator).length;
  const first = fields(whole[0] ?? '');
  // Statements and declarations end their lines alike; rows of data do not.
  const declares = whole.some((line) => /[;,{(]\s*$/.test(line) && !/[;,]\s*[;,]\s*$/.test(line) && separator !== ';');
  return first >= 2 && !declares && whole.every((line) => fields(line) === first);
}
