import { detectDialect } from '#engine/sql/detect.ts';
import type { ReceiptStatement } from '#engine/sql/receipt.ts';
import { looksLikeData, startWithDataText } from '#features/discover/index.ts';
import { startWithPaste } from '#features/import/start.ts';
import { transplant } from '#model/transplant.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { type Imported, type ImportFile, importStore, openDialect, readForImport, resetImport } from '#state/import.ts';
import { notify } from '#state/notices.ts';
import { resultsStore } from '#state/results.ts';
import { openDialog, select, viewStore } from '#state/view.ts';

/** Characters of SQL that become tables at once; more is a dump, which is looked at first. */
const LARGE = 200_000;
const PASTED = 'pasted.sql';
const AROUND = 'the open model';

/** Statements that come in whole: everything is tables, views and types, nothing is skipped or kept as text. */
function isPlain({ document, receipt }: Imported): boolean {
  const own = receipt.statements.filter((one) => one.file === PASTED);
  const about = new Set(Object.values(document.verbatim).map((one) => one.id));
  const fine = (one: ReceiptStatement) => one.state === 'modelled' || (one.state === 'residue' && !missesTable(one));
  return own.length > 0 && own.every((one) => fine(one) && !about.has(one.record ?? ''));
}

/** A foreign key to a table that the text does not make. */
function missesTable(one: ReceiptStatement): boolean {
  return one.reason?.includes('is not in the text') === true;
}

/** Tables of the open model that the text names and does not make itself: what its foreign keys may mean. */
function named(text: string, made: Document, document: Document): readonly Id[] {
  const words = new Set(text.toLowerCase().split(/[^\p{L}\p{N}_$]+/u));
  const own = new Set(Object.values(made.tables).map((table) => table.name));
  return Object.values(document.tables).flatMap((table) =>
    !own.has(table.name) && words.has(table.name.toLowerCase()) && table.partitionOf === undefined ? [table.id] : [],
  );
}

/** The statements of tables that stand around the pasted ones, without what they refer to themselves. */
function contextOf(ids: readonly Id[]): ImportFile {
  const chosen = new Set(ids);
  const { statements } = resultsStore.getState().ddl;
  return { name: AROUND, text: statements.flatMap((one) => (chosen.has(one.record) ? [one.sql] : [])).join('\n') };
}

/** The tables of the reading that stand for ones of the open model. */
function anchorsOf(read: Document, document: Document, ids: readonly Id[]): ReadonlyMap<Id, Id> {
  const key = (one: Document, schema: Id, name: string) => `${one.schemas[schema]?.name ?? ''}.${name}`;
  const wanted = new Map(
    ids.flatMap((id) => {
      const table = document.tables[id];
      return table === undefined ? [] : [[key(document, table.schema, table.name), id] as const];
    }),
  );
  return new Map(
    Object.values(read.tables).flatMap((table) => {
      const id = wanted.get(key(read, table.schema, table.name));
      return id === undefined ? [] : [[table.id, id] as const];
    }),
  );
}

/** The dialog that shows every statement with its line, and what is wrong with it. */
function showReceipt(text: string, read: Imported): void {
  const files = [{ name: PASTED, text }];
  const dialect = openDialect();
  const looked = { detected: { dialect, confidence: 'guess', evidence: [] }, dialect, placeholders: [] } as const;
  importStore.setState({ import: { stage: 'preview', given: { files, notes: [], dialect }, looked, files, imported: read } });
  openDialog('import');
}

function words(refs: readonly Ref[], document: Document): string {
  const only = refs.length === 1 ? refs[0] : undefined;
  const name = only === undefined ? undefined : (document.tables[only.record] ?? document.views[only.record])?.name;
  return name ?? `${refs.length} tables and views`;
}

/** Text of another dialect than the document's is looked at first: it is converted, or becomes a document of its own. */
function isOtherDialect(text: string): boolean {
  const fallback = openDialect();
  const { dialect, confidence } = detectDialect(text, '', { fallback });
  return confidence === 'certain' && dialect !== fallback;
}

/**
 * Puts what SQL text makes on the canvas at once, as one undo step. Text with mistakes, data or what the model does not
 * hold is shown in the import dialog first, statement by statement with its line; in rows of data, dependencies are looked for.
 * @param wish where it should go, asked when it is known what it is.
 */
export async function pasteSql(text: string, wish: () => { x: number; y: number }): Promise<void> {
  if (looksLikeData(text)) {
    await startWithDataText(text);
    return;
  }
  if (text.length > LARGE || !/\bcreate\b/i.test(text) || isOtherDialect(text)) {
    startWithPaste(text);
    return;
  }
  const at = wish();
  const { document, readOnly } = documentStore.getState();
  const alone = await readForImport([{ name: PASTED, text }]);
  if (alone === undefined) return;
  if (!alone.ok || readOnly !== undefined) {
    startWithPaste(text);
    return;
  }
  let read = alone.value;
  let anchors: ReadonlyMap<Id, Id> = new Map();
  if (read.receipt.statements.some(missesTable)) {
    const around = named(text, read.document, document);
    const again = around.length === 0 ? undefined : await readForImport([contextOf(around), { name: PASTED, text }]);
    if (again?.ok === true) {
      anchors = anchorsOf(again.value.document, document, around);
      if (isPlain(again.value)) read = again.value;
    }
  }
  resetImport();
  const records = [read.document.types, read.document.tables, read.document.views]
    .flatMap((all) => Object.keys(all))
    .filter((id) => !anchors.has(id));
  if (!isPlain(read) || records.length === 0) showReceipt(text, read);
  else put(read.document, records, anchors, at);
}

function put(read: Document, records: readonly Id[], anchors: ReadonlyMap<Id, Id>, at: { x: number; y: number }): void {
  const { document } = documentStore.getState();
  const from = Object.keys(read.diagrams)[0] ?? '';
  const options = { ids: interactiveIds(), diagram: viewStore.getState().diagram, from, at, anchors };
  const { put: records_, refs } = transplant(read, document, records, options);
  const ran = run({ name: 'putRecords', args: { label: 'Paste SQL', put: records_ } });
  if (!ran.ok) {
    notify({ tone: 'bad', text: ran.problem.message });
    return;
  }
  select(refs);
  notify({ tone: 'ok', text: `Pasted ${words(refs, documentStore.getState().document)}.` });
}
