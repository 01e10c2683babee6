/** A run that is ended from outside, in whatever way, takes the servers that it started along. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ENGINES } from './engines.ts';
import { freePort } from './once.ts';

interface Said {
  readonly folder: string;
  readonly worker: number;
  readonly servers: readonly number[];
}

const scratch = mkdtempSync(join(tmpdir(), 'crowfoot-abandoned-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let run: ChildProcess | undefined;
afterEach(() => run?.kill('SIGKILL'));

/** Whether a process is there; one that has ended and that nobody asked after is not. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Orphans are waited for by the machine's first process, which in a container may be one that does not.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}

/** Starts a run of vitest that opens engines and waits. */
async function abandoned(kept: readonly string[]): Promise<Said> {
  const said = join(scratch, `${kept.join('-')}-${Math.random()}.json`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/engines/abandoned/vitest.config.ts'];
  // In a group of its own, so that a signal can reach all of it, as a terminal's does.
  run = spawn(process.execPath, args, {
    env: { ...process.env, KEPT: kept.join(), SAID: said },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  while (!existsSync(said)) {
    expect(run.exitCode, 'the run must not end by itself').toBeNull();
    await wait(100);
  }
  await wait(100);
  return JSON.parse(readFileSync(said, 'utf8')) as Said;
}

/** Waits until everything of a run is gone. */
async function gone({ folder, worker, servers }: Said): Promise<void> {
  const left = () => [...[worker, ...servers].filter(runs), ...(existsSync(folder) ? [folder] : [])];
  for (let tries = 0; tries < 300 && left().length > 0; tries++) await wait(100);
  expect(left()).toEqual([]);
}

describe.skipIf(!ENGINES.PostgreSQL.find().ok)('PostgreSQL ends with a run', () => {
  it('that is told to end by SIGTERM', async () => {
    const said = await abandoned(['PostgreSQL']);
    expect(said.servers.filter(runs)).toHaveLength(1);
    run?.kill('SIGTERM');
    await gone(said);
  });

  it('that a terminal ends, which tells all of its processes', async () => {
    const said = await abandoned(['PostgreSQL']);
    process.kill(-(run?.pid ?? Number.NaN), 'SIGINT');
    await gone(said);
  });
});

describe.skipIf(!ENGINES.PostgreSQL.find().ok || !ENGINES.MariaDB.find().ok)('all servers', () => {
  it('end with a run that is ended by SIGKILL', async () => {
    const said = await abandoned(['PostgreSQL', 'MariaDB']);
    expect(said.servers.filter(runs)).toHaveLength(2);
    run?.kill('SIGKILL');
    await gone(said);
  });
});

describe('a keeper', () => {
  const SERVER = `process.on('SIGTERM', () => console.log('told')); setInterval(() => {}, 1000); console.log('began ' + process.pid);`;

  /** Starts a keeper of a server that does not end when it is told to, in a folder of its own. */
  function keeper(name: string, port: number): { ended: Promise<unknown>; log: () => string; folder: string } {
    const folder = join(scratch, name, 'server');
    mkdirSync(folder, { recursive: true });
    const given = { port, folder, user: {}, signal: 'SIGTERM', program: process.execPath, args: ['-e', SERVER] };
    run = spawn(process.execPath, ['test/engines/keeper.mjs', JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    run.stdout?.on('data', (text) => {
      log += String(text);
    });
    return { ended: once(run, 'exit'), log: () => log, folder };
  }

  it('ends a server that does not end when it is told to, and removes its folders', async () => {
    const connections: Socket[] = [];
    const listening = createServer((socket) => connections.push(socket)).listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const { ended, log, folder } = keeper('deaf', (listening.address() as AddressInfo).port);
    while (!/began \d+\n/.test(log())) await wait(20);
    const server = Number(/began (\d+)/.exec(log())?.[1]);
    expect(runs(server)).toBe(true);
    for (const one of connections) one.destroy();
    listening.close();
    await ended;
    expect(log()).toContain('told');
    expect(runs(server)).toBe(false);
    expect(existsSync(join(folder, '..'))).toBe(false);
  });

  it('starts nothing for a run that is gone', async () => {
    const { ended, log } = keeper('late', await freePort());
    await ended;
    expect(log()).toBe('');
  });
});
