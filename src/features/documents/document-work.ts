import { createStore } from 'zustand/vanilla';
import type { Problem, Result } from '#lib/result.ts';
import { notify } from '#state/notices.ts';
import { sessionStore } from '#state/session.ts';
import { downloadDocument } from '#state/session-current.ts';
import { openFromFile, type SaveToFile, saveToFile } from '#state/session-files.ts';
import { deleteDocument, duplicateDocument, newDocument, openDocument, renameDocument } from '#state/session-open.ts';
import { openDialog, select, showWhole } from '#state/view.ts';

/** A linked file that somebody else changed, waiting for a decision. */
export const conflictStore = createStore<{ readonly file?: string | undefined }>(() => ({}));

function say(problem: Problem): void {
  notify({ tone: 'bad', text: problem.message });
}

function settled(result: Result<unknown>): boolean {
  if (!result.ok) say(result.problem);
  return result.ok;
}

function shown(): void {
  openDialog(undefined);
  select([]);
  showWhole();
}

export async function makeDocument(): Promise<void> {
  if (settled(await newDocument())) shown();
}

export async function goToDocument(id: string): Promise<void> {
  const opened = await openDocument(id);
  if (opened.ok) shown();
}

export async function copyDocument(id: string): Promise<void> {
  const copied = await duplicateDocument(id);
  if (!settled(copied) || !copied.ok) return;
  notify({ tone: 'ok', text: 'Copied.', action: { label: 'Open the copy', run: () => void goToDocument(copied.value) } });
}

/** Makes a design that came in a link one's own. */
export async function keepIt(): Promise<void> {
  const { keepShared } = await import('#state/session-shared.ts');
  if (settled(await keepShared())) notify({ tone: 'ok', text: 'The design is now yours, stored in this browser.' });
}

export async function nameDocument(id: string, name: string): Promise<void> {
  if (name.trim() !== '') settled(await renameDocument(id, name.trim()));
}

export async function discardDocument(id: string): Promise<void> {
  const name = sessionStore.getState().documents.find((one) => one.id === id)?.name ?? 'The document';
  const gone = await deleteDocument(id);
  if (!gone.ok) {
    say(gone.problem);
    return;
  }
  const bringBack = async () => {
    settled(await gone.value.undo());
  };
  notify({ tone: 'info', text: `${name} was deleted.`, sticky: true, action: { label: 'Undo', run: () => void bringBack() } });
}

export function downloadIt(): void {
  downloadDocument();
}

/** Saves to the linked file, or asks where. A file that somebody changed is not overwritten: the person decides. */
export async function saveToDisk(how: SaveToFile = {}): Promise<void> {
  const saved = await saveToFile(how);
  if (!saved.ok) {
    say(saved.problem);
    return;
  }
  if (saved.value.kind === 'changed') conflictStore.setState({ file: sessionStore.getState().file ?? 'the file' });
  else if (saved.value.kind === 'written') notify({ tone: 'ok', text: `Saved to ${saved.value.link.name}.` });
}

export async function openAnyFile(): Promise<void> {
  const opened = await openFromFile();
  if (!opened.ok) say(opened.problem);
  else if (opened.value !== undefined) shown();
}
