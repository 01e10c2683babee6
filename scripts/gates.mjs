/**
 * npm run gates: the sizes and habits that keep the code readable. What must hold ends with exit 1: files of at most 500
 * lines, no `any`, no suppression without a reason, enough tests for what thinks. Layers and import cycles are Biome's to
 * check (`npm run lint`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib.mjs';

const MAX_LINES = 500;
/** Lines of tests for each line of source: what may not be lost again, and where it should get to. */
const LEAST = { engine: 0.2, model: 0.33, storage: 0.75, state: 0.45, worker: 0.4, overall: 0.3 };
const AIM = { engine: 1.5, overall: 1.2 };

function files(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'data' ? [] : files(path);
    return /\.(tsx?|mjs)$/.test(entry.name) ? [path] : [];
  });
}

const textOf = (path) => readFileSync(join(ROOT, path), 'utf8');

/** Lines that say something: neither blank nor only a comment. */
function linesOf(text) {
  return text.split('\n').filter((line) => !/^\s*(?:\/\/.*|\/\*.*|\*.*)?$/.test(line)).length;
}

const isTest = (path) => /\.test\.tsx?$/.test(path);
const sources = files('src').filter((path) => !isTest(path));
const tests = [...files('src').filter(isTest), ...files('test'), ...files('e2e')];
const problems = [];

for (const path of files('src')) {
  const text = textOf(path);
  const count = text.split('\n').length - 1;
  if (count > MAX_LINES) problems.push(`${path}: ${count} lines, at most ${MAX_LINES}. Split it by what its parts do.`);
}

for (const path of [...files('src'), ...files('test'), ...files('e2e'), ...files('bench')]) {
  textOf(path)
    .split('\n')
    .forEach((line, i) => {
      const at = `${path}:${i + 1}`;
      const code = line.replace(/(['"`]).*?\1/g, '""').replace(/\/\/.*|\/\*.*|^\s*\*.*/g, '');
      if (/(?:[:<|&,]\s*|\bas\s+)any\b(?!\s*\()/.test(code)) problems.push(`${at}: any. Say what it is, or unknown.`);
      if (/@ts-(?:ignore|nocheck)/.test(line)) problems.push(`${at}: a suppression that hides every error of its line or file.`);
      if (/@ts-expect-error\s*$/.test(line)) problems.push(`${at}: @ts-expect-error without a reason.`);
      if (/biome-ignore(?:-all)?\s+[\w/]+\s*(?:\*\/|:?\s*$)/.test(line)) problems.push(`${at}: biome-ignore without a reason.`);
    });
}

const total = (list) => list.reduce((sum, path) => sum + linesOf(textOf(path)), 0);
const layers = [...new Set(sources.map((path) => path.split('/')[1]))].filter((layer) => !layer.includes('.'));
const rows = layers.map((layer) => {
  const of = (list) => list.filter((path) => path.startsWith(`src/${layer}/`));
  return { layer, source: total(of(sources)), test: total(of(tests)) };
});
rows.push({ layer: 'overall', source: total(sources), test: total(tests) });

console.log(
  `${'layer'.padEnd(10)} ${'source'.padStart(7)} ${'tests'.padStart(7)} ${'ratio'.padStart(6)}   (lines without blanks and comments)`,
);
for (const { layer, source, test } of rows) {
  const ratio = source === 0 ? 0 : test / source;
  const aim = AIM[layer] === undefined ? '' : `   aim ${AIM[layer]}`;
  console.log(
    `${layer.padEnd(10)} ${String(source).padStart(7)} ${String(test).padStart(7)} ${ratio.toFixed(2).padStart(6)}${aim}`,
  );
  const least = LEAST[layer];
  if (least !== undefined && ratio < least)
    problems.push(`${layer}: ${ratio.toFixed(2)} lines of tests for each line of source, at least ${least}.`);
}
console.log('overall counts test/ (oracles, properties, real schemas) and e2e/ as tests.');

const longest = sources
  .map((path) => ({ path, count: textOf(path).split('\n').length - 1 }))
  .sort((a, b) => b.count - a.count)
  .slice(0, 3);
console.log(`longest files: ${longest.map(({ path, count }) => `${path} ${count}`).join(', ')} (at most ${MAX_LINES})`);

if (problems.length > 0) {
  console.error(`\n${problems.join('\n')}`);
  process.exit(1);
}
