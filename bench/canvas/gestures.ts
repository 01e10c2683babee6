import type { Page } from '@playwright/test';
import { type Cost, median, type Probe } from './probe.ts';

export const GESTURES = ['nearPan', 'nearDrag', 'zoomOut', 'farPan', 'farDrag', 'zoomIn', 'allPan'] as const;
export type GestureName = (typeof GESTURES)[number];

/** How the gestures are done on a page: the same hands on ours and on the one it is compared with. */
export interface Hands {
  readonly page: Page;
  readonly probe: Probe;
  /** Middle of the canvas, on the screen. */
  readonly middle: { readonly x: number; readonly y: number };
  /** Brings the hub into the middle at a zoom at which it can be read. */
  readonly nearHub: () => Promise<void>;
  /** Where the hub's title is on the screen now. */
  readonly hub: () => Promise<{ readonly x: number; readonly y: number }>;
  /** Shows everything. */
  readonly all: () => Promise<void>;
}

/** Zooms of the near and the far gestures. */
export const NEAR = 0.9;
const FAR = 0.12;
/** Wheel pixels, with Ctrl held, that halve the zoom. */
const PER_DOUBLING = 500;

async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(500);
}

async function pan({ page, probe, middle }: Hands, moves: number): Promise<Cost> {
  await page.mouse.move(middle.x, middle.y);
  return probe.cost(moves, (step) => page.mouse.wheel(step % 20 < 10 ? 28 : -28, step % 30 < 15 ? 16 : -16));
}

async function drag({ page, probe, hub }: Hands, moves: number): Promise<Cost> {
  const { x, y } = await hub();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  const cost = await probe.cost(moves, (step) => {
    const turn = (step / 30) * Math.PI;
    return page.mouse.move(x + Math.sin(turn) * 120, y + (1 - Math.cos(turn)) * 50);
  });
  await page.mouse.move(x, y);
  await page.mouse.up();
  return cost;
}

/** Zooms about the middle by Ctrl and the wheel, evenly, from one zoom to the other. */
async function zoom({ page, probe, middle }: Hands, moves: number, from: number, to: number): Promise<Cost> {
  await page.mouse.move(middle.x, middle.y);
  const step = (Math.log2(from / to) / moves) * PER_DOUBLING;
  await page.keyboard.down('Control');
  const cost = await probe.cost(moves, () => page.mouse.wheel(0, step));
  await page.keyboard.up('Control');
  return cost;
}

/** Goes to the far zoom without measuring. */
async function goFar(hands: Hands): Promise<void> {
  await hands.nearHub();
  const { page, middle } = hands;
  await page.mouse.move(middle.x, middle.y);
  await page.keyboard.down('Control');
  for (let step = 0; step < 10; step++) await page.mouse.wheel(0, (Math.log2(NEAR / FAR) / 10) * PER_DOUBLING);
  await page.keyboard.up('Control');
}

const DO: Record<GestureName, (hands: Hands, moves: number) => Promise<Cost>> = {
  async nearPan(hands, moves) {
    await hands.nearHub();
    await settle(hands.page);
    return pan(hands, moves);
  },
  async nearDrag(hands, moves) {
    await hands.nearHub();
    await settle(hands.page);
    return drag(hands, moves);
  },
  async zoomOut(hands, moves) {
    await hands.nearHub();
    await settle(hands.page);
    return zoom(hands, moves, NEAR, FAR);
  },
  async farPan(hands, moves) {
    await goFar(hands);
    await settle(hands.page);
    return pan(hands, moves);
  },
  async farDrag(hands, moves) {
    await goFar(hands);
    await settle(hands.page);
    return drag(hands, moves);
  },
  async zoomIn(hands, moves) {
    await goFar(hands);
    await settle(hands.page);
    return zoom(hands, moves, FAR, NEAR);
  },
  async allPan(hands, moves) {
    await hands.all();
    await settle(hands.page);
    return pan(hands, moves);
  },
};

/** Does one gesture as often as asked; the middle result. */
export async function gesture(hands: Hands, name: GestureName, moves: number, repeat: number): Promise<Cost> {
  const costs: Cost[] = [];
  for (let time = 0; time < repeat; time++) costs.push(await DO[name](hands, moves));
  return median(costs);
}
