/// <reference lib="webworker" />
import { layout } from './layout/layout.ts';
import type { LayoutInput, LayoutOutput } from './layout/types.ts';

/** What the page hears: how far it is, then the layout, or why there is none. */
export type LayoutAnswer =
  | { readonly type: 'progress'; readonly done: number; readonly what: string }
  | { readonly type: 'done'; readonly output: LayoutOutput }
  | { readonly type: 'failed'; readonly message: string };

function answer(message: LayoutAnswer): void {
  postMessage(message);
}

self.onmessage = async ({ data }: MessageEvent<LayoutInput>) => {
  try {
    const output = await layout(data, (done, what) => answer({ type: 'progress', done, what }));
    answer({ type: 'done', output });
  } catch (cause) {
    answer({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) });
  }
};
