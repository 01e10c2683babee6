import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Served } from './programs.ts';

/** How often it is tried to reach a server that is starting, and the pause between: longer than a slow machine needs. */
const STARTING_TRIES = 1100;
const TRY_MS = 100;

/** A server that was started for this run. */
export interface Server {
  readonly port: number;
}

/** Folder of this run's servers, named by `setup.ts`, made here; the users that servers run as can walk through it. */
function runFolder(): string {
  const folder = process.env['CROWFOOT_ENGINES'];
  if (folder === undefined) throw new Error('test/engines/setup.ts is not among the globalSetup of this configuration.');
  if (taken(folder, 0o755)) chmodSync(folder, 0o755);
  return folder;
}

/** A TCP port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * A server that all test files of a run share: the first that asks starts it, the others wait for it.
 * @param start gets a new folder of its own.
 */
export async function sharedServer(name: string, start: (folder: string) => Promise<Server>): Promise<Server> {
  const folder = runFolder();
  const said = `${folder}/${name}.json`;
  if (taken(`${folder}/${name}`, 0o777)) {
    const answer = await start(`${folder}/${name}`).catch((error: unknown) => ({ error: String(error) }));
    writeFileSync(`${said}.part`, JSON.stringify(answer));
    renameSync(`${said}.part`, said);
  }
  for (let tries = 0; tries < STARTING_TRIES; tries++) {
    const answer = answerIn(said);
    if (answer !== undefined && 'error' in answer) throw new Error(`${name} did not start: ${answer.error}`);
    if (answer !== undefined) return answer;
    await wait(TRY_MS);
  }
  throw new Error(`${name} did not start within ${(STARTING_TRIES * TRY_MS) / 1000} s.`);
}

/** Makes a folder unless it is there. @returns whether it was not. */
function taken(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function answerIn(path: string): Server | { readonly error: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Server | { readonly error: string };
  } catch {
    return undefined;
  }
}

/** Waits until a server that was started answers. @throws when it ends, or does not answer for a long time. */
export async function answering(server: Served, ask: () => Promise<void>): Promise<void> {
  for (let left = STARTING_TRIES; ; left--) {
    try {
      return await ask();
    } catch (error) {
      const problem = server.ended();
      if (problem !== undefined) throw new Error(problem);
      if (left === 0) throw error;
      await wait(TRY_MS);
    }
  }
}
