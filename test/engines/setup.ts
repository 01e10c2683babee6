import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from './once.ts';

/** Global set-up of a test run: a folder where engines are started when a test first asks for one, and their end. */
export default function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'crowfoot-engines-'));
  // Servers run as users of their own and must be able to walk through it.
  chmodSync(folder, 0o755);
  process.env['CROWFOOT_ENGINES'] = folder;
  return async () => {
    const servers = readdirSync(folder).filter((name) => name.endsWith('.json'));
    await Promise.all(servers.map((name) => end(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<Server>)));
    rmSync(folder, { recursive: true, force: true });
  };
}

async function end({ pid, signal }: Partial<Server>): Promise<void> {
  if (pid === undefined || !signalled(pid, signal ?? 'SIGTERM')) return;
  for (let tries = 0; tries < 100; tries++) {
    if (!signalled(pid, 0)) return;
    await wait(100);
  }
  signalled(pid, 'SIGKILL');
}

function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
