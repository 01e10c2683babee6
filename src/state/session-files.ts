import { err, ok, type Result } from '#lib/result.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import { replaceArgs } from '#model/replace.ts';
import { fileNameOf, openFile, readLinked, type SavedFile, saveFile } from '#storage/files.ts';
import { documentStore, run, setReadOnly } from './document.ts';
import { sessionStore } from './session.ts';
import { newId, openHere, sessionPorts, show } from './session-current.ts';
import { newDocument } from './session-open.ts';

export interface SaveToFile {
  /** Asks for a new place even when the document is linked to a file. */
  readonly as?: boolean;
  /** What to do with a file that somebody changed: overwrite it, take its content, or save beside it. */
  readonly conflict?: 'mine' | 'theirs' | 'both';
}

/**
 * Saves the document to the file it is linked to, else to one the person chooses, else as a download. Call it from a
 * click: the browser may ask for permission. `changed` comes back when the file was changed by somebody else: nothing was
 * written; call again with a decision.
 */
export async function saveToFile({ as = false, conflict }: SaveToFile = {}): Promise<Result<SavedFile>> {
  const open = openHere();
  if (open === undefined) return err('not-open', 'No document is open.');
  const { store, files } = sessionPorts();
  const { document } = documentStore.getState();
  const stored = as ? ok(undefined) : await store.link(open.id);
  const link = stored.ok ? stored.value : undefined;
  if (conflict === 'theirs' && link !== undefined) return takeTheirs(open.id);
  const name = document.settings['settings']?.name ?? '';
  const saved = await saveFile(files, serialize(document), {
    link: conflict === 'both' ? undefined : link,
    suggestedName: fileNameOf(conflict === 'both' ? `${name} (mine)` : name),
    overwrite: conflict === 'mine',
  });
  if (!saved.ok || saved.value.kind !== 'written') return saved;
  const kept = await store.setLink(open.id, { document: open.id, ...saved.value.link });
  if (!kept.ok) return kept;
  sessionStore.setState({ file: saved.value.link.name, fileCurrent: documentStore.getState().document === document });
  return saved;
}

/** Takes the content of the linked file as the document, in one undo step. */
async function takeTheirs(id: string): Promise<Result<SavedFile>> {
  const { store } = sessionPorts();
  const stored = await store.link(id);
  if (!stored.ok) return stored;
  if (stored.value === undefined) return err('not-linked', 'The document is linked to no file.');
  const read = await readLinked(stored.value.handle);
  if (!read.ok) return read;
  const { link, text } = read.value;
  const parsed = parseDocument(text);
  if (!parsed.ok) return parsed;
  if (parsed.value.readOnly !== undefined) return err('newer-version', parsed.value.readOnly);
  const { document } = documentStore.getState();
  const ran = run({ name: 'putRecords', args: replaceArgs(document, parsed.value.document, `Take what ${link.name} holds`) });
  if (!ran.ok) return ran;
  const kept = await store.setLink(id, { document: id, ...link });
  if (!kept.ok) return kept;
  sessionStore.setState({ file: link.name, fileCurrent: true });
  return ok({ kind: 'written', link });
}

/** Lets the person choose a `.crowfoot.json` and opens it as a document linked to it; undefined when they choose none. */
export async function openFromFile(): Promise<Result<string | undefined>> {
  const { store, files } = sessionPorts();
  const chosen = await openFile(files);
  if (!chosen.ok) return chosen;
  if (chosen.value === undefined) return ok(undefined);
  const { name, text, link } = chosen.value;
  const opened = await openText(text, name);
  if (!opened.ok || link === undefined) return opened;
  const kept = await store.setLink(opened.value, { document: opened.value, ...link });
  if (!kept.ok) return kept;
  sessionStore.setState({ file: link.name, fileCurrent: true });
  return opened;
}

/** Opens the text of a `.crowfoot.json`, from wherever it comes, as a new document. `name` is for messages. */
export async function openText(text: string, name: string): Promise<Result<string>> {
  const parsed = parseDocument(text);
  if (!parsed.ok) return err(parsed.problem.code, `${name} could not be opened. ${parsed.problem.message}`);
  const { document, readOnly } = parsed.value;
  if (readOnly === undefined) return newDocument(document);
  // It is only shown: storing it would lose what this version does not know.
  const id = newId();
  const shown = await show(id, document);
  setReadOnly(readOnly);
  return shown.ok ? ok(id) : shown;
}
