/** Starts the engines that `KEPT` names, says which processes they are, and waits to be ended with them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { ENGINES } from '../engines.ts';

const PID_FILES = {
  PostgreSQL: 'postgresql/data/postmaster.pid',
  MariaDB: `mariadb-${process.env['VITEST_POOL_ID']}/pid`,
} as const;

it('waits to be ended', async () => {
  const folder = process.env['CROWFOOT_ENGINES'] ?? '';
  const labels = (process.env['KEPT'] ?? '').split(',') as (keyof typeof PID_FILES)[];
  for (const label of labels) await ENGINES[label].open();
  const servers = labels.map((label) => Number.parseInt(readFileSync(`${folder}/${PID_FILES[label]}`, 'utf8'), 10));
  writeFileSync(process.env['SAID'] ?? '', JSON.stringify({ folder, worker: process.pid, servers }));
  await new Promise(() => setInterval(() => {}, 60_000));
});
