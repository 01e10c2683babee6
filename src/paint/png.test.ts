import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng } from '#test/pictures.ts';
import { runs } from '#test/runs.ts';
import { PngWriter } from './png.ts';
import { crc32 } from './png-crc.ts';

async function written(
  width: number,
  height: number,
  rgba: Uint8Array,
  strip: number,
  alpha: boolean,
  dpi?: number,
): Promise<Uint8Array> {
  const writer = new PngWriter({ width, height, alpha, ...(dpi === undefined ? {} : { dpi }) });
  for (let y = 0; y < height; y += strip) {
    await writer.rows(rgba.subarray(y * width * 4, Math.min(height, y + strip) * width * 4));
  }
  return new Uint8Array(await (await writer.finish()).arrayBuffer());
}

describe('PngWriter', () => {
  it('writes every pixel as given, however the rows are handed over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        async (width, height, strip, alpha, bytes) => {
          const rgba = new Uint8Array(width * height * 4);
          for (let i = 0; i < rgba.length; i++) rgba[i] = bytes.next().value as number;
          const png = decodePng(await written(width, height, rgba, strip, alpha));
          expect([png.width, png.height]).toEqual([width, height]);
          for (let at = 0; at < width * height; at++) {
            const [r, g, b, a] = rgba.subarray(at * 4, at * 4 + 4);
            expect(png.pixel(at % width, Math.floor(at / width))).toEqual([r, g, b, alpha ? a : 255]);
          }
        },
      ),
      runs(20, 60),
    );
  });

  it('says its resolution', async () => {
    expect(decodePng(await written(2, 2, new Uint8Array(16), 2, false, 300)).dpi).toBe(300);
    expect(decodePng(await written(2, 2, new Uint8Array(16), 2, false)).dpi).toBeUndefined();
  });

  it('has the sums that readers check', async () => {
    const bytes = await written(3, 3, new Uint8Array(36).fill(7), 1, true, 96);
    const view = new DataView(bytes.buffer);
    let chunks = 0;
    for (let at = 8; at < bytes.length; chunks++) {
      const length = view.getUint32(at);
      expect(view.getUint32(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)));
      at += 12 + length;
    }
    expect(chunks).toBeGreaterThan(3);
  });

  it('packs plain areas to next to nothing', async () => {
    const size = (await written(1000, 1000, new Uint8Array(4_000_000).fill(245), 100, false)).length;
    expect(size).toBeLessThan(8000);
  });
});

describe('crc32', () => {
  it('is the sum of ISO 3309', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
