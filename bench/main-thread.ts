import { type Browser, expect, type Page } from '@playwright/test';

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
export async function tasks(browser: Browser, page: Page, what: () => Promise<void>): Promise<number[]> {
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

/** The tasks that are felt, and the longest. */
export function said(found: readonly number[]): string {
  const long = found.filter((one) => one > LONG);
  return `${long.length === 0 ? 'none' : long.map((one) => `${one.toFixed(0)} ms`).join(', ')} (longest of ${found.length}: ${(found[0] ?? 0).toFixed(1)} ms)`;
}
