import { err, ok, type Result } from '#lib/result.ts';
import type { Document, Id } from '#model/types.ts';
import type { LaidOut } from '#worker/layout/arrange.ts';
import type { Arranging } from '#worker/layout/ground.ts';
import type { LayoutInput, LayoutOutput } from '#worker/layout/types.ts';
import type { LayoutAnswer } from '#worker/layout.worker.ts';

export interface LayoutOptions extends Arranging {
  /** Stops the work at once. */
  readonly signal?: AbortSignal;
  /** @param done share done, 0 to 1. @param what in words for people. */
  readonly onProgress?: (done: number, what: string) => void;
}

/** Does the layout in a worker of its own, which ends with it; where there are no workers, right here. */
async function compute(input: LayoutInput, { signal, onProgress }: LayoutOptions): Promise<Result<LayoutOutput>> {
  if (typeof Worker === 'undefined') {
    const { layout } = await import('#worker/layout/layout.ts');
    return ok(await layout(input, onProgress));
  }
  const worker = new Worker(new URL('../worker/layout.worker.ts', import.meta.url), { type: 'module', name: 'layout' });
  const answer = await new Promise<Result<LayoutOutput>>((resolve) => {
    const stop = () => resolve(err('cancelled', 'The layout was cancelled; nothing moved.'));
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.type === 'progress') onProgress?.(data.done, data.what);
      else if (data.type === 'done') resolve(ok(data.output));
      else resolve(err('layout-failed', `The layout failed (${data.message}); nothing moved.`));
    };
    worker.onerror = ({ message }) =>
      resolve(err('layout-failed', `The layout worker could not run (${message || 'no reason given'}); nothing moved.`));
    worker.postMessage(input);
  });
  worker.terminate();
  return answer;
}

/** Between these, a diagram is laid out in the shape of the screen it is seen on. */
const NARROWEST = 1;
const WIDEST = 2;
let shape: number | undefined;

/** The room there is for a diagram, in pixels, as the canvas has it: a small diagram is laid out to fill it. */
export function layOutFor({ width, height }: { readonly width: number; readonly height: number }): void {
  if (width > 0 && height > 0) shape = Math.min(WIDEST, Math.max(NARROWEST, width / height));
}

/** Lays out a diagram in a worker. The document is not changed: run `calls` as one step (along with an import, by `runAlong`). */
export async function layoutDocument(document: Document, diagram: Id, options: LayoutOptions = {}): Promise<Result<LaidOut>> {
  const { arrange } = await import('#worker/layout/arrange.ts');
  const whole = shape === undefined || options.aspect !== undefined ? options : { ...options, aspect: shape };
  return arrange(document, diagram, whole, (input) => compute(input, options));
}
