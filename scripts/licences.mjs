/**
 * npm run licences: writes THIRD_PARTY_NOTICES from the licences of everything that ships; --check verifies that the
 * file is fresh and that every installed package, shipped or not, has a licence of the allow-list.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib.mjs';

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'OFL-1.1',
  'CC0-1.0',
  'CC-BY-4.0',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PostgreSQL',
  'MPL-2.0',
  'EPL-2.0',
  'Zlib',
]);

function allowed(expression) {
  const text = expression.replace(/[()]/g, '');
  return text.split(/ OR /).some((option) => option.split(/ AND /).every((one) => ALLOWED.has(one.trim())));
}

function licenceText(folder) {
  const name = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
  return name === undefined ? undefined : readFileSync(join(folder, name), 'utf8').trim();
}

/** The licence of a package that names none in its manifest but brings the text of one. */
function readLicence(folder) {
  return /^(?:The )?MIT License/i.test(licenceText(folder) ?? '') ? 'MIT' : undefined;
}

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
const problems = [];
const shipped = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '' || entry.link === true) continue;
  const name = path.replace(/^.*node_modules\//, '');
  const folder = join(ROOT, path);
  const installed = existsSync(join(folder, 'package.json'));
  const manifest = installed ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {};
  const licence =
    entry.license ?? manifest.license ?? manifest.licenses?.[0]?.type ?? (installed ? readLicence(folder) : undefined);
  if (licence === undefined || !allowed(String(licence)))
    problems.push(`${name}@${entry.version}: licence ${licence ?? 'not stated'}`);
  if (entry.dev !== true && entry.optional !== true && entry.peer !== true) {
    shipped.push({ name, version: entry.version, licence, text: installed ? licenceText(folder) : undefined });
  }
}

shipped.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
const notices = [
  'Crowfoot ships or depends on the following packages. Their licences follow.',
  ...shipped.map(({ name, version, licence, text }) =>
    [
      '='.repeat(78),
      `${name} ${version}`,
      `Licence: ${licence}`,
      '',
      text ?? '(the package carries no licence file; see its licence identifier above)',
    ].join('\n'),
  ),
].join('\n\n');
const target = join(ROOT, 'THIRD_PARTY_NOTICES');
const text = `${notices.replace(/\r\n/g, '\n')}\n`;

if (process.argv.includes('--check')) {
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text)
    problems.push('THIRD_PARTY_NOTICES is not fresh: run npm run licences');
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  console.log(
    `${Object.keys(lock.packages).length - 1} packages, ${shipped.length} of them shipped: every licence is on the allow-list.`,
  );
} else {
  writeFileSync(target, text);
  console.log(`THIRD_PARTY_NOTICES: ${shipped.length} packages.`);
  for (const problem of problems) console.error(problem);
}
