import { many } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { type FontBook, faceKey, type UsedLetters } from '#paint/fonts/book.ts';
import { fontFaceCss } from '#paint/fonts/face-css.ts';
import { type Colours, PALETTES } from '#paint/palette.ts';
import { drawDiagram } from '#paint/pen-diagram.ts';
import { SvgPen } from '#paint/pen-svg.ts';
import type { Picture } from '#paint/picture.ts';
import { escapeXml } from '#paint/xml.ts';
import { type Dictionary, dictionaryOf } from './dictionary.ts';
import css from './page.css?raw';
import { script as viewer } from './viewer.ts?script';

function kebab(name: string): string {
  return name.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase();
}

/** The theme as style rules. */
function tokens({ tints, ...colours }: Colours): string {
  const own = Object.entries(colours).map(([name, value]) => `--${kebab(name)}:${value}`);
  return [...own, ...tints.map((tint, at) => `--s${at}:${tint}`)].join(';');
}

/** Colours that are looked up when the page is shown: light or dark as the reader's system is. */
const LOOKED_UP: Colours = {
  ...(Object.fromEntries(Object.keys(PALETTES.light).map((name) => [name, `var(--${kebab(name)})`])) as unknown as Colours),
  tints: PALETTES.light.tints.map((_, at) => `var(--s${at})`),
};

/** The diagram, and the style rules of its looks. */
function diagram(picture: Picture): { readonly svg: string; readonly css: string } {
  const pen = new SvgPen({ page: true });
  drawDiagram(pen, picture, { colours: LOOKED_UP, background: false });
  const { x, y, width, height } = picture.bounds;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${width} ${height}" width="${width}" height="${height}" font-kerning="none">\n${pen.toString()}</svg>`;
  return { svg, css: pen.css };
}

function summary({ tables, views, relationships }: Dictionary): string {
  return [many(tables, 'table'), ...(views === 0 ? [] : [many(views, 'view')]), many(relationships, 'relationship')].join(' · ');
}

/** Every character of the page, for each face: which of them stands where is not worth knowing. */
function lettersOf(texts: readonly string[]): UsedLetters {
  const codes = new Set<number>();
  for (const text of texts) for (const letter of text) codes.add(letter.codePointAt(0) as number);
  return new Map([
    [faceKey({ family: 'sans', weight: 400 }), codes],
    [faceKey({ family: 'sans', weight: 600 }), codes],
    [faceKey({ family: 'mono', weight: 400 }), codes],
  ]);
}

/** A hash by which a policy allows exactly this text; any text where the browser cannot compute one. */
async function allowed(text: string): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) return "'unsafe-inline'";
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

export interface PageParts {
  readonly document: Document;
  readonly picture: Picture;
  /** Loads the fonts that the page needs; without them it shows with those of the reader's system. */
  readonly fonts: (used: UsedLetters) => Promise<FontBook | undefined>;
}

/**
 * A page in one file: the diagram to move about in, a search, and the data dictionary. It needs no network, and its own
 * policy allows nothing but the script and the style that it holds.
 */
export async function pageOf({ document, picture, fonts }: PageParts): Promise<string> {
  const ids = picture.nodes.map((one) => one.id);
  const book = dictionaryOf(document, ids);
  const drawn = diagram(picture);
  const title = escapeXml(picture.title);
  const used = lettersOf([picture.title, drawn.svg, book.html, summary(book)]);
  const loaded = await fonts(used);
  const dark = `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${tokens(PALETTES.dark)}}}`;
  const style = `:root{color-scheme:light;${tokens(PALETTES.light)}}\n${dark}\n${css}\n${drawn.css}\n${loaded === undefined ? '' : fontFaceCss(loaded, used)}`;
  const policy = `default-src 'none'; script-src ${await allowed(viewer)}; style-src ${await allowed(style)}; font-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Crowfoot">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${summary(book)}</p>
<div class="find" role="search">
<input id="find" type="search" role="combobox" aria-label="Find a table or column" aria-expanded="false" aria-controls="found" aria-autocomplete="list" placeholder="Find a table or column" autocomplete="off" spellcheck="false">
<ul id="found" role="listbox" aria-label="Found" hidden></ul>
</div>
<button id="farther" type="button" aria-label="Zoom out" title="Zoom out (-)">−</button>
<button id="nearer" type="button" aria-label="Zoom in" title="Zoom in (+)">+</button>
<button id="fit" type="button" title="Show the whole diagram (0)">Fit</button>
</header>
<main>
<div id="stage" class="far" tabindex="0" role="region" aria-label="Diagram. Arrow keys move, plus and minus zoom, 0 shows all.">
${drawn.svg}
</div>
<div id="book" role="region" aria-label="Data dictionary" tabindex="0">
<h2>Data dictionary</h2>
${book.html}
</div>
</main>
<script>${viewer}</script>
</body>
</html>
`;
}
