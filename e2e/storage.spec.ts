import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { expect, guard, test } from './fixtures.ts';
import * as studio from './studio.ts';

const SHOP = [
  'CREATE TABLE shop (id bigint PRIMARY KEY, name text NOT NULL);',
  'CREATE TABLE item (id bigint PRIMARY KEY, shop_id bigint NOT NULL REFERENCES shop);',
].join('\n');

/** Renames a table in the navigator, by keyboard. */
async function rename(page: Page, from: string, to: string): Promise<void> {
  await studio.treeItem(page, from).click();
  await expect(page.getByRole('tree', { name: 'Model' })).toBeFocused();
  await expect(studio.treeItem(page, from)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: `New name of ${from}` });
  await field.fill(to);
  await field.press('Enter');
  await expect(studio.treeItem(page, to)).toBeVisible();
}

const saveState = (page: Page) => page.getByRole('region', { name: 'Document' }).getByRole('status');
const banner = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });

/** Opens the list of documents. */
async function documents(page: Page) {
  await page.keyboard.press('Control+o');
  const list = studio.dialog(page, 'Documents');
  await expect(list).toBeVisible();
  return list;
}

async function chooseMore(page: Page, name: string, choice: string): Promise<void> {
  await studio
    .dialog(page, 'Documents')
    .getByRole('button', { name: `More for ${name}`, exact: true })
    .click();
  await page.getByRole('menuitem', { name: choice }).click();
}

test('a reload keeps the document, its name and what can be undone and redone', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await rename(page, 'shop', 'store');
  await rename(page, 'item', 'article');
  await studio.undo(page);
  await expect(studio.treeItem(page, 'item')).toBeVisible();
  await studio.saved(page);
  const written = await studio.schemaSql(page);
  await page.reload();
  await studio.ready(page);
  expect(await studio.schemaSql(page)).toBe(written);
  await studio.redo(page);
  await expect(studio.treeItem(page, 'article')).toBeVisible();
  await studio.undo(page);
  await studio.undo(page);
  await expect(studio.treeItem(page, 'shop')).toBeVisible();
  await expect(studio.treeItem(page, 'item')).toBeVisible();
});

/** The process that is the browser itself. */
async function browserProcess(context: BrowserContext): Promise<number> {
  const browser = context.browser();
  if (browser === null) throw new Error('The browser cannot be asked for its process.');
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const own = processInfo.find((one) => one.type === 'browser');
  if (own === undefined) throw new Error('The browser does not name its process.');
  return own.id;
}

/** Resolves in the very frame in which the screen says that the last edit is stored. */
async function saysSaved(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-label="Document"] [role=status]')?.textContent === 'Saved in this browser' ? true : undefined,
    undefined,
    { polling: 'raf' },
  );
}

const KILLS = 20;

test('killing the browser right after it said "saved", twenty times, loses no edit and no undo', async ({
  baseURL,
  launchOptions,
}) => {
  test.setTimeout(600_000);
  const profile = await mkdtemp(join(tmpdir(), 'crowfoot-kill-'));
  const wrong: string[] = [];
  const open = async () => {
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: baseURL ?? '', timeout: 60_000 });
    // What hangs is to be named, which the time of the whole test does not do.
    context.setDefaultTimeout(60_000);
    // A browser that was killed may come back with tabs of its own; frames are drawn in the one in front only.
    const page = await context.newPage();
    await page.bringToFront();
    await guard(page, baseURL ?? '', wrong);
    await studio.start(page);
    return { context, page };
  };
  try {
    let { context, page } = await open();
    await studio.importSql(page, SHOP);
    // The editor of SQL is not needed here, and takes longest to load: closed once and left properly, it stays closed.
    await page.keyboard.press('Control+j');
    await saysSaved(page);
    await context.close();
    ({ context, page } = await open());
    let name = 'shop';
    for (let kill = 1; kill <= KILLS; kill++) {
      const next = `shop_${kill}`;
      await rename(page, name, next);
      await saysSaved(page);
      const closed = context.waitForEvent('close');
      process.kill(await browserProcess(context), 'SIGKILL');
      await closed;
      ({ context, page } = await open());
      await expect(studio.treeItem(page, next), `edit ${kill} of ${KILLS}`).toBeVisible();
      await expect(page.getByRole('button', { name: new RegExp(`^Undo: .*${next}`) })).toBeEnabled();
      name = next;
    }
    for (let left = KILLS - 1; left >= 0; left--) {
      await studio.undo(page);
      await expect(studio.treeItem(page, left === 0 ? 'shop' : `shop_${left}`)).toBeVisible();
    }
    await context.close();
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  expect(wrong).toEqual([]);
});

/** Four megabytes that nothing can compress. */
const NOISE = Array.from({ length: 60 }, (_, at) => {
  const comment = randomBytes(50_000).toString('base64');
  return `CREATE TABLE noise_${at} (id int PRIMARY KEY);\nCOMMENT ON TABLE noise_${at} IS '${comment}';`;
}).join('\n');

test('a full browser says so, offers the document as a download, and goes on when there is room', async ({
  page,
  context,
  baseURL,
}) => {
  test.slow();
  const devtools = await context.newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await studio.openFiles(page, { name: 'large.sql', content: NOISE });
  const shown = studio.preview(page);
  await shown.getByText('Merge', { exact: true }).first().click({ timeout: 30_000 });
  await shown.getByRole('button', { name: 'Merge', exact: true }).click();
  await studio.expectTables(page, 62);
  const alert = page.getByRole('alert').filter({ hasText: 'Your edits are not stored.' });
  await expect(alert).toContainText('This browser has no room left', { timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Not saved: download' })).toBeVisible();
  const { name, text } = await studio.downloadText(page, () =>
    alert.getByRole('button', { name: 'Download the document' }).click(),
  );
  expect(name).toMatch(/\.crowfoot\.json$/);
  expect(Object.keys(JSON.parse(text).tables)).toHaveLength(62);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await rename(page, 'noise_0', 'noise');
  await expect(alert).toHaveCount(0, { timeout: 25_000 });
  await studio.saved(page);
  await page.reload();
  await studio.ready(page);
  await studio.expectTables(page, 62);
  // What was downloaded is the document: it opens.
  await studio.dropFiles(page, { name, content: text });
  await expect(studio.treeItem(page, 'noise_0')).toBeVisible();
  await studio.expectTables(page, 62);
});

/** Writes something else over what is stored of every document, as a failing disk would. */
function damage(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('crowfoot');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const database = opening.result;
          const work = database.transaction('snapshots', 'readwrite');
          const store = work.objectStore('snapshots');
          store.getAll().onsuccess = (event) => {
            for (const row of (event.target as IDBRequest<{ text: string }[]>).result) {
              store.put({ ...row, text: `${row.text.slice(0, row.text.length / 2)}\u0000 garbage` });
            }
          };
          work.oncomplete = () => {
            database.close();
            resolve();
          };
          work.onerror = () => reject(work.error);
        };
      }),
  );
}

test('a damaged store is said, what is in it can be downloaded, and work can begin anew', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await damage(page);
  await page.reload();
  await studio.ready(page);
  const said = studio.notice(page, /could not be opened\. The stored document is damaged/);
  await expect(said).toBeVisible();
  const { name, text } = await studio.downloadText(page, () =>
    said.getByRole('button', { name: 'Download what is stored' }).click(),
  );
  expect(name).toBe('crowfoot-rescue.json');
  const rescued = JSON.parse(text);
  expect(rescued.snapshots[0].text).toContain('garbage');
  expect(rescued.snapshots[0].text).toContain('"shop"');
  await studio.importSql(page, 'CREATE TABLE fresh (id int PRIMARY KEY);');
  await page.reload();
  await studio.ready(page);
  await expect(studio.treeItem(page, 'fresh')).toBeVisible();
});

test('a second tab follows, takes over, and gets the document when the first one closes', async ({ page, secondTab }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const second = await secondTab();
  await studio.start(second);
  const follows = 'Another tab is editing this document.';
  await expect(banner(second, follows)).toBeVisible();
  await expect(studio.treeItem(second, 'shop')).toBeVisible();

  await page.bringToFront();
  await rename(page, 'shop', 'store');
  await second.bringToFront();
  await expect(studio.treeItem(second, 'store')).toBeVisible();
  await studio.treeItem(second, 'store').click();
  await second.keyboard.press('F2');
  await expect(second.getByRole('textbox', { name: /^New name of/ }), 'who follows cannot edit').toHaveCount(0);

  await banner(second, follows).getByRole('button', { name: 'Take over' }).click();
  await expect(banner(second, follows)).toHaveCount(0);
  await expect(banner(page, follows)).toBeVisible();
  await rename(second, 'store', 'market');
  await expect(studio.treeItem(page, 'market')).toBeVisible();
  await studio.undo(second);
  await studio.undo(second);
  await expect(studio.treeItem(second, 'shop'), 'what the first tab did can be undone here').toBeVisible();
  await expect(studio.treeItem(page, 'shop')).toBeVisible();

  await second.close();
  await expect(banner(page, follows)).toHaveCount(0);
  await page.bringToFront();
  await rename(page, 'shop', 'kiosk');
  await studio.saved(page);
});

test('documents can be made, renamed, copied, opened and deleted, and a deletion taken back', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, { name: 'first.sql', content: SHOP });
  let list = await documents(page);
  const opened = list.getByRole('listitem').filter({ hasText: 'open' }).getByRole('button').first();
  const before = ((await opened.textContent()) ?? '').split(/\d+ tables/)[0] ?? '';
  await list.getByRole('button', { name: `Rename ${before}` }).click();
  const field = page.getByRole('textbox', { name: `New name of ${before}` });
  await field.fill('Something else');
  await field.press('Escape');
  await expect(field, 'Escape takes the old name back').toHaveCount(0);
  await expect(list, 'and leaves the list open').toBeVisible();
  await list.getByRole('button', { name: `Rename ${before}` }).click();
  await field.fill('Books');
  await field.press('Enter');
  await expect(list.getByRole('button', { name: /^Books 2 tables/ })).toBeVisible();

  await chooseMore(page, 'Books', 'Duplicate');
  await expect(list.getByRole('button', { name: /^Books copy 2 tables/ })).toBeVisible();
  await list.getByRole('button', { name: 'New document' }).click();
  await studio.expectTables(page, 0);
  await studio.importSql(page, 'CREATE TABLE alone (id int PRIMARY KEY);');

  list = await documents(page);
  await list.getByRole('button', { name: /^Books copy 2 tables/ }).click();
  await expect(list).toHaveCount(0);
  await expect(studio.treeItem(page, 'shop')).toBeVisible();
  await rename(page, 'shop', 'store');
  await studio.saved(page);
  list = await documents(page);
  await list.getByRole('button', { name: /^Books 2 tables/ }).click();
  await expect(studio.treeItem(page, 'shop'), 'a copy is a document of its own').toBeVisible();

  // The open one makes room for another; the deletion can be taken back.
  list = await documents(page);
  await chooseMore(page, 'Books', 'Delete');
  await expect(list.getByRole('button', { name: /^Books 2 tables/ })).toHaveCount(0);
  await studio.notice(page, 'Books was deleted.').getByRole('button', { name: 'Undo' }).click();
  await studio.closeDialog(page);
  await expect(studio.treeItem(page, 'shop')).toBeVisible();
  await page.reload();
  await studio.ready(page);
  await expect(studio.treeItem(page, 'shop')).toBeVisible();
  await expect((await documents(page)).getByRole('listitem')).toHaveCount(3);
});

/** Answers the browser's file pickers as a person would, with real files of the origin's private file system. */
async function withDisk(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const file = async (name: string) => (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    Object.assign(globalThis, {
      showSaveFilePicker: (options: { suggestedName: string }) => file(options.suggestedName),
      showOpenFilePicker: async () => [await file('schema.crowfoot.json')],
    });
  });
}

function onDisk(page: Page, name: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(wanted);
    return (await handle.getFile()).text();
  }, name);
}

/** Somebody else writes the file. */
async function writeOnDisk(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    async ([wanted, content]) => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle(wanted);
      const stream = await handle.createWritable();
      await stream.write(content);
      await stream.close();
    },
    [name, text] as const,
  );
}

const FILE = 'schema.crowfoot.json';

test('a file on disk is written, opened again, and never overwritten unseen', async ({ page }) => {
  await withDisk(page);
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await page.keyboard.press('Control+s');
  await expect(studio.notice(page, `Saved to ${FILE}.`)).toBeVisible();
  await expect(saveState(page)).toHaveText(`Saved to ${FILE}`);
  expect(await onDisk(page, FILE)).toContain('"name": "shop"');

  // The link outlives a reload; an edit is in the browser first, and the screen does not claim more.
  await page.reload();
  await studio.ready(page);
  await expect(saveState(page)).toHaveText(`Saved to ${FILE}`);
  await rename(page, 'shop', 'store');
  await expect(saveState(page)).toHaveText(`Saved in this browser; ${FILE} is older`);
  await page.keyboard.press('Control+s');
  await expect(saveState(page)).toHaveText(`Saved to ${FILE}`);
  const saved = await onDisk(page, FILE);
  expect(saved).toContain('"name": "store"');

  const theirs = saved.replace('"name": "item"', '"name": "theirs"');
  expect(theirs).not.toBe(saved);
  await writeOnDisk(page, FILE, theirs);
  await rename(page, 'store', 'mine');
  const conflict = studio.dialog(page, `${FILE} was changed`);

  await page.keyboard.press('Control+s');
  await expect(conflict).toContainText('Nothing was overwritten.');
  expect(await onDisk(page, FILE)).toBe(theirs);
  await conflict.getByRole('button', { name: 'Take the file' }).click();
  await expect(studio.treeItem(page, 'theirs')).toBeVisible();
  await expect(studio.treeItem(page, 'store')).toBeVisible();
  await studio.undo(page);
  await expect(studio.treeItem(page, 'mine')).toBeVisible();

  await writeOnDisk(page, FILE, saved);
  await page.keyboard.press('Control+s');
  await conflict.getByRole('button', { name: 'Keep both' }).click();
  const beside = 'schema (mine).crowfoot.json';
  await expect(saveState(page)).toHaveText(`Saved to ${beside}`);
  expect(await onDisk(page, beside)).toContain('"name": "mine"');
  expect(await onDisk(page, FILE)).toBe(saved);

  await writeOnDisk(page, beside, theirs);
  await page.keyboard.press('Control+s');
  await studio.dialog(page, `${beside} was changed`).getByRole('button', { name: 'Overwrite the file' }).click();
  await expect(saveState(page)).toHaveText(`Saved to ${beside}`);
  await expect(async () => expect(await onDisk(page, beside)).toContain('"name": "mine"')).toPass();

  // Opened again it is a document of its own, linked to the file.
  const list = await documents(page);
  await list.getByRole('button', { name: 'Open a .crowfoot.json …' }).click();
  await expect(studio.treeItem(page, 'store')).toBeVisible();
  await expect(saveState(page)).toHaveText(`Saved to ${FILE}`);
});

test('a file of a newer version is shown, cannot be changed, and can be copied', async ({ page }) => {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  const { text } = await studio.downloadText(page, studio.exporting(page, 'Crowfoot file'));
  await studio.closeDialog(page);
  const { version } = JSON.parse(text);
  const newer = text.replace(`"version": ${version}`, `"version": ${version + 1}`);
  expect(newer).not.toBe(text);
  await studio.dropFiles(page, { name: 'newer.crowfoot.json', content: newer });
  const said = banner(page, /was written by a newer Crowfoot .* cannot be changed/);
  await expect(said).toBeVisible();
  await expect(saveState(page)).toHaveText('Read only');
  await studio.treeItem(page, 'shop').click();
  await page.keyboard.press('Delete');
  await page.keyboard.press('F2');
  await expect(page.getByRole('textbox', { name: /^New name of/ })).toHaveCount(0);
  await expect(studio.treeItem(page, 'shop')).toBeVisible();
  await studio.expectTables(page, 2);
  await said.getByRole('button', { name: 'Work on a copy' }).click();
  await studio.notice(page, 'Copied.').getByRole('button', { name: 'Open the copy' }).click();
  await expect(said).toHaveCount(0);
  await rename(page, 'shop', 'store');
  await studio.saved(page);
});
