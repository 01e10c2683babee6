import { fileStem } from '#engine/documents/set.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { Area } from '#model/layout-types.ts';
import type { Document, Id } from '#model/types.ts';
import { pagesOf } from '#paint/pdf/pages.ts';
import { idsInArea } from '#paint/picture.ts';
import type { PictureFacts, PictureFormat, PictureSubject } from '#paint/picture-protocol.ts';
import { Pictures, type PicturesWorker } from '#paint/pictures.ts';
import { largestScale, pngSize } from '#paint/png-size.ts';
import { documentStore } from '#state/document.ts';
import { resultsStore } from '#state/results.ts';
import { viewStore } from '#state/view.ts';
import { CSS_DPI, type PictureChoice, setupOf, type What } from './choice.ts';
import type { MadeFile } from './items.ts';

/** Makes every picture of the studio. */
export const pictures = new Pictures(
  () =>
    new Worker(new URL('./pictures.worker.ts', import.meta.url), { type: 'module', name: 'pictures' }) as unknown as PicturesWorker,
);

/** The theme on the screen: the picture looks as the diagram does unless something else was chosen. */
export function shownTheme(): 'light' | 'dark' {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

export function lookOf(choice: PictureChoice): { theme: 'light' | 'dark'; background: boolean } {
  return { theme: choice.theme ?? shownTheme(), background: choice.background };
}

/** Selected tables, views, notes and areas. */
function selected(model: Document): Id[] {
  const ids = viewStore.getState().selection.map((ref) => ref.record);
  return [...new Set(ids)].filter((id) =>
    [model.tables, model.views, model.notes, model.areas].some((records) => Object.hasOwn(records, id)),
  );
}

/** Areas of the shown diagram by name. */
export function areasOf(model: Document): Area[] {
  const { diagram } = viewStore.getState();
  return Object.values(model.areas)
    .filter((one) => one.diagram === diagram)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The area that is selected, if one is. */
export function selectedArea(model: Document): Id | undefined {
  return selected(model).find((id) => Object.hasOwn(model.areas, id));
}

export function selectionSize(model: Document): number {
  return selected(model).length;
}

/** The ids that are drawn; undefined = everything on the diagram. Nothing is shown of an area that is gone. */
export function idsOf(model: Document, what: What, area: Id | undefined): readonly Id[] | undefined {
  if (what === 'diagram') return undefined;
  if (what === 'selection') return selected(model);
  const { diagram } = viewStore.getState();
  const one = areasOf(model).find(({ id }) => id === area);
  return one === undefined ? [] : idsInArea(model, diagram, one);
}

export function subjectOf(model: Document, only: readonly Id[] | undefined, findings: boolean): PictureSubject {
  return {
    document: model,
    diagram: viewStore.getState().diagram,
    ...(only === undefined ? {} : { only }),
    ...(findings ? { findings: resultsStore.getState().findings } : {}),
  };
}

export function formatOf(choice: PictureChoice): PictureFormat {
  if (choice.format === 'svg') return { kind: 'svg', fonts: choice.fonts };
  if (choice.format === 'png') return { kind: 'png', scale: choice.scale, dpi: Math.round(choice.scale * CSS_DPI) };
  if (choice.format === 'html') return { kind: 'html' };
  return { kind: 'pdf', setup: setupOf(choice) };
}

/** What a picture will measure, in words; `bad` = it cannot be made so. */
export function estimate(facts: PictureFacts, choice: PictureChoice): { readonly text: string; readonly bad: boolean } {
  const pixels = (width: number, height: number) =>
    `${Math.round(width).toLocaleString('en')} × ${Math.round(height).toLocaleString('en')}`;
  if (choice.format === 'png') {
    const { width, height, fits } = pngSize(facts, choice.scale);
    if (fits) return { text: `${pixels(width, height)} pixels`, bad: false };
    const largest = largestScale(facts);
    return { text: `${pixels(width, height)} pixels are more than programs open: at most ${largest}× here`, bad: true };
  }
  if (choice.format !== 'pdf') return { text: `${pixels(facts.width, facts.height)} pixels at its natural size`, bad: false };
  const { columns, rows, scale, pages } = pagesOf({ x: 0, y: 0, ...facts }, setupOf(choice));
  const percent = `${Math.max(1, Math.round(scale * 100))}%`;
  if (pages.length === 1) return { text: `1 page, ${percent} of its natural size`, bad: false };
  return { text: `${pages.length.toLocaleString('en')} pages, ${columns} across and ${rows} down, ${percent}`, bad: false };
}

const ENDINGS = { svg: 'svg', png: 'png', pdf: 'pdf', html: 'html' } as const;

export function fileName(model: Document, choice: PictureChoice): string {
  return `${fileStem(model.settings['settings']?.name ?? 'database')}.${ENDINGS[choice.format]}`;
}

export const NOTHING_TO_DRAW = err(
  'nothing-to-draw',
  'The diagram is empty: add or import a table first, then export the picture.',
);

/** Makes a picture as a file. */
export async function makePicture(
  model: Document,
  choice: PictureChoice,
  only: readonly Id[] | undefined,
  signal?: AbortSignal,
  onProgress?: (done: number, what: string) => void,
): Promise<Result<MadeFile>> {
  const facts = await pictures.show(subjectOf(model, only, choice.findings));
  if (!facts.ok) return facts;
  if (facts.value.drawn === 0) return NOTHING_TO_DRAW;
  const made = await pictures.make(lookOf(choice), formatOf(choice), signal, onProgress);
  return made.ok ? ok({ name: fileName(model, choice), blob: made.value }) : made;
}

/** Pixels that a clipboard takes without trouble. */
const CLIPBOARD_PIXELS = 60_000_000;

async function imageForClipboard(model: Document, choice: PictureChoice, only: readonly Id[] | undefined): Promise<Blob> {
  const facts = await pictures.show(subjectOf(model, only, choice.findings));
  if (!facts.ok) throw new Error(facts.problem.message);
  if (facts.value.drawn === 0) throw new Error(NOTHING_TO_DRAW.ok ? '' : NOTHING_TO_DRAW.problem.message);
  const { width, height } = facts.value;
  const scale = Math.min(2, Math.sqrt(CLIPBOARD_PIXELS / (width * height)), 16_000 / Math.max(width, height));
  const made = await pictures.make(lookOf(choice), { kind: 'png', scale });
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

/** Puts a picture on the clipboard as an image. Call it from a click or a key: browsers ask for one. */
export async function copyImage(model: Document, choice: PictureChoice, only: readonly Id[] | undefined): Promise<Result<void>> {
  if (typeof ClipboardItem === 'undefined')
    return err('no-clipboard', 'This browser puts no images on the clipboard; download the PNG instead.');
  const image = imageForClipboard(model, choice, only);
  try {
    // The promise itself: browsers keep the permission of the click only until the first wait.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    return ok(undefined);
  } catch (error) {
    return err('clipboard', `The picture was not copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Puts a picture on the clipboard as the text of an SVG. */
export async function copySvg(model: Document, choice: PictureChoice, only: readonly Id[] | undefined): Promise<Result<void>> {
  const made = await makePicture(model, { ...choice, format: 'svg' }, only);
  if (!made.ok) return made;
  try {
    await navigator.clipboard.writeText(await made.value.blob.text());
    return ok(undefined);
  } catch (error) {
    return err('clipboard', `The picture was not copied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the quick actions draw: what is selected, else the whole diagram. */
export function quickIds(): readonly Id[] | undefined {
  const model = documentStore.getState().document;
  const ids = selected(model);
  if (ids.length === 1 && Object.hasOwn(model.areas, ids[0] as Id)) return idsOf(model, 'area', ids[0]);
  return ids.length === 0 ? undefined : ids;
}
