import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from './fixtures.ts';
import { downloadBytes, exporting, start, treeItem } from './studio.ts';

/** The worked shop design, as the first screen offers it. */
async function openShop(page: Page): Promise<void> {
  await start(page);
  await page.getByRole('button', { name: /Start from an example/ }).click();
  await page.getByRole('button', { name: /shop/i }).click();
  await expect(treeItem(page, 'orders')).toBeVisible();
}

async function exported(page: Page, kind: string): Promise<{ name: string; bytes: Uint8Array }> {
  const { name, bytes } = await downloadBytes(page, exporting(page, kind));
  return { name, bytes: new Uint8Array(bytes) };
}

test.beforeEach(async ({ page }) => {
  await openShop(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
});

test('leaves with the schema as SQL, in dependency order', async ({ page }) => {
  const { name, bytes } = await exported(page, 'SQL schema');
  const sql = strFromU8(bytes);
  expect(name).toBe('schema.sql');
  expect(sql).toContain('CREATE TABLE');
  expect(sql.indexOf('REFERENCES')).toBeGreaterThan(sql.indexOf('CREATE TABLE'));
});

test('leaves with the design document, migrations with their ways back, the diagram and the file', async ({ page }) => {
  const { name, bytes } = await exported(page, 'Design documents');
  expect(name).toMatch(/-design\.zip$/);
  const files = unzipSync(bytes);
  expect(Object.keys(files).filter((path) => !path.endsWith('.crowfoot.json'))).toEqual([
    'database-design.md',
    'diagram.svg',
    'migrations/001_initial_schema.down.sql',
    'migrations/001_initial_schema.sql',
    'migrations/002_add_indexes.down.sql',
    'migrations/002_add_indexes.sql',
    'migrations/003_add_partitions.down.sql',
    'migrations/003_add_partitions.sql',
    'schema.sql',
  ]);
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  const design = text('database-design.md');
  expect(design).toContain('## Decisions');
  expect(design).toContain('```mermaid\nerDiagram');
  expect(design).toContain('**Normal form: ');
  expect(design).toContain('![The whole diagram](diagram.svg)');
  expect(text('migrations/001_initial_schema.sql')).toContain('CREATE TABLE');
  expect(text('migrations/001_initial_schema.down.sql')).toContain('DROP TABLE');
  expect(text('migrations/002_add_indexes.sql')).toContain('CREATE INDEX');
  expect(text('diagram.svg')).toMatch(/^<svg [\s\S]*orders[\s\S]*<\/svg>\s*$/);
  const own = Object.keys(files).find((path) => path.endsWith('.crowfoot.json')) ?? '';
  expect(JSON.parse(text(own))).toMatchObject({ format: 'crowfoot', version: 5 });
});
