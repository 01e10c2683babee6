import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import * as studio from './studio.ts';

/** A tablet: fingers instead of a mouse. */
test.use({ hasTouch: true, viewport: { width: 1180, height: 820 } });

const SHOP = `
CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers, note text);
`;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Fingers as the screen reports them. */
class Hand {
  readonly #devtools: CDPSession;
  /** When the first finger was put down, in seconds. */
  #put = 0;
  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }
  async put(...fingers: readonly Spot[]): Promise<void> {
    this.#put = Date.now() / 1000;
    await this.#touch('touchStart', fingers, this.#put);
  }
  /** The finger has rested where it is for `seconds` when it moves there, whatever time the machine takes to say so. */
  async restThenMove(seconds: number, to: Spot): Promise<void> {
    await this.#touch('touchMove', [to], this.#put + seconds);
  }
  async move(...fingers: readonly Spot[]): Promise<void> {
    await this.#touch('touchMove', fingers);
  }
  async lift(): Promise<void> {
    await this.#touch('touchEnd', []);
  }
  /** Lifts the second of two fingers. */
  async liftSecond(at: Spot): Promise<void> {
    await this.#devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [{ ...at, id: 1 }] });
  }
  async #touch(type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Spot[], timestamp?: number): Promise<void> {
    const touchPoints = fingers.map(({ x, y }, id) => ({ x, y, id }));
    await this.#devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints,
      ...(timestamp === undefined ? {} : { timestamp }),
    });
  }
  async tap(at: Spot): Promise<void> {
    await this.put(at);
    await this.lift();
  }
  /** From one place to another in steps, as a finger goes. */
  async slide(from: Spot, to: Spot): Promise<void> {
    for (let step = 1; step <= 6; step++) {
      await this.move({ x: from.x + ((to.x - from.x) * step) / 6, y: from.y + ((to.y - from.y) * step) / 6 });
    }
  }
}

async function open(page: Page): Promise<Hand> {
  await studio.start(page);
  await studio.importSql(page, SHOP);
  await expect(studio.table(page, 'orders')).toBeVisible();
  return new Hand(await page.context().newCDPSession(page));
}

function boxOf(page: Page, name: string): ReturnType<typeof studio.boxOf> {
  return studio.boxOf(studio.table(page, name));
}

async function titleOf(page: Page, name: string): Promise<Spot> {
  const { x, y, height, width } = await boxOf(page, name);
  return { x: x + width / 3, y: y + Math.min(12, height / 6) };
}

/** A spot of the canvas with nothing on it, well inside. */
async function emptySpot(page: Page): Promise<Spot> {
  const boxes = await studio.tableBoxes(page);
  const canvas = await page.getByRole('application', { name: 'Diagram' }).boundingBox();
  if (canvas === null) throw new Error('There is no canvas.');
  for (let y = canvas.y + canvas.height * 0.75; y > canvas.y + 90; y -= 20) {
    for (let x = canvas.x + 140; x < canvas.x + canvas.width - 260; x += 20) {
      const near = boxes.some(
        (box) => x > box.x - 40 && x < box.x + box.width + 40 && y > box.y - 40 && y < box.y + box.height + 40,
      );
      if (!near) return { x, y };
    }
  }
  throw new Error('There is no empty spot.');
}

const undoName = (page: Page) => page.getByRole('button', { name: /^(?:Undo|Nothing to undo)/ });

test('one finger carries the canvas along, on empty ground and in a quick stroke over a table', async ({ page }) => {
  const hand = await open(page);
  const before = await boxOf(page, 'orders');
  const from = await emptySpot(page);
  await hand.put(from);
  await hand.slide(from, { x: from.x + 60, y: from.y - 36 });
  await hand.lift();
  const after = await boxOf(page, 'orders');
  expect(after.x - before.x).toBeCloseTo(60, -1);
  expect(after.y - before.y).toBeCloseTo(-36, -1);
  await expect(undoName(page)).toHaveAccessibleName('Nothing to undo');
});

test('a finger that rests on a table for a moment takes it along, as one step', async ({ page }) => {
  const hand = await open(page);
  const [orders, customers] = [await boxOf(page, 'orders'), await boxOf(page, 'customers')];
  const from = await titleOf(page, 'orders');
  await hand.put(from);
  await hand.restThenMove(0.26, { x: from.x + 8, y: from.y + 40 });
  await hand.slide(from, { x: from.x + 24, y: from.y + 120 });
  await hand.lift();
  await expect(undoName(page)).toHaveAccessibleName(/^Undo: Move /);
  expect((await boxOf(page, 'orders')).y - orders.y).toBeGreaterThan(60);
  expect(await boxOf(page, 'customers')).toEqual(customers);
  await expect(page.getByRole('status', { name: 'What happened' })).toHaveText(/^Move orders/);
});

test('two fingers zoom about what is between them, and the rest of the hand moves on', async ({ page }) => {
  const hand = await open(page);
  const zoom = page.getByRole('button', { name: /^Zoom \d+ %/ });
  await page.getByRole('button', { name: /^Zoom/ }).tap();
  await page.getByRole('menuitem', { name: /^100 %/ }).tap();
  await expect(zoom).toHaveAccessibleName('Zoom 100 %');
  const at = await emptySpot(page);
  const gap = (by: number): [Spot, Spot] => [
    { x: at.x - by, y: at.y },
    { x: at.x + by, y: at.y },
  ];
  const before = await boxOf(page, 'orders');
  await hand.put(...gap(100));
  for (const by of [90, 80, 70, 60, 50]) await hand.move(...gap(by));
  await expect(zoom).toHaveAccessibleName('Zoom 50 %');
  const small = await boxOf(page, 'orders');
  expect(small.width).toBeCloseTo(before.width / 2, -1);
  expect(small.x - at.x).toBeCloseTo((before.x - at.x) / 2, -1);
  // One finger leaves: the other carries the canvas along, at the zoom it has.
  const [left, right] = gap(50);
  await hand.liftSecond(right);
  await hand.slide(left, { x: left.x + 30, y: left.y });
  await hand.lift();
  await expect(zoom).toHaveAccessibleName('Zoom 50 %');
  expect((await boxOf(page, 'orders')).x - small.x).toBeCloseTo(30, -1);
  await expect(undoName(page)).toHaveAccessibleName('Nothing to undo');
});

test('a second finger calls a drag off', async ({ page }) => {
  const hand = await open(page);
  const from = await titleOf(page, 'orders');
  await hand.put(from);
  await hand.restThenMove(0.26, { x: from.x + 20, y: from.y + 20 });
  await hand.slide(from, { x: from.x + 40, y: from.y + 40 });
  const to = { x: from.x + 40, y: from.y + 40 };
  await hand.put(to, { x: to.x + 80, y: to.y });
  await hand.lift();
  await expect(undoName(page)).toHaveAccessibleName('Nothing to undo');
});

test('a tap selects, two taps edit, and a tap on nothing lets go', async ({ page }) => {
  const hand = await open(page);
  const title = await titleOf(page, 'orders');
  await hand.tap(title);
  await expect(page.getByRole('navigation', { name: 'Where you are' }).getByRole('button', { name: 'Table orders' })).toBeVisible();
  await hand.tap(await emptySpot(page));
  await expect(page.getByRole('navigation', { name: 'Where you are' }).getByRole('button', { name: 'Table orders' })).toHaveCount(
    0,
  );
  await hand.tap(title);
  await hand.tap(title);
  const name = page.getByRole('application', { name: 'Diagram' }).getByRole('textbox');
  await expect(name).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('purchases');
  await page.keyboard.press('Enter');
  await expect(studio.table(page, 'purchases')).toBeVisible();
});

test('a long press opens the menu of what is under it, and a tap chooses from it', async ({ page }) => {
  const hand = await open(page);
  await hand.put(await titleOf(page, 'orders'));
  const duplicate = page.getByRole('menuitem', { name: /^Duplicate/ });
  await expect(duplicate).toBeVisible();
  await hand.lift();
  await expect(duplicate).toBeVisible();
  expect((await duplicate.boundingBox())?.height).toBeGreaterThanOrEqual(40);
  await duplicate.tap();
  await studio.expectTables(page, 3);
});

test('what fingers press is large enough', async ({ page }) => {
  await open(page);
  const sizes = await page.getByRole('button').evaluateAll((all) =>
    all
      .map((one) => ({ name: one.getAttribute('aria-label') ?? one.textContent ?? '', box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .map(({ name, box }) => ({ name, least: Math.round(Math.min(box.width, box.height)) })),
  );
  expect(sizes.filter(({ least }) => least < 24)).toEqual([]);
  const main =
    /^(?:Undo|Nothing to (?:un|re)do|Share a link|Export|Model|Problems|Settings|Select|Table|Relationship|Area|Note|Add to the model)/;
  const chosen = sizes.filter(({ name }) => main.test(name));
  expect(chosen.length).toBeGreaterThanOrEqual(10);
  expect(chosen.filter(({ least }) => least < 40)).toEqual([]);
});
