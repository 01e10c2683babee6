/**
 * npm run lockfile: adds to package-lock.json the builds for other systems that npm left out. npm omits an optional
 * package it could not see while installing, and `npm ci` then refuses the lockfile everywhere. --check only looks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/** What a platform package's name says of where it runs, such as `@biomejs/cli-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const has = (list) =>
    list.filter((one) =>
      words.some((word) => word === one || (one === 'arm' && word === 'armv7') || (one === 'ppc64' && word === 'ppc64le')),
    );
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return {
    ...(libc.length > 0 && words.includes('linux') ? { libc } : {}),
    ...(has(SYSTEMS).length > 0 ? { os: has(SYSTEMS) } : {}),
    ...(has(PROCESSORS).length > 0 ? { cpu: has(PROCESSORS) } : {}),
  };
}

const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
const missing = {};
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (Object.keys(lock.packages).some((one) => one === key || one.endsWith(`/${key}`))) continue;
    missing[key] = {
      version: version.replace(/^[\^~]/, ''),
      ...platformOf(name),
      ...(entry.dev === true ? { dev: true } : {}),
      license: entry.license ?? 'MIT',
      optional: true,
    };
  }
}

const names = Object.keys(missing);
const loose = names.filter((name) => missing[name].os === undefined && missing[name].cpu === undefined);
if (process.argv.includes('--check')) {
  if (names.length > 0) {
    console.error(
      `package-lock.json misses ${names.length} optional packages (${names.slice(0, 3).join(', ')} ...): run npm run lockfile`,
    );
    process.exit(1);
  }
} else if (names.length > 0) {
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`Added ${names.length} packages for other systems.`);
  if (loose.length > 0) console.log(`Without a system in their name: ${loose.join(', ')}`);
} else {
  console.log('Nothing to add.');
}
