import { expect, type Page } from '@playwright/test';
import { start } from '../../e2e/studio.ts';
import type { Hands } from './gestures.ts';
import { countFrames, Probe } from './probe.ts';

export interface Opened {
  readonly hands: Hands;
  /** Seconds from the file's choice to its preview. */
  readonly read: number;
  /** Seconds from pressing Import until tables can be seen, and until they stand where they stay. */
  readonly seen: number;
  readonly laidOut: number;
  /** Seconds from the reload of the page until tables can be seen. */
  readonly reopened: number;
  /** Seconds of the main thread's own CPU time for each of them. */
  readonly importCpu: number;
  readonly reopenCpu: number;
  readonly heap: number;
  readonly elements: number;
  readonly nodes: number;
}

/** Seconds since `since`. */
function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

/** Resolves once tables are on the screen: as nodes of the page, or as a picture of them. */
async function tablesVisible(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const far = document.querySelector('.canvas-far');
      if (far !== null && getComputedStyle(far).visibility === 'visible') return true;
      return document.querySelector('[aria-roledescription=table]') !== null;
    },
    undefined,
    { polling: 'raf', timeout: 300_000 },
  );
}

/** Every pane open: navigator and inspector are from the start, the dock shows the DDL. */
async function allPanes(page: Page): Promise<void> {
  const dock = page.getByRole('region', { name: 'Dock' });
  if (!(await dock.isVisible())) await page.keyboard.press('Control+j');
  await dock.getByRole('tab', { name: /^DDL/ }).click();
  await expect(dock.locator('.monaco-editor .view-lines')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Navigator' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
}

function handsOn(page: Page, probe: Probe, middle: { x: number; y: number }, hubName: string): Hands {
  const canvas = page.getByRole('application', { name: 'Diagram' });
  const all = async () => {
    await canvas.press('Shift+Digit1');
    await page.waitForTimeout(400);
  };
  const node = page.getByRole('group', { name: new RegExp(`^Table ${hubName}, `) });
  return {
    page,
    probe,
    middle,
    all,
    async nearHub() {
      await all();
      await page.keyboard.press('Control+k');
      const box = page.getByRole('dialog', { name: 'Find a table, column or action' });
      await box.getByRole('combobox').fill(hubName);
      await box.getByRole('option', { name: hubName }).first().click();
      await expect(node).toBeVisible();
      await page.waitForTimeout(400);
    },
    async hub() {
      if ((await node.count()) === 0) return middle;
      const box = await node.boundingBox();
      return box === null ? middle : { x: box.x + box.width / 3, y: box.y + 12 };
    },
  };
}

/** Imports the SQL as a person does, opens every pane, reloads, and measures on the way. */
export async function openProduct(page: Page, url: string, sql: string, tables: number, hubName: string): Promise<Opened> {
  await countFrames(page);
  const probe = await Probe.of(page);
  await start(page, url);
  await allPanes(page);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Open a file/ }).click();
  const given = await chooser;
  const [chosen, idle] = [performance.now(), await probe.busy()];
  await given.setFiles({ name: 'generated.sql', mimeType: 'application/sql', buffer: Buffer.from(sql) });
  const go = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
  await expect(go).toBeEnabled({ timeout: 300_000 });
  const read = seconds(chosen);
  const pressed = performance.now();
  const sight = tablesVisible(page).then(() => seconds(pressed));
  await go.click();
  await expect(page.getByText(new RegExp(`${tables.toLocaleString('en').replace(',', ',?')} tables imported`)).first()).toBeVisible(
    { timeout: 300_000 },
  );
  const laidOut = seconds(pressed);
  const importCpu = (await probe.busy()) - idle;
  const seen = await sight;
  await expect(page.getByRole('region', { name: 'Document' }).getByRole('status')).toHaveText(/^Saved /, { timeout: 60_000 });
  await page.waitForTimeout(1500);
  const [again, rested] = [performance.now(), await probe.busy()];
  await page.reload({ waitUntil: 'commit' });
  await tablesVisible(page);
  const reopened = seconds(again);
  const after = await probe.busy();
  // A reload begins to count anew.
  const reopenCpu = after < rested ? after : after - rested;
  await allPanes(page);
  await expect(page.getByRole('region', { name: 'Status' }).getByText(/^engine (?:< 1|\d+) ms$/)).toBeVisible({ timeout: 120_000 });
  await page.waitForTimeout(3000);
  const box = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
  if (box === null) throw new Error('The canvas has no box.');
  const hands = handsOn(page, probe, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, hubName);
  const { heap } = await probe.size();
  await hands.nearHub();
  const { elements, nodes } = await probe.size();
  return { hands, read, seen, laidOut, reopened, importCpu, reopenCpu, heap, elements, nodes };
}
