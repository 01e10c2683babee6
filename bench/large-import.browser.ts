import { expect, type Page, test } from '@playwright/test';
import { generatedSchema } from '../test/generated-schema.ts';

/** Milliseconds of main-thread work so far. */
async function busy(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((one) => one.name === 'TaskDuration')?.value ?? 0) * 1000;
  };
}

async function frames(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { frames: number }).frames);
}

test('a file of 1,000 tables, from drop to a laid-out canvas; then panning and dragging', async ({ page }) => {
  const sql = generatedSchema({ tables: 1000 });
  await page.addInitScript(() => {
    const state = window as unknown as { frames: number };
    state.frames = 0;
    const next = () => {
      state.frames += 1;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.goto('./');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Open a file/ }).click();
  const start = Date.now();
  await (await chooser).setFiles({ name: 'thousand.sql', mimeType: 'application/sql', buffer: Buffer.from(sql) });
  const go = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
  await expect(go).toBeEnabled({ timeout: 120_000 });
  const previewed = Date.now();
  await go.click();
  await expect(page.getByText(/1,?000 tables imported/).first()).toBeVisible({ timeout: 120_000 });
  const done = Date.now();
  console.log(`\n1,000 tables, ${Math.round(sql.length / 1024)} kB of SQL`);
  console.log(`  dropped to preview          ${((previewed - start) / 1000).toFixed(1)} s`);
  console.log(`  import pressed to laid out  ${((done - previewed) / 1000).toFixed(1)} s`);
  console.log(
    `  both                        ${((done - start) / 1000).toFixed(1)} s   (drawDB 38 s, ChartDB 51 s for a file of this size)`,
  );
  await page.waitForTimeout(3000);
  const canvas = page.getByRole('application', { name: 'Diagram' });
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The canvas has no box.');
  const used = await busy(page);
  const measure = async (what: string, move: (step: number) => Promise<void>) => {
    const [work, count] = [await used(), await frames(page)];
    for (let step = 0; step < 60; step++) await move(step);
    const [after, shown] = [await used(), await frames(page)];
    console.log(
      `  ${what.padEnd(28)}${((after - work) / Math.max(1, shown - count)).toFixed(1)} ms of main thread a frame, ${shown - count} frames for 60 moves`,
    );
  };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await measure('pan, everything in view', (step) => page.mouse.wheel(step % 2 === 0 ? 40 : -40, 10));
  await page.keyboard.down('Control');
  await measure('zoom in', () => page.mouse.wheel(0, -60));
  await page.keyboard.up('Control');
  await measure('pan, near', (step) => page.mouse.wheel(step % 2 === 0 ? 60 : -60, 20));
});
