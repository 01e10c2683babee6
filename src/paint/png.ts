import { crc32 } from './png-crc.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface PngOptions {
  readonly width: number;
  readonly height: number;
  /** Keep what is transparent; else every pixel is opaque. */
  readonly alpha: boolean;
  /** Dots per inch that the picture says it has. */
  readonly dpi?: number;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header({ width, height, alpha }: PngOptions): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes[8] = 8;
  bytes[9] = alpha ? 6 : 2;
  return bytes;
}

/** Dots per metre, both ways (PNG specification, `pHYs`). */
function density(dpi: number): Uint8Array {
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.round(dpi / 0.0254));
  view.setUint32(4, Math.round(dpi / 0.0254));
  bytes[8] = 1;
  return bytes;
}

/**
 * Writes a PNG (W3C Recommendation "Portable Network Graphics") row by row, so that a picture may be larger than any canvas
 * and than memory. Each row is filtered by the one above, which plain areas pack best with.
 */
export class PngWriter {
  readonly #options: PngOptions;
  readonly #packer: CompressionStream;
  readonly #sink: WritableStreamDefaultWriter<BufferSource>;
  readonly #parts: Promise<Uint8Array<ArrayBuffer>[]>;
  #above: Uint8Array;

  constructor(options: PngOptions) {
    this.#options = options;
    this.#packer = new CompressionStream('deflate');
    this.#sink = this.#packer.writable.getWriter();
    this.#above = new Uint8Array(options.width * (options.alpha ? 4 : 3));
    this.#parts = this.#collect();
    // A failure reaches the caller through `finish`; until then it must not count as unhandled.
    this.#parts.catch(() => undefined);
  }

  async #collect(): Promise<Uint8Array<ArrayBuffer>[]> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const reader = this.#packer.readable.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parts;
      parts.push(chunk('IDAT', value));
    }
  }

  /** Takes the next rows, four bytes a pixel, in order from the top. */
  async rows(rgba: Uint8ClampedArray | Uint8Array): Promise<void> {
    const { width, alpha } = this.#options;
    const bytes = alpha ? 4 : 3;
    const count = rgba.length / (width * 4);
    const out = new Uint8Array(count * (width * bytes + 1));
    let to = 0;
    let from = 0;
    for (let row = 0; row < count; row++) {
      const now = new Uint8Array(width * bytes);
      out[to++] = 2;
      for (let i = 0; i < now.length; from += 4) {
        for (let channel = 0; channel < bytes; channel++, i++) {
          const value = rgba[from + channel] as number;
          now[i] = value;
          out[to++] = value - (this.#above[i] as number);
        }
      }
      this.#above = now;
    }
    await this.#sink.write(out);
  }

  async finish(): Promise<Blob> {
    await this.#sink.close();
    const { dpi } = this.#options;
    const parts = [
      Uint8Array.from(SIGNATURE),
      chunk('IHDR', header(this.#options)),
      ...(dpi === undefined ? [] : [chunk('pHYs', density(dpi))]),
      ...(await this.#parts),
      chunk('IEND', new Uint8Array()),
    ];
    return new Blob(parts, { type: 'image/png' });
  }
}
