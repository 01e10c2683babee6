import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { resultsStore } from '#state/results.ts';
import { transplant } from '#state/transplant.ts';
import { select, viewStore } from '#state/view.ts';
import { focusOf } from './keys.ts';

/** Our own kind of clipboard data: a document of what was copied, in the file format. Text beside it is its DDL. */
const KIND = 'application/x-crowfoot';
const OFFSET = 32;

/** Whether the clipboard belongs to the model: the focus is on the canvas or in the navigator, and no text is selected. */
function isOurs(target: EventTarget | null): boolean {
  if (focusOf(target) === 'canvas') return window.getSelection()?.isCollapsed !== false;
  return target instanceof Element && target.closest('[role=tree]') !== null;
}

/** The selected tables, views, notes and areas, by id. */
function selectedRecords(): string[] {
  return viewStore
    .getState()
    .selection.filter((ref) => ref.part === undefined)
    .map((ref) => ref.record);
}

function pick<T>(records: Readonly<Record<string, T>>, keep: (record: T, id: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(records).filter(([id, record]) => keep(record, id)));
}

/** The part of a document that is copied: whole records, the relationships among them, and what their types need. */
export function excerpt(document: Document, records: readonly string[]): Document {
  const chosen = new Set(records);
  const has = (_: unknown, id: string) => chosen.has(id);
  return {
    ...document,
    tables: pick(document.tables, has),
    views: pick(document.views, has),
    notes: pick(document.notes, has),
    areas: pick(document.areas, has),
    relationships: pick(document.relationships, (one) => chosen.has(one.child) && chosen.has(one.parent)),
    placements: pick(document.placements, (one) => chosen.has(one.object)),
    routes: {},
    sequences: {},
    routines: {},
    triggers: {},
    verbatim: {},
    waivers: {},
    decisions: {},
    entities: {},
    associations: {},
    hierarchies: {},
    attributes: {},
  };
}

/**
 * What was copied last in this tab: a menu's Paste is given the clipboard's text alone, and by that text it knows the
 * objects again.
 */
let copied: { readonly text: string; readonly records: string } | undefined;

function copy(event: ClipboardEvent): boolean {
  const records = selectedRecords();
  if (records.length === 0 || event.clipboardData === null) return false;
  const { document } = documentStore.getState();
  const chosen = new Set(records);
  const sql = resultsStore
    .getState()
    .ddl.statements.filter((one) => chosen.has(one.record))
    .map((one) => one.sql);
  copied = { text: sql.join('\n\n'), records: serialize(excerpt(document, records)) };
  event.clipboardData.setData(KIND, copied.records);
  event.clipboardData.setData('text/plain', copied.text);
  event.preventDefault();
  return true;
}

function pasteRecords(text: string): void {
  const parsed = parseDocument(text);
  if (!parsed.ok) {
    notify({ tone: 'bad', text: parsed.problem.message });
    return;
  }
  const from = parsed.value.document;
  const { document } = documentStore.getState();
  const ids = [from.tables, from.views, from.notes, from.areas].flatMap((collection) => Object.keys(collection));
  const { put, refs } = transplant(from, document, ids, {
    ids: interactiveIds(),
    diagram: viewStore.getState().diagram,
    offset: OFFSET,
  });
  const label = `Paste ${refs.length === 1 ? 'one object' : `${refs.length} objects`}`;
  const ran = run({ name: 'putRecords', args: { label, put } });
  if (!ran.ok) notify({ tone: 'bad', text: ran.problem.message });
  else select(refs);
}

function paste(event: ClipboardEvent): void {
  const own = event.clipboardData?.getData(KIND) ?? '';
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const files = [...(event.clipboardData?.files ?? [])];
  if (own === '' && text.trim() === '' && files.length === 0) return;
  event.preventDefault();
  if (own !== '') pasteRecords(own);
  else if (files.length > 0) void import('#features/import/start.ts').then(({ startWithFiles }) => startWithFiles(files));
  else void import('#features/import/start.ts').then(({ startWithPaste }) => startWithPaste(text));
}

/** Copies, cuts and pastes parts of the model; SQL pasted on the canvas is imported. Returns how to stop. */
export function listenToClipboard(): () => void {
  const onCopy = (event: ClipboardEvent) => {
    if (byMenu || isOurs(event.target)) copy(event);
  };
  const onCut = (event: ClipboardEvent) => {
    if ((byMenu || isOurs(event.target)) && copy(event)) requestDeletion();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isOurs(event.target)) paste(event);
  };
  window.addEventListener('copy', onCopy);
  window.addEventListener('cut', onCut);
  window.addEventListener('paste', onPaste);
  return () => {
    window.removeEventListener('copy', onCopy);
    window.removeEventListener('cut', onCut);
    window.removeEventListener('paste', onPaste);
  };
}

/** A menu has the focus while its Copy runs: the event then comes from there, and is about the model all the same. */
let byMenu = false;

/** Copies or cuts what is selected, from a menu. */
export function clipboardCommand(command: 'copy' | 'cut'): void {
  byMenu = true;
  const done = document.execCommand(command);
  byMenu = false;
  if (!done) notify({ tone: 'info', text: 'The browser allows this only by keyboard: mod+C and mod+X.' });
}

/** Pastes from a menu; the browser may ask first. */
export async function pasteCommand(): Promise<void> {
  try {
    const text = await navigator.clipboard.readText();
    // Line ends may have been changed on the way through the clipboard.
    const same = copied !== undefined && text.replaceAll('\r\n', '\n') === copied.text;
    if (copied !== undefined && same) {
      pasteRecords(copied.records);
      return;
    }
    if (text.trim() === '') return;
    const { startWithPaste } = await import('#features/import/start.ts');
    startWithPaste(text);
  } catch {
    notify({ tone: 'info', text: 'The browser allows pasting only by keyboard here: click the canvas and press mod+V.' });
  }
}
