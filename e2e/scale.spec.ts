import { expect, type Page } from '@playwright/test';
import { generateTables, schemaDdl } from '#test/schema-gen.ts';
import { test } from './fixtures.ts';
import * as studio from './studio.ts';

const HUB = 'account_0000';

function schema(tables: number): studio.GivenFile {
  return { name: `schema-${tables}.sql`, content: schemaDdl(generateTables(tables)) };
}

/** Everything in sight is one picture. */
async function expectFar(page: Page): Promise<void> {
  await expect(page.locator('canvas.canvas-far')).toBeVisible();
  await expect(page.getByRole('application', { name: 'Diagram' }).getByRole('group')).toHaveCount(0);
}

async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
  if (box === null) throw new Error('The diagram has no box.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Zooms by Ctrl and the wheel about the middle of the diagram. @param doublings below 0 = out. */
async function zoom(page: Page, doublings: number): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  for (let step = 0; step < 10; step++) await page.mouse.wheel(0, doublings * -50);
  await page.keyboard.up('Control');
}

/** Shows the hub in the middle of the diagram, to be read. */
async function hubInMiddle(page: Page): Promise<void> {
  await studio.focusCanvas(page);
  await page.keyboard.press('Shift+Digit1');
  await expectFar(page);
  await studio.goTo(page, HUB);
  await expect(studio.table(page, HUB)).toBeVisible();
}

async function elements(page: Page): Promise<number> {
  return page.locator('*').count();
}

test('5,000 tables come in before they are laid out, can be gone over, found and edited', async ({ page }) => {
  await studio.start(page);
  await studio.openFiles(page, schema(5000));
  const preview = studio.preview(page);
  await preview.getByRole('button', { name: 'Import', exact: true }).click({ timeout: 90_000 });
  await expect(studio.arrival(page).getByText('Bringing in 5,000 tables')).toBeVisible();
  await expect(studio.arrival(page).getByRole('progressbar')).toBeVisible();
  await expectFar(page);
  await expect(studio.arrival(page)).toHaveCount(0, { timeout: 120_000 });
  await studio.expectTables(page, 5000);
  await expectFar(page);
  // The import made a document of its own: there is nothing to take back.
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled();

  const minimap = page.locator('.canvas');
  const before = await minimap.screenshot();
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  for (let step = 0; step < 5; step++) await page.mouse.wheel(40, 20);
  await expect(async () => expect((await minimap.screenshot()).equals(before)).toBe(false)).toPass();

  await studio.goTo(page, 'ticket_4521');
  await expect(studio.table(page, 'ticket_4521')).toBeVisible();
  await studio.focusCanvas(page);
  await page.keyboard.press('F2');
  const name = page.getByRole('application', { name: 'Diagram' }).getByRole('textbox');
  await name.fill('renamed_ticket');
  await name.press('Enter');
  await expect(studio.table(page, 'renamed_ticket')).toBeVisible();
  await studio.focusCanvas(page);
  await studio.undo(page);
  await expect(studio.table(page, 'ticket_4521')).toBeVisible();
});

test('calling an import off, at any stage, leaves the document as it was', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, 'CREATE TABLE shop (id bigint PRIMARY KEY);\nCREATE TABLE item (id bigint PRIMARY KEY);');
  await studio.expectTables(page, 2);
  const ddl = await studio.schemaSql(page);

  await test.step('while it is read', async () => {
    await studio.openFiles(page, schema(3000));
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(studio.preview(page)).toHaveCount(0);
    await studio.closeDialog(page);
    await studio.expectTables(page, 2);
  });

  for (const [choice, button] of [
    ['Into a new document', 'Import'],
    ['Merge', 'Merge'],
  ] as const) {
    await test.step(`while it is laid out: ${choice}`, async () => {
      await studio.openFiles(page, schema(1000));
      const preview = studio.preview(page);
      await preview.getByText(choice, { exact: true }).click({ timeout: 60_000 });
      await preview.getByRole('button', { name: button, exact: true }).click();
      await expect(studio.arrival(page).getByText('Bringing in 1,00')).toBeVisible();
      await studio.arrival(page).getByRole('button', { name: 'Cancel' }).press('Enter');
      await expect(studio.arrival(page)).toHaveCount(0);
      await studio.expectTables(page, 2);
      await expect(studio.table(page, 'shop')).toBeVisible();
      expect(await studio.schemaSql(page)).toBe(ddl);
      await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled();
    });
  }

  await test.step('what is carried through is one step', async () => {
    await studio.openFiles(page, schema(300));
    const preview = studio.preview(page);
    await preview.getByText('Merge', { exact: true }).click({ timeout: 60_000 });
    await preview.getByRole('button', { name: 'Merge', exact: true }).click();
    await studio.expectTables(page, 302);
    await studio.focusCanvas(page);
    await studio.undo(page);
    await studio.expectTables(page, 2);
    await expect(studio.table(page, 'shop')).toBeVisible();
    expect(await studio.schemaSql(page)).toBe(ddl);
  });
});

test('at 1,000 tables the far view says what one points at and goes to, edits in place, and the page stays small', async ({
  page,
}) => {
  await studio.start(page);
  await studio.openFiles(page, schema(1000));
  await studio.preview(page).getByRole('button', { name: 'Import', exact: true }).click({ timeout: 60_000 });
  await studio.expectTables(page, 1000);
  await expect(studio.arrival(page)).toHaveCount(0, { timeout: 60_000 });
  await studio.saved(page);
  await hubInMiddle(page);

  await test.step('the page holds fewer than 3,000 elements at every zoom', async () => {
    for (const doublings of [0, -0.5, -0.4, -0.4, -0.6, -1]) {
      await zoom(page, doublings);
      await expect.poll(() => elements(page)).toBeLessThan(3000);
    }
  });

  await test.step('hover', async () => {
    await expectFar(page);
    const { x, y } = await middle(page);
    await page.keyboard.press('Escape');
    await page.mouse.move(x - 300, y - 200);
    await page.mouse.move(x, y);
    const tip = page.getByRole('tooltip');
    await expect(tip).toContainText(HUB);
    await expect(tip).toContainText('referred to by 119');
  });

  await test.step('keys', async () => {
    await page.mouse.move(5, 5);
    await studio.focusCanvas(page);
    const canvas = page.getByRole('application', { name: 'Diagram' });
    await canvas.press('ArrowRight');
    await canvas.press('ArrowRight');
    await expectFar(page);
    const said = canvas.getByRole('status').filter({ hasText: /^Table \w+_\d{4}, \d+ columns/ });
    await expect(said).toHaveCount(1);
    const name = /^Table (\w+),/.exec((await said.textContent()) ?? '')?.[1] ?? '';
    await expect(page.getByRole('tooltip')).toContainText(name);
    await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText(name);
    await canvas.press('Enter');
    await expect(studio.table(page, name)).toBeVisible();
    await expect(canvas.getByRole('gridcell', { name: 'Name id' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(studio.table(page, name)).toBeFocused();
  });

  await test.step('double click', async () => {
    await hubInMiddle(page);
    await zoom(page, -2.5);
    await expectFar(page);
    const { x, y } = await middle(page);
    await page.mouse.dblclick(x, y);
    await expect(studio.table(page, HUB)).toBeVisible();
    await expect(page.getByRole('application', { name: 'Diagram' }).getByRole('textbox')).toHaveValue(HUB);
  });

  await test.step('drag', async () => {
    await page.keyboard.press('Escape');
    await hubInMiddle(page);
    await zoom(page, -2.5);
    await expectFar(page);
    const { x, y } = await middle(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step <= 6; step++) await page.mouse.move(x + step * 8, y + step * 5);
    await page.mouse.up();
    await expect(page.getByRole('button', { name: `Undo: Move ${HUB}` })).toBeEnabled();
    await studio.focusCanvas(page);
    await studio.undo(page);
    await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeDisabled();
  });
});
