import { fileOpen } from 'browser-fs-access';
import { hash32 } from '#lib/ids.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { FileLink } from './database.ts';

/** A file on disk as it was when last read or written. */
export type LinkedFile = Omit<FileLink, 'document'>;

export interface OpenedFile {
  readonly name: string;
  readonly text: string;
  /** Absent where the browser gives no access to the file itself. */
  readonly link?: LinkedFile;
}

/** What saving came to. `changed`: somebody else wrote the file since; nothing was overwritten. */
export type SavedFile =
  | { readonly kind: 'written'; readonly link: LinkedFile }
  | { readonly kind: 'downloaded'; readonly name: string }
  | { readonly kind: 'changed'; readonly name: string; readonly mine: string; readonly theirs: string }
  | { readonly kind: 'cancelled' };

export const EXTENSION = '.crowfoot.json';

interface Permissions {
  queryPermission?(options: { mode: 'readwrite' }): Promise<PermissionState>;
  requestPermission?(options: { mode: 'readwrite' }): Promise<PermissionState>;
}

type SavePicker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle>;

/** What the browser offers for files. Tests give one of their own. */
export interface FilePort {
  /** Lets the person choose a file; undefined when they do not. */
  open(): Promise<{ file: File; handle?: FileSystemFileHandle } | undefined>;
  /** Lets the person choose where to save; undefined when they do not. Absent = the browser can only download. */
  readonly choose?: (suggestedName: string) => Promise<FileSystemFileHandle | undefined>;
  download(name: string, text: string, type: string): void;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

const ACCEPT = { description: 'Crowfoot document', accept: { 'application/json': ['.json'] } };

/** Offers a text as a download. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export function browserFiles(): FilePort {
  const picker = (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  const port: FilePort = {
    async open() {
      try {
        const file = await fileOpen({ description: ACCEPT.description, extensions: ['.json'], mimeTypes: ['application/json'] });
        return { file, ...(file.handle === undefined ? {} : { handle: file.handle }) };
      } catch (error) {
        if (isAbort(error)) return undefined;
        throw error;
      }
    },
    download,
  };
  if (typeof picker !== 'function') return port;
  return {
    ...port,
    async choose(suggestedName) {
      try {
        return await picker.call(globalThis, { suggestedName, types: [ACCEPT] });
      } catch (error) {
        if (isAbort(error)) return undefined;
        throw error;
      }
    },
  };
}

/** A name for the file of a document, without what file systems refuse. */
export function fileNameOf(document: string): string {
  const plain = Array.from(document, (char) => (char < ' ' || '<>:"/\\|?*'.includes(char) ? '-' : char)).join('');
  return `${
    plain
      .trim()
      .replace(/^\.+|[. ]+$/g, '')
      .slice(0, 100) || 'Untitled'
  }${EXTENSION}`;
}

function failed(error: unknown, what: string): Result<never> {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return err('file-gone', `The file is no longer where it was. ${what} it under a name again.`);
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return err(
      'file-forbidden',
      `The browser does not allow access to the file. ${what} it again and allow it, or download a copy.`,
    );
  }
  return err(
    'file-failed',
    `The file could not be used (${error instanceof Error ? error.message : String(error)}). Download a copy.`,
  );
}

async function linkOf(handle: FileSystemFileHandle): Promise<{ link: LinkedFile; text: string }> {
  const file = await handle.getFile();
  const text = await file.text();
  return { link: { handle, name: file.name, modified: file.lastModified, size: file.size, hash: hash32(text) }, text };
}

/** Reads a linked file as it is now. */
export async function readLinked(
  handle: FileSystemFileHandle,
): Promise<Result<{ readonly link: LinkedFile; readonly text: string }>> {
  try {
    return ok(await linkOf(handle));
  } catch (error) {
    return failed(error, 'Open');
  }
}

/** Reads a file that the person chooses; undefined when they choose none. */
export async function openFile(port: FilePort): Promise<Result<OpenedFile | undefined>> {
  try {
    const chosen = await port.open();
    if (chosen === undefined) return ok(undefined);
    const text = await chosen.file.text();
    if (chosen.handle === undefined) return ok({ name: chosen.file.name, text });
    const { name, lastModified: modified, size } = chosen.file;
    return ok({ name, text, link: { handle: chosen.handle, name, modified, size, hash: hash32(text) } });
  } catch (error) {
    return failed(error, 'Open');
  }
}

/** Whether the file may be written, asking when the browser wants to; must run in a click. */
async function allowed(handle: FileSystemFileHandle): Promise<boolean> {
  const permissions = handle as Permissions;
  if (permissions.queryPermission === undefined || (await permissions.queryPermission({ mode: 'readwrite' })) === 'granted')
    return true;
  return (await permissions.requestPermission?.({ mode: 'readwrite' })) === 'granted';
}

export interface SaveOptions {
  /** The file to write; absent = the person chooses one. */
  readonly link?: LinkedFile | undefined;
  readonly suggestedName: string;
  /** Writes even if the file changed since it was last read or written. */
  readonly overwrite?: boolean;
}

/**
 * Saves a text to disk: to the linked file, else to one the person chooses, else as a download. A linked file that
 * somebody changed is not overwritten but reported.
 */
export async function saveFile(port: FilePort, text: string, options: SaveOptions): Promise<Result<SavedFile>> {
  const { link, suggestedName, overwrite = false } = options;
  try {
    if (link !== undefined) {
      if (!(await allowed(link.handle))) throw new DOMException('not allowed', 'NotAllowedError');
      if (!overwrite) {
        const file = await link.handle.getFile();
        if (file.lastModified !== link.modified || file.size !== link.size) {
          const theirs = await file.text();
          if (hash32(theirs) !== link.hash && theirs !== text) return ok({ kind: 'changed', name: file.name, mine: text, theirs });
        }
      }
      return ok(await write(link.handle, text));
    }
    if (port.choose === undefined) {
      port.download(suggestedName, text, 'application/json');
      return ok({ kind: 'downloaded', name: suggestedName });
    }
    const handle = await port.choose(suggestedName);
    return ok(handle === undefined ? { kind: 'cancelled' } : await write(handle, text));
  } catch (error) {
    return failed(error, 'Save');
  }
}

async function write(handle: FileSystemFileHandle, text: string): Promise<SavedFile> {
  const stream = await handle.createWritable();
  await stream.write(text);
  await stream.close();
  const { link } = await linkOf(handle);
  return { kind: 'written', link: { ...link, hash: hash32(text) } };
}
