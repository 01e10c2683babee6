import { writeFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { said, tasks } from './main-thread.ts';

/** Orders with their customers and products in each row: 20 columns, among them dependencies and one that nearly holds. */
function orders(rows: number): string {
  let state = 7;
  const dice = (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const names =
    'id,day,customer,name,email,zip,city,canton,country,product,title,group,price,tax,amount,status,paid,clerk,shop,note';
  const line = (at: number) => {
    const customer = dice(3000);
    const zip = 1000 + (customer % 400);
    const product = dice(500);
    const day = `2024-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`;
    const price = ((product * 37) % 9000) / 100 + (dice(20_000) === 0 ? 1 : 0);
    const known = [at, day, customer, `Customer ${customer}`, `c${customer}@example.org`, zip, `City ${zip}`, zip % 26, 'CH'];
    const bought = [product, `Product ${product}`, product % 40, price, product % 3, dice(9) + 1];
    return [...known, ...bought, dice(5), dice(2), dice(80), dice(25), dice(50) === 0 ? '' : `note ${dice(900)}`].join(',');
  };
  return [names, ...Array.from({ length: rows }, (_, at) => line(at))].join('\n');
}

/** Opens the dialog; what the command box costs is its own. @returns gives a file of the disk to it. */
async function opened(page: Page, path: string): Promise<() => Promise<void>> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('Discover dependencies in a file');
  await page.getByRole('option', { name: 'Discover dependencies in a file' }).first().click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files …' }).click();
  const chosen = await chooser;
  return () => chosen.setFiles(path);
}

test('dependencies of 100,000 rows of 20 columns: main-thread tasks over 50 ms', async ({ page, browser }) => {
  test.setTimeout(300_000);
  const text = orders(100_000);
  const path = test.info().outputPath('orders.csv');
  await writeFile(path, text);
  await page.goto('./');
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeVisible();
  await page.waitForTimeout(1500);
  const box = page.getByRole('dialog', { name: /^Dependencies in orders/ });
  const give = await opened(page, path);
  const start = Date.now();
  let wall = 0;
  const searching = await tasks(browser, page, async () => {
    await give();
    await expect(box.getByRole('tab', { name: /^Profile/ })).toBeVisible({ timeout: 240_000 });
    wall = Date.now() - start;
    await page.waitForTimeout(500);
  });
  const looking = await tasks(browser, page, async () => {
    for (const part of ['Dependencies', 'Keys', 'Near dependencies', 'Foreign keys', 'Profile']) {
      await box.getByRole('tab', { name: new RegExp(`^${part}`) }).click();
      await page.waitForTimeout(200);
    }
  });
  await box.getByRole('tab', { name: /^Dependencies/ }).click();
  await box.getByRole('textbox', { name: 'Filter dependencies by column' }).fill('zip city');
  const adding = await tasks(browser, page, async () => {
    await box
      .getByRole('button', { name: /^Accept zip → / })
      .first()
      .click();
    await box.getByRole('button', { name: /^Add table with / }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.waitForTimeout(500);
  });
  const giveAgain = await opened(page, path);
  const cancelling = await tasks(browser, page, async () => {
    await giveAgain();
    await expect(box.getByRole('progressbar')).toBeVisible();
    await box.getByRole('button', { name: 'Cancel the search' }).click();
    await expect(page.getByRole('alert')).toContainText('The search was stopped.');
  });
  console.log(`  ${(text.length / 1e6).toFixed(1)} MB, ${wall} ms from the file to the profile; until then ${said(searching)}`);
  console.log(`  looking at every part ${said(looking)}; accepting and adding ${said(adding)}; cancelling ${said(cancelling)}`);
});
