import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json'), 'utf8'));

/** Path of the cluster below the page's address; it carries the version of PGlite it was made with. */
export const CLUSTER_PATH = `postgres/cluster-${version}.tar.gz`;

/**
 * Writes an empty PostgreSQL cluster to public/, so that the browser opens it in place of running initdb. It is made again
 * only when PGlite changes.
 */
export async function ensureCluster() {
  const file = join(root, 'public', CLUSTER_PATH);
  if (existsSync(file)) return;
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  const dump = await database.dumpDataDir('gzip');
  await database.close();
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith('cluster-')) rmSync(join(folder, name));
  const part = `${file}.${process.pid}`;
  writeFileSync(part, new Uint8Array(await dump.arrayBuffer()));
  renameSync(part, file);
}
