import type { Page } from '@playwright/test';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Table } from '#model/types.ts';
import type { Hands } from './gestures.ts';
import type { PlainSchema } from './plain/schema.ts';
import { countFrames, Probe } from './probe.ts';

/** The document for the plain page: its schemas beside each other, the tables of each in a square. */
export function plainSchema(document: Document): PlainSchema {
  const bySchema = new Map<string, Table[]>();
  for (const table of Object.values(document.tables)) {
    const own = bySchema.get(table.schema);
    if (own === undefined) bySchema.set(table.schema, [table]);
    else own.push(table);
  }
  const across = Math.ceil(Math.sqrt(bySchema.size));
  const most = Math.max(...[...bySchema.values()].map((tables) => tables.length));
  const side = Math.ceil(Math.sqrt(most));
  const tables = [...bySchema.values()].flatMap((own, area) =>
    own.map(({ id, name, columns }, at) => ({
      id,
      name,
      x: (area % across) * (side * 320 + 200) + (at % side) * 320,
      y: Math.floor(area / across) * (side * 380 + 200) + Math.floor(at / side) * 380,
      columns: columns.map((column) => ({ id: column.id, name: column.name, type: typeName(document, column.type) })),
    })),
  );
  const links = Object.values(document.relationships).map(({ id, child, parent, childColumns, parentColumns }) => ({
    id,
    child,
    parent,
    column: childColumns[0] ?? '',
    parentColumn: parentColumns[0] ?? '',
  }));
  return { tables, links, hub: hubOf(document).id };
}

/** The table that most others refer to. */
export function hubOf(document: Document): { readonly id: string; readonly name: string; readonly count: number } {
  const { byParent } = linksOf(document);
  const counted = Object.values(document.tables).map(({ id, name }) => ({ id, name, count: byParent.get(id)?.length ?? 0 }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best), { id: '', name: '', count: -1 });
}

export interface PlainOpened {
  readonly hands: Hands;
  /** Seconds from the navigation until tables are on the screen; the model is there already, no SQL is read. */
  readonly seen: number;
  readonly heap: number;
  readonly elements: number;
  readonly nodes: number;
}

export async function openPlain(page: Page, url: string, hub: string): Promise<PlainOpened> {
  await countFrames(page);
  const since = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(
    () => document.querySelector('.react-flow__node') !== null && document.querySelector('.react-flow__edge') !== null,
    undefined,
    {
      polling: 'raf',
      timeout: 300_000,
    },
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
  const seen = (performance.now() - since) / 1000;
  await page.waitForTimeout(1000);
  const probe = await Probe.of(page);
  const node = page.locator(`.react-flow__node[data-id="${hub}"]`);
  const all = async () => {
    await page.getByRole('button', { name: 'All' }).click();
    await page.waitForTimeout(1000);
  };
  const nearHub = async () => {
    await page.getByRole('button', { name: 'Hub' }).click();
    await page.waitForTimeout(1000);
  };
  const hands: Hands = {
    page,
    probe,
    middle: { x: 720, y: 450 },
    all,
    nearHub,
    async hub() {
      const box = await node.boundingBox();
      return box === null ? { x: 720, y: 450 } : { x: box.x + box.width / 2, y: box.y + Math.min(12, box.height / 4) };
    },
  };
  return { hands, seen, ...(await probe.size()) };
}
