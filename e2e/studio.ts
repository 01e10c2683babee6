import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Download, expect, type Locator, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';

/** Text or bytes that a person has as a file. */
export interface GivenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Opens the studio and waits until it can be worked with: the canvas is there and the engine has answered. */
export async function start(page: Page, path = './'): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** Waits until the studio can be worked with. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeVisible({ timeout: 30_000 });
  await expect(statusBar(page).getByText(/^engine (?:< 1|\d+) ms$/)).toBeVisible({ timeout: 30_000 });
}

export function statusBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Status' });
}

export function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole('dialog', { name });
}

/** Does something by its name in the command box, as a person who knows no key does. */
export async function command(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const box = dialog(page, 'Find a table, column or action');
  await box.getByRole('combobox').fill(label);
  await box.getByRole('option', { name: label }).first().click();
}

/** The keys of the canvas reach it. */
export async function focusCanvas(page: Page): Promise<void> {
  await page.keyboard.press('Control+Alt+1');
  await expect(page.getByRole('application', { name: 'Diagram' })).toBeFocused();
}

export async function undo(page: Page): Promise<void> {
  await page.keyboard.press('Control+z');
}

export async function redo(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+z');
}

/** Presses a key on the canvas until the bar says that there is nothing left that it could do; says how often. */
async function whileThereIs(page: Page, does: 'Undo' | 'Redo', key: string): Promise<number> {
  await focusCanvas(page);
  const done = `Nothing to ${does.toLowerCase()}`;
  const button = page.getByRole('region', { name: 'Document' }).getByRole('button', { name: new RegExp(`^(?:${does}: |${done})`) });
  for (let steps = 0; steps < 50; steps++) {
    const says = await button.getAttribute('aria-label');
    if (says === done) return steps;
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  throw new Error('There is no end to it.');
}

/** Takes everything back. @returns number of steps */
export function undoAll(page: Page): Promise<number> {
  return whileThereIs(page, 'Undo', 'Control+z');
}

/** Does everything again that was taken back. @returns number of steps */
export function redoAll(page: Page): Promise<number> {
  return whileThereIs(page, 'Redo', 'Control+Shift+z');
}

export async function useTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await command(page, theme === 'light' ? 'Light appearance' : 'Dark appearance');
  await expect(page.locator(`html[data-theme=${theme}]`)).toBeAttached();
}

/** Waits until the screen says that nothing is only in memory. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Document' }).getByRole('status')).toHaveText(/^Saved /);
}

/** Opens a part of a menu and takes a line of it, the pointer going there as a hand does: a menu looks at which way it comes. */
export async function chooseBelow(page: Page, part: string, item: RegExp): Promise<void> {
  await page.getByRole('menuitem', { name: part }).click();
  const line = page.getByRole('menuitem', { name: item });
  const box = await line.boundingBox();
  if (box === null) throw new Error('The line is not on the screen.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 12 });
  await line.click();
}

// --- Giving it something ---------------------------------------------------------------------------------------------

/** A file on disk for choosers and drops, in the folder of the running test. */
export async function fileOnDisk({ name, content }: GivenFile): Promise<string> {
  const path = join(test.info().outputDir, basename(name));
  await mkdir(test.info().outputDir, { recursive: true });
  await writeFile(path, content);
  return path;
}

async function paths(files: readonly (GivenFile | string)[]): Promise<string[]> {
  return Promise.all(files.map((file) => (typeof file === 'string' ? resolve(file) : fileOnDisk(file))));
}

/** Gives files through the file chooser of "Import SQL". A text is a path on disk. */
export async function openFiles(page: Page, ...files: readonly (GivenFile | string)[]): Promise<void> {
  const given = await paths(files);
  await command(page, 'Import SQL');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog(page, 'Import SQL').getByRole('button', { name: 'Open files …' }).click(),
  ]);
  await chooser.setFiles(given);
}

/** Drags files over the window and drops them at a point, as the desktop does. */
async function dropAt(
  page: Page,
  at: { x: number; y: number },
  files: readonly (GivenFile | string)[],
  says: string | null = 'Drop SQL files, a folder or an archive of them, or a .crowfoot.json',
): Promise<void> {
  const given = await paths(files);
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: given, dragOperationsMask: 1 };
  await devtools.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at, data });
  await devtools.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data });
  if (says !== null) await expect(page.getByText(says)).toBeVisible();
  await devtools.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
  await devtools.detach();
}

/** Drops files on the canvas, where nothing is. */
export async function dropFiles(page: Page, ...files: readonly (GivenFile | string)[]): Promise<void> {
  const box = await page.getByRole('region', { name: 'Canvas' }).boundingBox();
  if (box === null) throw new Error('There is no canvas to drop on.');
  await dropAt(page, { x: box.x + box.width / 2, y: box.y + 40 }, files);
}

/** Drops a file on a table on the canvas. */
export async function dropOnTable(page: Page, name: string, file: GivenFile | string): Promise<void> {
  const box = (await tableBoxes(page)).find((one) => one.name.startsWith(`Table ${name},`));
  if (box === undefined) throw new Error(`There is no table ${name} to drop on.`);
  await dropAt(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, [file]);
}

/** What a person's doing puts on the clipboard, as text. The clipboard is the machine's, which takes it in its own time. */
export async function copied(page: Page, copying: () => Promise<void>): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const nothing = '(nothing was copied yet)';
  await page.evaluate((given) => navigator.clipboard.writeText(given), nothing);
  await copying();
  const held = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(held).not.toBe(nothing);
  return (await held()).replaceAll('\r\n', '\n');
}

/** Puts text on the clipboard and pastes it where the focus is. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await page.keyboard.press('Control+v');
}

/** The preview of an import: its receipt, and where it should go. */
export function preview(page: Page): Locator {
  return dialog(page, / would bring$/);
}

/** Waits for the preview and takes what it offers into a new document. */
export async function takeAsNew(page: Page): Promise<void> {
  const shown = preview(page);
  await shown.getByText('Into a new document').click({ timeout: 60_000 });
  await shown.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 60_000 });
  // While many tables are laid out they are shown already; the document is there when the card about it is gone.
  await expect(arrival(page)).toHaveCount(0, { timeout: 120_000 });
}

/** Waits until the view of the diagram has come to rest: what is aimed at before it does is missed, by a hand as by a test. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frames = 20;
    let [last, same] = ['', 0];
    while (same < frames) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const now = document.querySelector('.react-flow__viewport')?.getAttribute('style') ?? '';
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}

/** Imports SQL into a new document: a text, or a file. It is laid out, in view and stored when this returns. */
export async function importSql(page: Page, given: string | GivenFile): Promise<void> {
  await openFiles(page, typeof given === 'string' ? { name: 'schema.sql', content: given } : given);
  await takeAsNew(page);
  await saved(page);
  await still(page);
}

/** The card over the canvas while many tables come in. */
export function arrival(page: Page): Locator {
  return page.getByRole('region', { name: 'Import', exact: true });
}

/** The text of a file of the repository. */
export function repositoryFile(path: string): Promise<string> {
  return readFile(new URL(`../${path}`, import.meta.url), 'utf8');
}

// --- Looking at it ---------------------------------------------------------------------------------------------------

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A table on the canvas. It is there when it is in view. */
export function table(page: Page, name: string): Locator {
  return page.getByRole('group', { name: new RegExp(`^Table ${escaped(name)}, `) });
}

/** A row of a table on the canvas. */
export function row(page: Page, tableName: string, column: string): Locator {
  return table(page, tableName)
    .locator('.row')
    .filter({ has: page.getByText(column, { exact: true }) });
}

interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where something stands on the screen once the view of the diagram has come to rest. */
export async function boxOf(at: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await still(at.page());
  const box = await at.boundingBox();
  if (box === null) throw new Error('It is not on the screen.');
  return box;
}

/** Where tables and views stand on the screen once the canvas has come to rest, by what they are called aloud. */
export async function tableBoxes(page: Page): Promise<Box[]> {
  const read = () =>
    page
      .getByRole('application', { name: 'Diagram' })
      .locator('[role=group][aria-roledescription]')
      .evaluateAll((all) =>
        all.map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return { name: one.getAttribute('aria-label') ?? '', x, y, width, height };
        }),
      );
  await still(page);
  let boxes: Box[] = [];
  await expect(async () => {
    const before = boxes;
    boxes = await read();
    expect(boxes).toEqual(before);
  }).toPass({ intervals: [150] });
  return boxes;
}

/** Pairs of boxes that lie on each other by more than a hairline. */
export function overlapping(boxes: readonly Box[]): string[] {
  const pairs: string[] = [];
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      if (wide > 1 && high > 1) pairs.push(`${a.name} × ${b.name}`);
    }
  }
  return pairs;
}

/** Goes to anything by its name, with the command box. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const box = dialog(page, 'Find a table, column or action');
  await box.getByRole('combobox').fill(name);
  await box.getByRole('option', { name }).first().click();
}

/** Lines of the navigator. */
export function treeItem(page: Page, name: string): Locator {
  return page
    .getByRole('tree', { name: 'Model' })
    .getByRole('treeitem')
    .filter({ has: page.getByText(name, { exact: true }) });
}

export async function expectTables(page: Page, count: number): Promise<void> {
  const said = `${count.toLocaleString('en')} ${count === 1 ? 'table' : 'tables'}`;
  await expect(statusBar(page).getByText(said, { exact: true })).toBeVisible();
}

export async function showDock(page: Page, tab: 'DDL' | 'Problems' | 'Query lab' | 'Import receipt'): Promise<Locator> {
  const name = new RegExp(`^${tab}`);
  const region = page.getByRole('region', { name: 'Dock' });
  if (!(await region.isVisible())) await page.keyboard.press('Control+j');
  await region.getByRole('tab', { name }).click();
  return region.getByRole('tabpanel', { name });
}

/** The editor of the DDL pane. */
export async function ddlPane(page: Page): Promise<Locator> {
  const panel = await showDock(page, 'DDL');
  const editor = panel.getByRole('region', { name: 'DDL' });
  await expect(editor.locator('.monaco-editor .view-lines')).toBeVisible({ timeout: 20_000 });
  return editor;
}

/** The lines of the DDL pane that are in view, as a person reads them. */
export async function ddlInView(page: Page): Promise<string> {
  const editor = await ddlPane(page);
  const lines = await editor.locator('.view-line').evaluateAll((all) =>
    all
      .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent ?? '' }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' ')),
  );
  return lines.join('\n');
}

/** The whole DDL as the pane holds it: all of it selected and copied. */
export async function ddlText(page: Page): Promise<string> {
  const editor = await ddlPane(page);
  await editor
    .locator('.monaco-editor')
    .first()
    .click({ position: { x: 150, y: 12 } });
  await page.keyboard.press('Control+a');
  const text = await copied(page, () => page.keyboard.press('Control+c'));
  await page.keyboard.press('Control+Home');
  return text;
}

/** The whole DDL on one line, white space as single blanks: for what it says, not how it is set out. */
export async function ddl(page: Page): Promise<string> {
  return (await ddlText(page)).replaceAll(/\s+/g, ' ');
}

/** Reads the DDL, on one line, until what is looked for in it is there: an edit reaches it when the engine has written it. */
export async function ddlSays(page: Page, looks: (sql: string) => void): Promise<void> {
  await expect(async () => looks(await ddl(page))).toPass({ timeout: 60_000 });
}

/** Has PostgreSQL run the DDL; says what it said. */
export async function checkOnPostgres(page: Page): Promise<string> {
  const region = page.getByRole('region', { name: 'Dock' });
  if (!(await region.isVisible())) await page.keyboard.press('Control+j');
  await region.getByRole('button', { name: /Check on PostgreSQL|on PostgreSQL [\d.]+$/ }).click();
  const said = region.getByRole('button', { name: /on PostgreSQL [\d.]+$|not available/ });
  await expect(said).toBeVisible({ timeout: 45_000 });
  return (await said.textContent()) ?? '';
}

/** The messages at the edge of the screen. */
export function notice(page: Page, text: string | RegExp): Locator {
  return page
    .getByRole('region', { name: /^Notifications|^Message/ })
    .getByRole('listitem')
    .filter({ hasText: text });
}

// --- Leaving with it -------------------------------------------------------------------------------------------------

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

/** What a click downloads, as text. */
export async function downloadText(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: (await bytesOf(download)).toString('utf8') };
}

/** What a click downloads, as bytes. */
export async function downloadBytes(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

/** What a click downloads, as the files of a zip by their path. */
export async function downloadZip(page: Page, click: () => Promise<void>): Promise<Record<string, string>> {
  const { bytes } = await downloadBytes(page, click);
  const files = unzipSync(new Uint8Array(bytes));
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, new TextDecoder().decode(content)]));
}

/** Presses one download of the export dialog. `title` as it stands there, such as "SQL schema". */
export function exporting(page: Page, title: string): () => Promise<void> {
  return async () => {
    if (!(await dialog(page, 'Export').isVisible())) await page.keyboard.press('Control+e');
    await dialog(page, 'Export').getByRole('tab', { name: 'Documents and files' }).click();
    await dialog(page, 'Export')
      .getByRole('button', { name: `Download ${title}`, exact: true })
      .click();
  };
}

/** The dialog's part for pictures, with a format chosen: `SVG`, `PNG`, `PDF` or `Web page`. */
export async function pictureDialog(page: Page, format: string): Promise<Locator> {
  const box = dialog(page, 'Export');
  if (!(await box.isVisible())) await page.keyboard.press('Control+e');
  await box.getByRole('tab', { name: 'Picture' }).click();
  await box.getByRole('group', { name: 'Format' }).getByText(format, { exact: true }).click();
  return box;
}

/** Downloads a picture in a format as it is set up in the dialog. */
export function picturing(page: Page, format: string): () => Promise<void> {
  return async () => {
    const box = await pictureDialog(page, format);
    await box.getByRole('button', { name: 'Download the picture' }).click();
  };
}

/** The whole DDL as it is handed over. */
export async function schemaSql(page: Page): Promise<string> {
  const { text } = await downloadText(page, exporting(page, 'SQL schema'));
  await closeDialog(page);
  return text;
}

/** The document itself, as it is handed over. */
export async function crowfootFile(page: Page): Promise<string> {
  const { text } = await downloadText(page, exporting(page, 'Crowfoot file'));
  await closeDialog(page);
  return text;
}

/** Closes whatever dialog is open. */
export async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

// --- The inspector ---------------------------------------------------------------------------------------------------

/** Shows a tab of the inspector, from the menu where there is no room for it, and yields its panel. */
export async function inspectorTab(page: Page, name: string): Promise<Locator> {
  const region = page.getByRole('region', { name: 'Inspector' });
  const tab = region.getByRole('tab', { name, exact: true });
  if (await tab.isVisible()) await tab.click();
  else {
    await region.getByRole('button', { name: /^More parts of / }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  }
  const panel = region.getByRole('tabpanel', { name });
  await expect(panel).toBeVisible();
  return panel;
}

// --- The workload ----------------------------------------------------------------------------------------------------

/** Opens the workload from the rail. */
export async function openWorkload(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Workload', exact: true }).click();
  return dialog(page, 'Workload');
}

/** Pastes queries, or statistics of a server, into the open workload and waits for what it says of them. */
export async function pasteQueries(page: Page, text: string): Promise<Locator> {
  const box = dialog(page, 'Workload');
  const field = box.getByRole('textbox', { name: 'Queries or statistics' });
  const another = box.getByRole('button', { name: 'Paste or import …' });
  // Its part for queries is loaded when it is first opened.
  await expect(field.or(another)).toBeVisible();
  if (await another.isVisible()) await another.click();
  await field.fill(text);
  await expect(box.getByRole('status').filter({ hasText: /^Read as / })).toBeVisible();
  return box;
}

/** Drops a file on the open workload. */
export async function dropOnWorkload(page: Page, file: GivenFile | string): Promise<void> {
  const box = await dialog(page, 'Workload').boundingBox();
  if (box === null) throw new Error('The workload is not open.');
  await dropAt(page, { x: box.x + box.width / 3, y: box.y + box.height / 2 }, [file], null);
}

/** A line of the list of queries. */
export function queryRow(page: Page, name: string): Locator {
  return dialog(page, 'Workload')
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

// --- Advice ----------------------------------------------------------------------------------------------------------

/** The advice on indexes, opened from the rail. */
export async function openAdvice(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Advice/ }).click();
  const box = dialog(page, 'Index advice');
  await expect(box).toBeVisible();
  return box;
}

/** Runs the advice and waits until it is there. */
export async function runAdvice(page: Page, timeout = 90_000): Promise<Locator> {
  const box = dialog(page, 'Index advice');
  await box.getByRole('button', { name: /^Run (?:the advice|again)$/ }).click();
  await expect(box.getByRole('tab', { name: /^Indexes/ })).toBeVisible({ timeout });
  return box;
}

/** The query lab, in the mode for queries or for pasted plans. */
export async function queryLab(page: Page, mode: 'Query' | 'Paste EXPLAIN'): Promise<Locator> {
  const panel = await showDock(page, 'Query lab');
  await panel.getByText(mode, { exact: true }).click();
  await expect(panel.locator('.monaco-editor .view-lines')).toBeVisible({ timeout: 20_000 });
  return panel;
}

/** Puts a text into an editor in place of what it holds. */
export async function typeInto(page: Page, editor: Locator, text: string): Promise<void> {
  await editor.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+a');
  await paste(page, text);
}
