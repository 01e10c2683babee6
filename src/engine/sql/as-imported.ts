import { ok, type Result } from '#lib/result.ts';
import { sameValue } from '#lib/same.ts';
import { findRecord } from '#model/collections.ts';
import type { Source } from '#model/source-types.ts';
import type { Document, Id, Stated } from '#model/types.ts';
import { type Edits, editsOf } from './as-imported/edits.ts';
import { Imports } from './as-imported/state.ts';
import { appended, type Replacement, replaced } from './as-imported/text.ts';
import { type PlanItem, planImport } from './plan-import.ts';
import type { ReadPorts, SqlFile } from './read.ts';
import { canWriteAsImported, writtenPrints } from './sources.ts';

export interface AsImported {
  /** The imported files without their rows of data, with what changed since. */
  readonly files: readonly SqlFile[];
  /** Objects whose statements were written anew, added or left out; nothing else differs from what was imported. */
  readonly changed: readonly string[];
  /** Objects that this text says otherwise than the document does. */
  readonly differs: readonly string[];
}

/** What became of the imported records since. */
interface Changes {
  readonly changed: Set<Id>;
  readonly fresh: Set<Id>;
  readonly gone: Set<Id>;
}

function changesSince(document: Document, sources: readonly Source[]): Changes {
  const now = writtenPrints(document);
  const was = new Map(sources.flatMap((source) => source.written.map(({ record, print }) => [record, print] as const)));
  const changed = new Set([...now].flatMap(([id, print]) => (was.has(id) && was.get(id) !== print ? [id] : [])));
  const fresh = new Set([...now.keys()].filter((id) => !was.has(id)));
  return { changed, fresh, gone: new Set([...was.keys()].filter((id) => !now.has(id))) };
}

function filesWith(sources: readonly Source[], { replaced: statements, appended: more }: Edits): readonly SqlFile[] {
  const byFile = new Map<number, Replacement[]>();
  for (const [{ file, statement }, texts] of statements) {
    const list = byFile.get(file) ?? [];
    list.push({ start: statement.start, end: statement.end, text: texts.join('\n\n') });
    byFile.set(file, list);
  }
  return sources.map(({ name, text }, at) => {
    const edited = replaced(text, byFile.get(at) ?? []);
    return { name, text: at === sources.length - 1 ? appended(edited, more) : edited };
  });
}

/** Nothing but whom a comment stands beside, as where its neighbour was left out; its words are all there. */
function onlyComments({ before, after }: PlanItem, files: readonly SqlFile[]): boolean {
  if (before === undefined || after === undefined) return false;
  if (!sameValue({ ...before, remarks: [] }, { ...after, remarks: [] })) return false;
  const { remarks = [] } = before as Stated;
  const words = remarks.flatMap((one) => one.text.split('\n'));
  return words.every((line) => files.some(({ text }) => text.includes(line)));
}

/** What the texts say otherwise than the document. */
function differing(document: Document, imports: Imports, files: readonly SqlFile[]): readonly PlanItem[] {
  const read = imports.read(files, false);
  return planImport(document, read).items.filter(
    (item) => item.state !== 'same' && item.collection !== 'schemas' && !onlyComments(item, files),
  );
}

/** The records to print whole so that an object is said right. */
function unitsOf({ before, after, id }: PlanItem): Id[] {
  const record = before ?? after;
  if (record !== undefined && 'child' in record) return [record.child, record.parent];
  // A clause of a table that could not be understood any more is kept beside it.
  if (record !== undefined && 'about' in record && record.about !== undefined) return [record.about].flat();
  return [id];
}

function labelOf(document: Document, imports: Imports, id: Id): string {
  const record = (findRecord(document, id) ?? findRecord(imports.whole, id))?.record;
  return record !== undefined && 'name' in record && record.name !== undefined ? record.name : id;
}

/**
 * The document as the files that it was imported from: statements nobody touched are there byte for byte, changed ones are
 * printed anew in their place, those of dropped objects are left out, new ones come in dependency order at the end. Rows of
 * data are not kept. What it gives is read again and compared; a table whose statements cannot be changed one by one is
 * printed whole.
 * @returns a problem when there is no text, or it is of another dialect.
 */
export function writeAsImported(document: Document, ports: ReadPorts): Result<AsImported> {
  const can = canWriteAsImported(document);
  if (!can.ok) return can;
  const sources = can.value;
  const { changed, fresh, gone } = changesSince(document, sources);
  const original = sources.map(({ name, text }) => ({ name, text }));
  if (changed.size + fresh.size + gone.size === 0) return ok({ files: original, changed: [], differs: [] });
  const imports = new Imports(document, sources, ports);
  const version = document.settings['settings']?.version ?? 0;
  let coarse = new Set<Id>();
  let best: { edits: Edits; files: readonly SqlFile[]; differs: readonly PlanItem[] } | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    const whole = new Set([...changed, ...[...coarse].filter((id) => !fresh.has(id))]);
    const edits = editsOf({ document, imports, version, changed: whole, fresh, coarse });
    const files = filesWith(sources, edits);
    const differs = differing(document, imports, files);
    if (best === undefined || differs.length < best.differs.length) best = { edits, files, differs };
    if (differs.length === 0) break;
    coarse = new Set([...coarse, ...differs.flatMap(unitsOf).filter((id) => findRecord(document, id) !== undefined)]);
  }
  const { edits, files, differs } = best as NonNullable<typeof best>;
  const ids = new Set([...edits.records, ...gone]);
  return ok({
    files,
    changed: [...ids].map((id) => labelOf(document, imports, id)),
    differs: differs.map((item) => item.label),
  });
}
