import type { Document, Id } from '#model/types.ts';
import { PALETTES } from './palette.ts';
import { drawDiagram } from './pen-diagram.ts';
import { SvgPen } from './pen-svg.ts';
import { type Picture, type PictureOptions, pictureOf } from './picture.ts';
import { escapeXml } from './xml.ts';

export interface SvgLook {
  readonly theme?: 'light' | 'dark';
  /** The canvas's colour behind everything; absent = yes. */
  readonly background?: boolean;
  /** Style rules that bring fonts along, such as `@font-face`: made by this program, never from a document. */
  readonly fontFaces?: string;
}

export type SvgOptions = SvgLook & PictureOptions;

const SANS = "Inter, 'Inter Variable', system-ui, sans-serif";

/** A picture as an SVG file: shapes and text, no script, no foreign content, every text escaped. */
export function svgOf(picture: Picture, { theme = 'light', background = true, fontFaces = '' }: SvgLook = {}): string {
  const pen = new SvgPen({ lengths: fontFaces === '' });
  drawDiagram(pen, picture, { colours: PALETTES[theme], background });
  const { x, y, width, height } = picture.bounds;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-family="${SANS}" font-kerning="none" role="img">`,
    `<title>${escapeXml(picture.title)}</title>`,
    ...(fontFaces === '' ? [] : [`<style>${fontFaces}</style>`]),
    pen.toString(),
    '</svg>\n',
  ].join('\n');
}

/** A diagram as an SVG file, drawn from the model alone. The same input gives the same text. */
export function diagramSvg(document: Document, diagram: Id, options: SvgOptions = {}): string {
  return svgOf(pictureOf(document, diagram, options), options);
}
