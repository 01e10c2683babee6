import { withoutSources } from '#engine/sql/sources.ts';
import { isDatabaseName, isDataName, startWithDataFiles } from '#features/discover/index.ts';
import type { Problem } from '#lib/result.ts';
import { parseDocument } from '#model/format/parse.ts';
import type { Id } from '#model/types.ts';
import { type ImportFile, previewImport, readForImport, refuseImport, resetImport } from '#state/import.ts';
import { importAsNew } from '#state/import-apply.ts';
import { notify } from '#state/notices.ts';
import { openText } from '#state/session-files.ts';
import { today } from '#state/today.ts';
import { openDialog, viewStore } from '#state/view.ts';
import { areaCalls, factCalls } from './examples/attach.ts';
import type { Example } from './examples/examples.ts';
import { type GivenFile, readGiven } from './unpack.ts';

/** Shows in the dialog what SQL text would bring. */
export function startWithText(text: string, name = 'pasted.sql'): void {
  openDialog('import');
  void previewImport({ files: [{ name, text }], notes: [] });
}

/** Text that is a saved design rather than SQL. */
function isDesign(text: string): boolean {
  return /^\s*\{/.test(text) && /"format"\s*:\s*"crowfoot"/.test(text.slice(0, 2000)) && parseDocument(text).ok;
}

/** Takes pasted text for what it is: a design is opened, SQL is shown in the dialog. */
export function startWithPaste(text: string): void {
  if (isDesign(text)) void openDesign('the pasted design', text);
  else startWithText(text);
}

async function openDesign(name: string, text: string): Promise<void> {
  const opened = await openText(text, name);
  if (!opened.ok) refuse(opened.problem);
  // Another dialog that was opened meanwhile is the person's own business.
  else if (viewStore.getState().dialog === 'import') openDialog(undefined);
}

function refuse(problem: Problem): void {
  openDialog('import');
  refuseImport(problem);
}

/**
 * Takes files that were dropped or chosen: a design is opened, SQL is shown in the dialog, and dependencies are looked for
 * in rows of data.
 * @param onto the table that they were dropped on.
 */
export async function startWithFiles(chosen: readonly GivenFile[] | Promise<readonly GivenFile[]>, onto?: Id): Promise<void> {
  const files = await chosen;
  if (files.length > 0 && files.every((file) => isDataName(file.name) || isDatabaseName(file.name))) {
    await startWithDataFiles(files, onto);
    return;
  }
  // A folder with nothing in it gives no file, and that is said too.
  const given = await readGiven(files);
  if (!given.ok) refuse(given.problem);
  else if (given.value.kind === 'design') await openDesign(given.value.name, given.value.text);
  else {
    openDialog('import');
    await previewImport({ files: given.value.files, notes: given.value.notes });
  }
}

/** Opens a worked design as a new document, with all it knows beyond its SQL. */
export async function startWithExample(example: Example): Promise<void> {
  const files: ImportFile[] = [{ name: `${example.id}.sql`, text: await example.sql() }];
  const read = await readForImport(files, 'postgresql');
  if (read === undefined) return;
  const date = today();
  const opened = read.ok
    ? await importAsNew(
        // A worked design is what it is: nobody asks for the file that it is kept in.
        { ...read.value, document: withoutSources(read.value.document) },
        files,
        (document) => [...factCalls(document, example, date), ...areaCalls(document, example)],
        example.title,
      )
    : read;
  resetImport();
  if (!opened.ok) notify({ tone: 'bad', text: opened.problem.message });
}

/** Lets the person choose files. */
export function chooseFiles(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.accept = '.sql,.ddl,.psql,.pgsql,.txt,.gz,.zip,.json,.dbml,.prisma,.mmd,.mermaid,.csv,.tsv,.jsonl,.ndjson';
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void startWithFiles(files);
  });
  input.click();
}
