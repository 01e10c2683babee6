// Writes docs/rules from the rules' own texts and examples, and removes pages of rules that are gone.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from './lib.mjs';

const load = async (path) => (await runnerImport(join(ROOT, path))).module;
const [{ RULES }, { rulePages }] = await Promise.all([load('src/engine/rules/registry.ts'), load('src/engine/rules/pages.ts')]);
const folder = join(ROOT, 'docs/rules');
mkdirSync(folder, { recursive: true });
const pages = rulePages(RULES);
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
console.log(`${pages.size} pages in docs/rules`);
