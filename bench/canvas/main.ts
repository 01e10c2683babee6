import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { readSql } from '#engine/sql/read.ts';
import type { Document } from '#model/types.ts';
import { findChromium, ROOT } from '../../scripts/lib.mjs';
import { serve } from '../../scripts/serve.mjs';
import { loadPgParser } from '../../src/cli/pg-parser.ts';
import { generateTables, schemaDdl } from '../../test/schema-gen.ts';
import { type GestureName, gesture, type Hands } from './gestures.ts';
import { HELP, type Options, optionsFrom } from './options.ts';
import { hubOf, openPlain, plainSchema } from './plain.ts';
import type { Cost } from './probe.ts';
import { openProduct } from './product.ts';
import { type Measured, printTables } from './table.ts';

/** What the targets of the last column of each series are compared with. */
interface Served {
  readonly product: string;
  readonly plain: string;
  /** Where the plain page finds what it draws. */
  readonly plainFolder: string;
  readonly stop: () => void;
}

async function built(folder: string): Promise<Served> {
  const product = join(folder, 'product');
  const plainFolder = join(folder, 'plain');
  console.log('Building the product and the plain page ...');
  await build({ root: ROOT, configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir: product } });
  await build({
    root: join(ROOT, 'bench/canvas/plain'),
    base: './',
    configFile: false,
    logLevel: 'error',
    build: { outDir: plainFolder, target: 'es2023' },
  });
  const [ours, plain] = [await serve(product, { port: 4500, base: '/studio/' }), await serve(plainFolder, { port: 4600 })];
  return {
    product: ours.url,
    plain: plain.url,
    plainFolder,
    stop: () => {
      ours.server.close();
      plain.server.close();
    },
  };
}

async function gestures(hands: Hands, { gestures: names, moves, repeat }: Options): Promise<Map<GestureName, Cost>> {
  const costs = new Map<GestureName, Cost>();
  for (const name of names) {
    costs.set(name, await gesture(hands, name, moves, repeat));
    process.stdout.write('.');
  }
  return costs;
}

async function inPage<T>(browser: Browser, work: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    return await work(page);
  } finally {
    await context.close();
  }
}

async function measure(browser: Browser, served: Served, document: Document, sql: string, options: Options): Promise<Measured> {
  const tables = Object.keys(document.tables).length;
  const hub = hubOf(document);
  process.stdout.write(`${tables} tables, ${hub.count} foreign keys to the hub `);
  const ours = await inPage(browser, async (page) => {
    const opened = await openProduct(page, served.product, sql, tables, hub.name);
    return { ...opened, costs: await gestures(opened.hands, options) };
  });
  const plain = options.plain.includes(tables)
    ? await inPage(browser, async (page) => {
        await writeFile(join(served.plainFolder, 'schema.json'), JSON.stringify(plainSchema(document)));
        const opened = await openPlain(page, served.plain, hub.id);
        return { ...opened, costs: await gestures(opened.hands, { ...options, repeat: 1 }) };
      })
    : undefined;
  console.log(` load ${loadavg()[0]?.toFixed(1)}`);
  return { tables, sqlSize: sql.length, ours, ...(plain === undefined ? {} : { plain }) };
}

export async function main(args: readonly string[]): Promise<number> {
  const options = optionsFrom(args);
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const executablePath = findChromium();
  const folder = await mkdtemp(join(tmpdir(), 'crowfoot-bench-'));
  const served = await built(folder);
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-gpu'],
  });
  try {
    const parser = await loadPgParser();
    const measured: Measured[] = [];
    for (const size of options.sizes) {
      const sql = schemaDdl(generateTables(size));
      const read = readSql([{ name: 'generated.sql', text: sql }], { dialect: 'postgresql' }, { parser });
      if (!read.ok) throw new Error(read.problem.message);
      measured.push(await measure(browser, served, read.value.document, sql, options));
    }
    printTables(measured, options);
    console.log(
      `\nChromium ${browser.version()}, 1440x900, no GPU; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} at the end`,
    );
    return 0;
  } finally {
    await browser.close();
    served.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
