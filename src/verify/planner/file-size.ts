import type { PGlite } from '@electric-sql/pglite';
import { BLOCK } from '#engine/physical/index-size.ts';

/**
 * Makes files of PostgreSQL in memory say that they are larger than they are. The planner asks a relation's size of its
 * file (`RelationGetNumberOfBlocks`: lseek to the end), and Emscripten's file system in memory answers from a number beside
 * the bytes. Nothing is stored for what is not there, and nothing may read it: such a database plans, it does not run.
 */

/** Blocks of one segment file: 1 GiB (PostgreSQL, "Database File Layout"). */
const SEGMENT = 131_072;
const DATA = '/pglite/data/';

/** What is used of Emscripten's file system; `usedBytes` is its own and checked at start by those who rely on it. */
interface MemoryFiles {
  analyzePath(path: string): { readonly exists: boolean };
  writeFile(path: string, data: Uint8Array): void;
  lookupPath(path: string): { readonly node: { usedBytes?: number } };
  unlink(path: string): void;
}

function filesOf(database: PGlite): MemoryFiles {
  return database.Module.FS as unknown as MemoryFiles;
}

/**
 * Sets the size that a relation's file tells.
 * @param path of the file below the data directory, as `pg_relation_filepath` gives it
 * @param blocks of 8192 bytes; 0 or more
 * @returns false where the file system is not one that this works with
 */
export function setFileBlocks(database: PGlite, path: string, blocks: number): boolean {
  const files = filesOf(database);
  let left = Math.max(0, Math.round(blocks));
  let segment = 0;
  do {
    const file = `${DATA}${path}${segment === 0 ? '' : `.${segment}`}`;
    if (!files.analyzePath(file).exists) files.writeFile(file, new Uint8Array(0));
    const { node } = files.lookupPath(file);
    if (typeof node.usedBytes !== 'number') return false;
    const here = Math.min(left, SEGMENT);
    node.usedBytes = here * BLOCK;
    left -= here;
    segment += 1;
  } while (left > 0);
  for (; files.analyzePath(`${DATA}${path}.${segment}`).exists; segment++) files.unlink(`${DATA}${path}.${segment}`);
  return true;
}

/** Blocks that a relation's file tells now; segments beyond the first included. */
export function fileBlocks(database: PGlite, path: string): number {
  const files = filesOf(database);
  let blocks = 0;
  for (let segment = 0; ; segment++) {
    const file = `${DATA}${path}${segment === 0 ? '' : `.${segment}`}`;
    if (!files.analyzePath(file).exists) return blocks;
    blocks += (files.lookupPath(file).node.usedBytes ?? 0) / BLOCK;
  }
}

/** More than one segment: whoever shrinks it again has to make the server forget what it had open. */
export function isSegmented(blocks: number): boolean {
  return blocks > SEGMENT;
}
