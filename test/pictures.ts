import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { FontReader } from '#paint/fonts/book.ts';

/** Reads the shipped fonts from the packages, as the browser fetches them. */
export const readFont: FontReader = async (file) => {
  const family = file.startsWith('inter') ? 'inter' : 'jetbrains-mono';
  return new Uint8Array(readFileSync(`node_modules/@fontsource/${family}/files/${file}-normal.woff`));
};

/** A PNG read back: its size and its pixels, four bytes each. */
export interface DecodedPng {
  readonly width: number;
  readonly height: number;
  readonly dpi?: number;
  readonly pixel: (x: number, y: number) => readonly [number, number, number, number];
}

/** Reads an 8-bit RGB or RGBA PNG with any of the five filters. Throws where the file is not what the format wants. */
export function decodePng(bytes: Uint8Array): DecodedPng {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) throw new Error('no PNG');
  const parts: Uint8Array[] = [];
  let dpi: number | undefined;
  let last = '';
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    last = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (last === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (last === 'pHYs') dpi = Math.round(view.getUint32(at + 8) * 0.0254);
    at += 12 + length;
  }
  if (last !== 'IEND') throw new Error('no end');
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const channels = bytes[25] === 6 ? 4 : 3;
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  if (raw.length !== (stride + 1) * height) throw new Error(`${raw.length} bytes for ${width} × ${height}`);
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) unfilter(raw, pixels, y, stride, channels);
  return {
    width,
    height,
    ...(dpi === undefined ? {} : { dpi }),
    pixel: (x, y) => {
      const at = y * stride + x * channels;
      return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0, channels === 4 ? (pixels[at + 3] ?? 0) : 255];
    },
  };
}

function unfilter(raw: Uint8Array, pixels: Uint8Array, y: number, stride: number, channels: number): void {
  const filter = raw[y * (stride + 1)] as number;
  for (let i = 0; i < stride; i++) {
    const left = i < channels ? 0 : (pixels[y * stride + i - channels] as number);
    const up = y === 0 ? 0 : (pixels[(y - 1) * stride + i] as number);
    const corner = y === 0 || i < channels ? 0 : (pixels[(y - 1) * stride + i - channels] as number);
    const estimate = left + up - corner;
    const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
    const paeth = a <= b && a <= c ? left : b <= c ? up : corner;
    const added = [0, left, up, (left + up) >> 1, paeth][filter];
    if (added === undefined) throw new Error(`filter ${filter}`);
    pixels[y * stride + i] = (raw[y * (stride + 1) + 1 + i] as number) + added;
  }
}
