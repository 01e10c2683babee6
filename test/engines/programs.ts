import { execFileSync, spawn } from 'node:child_process';
import { accessSync, chownSync, closeSync, constants, openSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KEEPER = fileURLToPath(new URL('keeper.mjs', import.meta.url));

/** Path of a program, or undefined. @param more folders beside those of PATH. */
export function programPath(name: string, more: readonly string[] = []): string | undefined {
  const folders = [...more, ...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folders below one, newest version first. */
export function versionFolders(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted((a, b) => Number(b) - Number(a));
  } catch {
    return [];
  }
}

/** Who a server runs as: servers refuse to run as root. */
export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

/** The first of these users that this machine has when this process is root's; nobody in particular otherwise. */
export function serverUser(...names: readonly string[]): User {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = [...names, 'nobody'].flatMap((name) => users.filter((user) => user[0] === name))[0];
  return found === undefined ? {} : { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Gives a folder to a user. */
export function giveTo({ uid, gid }: User, folder: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

/** Runs a program to its end. @throws with what it printed when it fails. */
export function runAs(user: User, program: string, args: readonly string[], cwd: string): void {
  execFileSync(program, args, { ...user, cwd, env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A server that was asked for. */
export interface Served {
  /** What it printed when it has ended, or could not begin. */
  ended(): string | undefined;
}

/**
 * Starts a server that outlives this process and ends with the run.
 * @param signal ends it cleanly. @param folder its own, where it runs and prints.
 */
export function serve(user: User, program: string, args: readonly string[], folder: string, signal: 'SIGINT' | 'SIGTERM'): Served {
  const log = openSync(join(folder, 'log'), 'a');
  const given = JSON.stringify({ port: Number(process.env['CROWFOOT_ENGINES_PORT']), folder, user, signal, program, args });
  // In a group of its own: what a terminal sends to the run's group is not for it.
  const keeper = spawn(process.execPath, [KEEPER, given], { cwd: folder, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let problem: string | undefined;
  keeper.on('error', (error) => {
    problem = error.message;
  });
  keeper.on('exit', (code) => {
    problem = `It ended with ${code}: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`;
  });
  keeper.unref();
  return { ended: () => problem };
}
