import type { Rect } from '#lib/grid.ts';

/** Points to a millimetre; a canvas pixel is a CSS pixel, three quarters of a point. */
export const MM = 72 / 25.4;
export const PIXEL = 0.75;

/** Sheets, in millimetres, upright. */
export const SHEETS = {
  A4: { width: 210, height: 297 },
  A3: { width: 297, height: 420 },
  Letter: { width: 215.9, height: 279.4 },
} as const;
export type SheetName = keyof typeof SHEETS;

export type PageSetup =
  | { readonly kind: 'single' }
  | {
      readonly kind: 'tiled';
      readonly sheet: SheetName;
      readonly landscape: boolean;
      /** 1 = a canvas pixel is 1/96 inch; `fit` = everything on one sheet. */
      readonly scale: number | 'fit';
      /** Free at each edge, in millimetres. */
      readonly margin: number;
      /** What neighbouring sheets both show, in millimetres. */
      readonly overlap: number;
    };

export interface Page {
  /** In points. */
  readonly width: number;
  readonly height: number;
  /** Where the picture shows, in points from the page's lower left corner. */
  readonly frame: Rect;
  /** Points to a canvas pixel. */
  readonly scale: number;
  /** The part of the picture that stands in the frame, in canvas pixels. */
  readonly region: Rect;
  /** Counted from 1; absent on a single page. */
  readonly across?: number;
  readonly down?: number;
}

export interface Pages {
  readonly pages: readonly Page[];
  readonly columns: number;
  readonly rows: number;
  /** Share of the natural size, 1 = a canvas pixel is 1/96 inch. */
  readonly scale: number;
}

/** Pages larger than 200 inches are beyond what readers of PDF show (ISO 32000-1, annex C). */
const LARGEST = 14_400;
/** Sheets that a person can still lay out on a floor. */
const MOST_PAGES = 2_000;

function single(bounds: Rect): Pages {
  const scale = Math.min(1, LARGEST / (bounds.width * PIXEL), LARGEST / (bounds.height * PIXEL));
  const width = bounds.width * PIXEL * scale;
  const height = bounds.height * PIXEL * scale;
  const page: Page = { width, height, frame: { x: 0, y: 0, width, height }, scale: PIXEL * scale, region: bounds };
  return { pages: [page], columns: 1, rows: 1, scale };
}

/** How many steps of a sheet cover a length, when each repeats a part of the one before. */
function count(length: number, sheet: number, overlap: number): number {
  return Math.max(1, Math.ceil((length - overlap) / (sheet - overlap) - 1e-6));
}

/** The pages of a picture; fewer points to a pixel than wished where there would be too many. */
export function pagesOf(bounds: Rect, setup: PageSetup): Pages {
  if (setup.kind === 'single') return single(bounds);
  const sheet = SHEETS[setup.sheet];
  const width = (setup.landscape ? sheet.height : sheet.width) * MM;
  const height = (setup.landscape ? sheet.width : sheet.height) * MM;
  const margin = setup.margin * MM;
  const inner = { width: width - 2 * margin, height: height - 2 * margin };
  const fit = Math.min(inner.width / bounds.width, inner.height / bounds.height);
  const overlap = setup.scale === 'fit' ? 0 : Math.min(setup.overlap * MM, inner.width / 3, inner.height / 3);
  let scale = setup.scale === 'fit' ? Math.min(fit, PIXEL) : setup.scale * PIXEL;
  const grid = () => ({
    columns: count(bounds.width * scale, inner.width, overlap),
    rows: count(bounds.height * scale, inner.height, overlap),
  });
  let { columns, rows } = grid();
  while (columns * rows > MOST_PAGES) {
    scale *= 0.9;
    ({ columns, rows } = grid());
  }
  const stepX = (inner.width - overlap) / scale;
  const stepY = (inner.height - overlap) / scale;
  const pages: Page[] = [];
  for (let down = 1; down <= rows; down++) {
    for (let across = 1; across <= columns; across++) {
      pages.push({
        width,
        height,
        frame: { x: margin, y: margin, width: inner.width, height: inner.height },
        scale,
        region: {
          x: bounds.x + (across - 1) * stepX,
          y: bounds.y + (down - 1) * stepY,
          width: inner.width / scale,
          height: inner.height / scale,
        },
        across,
        down,
      });
    }
  }
  return { pages, columns, rows, scale: scale / PIXEL };
}
