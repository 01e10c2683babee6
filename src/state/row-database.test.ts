import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import type { RowFile } from '#verify/row-types.ts';
import { engineFor, openRowDatabase, readRowFilesOf, refuseRowFiles, rowDatabaseStore } from './row-database.ts';
import { openDialog } from './view.ts';

function documentOf(dialect: Dialect): Document {
  const document = emptyDocument();
  const { settings } = document.settings;
  if (settings === undefined) throw new Error('no settings');
  return { ...document, settings: { settings: { ...settings, dialect } } };
}

const sql = (dialect: Dialect): RowFile => ({ kind: 'sql', name: 'a.sql', text: '', dialect });
const file = (name: string): RowFile => ({ kind: 'sqlite', name, bytes: new Uint8Array() });
const rows: RowFile = { kind: 'data', name: 'a.csv', text: 'a\n1\n' };

describe('the engine that rows are read with', () => {
  it.each<[string, readonly RowFile[], Dialect, string]>([
    ['is that of the document', [], 'postgresql', 'postgresql'],
    ['is that of the document for rows', [rows], 'sqlite', 'sqlite'],
    ['is SQLite where no engine of the document runs here', [rows], 'oracle', 'sqlite'],
    ['is that of the dump, whatever the document is of', [sql('postgresql'), rows], 'mysql', 'postgresql'],
    ['is SQLite for dumps of others', [sql('mysql')], 'postgresql', 'sqlite'],
    ['is SQLite for its files', [file('a.db')], 'postgresql', 'sqlite'],
    ['is SQLite where dumps are of several', [sql('postgresql'), sql('mssql')], 'postgresql', 'sqlite'],
  ])('%s', (_, files, dialect, engine) => {
    expect(engineFor(files, documentOf(dialect))).toBe(engine);
  });
});

describe('the database of the dialog', () => {
  beforeEach(() => openDialog('discover'));

  it('says why files could not be opened, and forgets it with the dialog', () => {
    refuseRowFiles({ code: 'binary', message: 'a.bin: it is binary' });
    expect(rowDatabaseStore.getState().problem?.message).toBe('a.bin: it is binary');
    openDialog(undefined);
    expect(rowDatabaseStore.getState()).toEqual({ files: [] });
  });

  it('is one file of SQLite at most, and has no rows before it is open', async () => {
    await openRowDatabase([file('a.db'), file('b.db')]);
    expect(rowDatabaseStore.getState()).toMatchObject({ files: [], problem: { code: 'two-databases' } });
    expect(await readRowFilesOf({ tables: [] })).toMatchObject({ ok: false, problem: { code: 'closed' } });
  });
});
