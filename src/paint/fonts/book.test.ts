import { describe, expect, it } from 'vitest';
import { readFont } from '#test/pictures.ts';
import { type FontFile, faceKey, loadFonts, neededFiles, type UsedLetters } from './book.ts';
import { base64, fontFaceCss, unicodeRange } from './face-css.ts';
import { LetterPen } from './used.ts';

function letters(sans: string, mono = ''): UsedLetters {
  const pen = new LetterPen();
  pen.text(sans, 0, 0, { family: 'sans', weight: 400 });
  if (mono !== '') pen.text(mono, 0, 0, { family: 'mono', weight: 400 });
  return pen.used;
}

describe('neededFiles', () => {
  it('asks only for the scripts that are written', () => {
    expect(neededFiles(letters('orders', 'bigint')).map((one) => one.file)).toEqual([
      'inter-latin-400',
      'jetbrains-mono-latin-400',
    ]);
    expect(neededFiles(letters('заказ Ω')).map((one) => one.file)).toEqual([
      'inter-latin-400',
      'inter-greek-400',
      'inter-cyrillic-400',
    ]);
    expect(neededFiles(letters('漢字'))).toEqual([]);
    expect(neededFiles(new Map())).toEqual([]);
  });
});

describe('loadFonts', () => {
  it('finds the font of every character that a shipped one has', async () => {
    const used = letters('aé ş Ж Ω ờ 漢', 'ж');
    const book = await loadFonts(used, readFont);
    if (!book.ok) throw new Error(book.problem.message);
    const face = { family: 'sans', weight: 400 } as const;
    for (const letter of 'aéşЖΩờ')
      expect([letter, book.value.find(face, letter.codePointAt(0) as number)?.family]).toEqual([letter, 'sans']);
    expect(book.value.find(face, '漢'.codePointAt(0) as number)).toBeUndefined();
    const shared = [...book.value.shares(used)].flatMap(([slice, codes]) => [...codes].map((code) => `${slice.family}${code}`));
    expect(new Set(shared).size).toBe(shared.length);
  });

  it('says which font is missing', async () => {
    const book = await loadFonts(letters('a'), async () => Promise.reject(new Error('404')));
    expect(!book.ok && book.problem.message).toContain('inter-latin-400');
    const damaged = await loadFonts(letters('a'), async () => new Uint8Array(50));
    expect(!damaged.ok && damaged.problem.code).toBe('font-format');
  });

  it('reads every file that the studio can ask for', async () => {
    const all = letters('a ş Ж Ω ờ ѡ', 'a ş Ж Ω ờ ѡ');
    const sans = all.get('sans 400') as ReadonlySet<number>;
    const book = await loadFonts(new Map([...all, [faceKey({ family: 'sans', weight: 600 }), sans]]), readFont);
    const files = book.ok ? book.value.slices.map((one) => one.file) : [];
    expect(new Set(files).size).toBe(18);
    expect(files).toContain('jetbrains-mono-cyrillic-ext-400' satisfies FontFile);
  });
});

describe('fontFaceCss', () => {
  it('has a rule for each font, with exactly the characters it draws', async () => {
    const used = letters('abc Ж', 'int');
    const book = await loadFonts(used, readFont);
    if (!book.ok) throw new Error(book.problem.message);
    const css = fontFaceCss(book.value, used);
    expect(css.match(/@font-face/g)).toHaveLength(3);
    expect(css).toContain('unicode-range:U+20,U+61-63');
    expect(css).toContain('unicode-range:U+416');
    expect(css).toMatch(/font-family:'JetBrains Mono';font-weight:400;src:url\(data:font\/ttf;base64,AAEAA[A-Za-z0-9+/=]+\)/);
  });
});

describe('unicodeRange and base64', () => {
  it('write runs and bytes', () => {
    expect(unicodeRange([0x61, 0x41, 0x42, 0x43])).toBe('U+41-43,U+61');
    expect(unicodeRange([])).toBe('');
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  });
});
