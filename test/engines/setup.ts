import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Global set-up of a test run: the name of a folder where engines are started when a test first asks for one, and a port
 * to which the keeper of each (`keeper.mjs`) stays connected: when the run ends, by whatever signal, they end their engines.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const keepers = new Set<Socket>();
  const server = createServer((keeper) => {
    keepers.add(keeper.unref().resume());
    keeper.on('error', () => {});
    keeper.on('close', () => keepers.delete(keeper));
  });
  await new Promise<void>((listening, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', listening);
  });
  server.unref();
  const folder = join(tmpdir(), `crowfoot-engines-${randomUUID()}`);
  process.env['CROWFOOT_ENGINES'] = folder;
  process.env['CROWFOOT_ENGINES_PORT'] = String((server.address() as AddressInfo).port);
  return async () => {
    server.close();
    await Promise.all([...keepers].map(dismissed));
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Tells a keeper that the run is over, and waits until it has ended its server. */
function dismissed(keeper: Socket): Promise<void> {
  return new Promise((gone) => {
    keeper.ref();
    keeper.on('close', () => gone());
    keeper.end();
  });
}
