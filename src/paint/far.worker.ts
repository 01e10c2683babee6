/// <reference lib="webworker" />
import { paintWithFamily } from './far.ts';
import { FarPainter } from './far-painter.ts';
import type { FarMessage } from './far-scene.ts';

let painter: FarPainter | undefined;

/** A worker has no style sheet: it loads the shipped font itself. Until then, and without it, the system's font serves. */
async function loadFont(url: string): Promise<void> {
  const font = new FontFace('Inter Far', `url(${JSON.stringify(url)})`, { weight: '100 900' });
  const { fonts } = self as unknown as { readonly fonts: FontFaceSet };
  await font.load();
  fonts.add(font);
  paintWithFamily('Inter Far');
  painter?.ask();
}

self.onmessage = ({ data }: MessageEvent<FarMessage>) => {
  if (data.type === 'start') {
    painter = new FarPainter(data.canvas, data.palette);
    loadFont(data.font).catch(() => undefined);
  } else painter?.tell(data);
};
