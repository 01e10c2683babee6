/** Beyond these, browsers and most viewers do not open a PNG. */
export const MOST_SIDE = 65_000;
export const MOST_PIXELS = 500_000_000;

/** What is drawn at once: canvases of this size work everywhere. */
const TILE_SIDE = 8_192;
const TILE_PIXELS = 8_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a picture at a scale, and whether a PNG may have so many. */
export function pngSize({ width, height }: Size, scale: number): Size & { readonly fits: boolean } {
  // Whole pixels, rounded down: what fits at the largest scale fits.
  const whole = (length: number) => Math.max(1, Math.floor(length * scale + 1e-6));
  const size = { width: whole(width), height: whole(height) };
  const fits = size.width <= MOST_SIDE && size.height <= MOST_SIDE && size.width * size.height <= MOST_PIXELS;
  return { ...size, fits };
}

/** The largest scale a PNG may have, rounded down to two decimals. */
export function largestScale({ width, height }: Size): number {
  const scale = Math.min(MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)));
  return Math.floor(scale * 100) / 100;
}

/** How a picture is cut up for drawing: strips from the top, each of tiles from the left. */
export function stripsOf(width: number, height: number): { readonly tileWidth: number; readonly stripHeight: number } {
  const tileWidth = Math.min(width, TILE_SIDE);
  const byWidth = Math.floor(TILE_PIXELS / width);
  return { tileWidth, stripHeight: Math.max(1, Math.min(height, TILE_SIDE, byWidth)) };
}
