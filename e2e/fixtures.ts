import { test as base, expect, type Page } from '@playwright/test';
import { makeUnsteady } from './unsteady.ts';

export { expect };

/** Console errors a test provokes on purpose. */
type Expected = { allowConsole: RegExp[] };

/** Notes what goes wrong behind a page's screen: foreign requests, policy violations, uncaught errors, dialogs, console errors. */
export async function guard(page: Page, baseURL: string, wrong: string[], allowConsole: readonly RegExp[] = []): Promise<void> {
  const origin = new URL(baseURL).origin;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) wrong.push(`request to ${url}`);
  });
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !allowConsole.some((one) => one.test(text))) wrong.push(`console: ${text}`);
  });
  page.on('dialog', (dialog) => {
    wrong.push(`${dialog.type()} dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const seed = process.env['UNSTEADY_SEED'];
  if (seed !== undefined) await makeUnsteady(page, Number(seed));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(
        `content security policy: ${event.violatedDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
      );
    });
  });
}

/**
 * Every test runs with this page: it fails on a request to another origin, on a violation of the content security policy,
 * on an uncaught error, on a dialog of a script and on a console error, whatever else the test asserts.
 */
export const test = base.extend<Expected & { page: Page; secondTab: () => Promise<Page> }>({
  allowConsole: [[], { option: true }],
  page: async ({ page, baseURL, allowConsole }, use) => {
    const wrong: string[] = [];
    await guard(page, baseURL ?? '', wrong, allowConsole);
    await use(page);
    expect(wrong, 'nothing may go wrong behind the screen').toEqual([]);
  },
  /** Another tab of the same browser, under the same watch. */
  secondTab: async ({ context, baseURL, allowConsole }, use) => {
    const wrong: string[] = [];
    await use(async () => {
      const page = await context.newPage();
      await guard(page, baseURL ?? '', wrong, allowConsole);
      return page;
    });
    expect(wrong, 'nothing may go wrong behind the screen').toEqual([]);
  },
});
