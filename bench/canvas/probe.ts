import type { CDPSession, Page } from '@playwright/test';

/** What one gesture cost. */
export interface Cost {
  /** Milliseconds of the main thread's own CPU time for each frame. */
  readonly cpu: number;
  readonly fps: number;
  /** 95th percentile of the time between frames, in milliseconds. */
  readonly p95: number;
  /** Redraws a second of the far view, where the product drew one. */
  readonly redraws?: number;
  /** Moves that were made before time ran out. */
  readonly moves: number;
}

interface Counting {
  frames: number[];
}

/** Notes the time of every frame from the start of the page. */
export async function countFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state = window as unknown as Counting;
    state.frames = [];
    const next = (now: number) => {
      state.frames.push(now);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

/** The worker that paints the far view, with a count of its pictures: each begins by clearing the canvas. */
async function countRedraws(page: Page): Promise<() => Promise<number>> {
  const workers = page.workers().filter((one) => /far\.worker/.test(one.url()));
  await Promise.all(
    workers.map((one) =>
      one.evaluate(() => {
        const state = self as unknown as { redraws?: number };
        if (state.redraws !== undefined) return;
        state.redraws = 0;
        const clear = OffscreenCanvasRenderingContext2D.prototype.clearRect;
        OffscreenCanvasRenderingContext2D.prototype.clearRect = function counted(...box) {
          state.redraws = (state.redraws ?? 0) + 1;
          clear.apply(this, box);
        };
      }),
    ),
  );
  return async () => {
    const counts = await Promise.all(
      workers.map((one) => one.evaluate(() => (self as unknown as { redraws?: number }).redraws ?? 0).catch(() => 0)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

/** Measures what happens on a page. */
export class Probe {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<Probe> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Probe(page, session);
  }

  async #metric(name: string): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return metrics.find((one) => one.name === name)?.value ?? 0;
  }

  /** Seconds of CPU time the main thread has used so far. */
  busy(): Promise<number> {
    return this.#metric('TaskDuration');
  }

  /** Heap of the page in MB and its DOM nodes (elements; with texts), after rubbish was collected. */
  async size(): Promise<{ heap: number; elements: number; nodes: number }> {
    await this.#session.send('HeapProfiler.collectGarbage');
    const heap = (await this.#metric('JSHeapUsedSize')) / 1024 / 1024;
    const counted = await this.#page.evaluate(() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
      let nodes = 1;
      while (walker.nextNode() !== null) nodes += 1;
      return { elements: document.querySelectorAll('*').length, nodes };
    });
    return { heap, ...counted };
  }

  /** Makes the moves at about 60 a second (slower where the page cannot follow), for at most `seconds`. */
  async cost(moves: number, move: (step: number) => Promise<void>, seconds = 30): Promise<Cost> {
    const redraws = await countRedraws(this.#page);
    const frames = () => this.#page.evaluate(() => (window as unknown as Counting).frames.length);
    const [work, first, drawn] = [await this.#metric('TaskDuration'), await frames(), await redraws()];
    const start = performance.now();
    let made = 0;
    for (; made < moves && performance.now() - start < seconds * 1000; made++) {
      await move(made);
      const ahead = start + (made + 1) * 16 - performance.now();
      if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    }
    const times = await this.#page.evaluate((from) => (window as unknown as Counting).frames.slice(from), first);
    const cpu = (await this.#metric('TaskDuration')) - work;
    const elapsed = (performance.now() - start) / 1000;
    const gaps = times
      .slice(1)
      .map((time, at) => time - (times[at] as number))
      .sort((a, b) => a - b);
    const pictures = (await redraws()) - drawn;
    return {
      cpu: (cpu * 1000) / Math.max(1, times.length),
      fps: times.length / elapsed,
      p95: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
      moves: made,
      ...(pictures > 0 ? { redraws: pictures / elapsed } : {}),
    };
  }
}

/** The middle one by CPU. */
export function median(costs: readonly Cost[]): Cost {
  const sorted = [...costs].sort((a, b) => a.cpu - b.cpu);
  return sorted[Math.floor(sorted.length / 2)] as Cost;
}
