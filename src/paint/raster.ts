import type { Rect } from '#lib/grid.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { PALETTES } from './palette.ts';
import type { Raster } from './pdf/pdf.ts';
import type { TextLook } from './pen.ts';
import { CanvasPen, type Families } from './pen-canvas.ts';
import { drawDiagram } from './pen-diagram.ts';
import type { Picture } from './picture.ts';
import type { PictureLook } from './picture-protocol.ts';
import { PngWriter } from './png.ts';
import { largestScale, pngSize, stripsOf } from './png-size.ts';

interface PngWish {
  readonly scale: number;
  readonly dpi?: number;
}

/** What a canvas of a worker is drawn with. */
export interface RasterContext {
  readonly families: Families;
  readonly progress: (done: number, what: string) => void;
}

type Context = OffscreenCanvasRenderingContext2D;

function contextOf(width: number, height: number): Context | null {
  return new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
}

/** Draws a part of a picture at a scale; `at` is where its left upper corner lies, in pixels of the file. */
function drawPart(context: Context, picture: Picture, look: PictureLook, scale: number, at: Rect, families: Families): void {
  const { bounds } = picture;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const region: Rect = {
    x: bounds.x + at.x / scale,
    y: bounds.y + at.y / scale,
    width: at.width / scale,
    height: at.height / scale,
  };
  context.setTransform(scale, 0, 0, scale, -region.x * scale, -region.y * scale);
  drawDiagram(new CanvasPen(context, families), picture, { colours: PALETTES[look.theme], background: look.background, region });
}

/**
 * A picture as PNG of any size: drawn strip by strip on canvases that every browser allows, and written as one file.
 * @returns a problem when the file would be larger than programs can open, with the largest scale that is possible.
 */
export async function pngOf(picture: Picture, look: PictureLook, wish: PngWish, context: RasterContext): Promise<Result<Blob>> {
  const { width, height, fits } = pngSize(picture.bounds, wish.scale);
  if (!fits) {
    const largest = largestScale(picture.bounds);
    return err(
      'png-large',
      `At ${wish.scale}× the picture would have ${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels, more than programs open. The largest scale is ${largest}×; SVG and PDF have no limit.`,
    );
  }
  const { tileWidth, stripHeight } = stripsOf(width, height);
  const surface = contextOf(tileWidth, stripHeight);
  if (surface === null) return err('png-canvas', 'This browser gives no canvas to draw on; export the SVG instead.');
  const writer = new PngWriter({ width, height, alpha: !look.background, ...(wish.dpi === undefined ? {} : { dpi: wish.dpi }) });
  for (let y = 0; y < height; y += stripHeight) {
    const rows = Math.min(stripHeight, height - y);
    if (tileWidth >= width) {
      drawPart(surface, picture, look, wish.scale, { x: 0, y, width, height: rows }, context.families);
      await writer.rows(surface.getImageData(0, 0, width, rows).data);
    } else {
      const strip = new Uint8Array(width * rows * 4);
      for (let x = 0; x < width; x += tileWidth) {
        const wide = Math.min(tileWidth, width - x);
        drawPart(surface, picture, look, wish.scale, { x, y, width: wide, height: rows }, context.families);
        const { data } = surface.getImageData(0, 0, wide, rows);
        for (let row = 0; row < rows; row++) strip.set(data.subarray(row * wide * 4, (row + 1) * wide * 4), (row * width + x) * 4);
      }
      await writer.rows(strip);
    }
    context.progress((y + rows) / height, 'Drawing');
  }
  return ok(await writer.finish());
}

/** A small picture that fits into a box, for looking at. */
export async function previewOf(
  picture: Picture,
  look: PictureLook,
  box: { width: number; height: number },
  families: Families,
): Promise<Result<Blob>> {
  const { bounds } = picture;
  const scale = Math.min(box.width / bounds.width, box.height / bounds.height, 2);
  const at = {
    x: 0,
    y: 0,
    width: Math.max(1, Math.round(bounds.width * scale)),
    height: Math.max(1, Math.round(bounds.height * scale)),
  };
  const context = contextOf(at.width, at.height);
  if (context === null) return err('png-canvas', 'This browser gives no canvas to draw on.');
  drawPart(context, picture, look, scale, at, families);
  return ok(await context.canvas.convertToBlob({ type: 'image/png' }));
}

/** Pixels to a pixel of the picture in what stands for text that no shipped font can draw. */
const SHARP = 4;

/** Draws text with the system's fonts, for files that cannot embed them. */
export function rasterText(text: string, look: TextLook): Raster | undefined {
  const size = look.size * SHARP;
  const font = `${look.weight} ${size}px ${look.family === 'mono' ? 'monospace' : 'sans-serif'}`;
  const measure = contextOf(1, 1);
  if (measure === null) return undefined;
  measure.font = font;
  const width = Math.ceil(measure.measureText(text).width);
  const height = Math.ceil(size * 1.4);
  if (width < 1 || width > 8000) return undefined;
  const context = contextOf(width, height);
  if (context === null) return undefined;
  context.font = font;
  context.fillStyle = look.colour;
  context.fillText(text, 0, height - size * 0.35);
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}
