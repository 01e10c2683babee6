/** Whether TypeScript takes generated files, with the real packages at hand. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param files texts by name. @returns what the compiler says, line by line; empty when all is well. */
export function typeErrors(
  name: string,
  files: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  // Inside the project, so that the packages are found.
  const folder = join('node_modules', '.cache', 'generated', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    ...options,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const ran = spawnSync('node_modules/.bin/tsc', ['-p', folder], { encoding: 'utf8' });
  if (ran.status === 0) return [];
  return `${ran.stdout}${ran.stderr}`.trim().split('\n');
}
