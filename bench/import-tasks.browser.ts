import { type Browser, expect, type Page, test } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: on the clock, and of the processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Tasks of the page's main thread that keep the processor longer than this, in milliseconds, are felt. */
const LONG = 50;

/** Milliseconds of processor time of the tasks of a page's main thread while something happens, longest first. */
async function tasks(browser: Browser, page: Page, what: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, {
    categories: ['__metadata', 'toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await what();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  const main = traceEvents.flatMap(({ name, args, pid, tid }) =>
    name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [],
  );
  const found = traceEvents.flatMap(({ name, pid, tid, tdur }) =>
    name.endsWith('RunTask') && main.includes(`${pid} ${tid}`) && tdur !== undefined ? [tdur / 1000] : [],
  );
  expect(found.length).toBeGreaterThan(10);
  return found.toSorted((a, b) => b - a);
}

function said(found: readonly number[]): string {
  const long = found.filter((one) => one > LONG);
  return `${long.length === 0 ? 'none' : long.map((one) => `${one.toFixed(0)} ms`).join(', ')} (longest of ${found.length}: ${(found[0] ?? 0).toFixed(1)} ms)`;
}

for (const dialect of ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle']) {
  test(`a dump of 600 kB for ${dialect}, from drop to canvas: main-thread tasks over 50 ms`, async ({ page, browser }) => {
    await page.goto('./');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Open a file/ }).click();
    // What the page does to start with is not the import's.
    await page.waitForTimeout(1500);
    const go = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
    const previewing = await tasks(browser, page, async () => {
      await (await chooser).setFiles(`test/data/sql/${dialect}/chinook.sql`);
      await expect(go).toBeEnabled({ timeout: 60_000 });
    });
    const importing = await tasks(browser, page, async () => {
      await go.click();
      await expect(page.getByText(/11 tables imported/).first()).toBeVisible({ timeout: 60_000 });
      await page.waitForTimeout(500);
    });
    console.log(`  ${dialect.padEnd(11)} until the preview: ${said(previewing)}; from Import to the canvas: ${said(importing)}`);
  });
}
