import type { FontBook, FontSlice, UsedLetters } from '../fonts/book.ts';
import { LetterPen } from '../fonts/used.ts';
import { textWidth } from '../fonts/widths.ts';
import { PALETTES } from '../palette.ts';
import type { Lettering, TextLook } from '../pen.ts';
import { drawDiagram } from '../pen-diagram.ts';
import type { Picture } from '../picture.ts';
import { num, PdfFile, type Ref, textString } from './file.ts';
import { embedFonts, embedUnseen, type PdfFont } from './fonts.ts';
import { MM, type Page, type PageSetup, type Pages, pagesOf } from './pages.ts';
import { PdfNeeds, PdfPen, rgb, type Unseen } from './pen-pdf.ts';

/** Pixels of a text that no shipped font can draw; from its ascent to its descent, 1.4 times its size high. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

export interface PdfOptions {
  readonly theme: 'light' | 'dark';
  readonly background: boolean;
  readonly setup: PageSetup;
  /** Draws what the shipped fonts lack with the system's; absent or undefined = an empty box stands there. */
  readonly raster?: (text: string, look: TextLook) => Raster | undefined;
}

const LABEL: Lettering = { family: 'sans', size: 7, weight: 400 };
const MARK = 4 * MM;

function label(page: Page, { columns, rows }: Pages, title: string): string {
  return `${title} · ${page.across}/${columns} across, ${page.down}/${rows} down`;
}

/** Everything that is written: the picture and the labels of its pages. */
function lettersOf(picture: Picture, pages: Pages): UsedLetters {
  const pen = new LetterPen();
  drawDiagram(pen, picture, { colours: PALETTES.light, background: false });
  if (pages.pages.length > 1) {
    pen.text(`${picture.title}… · 0123456789/ across, down`, 0, 0, LABEL);
  }
  return pen.used;
}

function writeRaster(file: PdfFile, { width, height, rgba }: Raster): Ref {
  const colours = new Uint8Array(width * height * 3);
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) {
    colours.set(rgba.subarray(i * 4, i * 4 + 3), i * 3);
    alpha[i] = rgba[i * 4 + 3] as number;
  }
  const size = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8`;
  const mask = file.stream(alpha, `${size} /ColorSpace /DeviceGray`);
  return file.stream(colours, `${size} /ColorSpace /DeviceRGB /SMask ${mask}`);
}

/** A box where a character cannot be shown. */
function writeBox(file: PdfFile, { look }: Unseen): Ref {
  const content = `${rgb(look.colour)} RG 0.06 w 0.08 0.24 0.84 0.56 re S`;
  return file.stream(content, '/Type /XObject /Subtype /Form /BBox [0 0 1 1]');
}

function writeUnseen(file: PdfFile, one: Unseen, options: PdfOptions): Ref {
  const raster = options.raster?.(one.text, one.look);
  return raster === undefined ? writeBox(file, one) : writeRaster(file, raster);
}

/** What the contents refer to, as a dictionary's entries. */
function resources(file: PdfFile, needs: PdfNeeds, fonts: ReadonlyMap<FontSlice, PdfFont>, options: PdfOptions): string {
  const fontEntries = [...fonts.values()].map((font) => `/${font.name} ${font.ref}`);
  const slice = [...fonts.keys()][0];
  if (needs.missing.size > 0 && slice !== undefined) {
    const widths = [...needs.missing.keys()].map((code) =>
      textWidth(String.fromCodePoint(code), { family: 'sans', weight: 400, size: 1 }),
    );
    fontEntries.push(`/FZ ${embedUnseen(file, slice, needs.missing, widths)}`);
  }
  const states = [...needs.alphas].map(([entries, name]) => `/${name} << /Type /ExtGState ${entries} >>`);
  const images = [...needs.unseen.values()].map((one) => `/${one.name} ${writeUnseen(file, one, options)}`);
  return `/Font << ${fontEntries.join(' ')} >> /ExtGState << ${states.join(' ')} >> /XObject << ${images.join(' ')} >>`;
}

/** Lines at the corners of what is to be cut out, outside of it. */
function cropMarks({ frame }: Page): string {
  const lines: string[] = [];
  const gap = 1 * MM;
  for (const x of [frame.x, frame.x + frame.width]) {
    for (const y of [frame.y, frame.y + frame.height]) {
      const left = x === frame.x ? -1 : 1;
      const below = y === frame.y ? -1 : 1;
      lines.push(`${num(x + left * gap)} ${num(y)} m ${num(x + left * (gap + MARK))} ${num(y)} l`);
      lines.push(`${num(x)} ${num(y + below * gap)} m ${num(x)} ${num(y + below * (gap + MARK))} l`);
    }
  }
  return `q 0.4 G 0.4 w [] 0 d ${lines.join(' ')} S Q`;
}

/** The picture's part in its frame: the form turned over, scaled, shifted and cut. */
function placed({ frame, scale, region }: Page): string {
  const clip = `${num(frame.x)} ${num(frame.y)} ${num(frame.width)} ${num(frame.height)} re W n`;
  const x = frame.x - region.x * scale;
  const y = frame.y + frame.height + region.y * scale;
  return `q ${clip} ${(Math.round(scale * 1e6) / 1e6).toString()} 0 0 ${(-Math.round(scale * 1e6) / 1e6).toString()} ${num(x)} ${num(y)} cm /Picture Do Q`;
}

function cutTitle(title: string, room: number): string {
  let shown = title;
  while (shown.length > 4 && textWidth(shown, LABEL) > room) shown = `${shown.slice(0, -2)}…`;
  return shown;
}

/**
 * A picture as a PDF (ISO 32000-1): shapes and text, fonts embedded with only the characters used, the picture written once
 * however many pages show parts of it. The same input gives the same bytes.
 */
export function pdfOf(picture: Picture, book: FontBook, options: PdfOptions): Uint8Array<ArrayBuffer> {
  const file = new PdfFile();
  const pages = pagesOf(picture.bounds, options.setup);
  const fonts = embedFonts(file, book, lettersOf(picture, pages));
  const needs = new PdfNeeds();
  const pen = new PdfPen(book, fonts, needs);
  drawDiagram(pen, picture, { colours: PALETTES[options.theme], background: options.background });
  const { x, y, width, height } = picture.bounds;
  const box = [x, y, x + width, y + height].map(num).join(' ');
  const contents = pages.pages.map((page) => {
    if (pages.pages.length === 1) return placed(page);
    const words = new PdfPen(book, fonts, needs);
    const text = label(page, pages, cutTitle(picture.title, page.frame.width / 2));
    // Pens draw downwards: the page's label is turned over as the picture is.
    words.text(text, page.frame.x + 6 * MM, -(page.frame.y - 4 * MM), { ...LABEL, colour: '#666666' });
    return `${placed(page)}\n${cropMarks(page)}\nq 1 0 0 -1 0 0 cm ${words.toString()}\nQ`;
  });
  const shared = resources(file, needs, fonts, options);
  const form = file.stream(pen.toString(), `/Type /XObject /Subtype /Form /BBox [${box}] /Resources << ${shared} >>`);
  const own = shared.replace('/XObject <<', `/XObject << /Picture ${form}`);
  const root = file.reserve();
  const tree = file.reserve();
  const sheets = pages.pages.map((page, at) => {
    const content = file.stream(contents[at] as string);
    return file.object(
      `<< /Type /Page /Parent ${tree} /MediaBox [0 0 ${num(page.width)} ${num(page.height)}] /Resources << ${own} >> /Contents ${content} >>`,
    );
  });
  file.object(`<< /Type /Pages /Kids [${sheets.join(' ')}] /Count ${sheets.length} >>`, tree);
  file.object(`<< /Type /Catalog /Pages ${tree} /ViewerPreferences << /DisplayDocTitle true >> >>`, root);
  return file.bytes(root, file.object(`<< /Title ${textString(picture.title)} /Creator (Crowfoot) /Producer (Crowfoot) >>`));
}

/** The characters that a PDF of the picture needs fonts for. */
export function pdfLetters(picture: Picture, setup: PageSetup): UsedLetters {
  return lettersOf(picture, pagesOf(picture.bounds, setup));
}
