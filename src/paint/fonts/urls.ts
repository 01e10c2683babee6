import interCyrillic400 from '@fontsource/inter/files/inter-cyrillic-400-normal.woff?url&no-inline';
import interCyrillic600 from '@fontsource/inter/files/inter-cyrillic-600-normal.woff?url&no-inline';
import interCyrillicExt400 from '@fontsource/inter/files/inter-cyrillic-ext-400-normal.woff?url&no-inline';
import interCyrillicExt600 from '@fontsource/inter/files/inter-cyrillic-ext-600-normal.woff?url&no-inline';
import interGreek400 from '@fontsource/inter/files/inter-greek-400-normal.woff?url&no-inline';
import interGreek600 from '@fontsource/inter/files/inter-greek-600-normal.woff?url&no-inline';
import interLatin400 from '@fontsource/inter/files/inter-latin-400-normal.woff?url&no-inline';
import interLatin600 from '@fontsource/inter/files/inter-latin-600-normal.woff?url&no-inline';
import interLatinExt400 from '@fontsource/inter/files/inter-latin-ext-400-normal.woff?url&no-inline';
import interLatinExt600 from '@fontsource/inter/files/inter-latin-ext-600-normal.woff?url&no-inline';
import interVietnamese400 from '@fontsource/inter/files/inter-vietnamese-400-normal.woff?url&no-inline';
import interVietnamese600 from '@fontsource/inter/files/inter-vietnamese-600-normal.woff?url&no-inline';
import monoCyrillic400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-cyrillic-400-normal.woff?url&no-inline';
import monoCyrillicExt400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-cyrillic-ext-400-normal.woff?url&no-inline';
import monoGreek400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-greek-400-normal.woff?url&no-inline';
import monoLatin400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff?url&no-inline';
import monoLatinExt400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-ext-400-normal.woff?url&no-inline';
import monoVietnamese400 from '@fontsource/jetbrains-mono/files/jetbrains-mono-vietnamese-400-normal.woff?url&no-inline';
import type { FontFile } from './book.ts';

const URLS: Readonly<Record<string, string>> = {
  'inter-cyrillic-400': interCyrillic400,
  'inter-cyrillic-600': interCyrillic600,
  'inter-cyrillic-ext-400': interCyrillicExt400,
  'inter-cyrillic-ext-600': interCyrillicExt600,
  'inter-greek-400': interGreek400,
  'inter-greek-600': interGreek600,
  'inter-latin-400': interLatin400,
  'inter-latin-600': interLatin600,
  'inter-latin-ext-400': interLatinExt400,
  'inter-latin-ext-600': interLatinExt600,
  'inter-vietnamese-400': interVietnamese400,
  'inter-vietnamese-600': interVietnamese600,
  'jetbrains-mono-cyrillic-400': monoCyrillic400,
  'jetbrains-mono-cyrillic-ext-400': monoCyrillicExt400,
  'jetbrains-mono-greek-400': monoGreek400,
  'jetbrains-mono-latin-400': monoLatin400,
  'jetbrains-mono-latin-ext-400': monoLatinExt400,
  'jetbrains-mono-vietnamese-400': monoVietnamese400,
};

/** Fetches a font that the studio ships beside itself. */
export async function fetchFont(file: FontFile): Promise<Uint8Array> {
  const url = URLS[file];
  if (url === undefined) throw new Error('no such font is shipped');
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the server says ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
