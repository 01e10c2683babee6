import type { Locator, Page } from '@playwright/test';
import { type GeneratedTables, generateTables, schemaDdl } from '#test/schema-gen.ts';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

const TABLES = 1000;

/** Numbers of the tables that are up to `depth` foreign keys away, whichever way these lead. Looked for by trying every reference. */
function around({ references }: GeneratedTables, from: number, depth: number): ReadonlySet<number> {
  const near = new Set([from]);
  for (let step = 0; step < depth; step++) {
    const before = new Set(near);
    for (const { child, parent } of references) {
      if (before.has(child)) near.add(parent);
      if (before.has(parent)) near.add(child);
    }
  }
  return near;
}

/** A table with a neighbourhood that one would draw: some tables beside it, a few more beside those. */
function subjectOf(schema: GeneratedTables): { name: string; one: string[]; two: string[] } {
  const names = (numbers: ReadonlySet<number>) => [...numbers].map((at) => schema.tables[at]?.name ?? '').sort();
  for (const [at, { name }] of schema.tables.entries()) {
    const [one, two] = [around(schema, at, 1), around(schema, at, 2)];
    if (one.size >= 4 && two.size > one.size && two.size <= 14) return { name, one: names(one), two: names(two) };
  }
  throw new Error('No table has such a neighbourhood.');
}

const narrowing = (page: Page): Locator => page.getByRole('region', { name: 'What is shown' });
const tab = (page: Page, name: string): Locator =>
  page.getByRole('tablist', { name: 'Diagrams' }).getByRole('tab', { name, exact: true });

/** The names of the tables that can be read on the canvas. */
async function expectShown(page: Page, names: readonly string[]): Promise<void> {
  await expect(async () => {
    const said = await page
      .getByRole('group', { name: /^Table / })
      .evaluateAll((all) => all.map((one) => /^Table (.*?),/.exec(one.getAttribute('aria-label') ?? '')?.[1]));
    expect(said.sort()).toEqual(names);
  }).toPass();
}

/** The names of known tables that a text has. */
const named = (text: string, { tables }: GeneratedTables): string[] =>
  tables.flatMap(({ name }) => (text.includes(`>${name}<`) ? [name] : [])).sort();

test('a subject found among 1,000 tables becomes a diagram, documented and handed over; all of it can be taken back', async ({
  page,
}) => {
  test.slow();
  const schema = generateTables(TABLES);
  const subject = subjectOf(schema);
  await studio.start(page);
  await studio.importSql(page, { name: 'thousand.sql', content: schemaDdl(schema) });
  await studio.expectTables(page, TABLES);
  const imported = await studio.crowfootFile(page);

  await test.step('find it, see what is around it, keep that as a diagram', async () => {
    await studio.goTo(page, subject.name);
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+N');
    await expect(narrowing(page)).toContainText(`Around ${subject.name}`);
    await expect(narrowing(page)).toContainText(`${subject.one.length} of 1,000 shown`);
    await narrowing(page).getByRole('button', { name: '2 away' }).click();
    await expect(narrowing(page)).toContainText(`${subject.two.length} of 1,000 shown`);
    await narrowing(page).getByRole('button', { name: 'Keep what is shown as a diagram' }).click();
    await expect(tab(page, `Around ${subject.name}`)).toHaveAttribute('aria-selected', 'true');
    await expectShown(page, subject.two);
  });

  await test.step('name it and tidy it', async () => {
    await studio.command(page, 'Rename the diagram');
    await expect(page.getByRole('textbox', { name: /^New name of diagram/ })).toBeFocused();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Field work');
    await page.keyboard.press('Enter');
    await expect(tab(page, 'Field work')).toHaveAttribute('aria-selected', 'true');
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+L');
    await expect(studio.notice(page, 'everything stands where it would be put')).toBeVisible();
    // One that was put in the way of others goes back.
    await studio.goTo(page, subject.name);
    await studio.focusCanvas(page);
    const orderly = await studio.tableBoxes(page);
    for (let times = 0; times < 4; times++) await page.keyboard.press('Control+Shift+ArrowRight');
    await expect.poll(() => studio.tableBoxes(page)).not.toEqual(orderly);
    await page.keyboard.press('Shift+L');
    await expect(page.getByRole('button', { name: 'Undo: Arrange the diagram' })).toBeEnabled();
    expect(studio.overlapping(await studio.tableBoxes(page))).toEqual([]);
  });

  await test.step('make it a subject area', async () => {
    await studio.focusCanvas(page);
    await page.keyboard.press('Control+a');
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await expect(inspector.getByRole('heading', { name: `${subject.two.length} selected` })).toBeVisible();
    await page.keyboard.press('g');
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await page.keyboard.type('Subject of field work');
    await page.keyboard.press('Enter');
    await expect(page.locator('.canvas-area').filter({ hasText: 'Subject of field work' })).toBeVisible();
  });

  await test.step('say what it means: comments, tags, a note', async () => {
    await studio.goTo(page, subject.name);
    await studio.focusCanvas(page);
    await page.keyboard.press('Shift+F2');
    await expect(page.getByRole('textbox', { name: 'Comment' })).toBeFocused();
    await page.keyboard.type('What is done out in the field');
    await page.keyboard.press('Enter');
    const docs = await studio.inspectorTab(page, 'Docs');
    await expect(docs.getByLabel('Comment', { exact: true })).toHaveValue('What is done out in the field');
    await docs.getByLabel('id', { exact: true }).fill('Given out by the planners');
    await docs.getByLabel('id', { exact: true }).press('ControlOrMeta+Enter');
    await docs.getByLabel('Add to tags').fill('field');
    await docs.getByLabel('Add to tags').press('Enter');
    await expect(docs.getByRole('button', { name: /^field: remove/ })).toBeVisible();

    await studio.focusCanvas(page);
    await page.keyboard.press('n');
    const canvas = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
    if (canvas === null) throw new Error('There is no canvas.');
    await page.mouse.click(canvas.x + 30, canvas.y + 110);
    await expect(page.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused();
    await page.getByRole('textbox', { name: 'Note', exact: true }).fill('## Agreed\nKept for **ten** years');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('group', { name: /^Note: Agreed/ }).locator('strong')).toHaveText('ten');
  });

  await test.step('the picture holds this diagram and nothing else', async () => {
    const { name, text } = await studio.downloadText(page, studio.picturing(page, 'SVG'));
    await studio.closeDialog(page);
    expect(name).toMatch(/\.svg$/);
    expect(named(text, schema)).toEqual(subject.two);
    expect(['Subject of field work', 'Agreed', 'ten'].filter((words) => !text.includes(`>${words}</text>`))).toEqual([]);
  });

  await test.step('the design document holds all tables, what was said, and both diagrams', async () => {
    const files = await studio.downloadZip(page, studio.exporting(page, 'Design documents'));
    await studio.closeDialog(page);
    const design = files['database-design.md'] ?? '';
    // A chapter for each table. (Markdown writes an underscore with a backslash.)
    const chapters = new Map(
      design.split('\n### ').map((one) => [one.slice(0, one.indexOf('\n')).replaceAll('\\_', '_'), one] as const),
    );
    expect(schema.tables.filter(({ name }) => !chapters.has(name))).toEqual([]);
    const chapter = chapters.get(subject.name) ?? '';
    expect(chapter).toContain('What is done out in the field');
    expect(chapter).toContain('Tags: `field`');
    expect(chapter).toMatch(/\| `id` \|.*\| Given out by the planners \|/);
    expect(design.match(/!\[.*?\]\(.*?\)/g)).toEqual([
      '![The whole diagram](diagram.svg)',
      '![Field work](diagrams/field-work.svg)',
    ]);
    expect(named(files['diagram.svg'] ?? '', schema)).toHaveLength(TABLES);
    expect(named(files['diagrams/field-work.svg'] ?? '', schema)).toEqual(subject.two);
    const comments = files['schema.sql']?.match(/COMMENT ON .*/g);
    expect(comments).toEqual([
      `COMMENT ON TABLE ${subject.name} IS 'What is done out in the field';`,
      `COMMENT ON COLUMN ${subject.name}.id IS 'Given out by the planners';`,
    ]);
    expect(files['schema.sql']?.match(/CREATE TABLE/g)).toHaveLength(TABLES);
  });

  const finished = await studio.crowfootFile(page);
  await test.step('a reload keeps everything, and all of it can be taken back and done again', async () => {
    await studio.saved(page);
    await page.reload();
    await studio.ready(page);
    await expect(tab(page, 'Field work')).toBeVisible();
    expect((await studio.crowfootFile(page)) === finished, 'the file is the same').toBe(true);
    const steps = await studio.undoAll(page);
    expect(steps).toBeGreaterThanOrEqual(9);
    await expect(tab(page, 'Field work')).toHaveCount(0);
    expect((await studio.crowfootFile(page)) === imported, 'the file is that of the import').toBe(true);
    expect(await studio.redoAll(page)).toBe(steps);
    expect((await studio.crowfootFile(page)) === finished, 'the file is the same').toBe(true);
  });
});
