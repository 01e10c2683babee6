import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import { documentStore, run } from '#state/document.ts';
import { resetImport } from '#state/import.ts';
import { notify } from '#state/notices.ts';
import { resultsStore } from '#state/results.ts';
import { openDialog } from '#state/view.ts';

function openImport(): void {
  resetImport();
  openDialog('import');
}

function forgetText(): void {
  const { sources } = documentStore.getState().document;
  const remove = Object.keys(sources).map((id) => ({ collection: 'sources' as const, id }));
  const ran = run({ name: 'putRecords', args: { label: 'Forget the imported text', put: [], remove, exact: true } });
  if (ran.ok) resultsStore.setState({ receipt: undefined });
  notify(
    ran.ok
      ? { tone: 'ok', text: 'The imported text is forgotten: the model stays as it is.' }
      : { tone: 'bad', text: ran.problem.message },
  );
}

/** Puts a query on the clipboard whose answer can be pasted here: the catalog of a database, without a connection to it. */
async function copyCatalogQuery(dialect: Dialect): Promise<void> {
  const { catalogQuery } = await import('#engine/exchange/catalog/queries.ts');
  try {
    await navigator.clipboard.writeText(catalogQuery(dialect));
    notify({ tone: 'ok', text: `The query is on the clipboard. Run it in ${TRAITS[dialect].label} and paste its answer here.` });
  } catch {
    notify({
      tone: 'bad',
      text: 'The browser does not let the studio write to the clipboard. Allow it, or use the terminal: crowfoot catalog.',
    });
  }
}

const CATALOG_QUERIES: readonly Action[] = (Object.keys(TRAITS) as Dialect[]).map((dialect) => ({
  id: `file.catalog-query.${dialect}`,
  label: `Copy the catalog query for ${TRAITS[dialect].label}`,
  group: 'File',
  icon: 'Copy',
  keywords: ['json', 'introspect', 'reverse engineer', 'connect', 'live database', 'schema'],
  run: () => void copyCatalogQuery(dialect),
}));

export const actions: readonly Action[] = [
  ...CATALOG_QUERIES,
  {
    id: 'file.import',
    label: 'Import SQL',
    group: 'File',
    icon: 'Upload',
    keys: ['mod+i'],
    keywords: ['paste', 'ddl', 'dump', 'pg_dump', 'mysql', 'mariadb', 'sqlite', 'sql server', 'oracle'],
    run: openImport,
  },
  {
    id: 'file.openFile',
    label: 'Open a file',
    group: 'File',
    icon: 'FolderOpen',
    keywords: ['sql', 'dump', 'crowfoot.json'],
    run: () => void import('./start.ts').then(({ chooseFiles }) => chooseFiles()),
  },
  {
    id: 'file.examples',
    label: 'Start from an example',
    group: 'File',
    icon: 'BookOpen',
    keywords: ['demo', 'template', 'saas', 'shop', 'blog'],
    run: openImport,
  },
  {
    id: 'file.forgetText',
    label: 'Forget the imported text',
    group: 'File',
    icon: 'Trash2',
    keywords: ['source', 'as imported', 'receipt', 'smaller'],
    when: () => {
      const { document, readOnly } = documentStore.getState();
      return readOnly === undefined && Object.keys(document.sources).length > 0;
    },
    run: forgetText,
  },
];
