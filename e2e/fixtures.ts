import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/** Console errors a test provokes on purpose. */
type Expected = { allowConsole: RegExp[] };

/**
 * Every test runs with this page: it fails on a request to another origin, on a violation of the content security policy,
 * on an uncaught error and on a console error, whatever else the test asserts.
 */
export const test = base.extend<Expected & { page: Page }>({
  allowConsole: [[], { option: true }],
  page: async ({ page, baseURL, allowConsole }, use) => {
    const wrong: string[] = [];
    const origin = new URL(baseURL ?? '').origin;
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) wrong.push(`request to ${url}`);
    });
    page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !allowConsole.some((one) => one.test(text))) wrong.push(`console: ${text}`);
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `content security policy: ${event.violatedDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`,
        );
      });
    });
    await use(page);
    expect(wrong, 'nothing may go wrong behind the screen').toEqual([]);
  },
});
