/// <reference lib="webworker" />
/** Packs a document for a link, off the main thread: a large one takes a while. */

import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { encodeShare } from '#storage/share.ts';

self.addEventListener('message', ({ data }: MessageEvent<Document>) => {
  encodeShare(serialize(data)).then(
    (fragment) => self.postMessage({ fragment }),
    (error: unknown) => self.postMessage({ problem: error instanceof Error ? error.message : String(error) }),
  );
});
