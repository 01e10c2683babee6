import { beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { corpus } from '#test/corpus.ts';
import { withCalls } from '#test/read-ddl.ts';
import { writeAsImported } from './as-imported.ts';
import { type ReadPorts, readSql } from './read.ts';
import { withSources } from './sources.ts';

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
const ports = new Map<Dialect, ReadPorts>();
beforeAll(async () => {
  for (const dialect of DIALECTS) ports.set(dialect, await loadPorts(dialect));
});

function imported(text: string, dialect: Dialect): Document | undefined {
  const files = [{ name: 'it.sql', text }];
  const read = readSql(files, { dialect }, ports.get(dialect) as ReadPorts);
  return read.ok ? withSources(read.value, files).document : undefined;
}

/** The table that most relationships meet: with keys, indexes and comments of its own. */
function busiest(document: Document): Table | undefined {
  const links = Object.values(document.relationships);
  const met = (table: Table) => links.filter((one) => one.child === table.id || one.parent === table.id).length;
  return Object.values(document.tables)
    .filter((one) => one.partitionOf === undefined && one.inherits === undefined)
    .toSorted((a, b) => met(b) - met(a) || (a.name < b.name ? -1 : 1))[0];
}

const PLAIN: Readonly<Record<Dialect, string>> = {
  postgresql: 'integer',
  mysql: 'int',
  mariadb: 'int',
  sqlite: 'INTEGER',
  mssql: 'int',
  oracle: 'number',
};

type Edit = (table: Table, dialect: Dialect) => CommandCall;
const EDITS: readonly (readonly [string, Edit])[] = [
  [
    'one added column',
    (table, dialect) => ({
      name: 'addColumn',
      args: {
        table: table.id,
        column: {
          name: dialect === 'oracle' ? 'ZZ_ADDED' : 'zz_added',
          type: { kind: 'builtin', name: PLAIN[dialect] },
          nullable: true,
        },
      },
    }),
  ],
  [
    'one renamed column',
    (table, dialect) => ({
      name: 'setColumn',
      args: {
        table: table.id,
        id: table.columns.at(-1)?.id ?? '',
        patch: { name: dialect === 'oracle' ? 'ZZ_OTHER' : 'zz_other' },
      },
    }),
  ],
  ['one dropped table', (table) => ({ name: 'removeTables', args: { ids: [table.id] } })],
];

describe('an edited document, written as it was imported and read again, is the document', () => {
  describe.each(DIALECTS)('of %s', (dialect) => {
    const files = corpus(dialect).filter((one) => !one.name.includes('regress'));
    describe.each(files.map((one) => [one.name, one.sql] as const))('%s', (_name, sql) => {
      it.each(EDITS)('with %s', (_edit, call) => {
        const document = imported(sql, dialect);
        if (document?.settings['settings']?.dialect !== dialect) return;
        const table = busiest(document);
        if (table === undefined) return;
        const edited = withCalls(document, [call(table, dialect)]);
        const result = writeAsImported(edited, ports.get(dialect) as ReadPorts);
        if (!result.ok) throw new Error(result.problem.message);
        expect([table.name, result.value.differs]).toEqual([table.name, []]);
      });
    });
  });
});
