import { err, ok, type Result } from '#lib/result.ts';
import { COLLECTIONS } from '../collections.ts';
import type { Change, Diff } from '../diff.ts';
import type { Step } from '../history.ts';
import type { AnyRecord, Collection, Id } from '../types.ts';
import { parseJson } from './json.ts';
import { type Parsed, readFile } from './parse.ts';

const KNOWN: ReadonlySet<string> = new Set(COLLECTIONS.map(({ name }) => name));

function isRecord(value: unknown, id: Id): value is AnyRecord {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'id') && (value as { id: unknown }).id === id;
}

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null) return false;
  const { collection, id, from, to } = value as Record<keyof Change, unknown>;
  if (typeof collection !== 'string' || !KNOWN.has(collection) || typeof id !== 'string' || id === '__proto__') return false;
  return (from === undefined || isRecord(from, id)) && (to === undefined || isRecord(to, id)) && (from ?? to) !== undefined;
}

/** Whether a stored value has the form of a diff. What its records hold is looked at where it is applied. */
export function isDiff(value: unknown): value is Diff {
  return Array.isArray(value) && value.every(isChange);
}

/** Whether a stored value has the form of an undo step. */
export function isStep(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && typeof (value as Step).label === 'string' && isDiff((value as Step).diff);
}

/**
 * The document that a stored snapshot and the diffs after it make. Diffs are applied to the file's JSON, of whatever
 * version it is, and the result is read like a file: migrated, and checked in every record.
 */
export function replayJournal(snapshot: string, diffs: readonly unknown[]): Result<Parsed> {
  const json = parseJson(snapshot);
  if (!json.ok) return err('corrupt', `The stored document is damaged: ${json.problem.message}`);
  if (typeof json.value !== 'object' || json.value === null) return err('corrupt', 'The stored document is damaged.');
  const sections = new Map<Collection, Map<Id, unknown>>();
  const file: Record<string, unknown> = { ...json.value };
  for (const diff of diffs) {
    if (!isDiff(diff)) return err('corrupt', 'The journal of the stored document is damaged.');
    for (const { collection, id, to } of diff) {
      let section = sections.get(collection);
      if (section === undefined) {
        const list = Object.hasOwn(file, collection) ? file[collection] : [];
        if (!Array.isArray(list)) return err('corrupt', `The section ${collection} of the stored document is damaged.`);
        section = new Map(list.map((record: { id: Id }) => [record.id, record]));
        sections.set(collection, section);
      }
      if (to === undefined) section.delete(id);
      else section.set(id, to);
    }
  }
  for (const [collection, records] of sections) file[collection] = [...records.values()];
  const read = readFile(file);
  return read.ok ? ok(read.value) : err('corrupt', `The stored document is damaged: ${read.problem.message}`);
}
