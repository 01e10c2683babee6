import { receiptDocument } from '#engine/documents/receipt.ts';
import { fileStem } from '#engine/documents/set.ts';
import { EXCHANGE_FORMATS } from '#engine/exchange/formats.ts';
import type { Loss } from '#engine/sql/receipt.ts';
import { canWriteAsImported } from '#engine/sql/sources.ts';
import { writtenText } from '#engine/sql/write.ts';
import { err, ok, type Result } from '#lib/result.ts';
import { serialize } from '#model/format/serialize.ts';
import { drawnDiagrams } from '#paint/drawn-diagrams.ts';
import { askAsImported } from '#state/as-imported.ts';
import { documentStore } from '#state/document.ts';
import { engineIdle } from '#state/engine.ts';
import { exchangedFiles, handoverFiles } from '#state/handover.ts';
import { resultsStore } from '#state/results.ts';
import type { IconName } from '#ui/icons.ts';
import { areIndexesLive, INDEX_FORM, type ItemChoice } from './index-form.ts';
import { zipFiles } from './zip.ts';

export interface MadeFile {
  readonly name: string;
  readonly blob: Blob;
  /** What of the model it does not say: how much, and the list. */
  readonly lost?: { readonly count: number; readonly list: MadeFile };
}

/** Something the model can leave as. */
export interface ExportItem {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly icon: IconName;
  readonly primary?: boolean;
  /** How it is made, where there are two ways. */
  readonly choice?: ItemChoice;
  /** Whether the open document has it; absent: always. */
  readonly when?: () => boolean;
  readonly make: () => Promise<Result<MadeFile>>;
}

function stem(): string {
  return fileStem(documentStore.getState().document.settings['settings']?.name ?? 'database');
}

function textFile(name: string, text: string, type: string): Result<MadeFile> {
  return ok({ name, blob: new Blob([text], { type: `${type};charset=utf-8` }) });
}

async function schemaFile(): Promise<Result<MadeFile>> {
  await engineIdle();
  return textFile('schema.sql', writtenText(resultsStore.getState().ddl), 'application/sql');
}

async function receiptFile(): Promise<Result<MadeFile>> {
  const { document } = documentStore.getState();
  const { roundTrip } = resultsStore.getState();
  return textFile('import-receipt.md', receiptDocument({ document, roundTrip }), 'text/markdown');
}

async function importedFiles(): Promise<Result<MadeFile>> {
  const written = await askAsImported(documentStore.getState().document);
  if (written === undefined) return err('stopped', 'It was asked for again meanwhile.');
  if (!written.ok) return written;
  const { files } = written.value;
  const [only] = files;
  if (only !== undefined && files.length === 1) return textFile(only.name.replace(/^.*\//, ''), only.text, 'application/sql');
  const zip = zipFiles(files.map(({ name, text }) => ({ path: name, text })));
  return ok({ name: `${stem()}-as-imported.zip`, blob: new Blob([zip], { type: 'application/zip' }) });
}

async function documentZip(): Promise<Result<MadeFile>> {
  const files = await handoverFiles(({ document: model, findings }) => drawnDiagrams(model, { findings }), areIndexesLive());
  if (!files.ok) return files;
  return ok({ name: `${stem()}-design.zip`, blob: new Blob([zipFiles(files.value)], { type: 'application/zip' }) });
}

async function crowfootFile(): Promise<Result<MadeFile>> {
  return textFile(`${stem()}.crowfoot.json`, serialize(documentStore.getState().document), 'application/json');
}

/** What a format does not say, as a table that a spreadsheet opens. */
function lossList(name: string, losses: readonly Loss[]): MadeFile {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = losses.map(({ object, feature, reason }) => [object, feature, reason].map(cell).join(','));
  return { name, blob: new Blob([`object,feature,reason\n${rows.join('\n')}\n`], { type: 'text/csv;charset=utf-8' }) };
}

/** The model in a language other than SQL; several files are a zip. */
async function exchangeFile({ id }: (typeof EXCHANGE_FORMATS)[number]): Promise<Result<MadeFile>> {
  const made = await exchangedFiles(id);
  if (!made.ok) return made;
  const { files, losses } = made.value;
  const [first] = files;
  const single = files.length === 1 && first !== undefined;
  const file = single
    ? { name: first.path, blob: new Blob([first.text], { type: 'text/plain;charset=utf-8' }) }
    : { name: `${stem()}-${id}.zip`, blob: new Blob([zipFiles(files)], { type: 'application/zip' }) };
  return ok(
    losses.length === 0 ? file : { ...file, lost: { count: losses.length, list: lossList(`${stem()}-${id}-losses.csv`, losses) } },
  );
}

const LANGUAGES: readonly ExportItem[] = EXCHANGE_FORMATS.map((format) => ({
  id: format.id,
  title: format.label,
  description: format.description,
  icon: 'FileCode',
  make: () => exchangeFile(format),
}));

const FILES: readonly ExportItem[] = [
  {
    id: 'documents',
    title: 'Design documents',
    description: 'A zip: database-design.md, schema.sql, three migrations with their way back, the diagrams, the file itself.',
    icon: 'BookOpen',
    primary: true,
    choice: INDEX_FORM,
    make: documentZip,
  },
  {
    id: 'sql',
    title: 'SQL schema',
    description: 'schema.sql: the whole model as DDL of its database, in dependency order.',
    icon: 'FileCode',
    make: schemaFile,
  },
  {
    id: 'as-imported',
    title: 'SQL as imported',
    description:
      'The files as they came in, without rows of data: untouched statements byte for byte, only what changed written anew.',
    icon: 'FileCode',
    when: () => canWriteAsImported(documentStore.getState().document).ok,
    make: importedFiles,
  },
  {
    id: 'receipt',
    title: 'Import receipt',
    description: 'import-receipt.md: what came in, what is kept word for word, what was refused and where.',
    icon: 'ListChecks',
    when: () => Object.keys(documentStore.getState().document.sources).length > 0,
    make: receiptFile,
  },
  {
    id: 'file',
    title: 'Crowfoot file',
    description: 'The document itself as readable JSON that differs line by line in version control.',
    icon: 'Braces',
    make: crowfootFile,
  },
];

/** Everything the model can leave as, in the parts that the dialog shows. */
export const EXPORT_PARTS: readonly { readonly title: string; readonly items: readonly ExportItem[] }[] = [
  { title: 'This design', items: FILES },
  { title: 'In another language', items: LANGUAGES },
];
