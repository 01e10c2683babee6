import { writtenText } from '#engine/sql/write.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import { type DesignInput, databaseDesign } from './design.ts';

export interface DocumentSetInput extends Omit<DesignInput, 'picture'> {
  readonly written: WrittenDocument;
  /** Migration files by name, each with its `.down.sql`. */
  readonly migrations: Readonly<Record<string, string>>;
  /** The whole diagram as SVG; absent when nothing is drawn. */
  readonly svg?: string;
  /** The `.crowfoot.json` text. */
  readonly file: string;
}

export interface TextFile {
  /** With `/` between folders. */
  readonly path: string;
  readonly text: string;
}

/** A name as a file name: letters, digits, `-` and `_`. */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return stem === '' ? 'database' : stem;
}

/** Everything that is handed over: design document, schema, migrations, picture, and the document itself. In path order. */
export function documentSet(input: DocumentSetInput): readonly TextFile[] {
  const { written, migrations, svg, file, ...design } = input;
  const name = input.document.settings['settings']?.name ?? 'database';
  const files: TextFile[] = [
    { path: 'database-design.md', text: databaseDesign({ ...design, ...(svg === undefined ? {} : { picture: 'diagram.svg' }) }) },
    { path: 'schema.sql', text: writtenText(written) },
    ...Object.entries(migrations).map(([path, text]) => ({ path: `migrations/${path}`, text })),
    ...(svg === undefined ? [] : [{ path: 'diagram.svg', text: svg }]),
    { path: `${fileStem(name)}.crowfoot.json`, text: file },
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
