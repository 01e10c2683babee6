import { writtenText } from '#engine/sql/write.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import type { MovePlan } from '../move/plan-types.ts';
import type { RoundTrip } from '../sql/round-trip.ts';
import { changeFiles } from './changes.ts';
import { type DesignInput, databaseDesign } from './design.ts';
import { migrationGuide } from './migration.ts';
import { databaseOptimization, hasOptimization } from './optimization.ts';
import { receiptDocument } from './receipt.ts';

/** A diagram as SVG text. */
export interface DrawnDiagram {
  readonly name: string;
  /** It shows every table of the model, not only those put on it. */
  readonly whole: boolean;
  readonly svg: string;
}

export interface DocumentSetInput extends Omit<DesignInput, 'pictures'> {
  readonly written: WrittenDocument;
  /** Migration files by name, each with its `.down.sql`. */
  readonly migrations: Readonly<Record<string, string>>;
  /** The diagrams in their order; those on which nothing is drawn are left out. */
  readonly drawn?: readonly DrawnDiagram[];
  /** The `.crowfoot.json` text. */
  readonly file: string;
  /** Whether the model comes back from its own DDL: for the receipt of an imported document. */
  readonly roundTrip?: RoundTrip | undefined;
  /** The document came from another dialect by this plan: its guide goes along. */
  readonly move?: MovePlan | undefined;
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

/** A file for each diagram: the first one beside the design document, the others by their names in a folder. */
function drawnFiles(drawn: readonly DrawnDiagram[]): readonly (DrawnDiagram & TextFile)[] {
  const taken = new Set<string>();
  return drawn.map((one, at) => {
    if (at === 0) return { ...one, path: 'diagram.svg', text: one.svg };
    const stem = fileStem(one.name);
    let free = stem;
    for (let next = 2; taken.has(free); next++) free = `${stem}-${next}`;
    taken.add(free);
    return { ...one, path: `diagrams/${free}.svg`, text: one.svg };
  });
}

/** Everything that is handed over: design document, schema, migrations, diagrams, and the document itself. In path order. */
export function documentSet(input: DocumentSetInput): readonly TextFile[] {
  const { written, migrations, drawn = [], file, roundTrip, move, ...design } = input;
  const receipt = receiptDocument({ document: input.document, roundTrip });
  const name = input.document.settings['settings']?.name ?? 'database';
  const pictures = drawnFiles(drawn);
  const files: TextFile[] = [
    { path: 'database-design.md', text: databaseDesign({ ...design, pictures }) },
    ...(hasOptimization(input.document) ? [{ path: 'database-optimization.md', text: databaseOptimization(design) }] : []),
    { path: 'schema.sql', text: writtenText(written) },
    ...Object.entries(migrations).map(([path, text]) => ({ path: `migrations/${path}`, text })),
    ...changeFiles(input.document, fileStem),
    ...pictures.map(({ path, text }) => ({ path, text })),
    ...(move === undefined ? [] : [{ path: 'migration-guide.md', text: migrationGuide(move) }]),
    ...(receipt === '' ? [] : [{ path: 'import-receipt.md', text: receipt }]),
    { path: `${fileStem(name)}.crowfoot.json`, text: file },
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
