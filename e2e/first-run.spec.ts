import { expect, test } from './fixtures.ts';

test('the studio opens with its regions, under a sub-path and its own policy', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Navigator' })).toBeVisible();
});
