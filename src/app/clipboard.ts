import { stage } from '#features/canvas/stage.ts';
import type { Result } from '#lib/result.ts';
import { type Clip, clipOf, objectsOf, readClip, writeClip } from '#model/clipboard.ts';
import { recordIn } from '#model/collections.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import { columnsFor, transplant } from '#model/transplant.ts';
import type { Ref, Table } from '#model/types.ts';
import { requestDeletion } from '#state/deletion.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { renamedApart } from '#state/paste-names.ts';
import { resultsStore } from '#state/results.ts';
import { select, viewStore } from '#state/view.ts';
import { clipHtml, clipInHtml } from './clip-html.ts';
import { focusOf } from './keys.ts';

/** Our own kind of clipboard data: what was copied, exactly. Text beside it is its DDL, for everybody else. */
const KIND = 'application/x-crowfoot';

/** Whether the clipboard belongs to the model: the focus is on the canvas or in the navigator, and no text is selected. */
function isOurs(target: EventTarget | null): boolean {
  if (focusOf(target) === 'canvas') return window.getSelection()?.isCollapsed !== false;
  return target instanceof Element && target.closest('[role=tree]') !== null;
}

/** The DDL of a clip: the statements of its records as the DDL pane has them, or the lines of its columns. */
function sqlOf({ kind, document }: Clip): string {
  const { statements } = resultsStore.getState().ddl;
  if (kind === 'columns') {
    const ids = new Set(Object.values(document.tables).flatMap((table) => table.columns.map((column) => column.id)));
    const lines = statements.flatMap((one) =>
      one.parts.flatMap(({ id, start, end }) => (ids.has(id) ? [one.sql.slice(start, end).trim().replace(/,$/, '')] : [])),
    );
    return lines.join(',\n');
  }
  const { schemas, types, sequences, tables, relationships, views, routines, triggers } = document;
  const chosen = new Set(
    [schemas, types, sequences, tables, relationships, views, routines, triggers].flatMap((records) => Object.keys(records)),
  );
  return statements
    .filter((one) => chosen.has(one.record))
    .map((one) => one.sql)
    .join('\n\n');
}

/**
 * What was copied last in this tab: a menu's Paste is given the clipboard's text alone where the browser takes the rest
 * away, and by that text it knows the objects again.
 */
let copied: { readonly text: string; readonly clip: string } | undefined;

function copy(event: ClipboardEvent): boolean {
  const { selection, diagram } = viewStore.getState();
  const clip = clipOf(documentStore.getState().document, selection, diagram);
  if (clip === undefined || event.clipboardData === null) return false;
  copied = { text: sqlOf(clip), clip: writeClip(clip) };
  event.clipboardData.setData(KIND, copied.clip);
  event.clipboardData.setData('text/plain', copied.text);
  event.clipboardData.setData('text/html', clipHtml(copied.clip, copied.text));
  event.preventDefault();
  return true;
}

let pointer: { readonly clientX: number; readonly clientY: number } | undefined;

/** Where pasted things should go: to the pointer when it is over the canvas, else to the middle of the view. */
function wish(): { x: number; y: number } {
  const over = pointer === undefined ? null : window.document.elementFromPoint(pointer.clientX, pointer.clientY);
  const canvas = stage.element;
  return pointer !== undefined && canvas !== undefined && over !== null && canvas.contains(over)
    ? stage.at(pointer)
    : stage.middle();
}

function tell(ran: Result<unknown>, refs: readonly Ref[]): void {
  if (ran.ok) select(refs);
  else notify({ tone: 'bad', text: ran.problem.message });
}

function pasteObjects(clip: Clip): void {
  const { document } = documentStore.getState();
  const { diagram } = viewStore.getState();
  const options = { ids: interactiveIds(), diagram, from: MAIN_DIAGRAM, at: wish() };
  const { put, refs } = transplant(renamedApart(clip.document, document), document, objectsOf(clip), options);
  if (put.length === 0) {
    notify({ tone: 'info', text: 'Everything on the clipboard is in the model already.' });
    return;
  }
  const label = `Paste ${refs.length === 1 ? 'one object' : `${refs.length} objects`}`;
  tell(run({ name: 'putRecords', args: { label, put } }), refs);
}

/** The table that columns are pasted into, and where: below the selected column, else at its end. */
function columnTarget(): { readonly table: Table; readonly at: number } | undefined {
  const { document } = documentStore.getState();
  const ref = viewStore.getState().selection.at(-1);
  const table = ref === undefined ? undefined : recordIn(document, 'tables', ref.record);
  if (table === undefined) return undefined;
  const at = table.columns.findIndex((column) => column.id === ref?.part);
  return { table, at: at < 0 ? table.columns.length : at + 1 };
}

function pasteColumns(clip: Clip): void {
  const target = columnTarget();
  if (target === undefined) {
    notify({ tone: 'info', text: 'There are columns on the clipboard: select the table they should go to, then paste.' });
    return;
  }
  const { document } = documentStore.getState();
  const ids = interactiveIds();
  const { columns, put } = columnsFor(clip.document, document, ids, viewStore.getState().diagram);
  const taken = new Set(columnsOf(document, target.table).map((column) => column.name));
  const renamed: string[] = [];
  const made = columns.map((column, index) => {
    const name = freeName(column.name, (one) => taken.has(one));
    if (name !== column.name) renamed.push(`${column.name} as ${name}`);
    taken.add(name);
    return { ...column, name, id: ids.next('col', name), at: target.at + index };
  });
  const calls: CommandCall[] = put.length === 0 ? [] : [{ name: 'putRecords', args: { label: 'Paste types', put } }];
  for (const { at, ...column } of made) calls.push({ name: 'addColumn', args: { table: target.table.id, column, at } });
  const label = `Paste ${made.length === 1 ? 'a column' : `${made.length} columns`} into ${target.table.name}`;
  tell(
    run(calls, label),
    made.map(({ id }) => ({ record: target.table.id, part: id })),
  );
  if (renamed.length > 0)
    notify({ tone: 'info', text: `${target.table.name} has a column of the name already: pasted ${renamed.join(', ')}.` });
}

function pasteClip(clip: Clip): void {
  if (clip.kind === 'columns') pasteColumns(clip);
  else pasteObjects(clip);
}

/** What the clipboard says is ours, from its own kind or from the HTML that carries it. */
function clipIn(own: string, html: string): Result<Clip> | undefined {
  const text = own === '' ? clipInHtml(html) : own;
  return text === undefined ? undefined : readClip(text);
}

function take(clip: Result<Clip> | undefined, text: string): void {
  if (clip === undefined) {
    void import('./paste-sql.ts').then(({ pasteSql }) => pasteSql(text, wish));
    return;
  }
  if (clip.ok) pasteClip(clip.value);
  else notify({ tone: 'bad', text: `The clipboard was not pasted. ${clip.problem.message}` });
}

function paste(event: ClipboardEvent): void {
  const data = event.clipboardData;
  const clip = clipIn(data?.getData(KIND) ?? '', data?.getData('text/html') ?? '');
  const text = data?.getData('text/plain') ?? '';
  const files = [...(data?.files ?? [])];
  if (clip === undefined && text.trim() === '' && files.length === 0) return;
  event.preventDefault();
  if (clip === undefined && files.length > 0)
    void import('#features/import/start.ts').then(({ startWithFiles }) => startWithFiles(files));
  else take(clip, text);
}

/** Copies, cuts and pastes parts of the model; SQL pasted on the canvas becomes tables. Returns how to stop. */
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
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    pointer = { clientX, clientY };
  };
  window.addEventListener('copy', onCopy);
  window.addEventListener('cut', onCut);
  window.addEventListener('paste', onPaste);
  window.addEventListener('pointermove', onMove, { passive: true });
  return () => {
    window.removeEventListener('copy', onCopy);
    window.removeEventListener('cut', onCut);
    window.removeEventListener('paste', onPaste);
    window.removeEventListener('pointermove', onMove);
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

/** What the browser hands out of its clipboard: text, and HTML where it does. */
async function readClipboard(): Promise<{ readonly text: string; readonly html: string }> {
  const items = await navigator.clipboard.read();
  const read = async (type: string) => {
    const item = items.find((one) => one.types.includes(type));
    return item === undefined ? '' : (await item.getType(type)).text();
  };
  return { text: await read('text/plain'), html: await read('text/html') };
}

/** Pastes from a menu; the browser may ask first. */
export async function pasteCommand(): Promise<void> {
  let given: { readonly text: string; readonly html: string };
  try {
    given = await readClipboard();
  } catch {
    notify({ tone: 'info', text: 'The browser allows pasting only by keyboard here: click the canvas and press mod+V.' });
    return;
  }
  const { text, html } = given;
  // Line ends may have been changed on the way through the clipboard.
  const same = copied !== undefined && text.replaceAll('\r\n', '\n') === copied.text;
  const clip = copied !== undefined && same ? readClip(copied.clip) : clipIn('', html);
  if (clip !== undefined || text.trim() !== '') take(clip, text);
}
