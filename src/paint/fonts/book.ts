import { err, ok, type Result } from '#lib/result.ts';
import type { Lettering } from '../pen.ts';
import { readTrueType, type TrueType } from './truetype.ts';

/** Scripts that the shipped fonts come in, each in a file of its own, and the code points that its file may have. */
const SCRIPTS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  latin: [
    [0x20, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2bb, 0x2dc],
    [0x2000, 0x206f],
    [0x20ac, 0x20ac],
    [0x2122, 0x2122],
    [0x2190, 0x2193],
    [0x2212, 0x2215],
  ],
  'latin-ext': [
    [0x100, 0x2ff],
    [0x1d00, 0x1dbf],
    [0x1e00, 0x1eff],
    [0x20a0, 0x20c0],
    [0x2113, 0x2113],
    [0x2c60, 0x2c7f],
    [0xa720, 0xa7ff],
  ],
  greek: [[0x370, 0x3ff]],
  cyrillic: [
    [0x400, 0x45f],
    [0x490, 0x491],
    [0x4b0, 0x4b1],
    [0x2116, 0x2116],
  ],
  'cyrillic-ext': [
    [0x460, 0x52f],
    [0x1c80, 0x1c8a],
    [0x2de0, 0x2dff],
    [0xa640, 0xa69f],
  ],
  vietnamese: [
    [0x1a0, 0x1b0],
    [0x300, 0x329],
    [0x1ea0, 0x1ef9],
  ],
};

export type FontFile = `${'inter' | 'jetbrains-mono'}-${string}-${400 | 600}`;

/** Fetches a shipped font by its name, as a WOFF 1.0 file. */
export type FontReader = (file: FontFile) => Promise<Uint8Array>;

export type Face = Pick<Lettering, 'family' | 'weight'>;

/** One script of one face. */
export interface FontSlice extends Face {
  readonly file: FontFile;
  readonly font: TrueType;
  /** The WOFF file as it came. */
  readonly bytes: Uint8Array;
}

/** The characters a picture needs of each face, by {@link faceKey}. */
export type UsedLetters = ReadonlyMap<string, ReadonlySet<number>>;

export function faceKey({ family, weight }: Face): string {
  return `${family} ${weight}`;
}

const FACES: readonly Face[] = [
  { family: 'sans', weight: 400 },
  { family: 'sans', weight: 600 },
  { family: 'mono', weight: 400 },
];

function scriptsOf(codes: ReadonlySet<number>): string[] {
  const all = Object.entries(SCRIPTS);
  const needed = new Set<string>();
  for (const code of codes) {
    for (const [script, ranges] of all) {
      if (!needed.has(script) && ranges.some(([from, to]) => code >= from && code <= to)) needed.add(script);
    }
  }
  return all.flatMap(([script]) => (needed.has(script) ? [script] : []));
}

/** The font files that hold the characters, as far as any shipped font does. */
export function neededFiles(used: UsedLetters): { readonly face: Face; readonly file: FontFile }[] {
  return FACES.flatMap((face) =>
    scriptsOf(used.get(faceKey(face)) ?? new Set()).map((script) => ({
      face,
      file: `${face.family === 'sans' ? 'inter' : 'jetbrains-mono'}-${script}-${face.weight}` as FontFile,
    })),
  );
}

/** The shipped fonts as far as a picture needs them. */
export class FontBook {
  readonly slices: readonly FontSlice[];

  constructor(slices: readonly FontSlice[]) {
    this.slices = slices;
  }

  /** The font that has a character; undefined when none does. */
  find(face: Face, code: number): FontSlice | undefined {
    return this.slices.find((one) => one.family === face.family && one.weight === face.weight && one.font.glyphs.has(code));
  }

  /** The characters that each font draws, the first font that has one draws it. */
  shares(used: UsedLetters): Map<FontSlice, Set<number>> {
    const shares = new Map<FontSlice, Set<number>>();
    for (const face of FACES) {
      for (const code of used.get(faceKey(face)) ?? []) {
        const slice = this.find(face, code);
        if (slice === undefined) continue;
        const share = shares.get(slice);
        if (share === undefined) shares.set(slice, new Set([code]));
        else share.add(code);
      }
    }
    return shares;
  }
}

/** Loads the fonts that hold these characters. */
export async function loadFonts(used: UsedLetters, read: FontReader): Promise<Result<FontBook>> {
  const slices: FontSlice[] = [];
  for (const { face, file } of neededFiles(used)) {
    let bytes: Uint8Array;
    try {
      bytes = await read(file);
    } catch (error) {
      return err('font-missing', `The font ${file} could not be loaded (${String(error)}). Reload the page and try again.`);
    }
    const font = readTrueType(bytes);
    if (!font.ok) return font;
    slices.push({ ...face, file, font: font.value, bytes });
  }
  return ok(new FontBook(slices));
}
