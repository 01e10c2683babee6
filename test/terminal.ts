import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { runCli } from '#cli/run.ts';

export interface Terminal {
  /** The folder of the running test; each has its own, which goes with it. */
  readonly folder: string;
  /** Writes a file into the folder. @returns its path */
  file(name: string, text: string | Uint8Array): string;
  /** Runs `crowfoot` with these arguments. Paths within the folder are said without it in `err`. */
  run(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
}

/** A terminal for the tests of a file. */
export function terminal(): Terminal {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crowfoot-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    async run(...args) {
      let out = '';
      let err = '';
      const code = await runCli(args, { out: (text) => (out += text), err: (text) => (err += text) });
      return { code, out, err: err.replaceAll(`${folder}/`, '') };
    },
  };
}
