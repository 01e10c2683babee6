import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A server that was started for this run. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  /** Signal that ends it cleanly. */
  readonly signal: 'SIGINT' | 'SIGTERM';
}

/** Folder of this run's servers, made by `setup.ts`; its files are readable for the users that servers run as. */
function runFolder(): string {
  const folder = process.env['CROWFOOT_ENGINES'];
  if (folder === undefined) throw new Error('test/engines/setup.ts is not among the globalSetup of this configuration.');
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
  const mine = taken(`${folder}/${name}`);
  if (mine) {
    const answer = await start(`${folder}/${name}`).catch((error: unknown) => ({ error: String(error) }));
    writeFileSync(`${said}.part`, JSON.stringify(answer));
    renameSync(`${said}.part`, said);
  }
  for (let tries = 0; tries < 600; tries++) {
    const answer = answerIn(said);
    if (answer !== undefined && 'error' in answer) throw new Error(`${name} did not start: ${answer.error}`);
    if (answer !== undefined) return answer;
    await wait(100);
  }
  throw new Error(`${name} did not start within a minute.`);
}

function taken(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o777 });
    return true;
  } catch {
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

/** Tries until it works. @throws what the last try threw. */
export async function patiently<T>(what: () => Promise<T>, tries = 150): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await what();
    } catch (error) {
      if (left === 0) throw error;
      await wait(100);
    }
  }
}
