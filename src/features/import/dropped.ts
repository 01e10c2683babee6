import type { GivenFile } from './unpack.ts';

/** Files of a dropped folder that are taken at most. */
const MOST = 5000;

function entries(reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A folder gives a part of its entries at a time, and nothing when all were given. */
async function filesIn(folder: FileSystemDirectoryEntry, out: GivenFile[]): Promise<void> {
  const reader = folder.createReader();
  for (let part = await entries(reader); part.length > 0 && out.length < MOST; part = await entries(reader)) {
    for (const entry of part) await take(entry, out);
  }
}

async function take(entry: FileSystemEntry, out: GivenFile[]): Promise<void> {
  if (entry.isDirectory) {
    // What tools keep for themselves.
    if (!/^(?:\.|node_modules$|__MACOSX$)/.test(entry.name)) await filesIn(entry as FileSystemDirectoryEntry, out);
    return;
  }
  const file = await fileOf(entry as FileSystemFileEntry);
  const name = entry.fullPath.replace(/^\//, '');
  out.push({ name, size: file.size, inFolder: name.includes('/'), arrayBuffer: () => file.arrayBuffer() });
}

/**
 * What was dropped: files, and those in folders by their path. Entries must be asked for while the event lasts, so that
 * this is called within it; it resolves later.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly GivenFile[]> {
  const dropped = [...transfer.items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const plain = [...transfer.files];
  const found = dropped.filter((entry) => entry !== null);
  if (!found.some((entry) => entry.isDirectory)) return plain;
  const out: GivenFile[] = [];
  for (const entry of found) await take(entry, out);
  return out;
}
