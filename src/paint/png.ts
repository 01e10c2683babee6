import { err, ok, type Result } from '#lib/result.ts';

/** Browsers refuse larger pictures; a side of this many pixels works everywhere. */
const MAX_SIDE = 16_000;
const MAX_PIXELS = 120_000_000;

function sizeOf(svg: string): { width: number; height: number } | undefined {
  const found = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  return found === null ? undefined : { width: Number(found[1]), height: Number(found[2]) };
}

/** The greatest scale, at most the wished one, at which a picture stays within what browsers can draw. */
export function pngScale(width: number, height: number, wished: number): number {
  return Math.min(wished, MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_PIXELS / (width * height)));
}

/**
 * An SVG picture as PNG, drawn by the browser.
 * @param scale pixels to an SVG pixel; less when the picture would become larger than browsers can draw.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Result<Blob>> {
  const size = sizeOf(svg);
  if (size === undefined) return err('png-size', 'The picture says no size, so that it cannot be drawn as PNG.');
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const factor = pngScale(size.width, size.height, scale);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(size.width * factor);
    canvas.height = Math.round(size.height * factor);
    const context = canvas.getContext('2d');
    if (context === null) return err('png-canvas', 'This browser gives no canvas to draw on; export the SVG instead.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    return blob === null
      ? err('png-large', 'The picture is too large for this browser to draw; export the SVG instead.')
      : ok(blob);
  } catch {
    return err('png-draw', 'The browser could not draw the picture; export the SVG instead.');
  } finally {
    URL.revokeObjectURL(url);
  }
}
