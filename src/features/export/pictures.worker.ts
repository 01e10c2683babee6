/// <reference lib="webworker" />
/** The worker that makes pictures: one subject at a time, any number of pictures of it. Ended to cancel. */

import { err, ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { type FontBook, type FontFile, loadFonts, type UsedLetters } from '#paint/fonts/book.ts';
import { fontFaceCss } from '#paint/fonts/face-css.ts';
import { fetchFont } from '#paint/fonts/urls.ts';
import { LetterPen } from '#paint/fonts/used.ts';
import { PALETTES } from '#paint/palette.ts';
import { pdfLetters, pdfOf } from '#paint/pdf/pdf.ts';
import type { Families } from '#paint/pen-canvas.ts';
import { drawDiagram } from '#paint/pen-diagram.ts';
import { type Picture, pictureOf } from '#paint/picture.ts';
import type { FromPictures, PictureFacts, PictureFormat, PictureLook, ToPictures } from '#paint/picture-protocol.ts';
import { pngOf, previewOf, rasterText } from '#paint/raster.ts';
import { svgOf } from '#paint/svg.ts';
import { pageOf } from './page/page.ts';

const post = (message: FromPictures) => self.postMessage(message);

let picture: Picture | undefined;
let model: Document | undefined;

/** Each script of a font is a family of its own here: what one lacks, the next has. */
function familiesOf(book: FontBook): Families {
  const names = (family: 'sans' | 'mono') =>
    [...new Set(book.slices.filter((one) => one.family === family).map((one) => `"${familyName(one.file)}"`))].join(', ');
  const before = (list: string) => (list === '' ? '' : `${list}, `);
  return { sans: `${before(names('sans'))}system-ui, sans-serif`, mono: `${before(names('mono'))}ui-monospace, monospace` };
}

/** A font's file without its weight. */
function familyName(file: FontFile): string {
  return file.replace(/-\d+$/, '');
}

function lettersOf(shown: Picture): UsedLetters {
  const pen = new LetterPen();
  drawDiagram(pen, shown, { colours: PALETTES.light, background: false });
  return pen.used;
}

const shown = new Set<string>();

/** Makes the shipped fonts known to this worker's canvases, which have none of the page's. */
async function showFonts(book: FontBook): Promise<void> {
  const { fonts } = self as unknown as { readonly fonts: FontFaceSet };
  for (const slice of book.slices) {
    if (shown.has(slice.file)) continue;
    shown.add(slice.file);
    const face = new FontFace(familyName(slice.file), slice.bytes as Uint8Array<ArrayBuffer>, { weight: String(slice.weight) });
    fonts.add(await face.load());
  }
}

async function make(id: number, look: PictureLook, format: PictureFormat): Promise<Result<Blob>> {
  if (picture === undefined || model === undefined) return err('no-subject', 'Nothing was chosen to draw.');
  const progress = (done: number, what: string) => post({ kind: 'progress', id, done, what });
  if (format.kind === 'html') {
    const fonts = async (used: UsedLetters) => {
      const loaded = await loadFonts(used, fetchFont);
      return loaded.ok ? loaded.value : undefined;
    };
    return ok(new Blob([await pageOf({ document: model, picture, fonts })], { type: 'text/html' }));
  }
  const book = await loadFonts(format.kind === 'pdf' ? pdfLetters(picture, format.setup) : lettersOf(picture), fetchFont);
  if (format.kind === 'svg') {
    // Without its fonts the picture is still right: it falls back to fonts of the reader's system.
    const fontFaces = format.fonts && book.ok ? fontFaceCss(book.value, lettersOf(picture)) : '';
    return ok(new Blob([svgOf(picture, { ...look, fontFaces })], { type: 'image/svg+xml' }));
  }
  if (!book.ok) return book;
  if (format.kind === 'pdf') {
    const bytes = pdfOf(picture, book.value, { ...look, setup: format.setup, raster: rasterText });
    return ok(new Blob([bytes], { type: 'application/pdf' }));
  }
  await showFonts(book.value);
  if (format.kind === 'preview') return previewOf(picture, look, format, familiesOf(book.value));
  return pngOf(picture, look, format, { families: familiesOf(book.value), progress });
}

function take(message: Extract<ToPictures, { kind: 'subject' }>): PictureFacts {
  const { document, diagram, ...options } = message.subject;
  model = document;
  picture = pictureOf(document, diagram, options);
  const { bounds, nodes, areas, notes } = picture;
  return { width: bounds.width, height: bounds.height, nodes: nodes.length, drawn: nodes.length + areas.length + notes.length };
}

async function work(message: ToPictures): Promise<FromPictures> {
  const { id } = message;
  if (message.kind === 'subject') return { kind: 'facts', id, facts: take(message) };
  return { kind: 'made', id, result: await make(id, message.look, message.format) };
}

/** One after the other, in the order they were asked for. */
let queue: Promise<unknown> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<ToPictures>) => {
  queue = queue.then(() =>
    work(data).then(post, (error: unknown) =>
      post({ kind: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) }),
    ),
  );
});
