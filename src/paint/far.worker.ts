/// <reference lib="webworker" />
import { FarPainter } from './far-painter.ts';
import type { FarAnswer, FarMessage } from './far-scene.ts';
import { paintWithFamilies } from './far-text.ts';

let painter: FarPainter | undefined;

/** A worker has no style sheet: it loads the shipped fonts itself. Until then, and without them, the system's fonts serve. */
async function loadFont(use: 'sans' | 'mono', url: string): Promise<void> {
  const name = `Far ${use}`;
  const font = new FontFace(name, `url(${JSON.stringify(url)})`, { weight: '100 900' });
  const { fonts } = self as unknown as { readonly fonts: FontFaceSet };
  await font.load();
  fonts.add(font);
  paintWithFamilies({ [use]: `${JSON.stringify(name)}, ${use === 'sans' ? 'system-ui, sans-serif' : 'ui-monospace, monospace'}` });
  painter?.ask();
}

function answer(drawn: number): void {
  const message: FarAnswer = { drawn };
  postMessage(message);
}

self.onmessage = ({ data }: MessageEvent<FarMessage>) => {
  if (data.type === 'start') {
    painter = new FarPainter(data.canvas, data.palette, answer);
    loadFont('sans', data.fonts.sans).catch(() => undefined);
    loadFont('mono', data.fonts.mono).catch(() => undefined);
  } else painter?.tell(data);
};
