import { beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { Dialect, Document } from '#model/types.ts';
import { catalogDifference } from '#test/catalog.ts';
import { corpus, executable } from '#test/corpus.ts';
import { TestDatabase } from '#test/pglite.ts';
import { withCalls } from '#test/read-ddl.ts';
import { writeAsImported } from './as-imported.ts';
import { type ReadPorts, readSql } from './read.ts';
import { sourcesInOrder, withSources } from './sources.ts';
import { writeDocument, writtenText } from './write.ts';

const ports = new Map<Dialect, ReadPorts>();
const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
beforeAll(async () => {
  for (const dialect of DIALECTS) ports.set(dialect, await loadPorts(dialect));
});

function imported(text: string, dialect: Dialect = 'postgresql', ...more: readonly string[]): Document {
  const files = [text, ...more].map((one, at) => ({ name: `${at}.sql`, text: one }));
  const read = readSql(files, { dialect }, ports.get(dialect) as ReadPorts);
  if (!read.ok) throw new Error(`${read.problem.code}: ${read.problem.message}`);
  return withSources(read.value, files).document;
}

function written(document: Document, dialect: Dialect = 'postgresql') {
  const result = writeAsImported(document, ports.get(dialect) as ReadPorts);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

function edited(document: Document, ...calls: readonly CommandCall[]) {
  return written(withCalls(document, calls));
}

const tableId = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name)?.id ?? '';
const columnId = (document: Document, table: string, name: string) =>
  document.tables[tableId(document, table)]?.columns.find((one) => one.name === name)?.id ?? '';

const addColumn = (table: string, name: string): CommandCall =>
  ({
    name: 'addColumn',
    args: { table, column: { name, type: { kind: 'builtin', name: 'text' }, nullable: true } },
  }) as unknown as CommandCall;

const DUMP = [
  '-- PostgreSQL database dump',
  '',
  'SET check_function_bodies = false;',
  '',
  'CREATE TYPE public.mood AS ENUM (',
  "    'glad'",
  ');',
  '',
  '--',
  '-- Name: shop; Type: TABLE',
  '--',
  'CREATE TABLE public.shop (',
  '    id integer NOT NULL,',
  '    name   text  -- as on the door',
  ');',
  '',
  'CREATE SEQUENCE public.shop_id_seq START WITH 1;',
  'ALTER SEQUENCE public.shop_id_seq OWNED BY public.shop.id;',
  'CREATE TABLE public.item (id integer, shop_id integer);',
  "ALTER TABLE ONLY public.shop ALTER COLUMN id SET DEFAULT nextval('public.shop_id_seq'::regclass);",
  'COPY public.shop (id, name) FROM stdin;',
  '1\tA',
  '\\.',
  '',
  'ALTER TABLE ONLY public.shop ADD CONSTRAINT shop_pkey PRIMARY KEY (id);',
  'CREATE INDEX  shop_by_name ON public.shop USING btree (name);',
  "COMMENT ON TABLE public.shop IS 'where one buys';",
  'ALTER TABLE ONLY public.item ADD CONSTRAINT item_shop_fk FOREIGN KEY (shop_id) REFERENCES public.shop(id);',
  'CREATE VIEW public.shops AS SELECT id FROM public.shop;',
  '',
].join('\n');

const lines = (text: string) => text.split('\n');
/** Lines of the one that are not in the other, in order. */
const without = (one: string, other: string) => {
  const rest = lines(other);
  return lines(one).filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
};

describe('written as imported', () => {
  describe.each(DIALECTS)('of %s', (dialect) => {
    it.each(corpus(dialect).map((one) => [one.name, one]))(
      '%s without edits is what came in, byte for byte, but for its rows',
      (_name, one) => {
        const read = readSql([{ name: 'x', text: one.sql }], { dialect }, ports.get(dialect) as ReadPorts);
        if (!read.ok) return expect(read.problem.code).toBe('no-reader');
        const document = imported(one.sql, dialect);
        const source = document.settings['settings']?.dialect;
        if (source !== dialect) return undefined;
        const { files, changed, differs } = written(document, dialect);
        expect([changed, differs]).toEqual([[], []]);
        // What is left is the text with the data spans cut out: each piece of it stands in the text in order.
        let at = 0;
        for (const statement of read.value.receipt.statements) {
          if (statement.rows !== undefined) continue;
          const piece = one.sql.slice(statement.start, statement.end);
          const found = files[0]?.text.indexOf(piece, at) ?? -1;
          expect(found).toBeGreaterThanOrEqual(0);
          at = found + piece.length;
        }
        if (read.value.receipt.statements.every((each) => each.rows === undefined)) expect(files[0]?.text).toBe(one.sql);
        return undefined;
      },
    );
  });

  it('changes one statement when one column is added', () => {
    const document = imported(DUMP);
    const { files, changed, differs } = edited(document, addColumn(tableId(document, 'shop'), 'street'));
    expect(differs).toEqual([]);
    expect(changed).toEqual(['shop']);
    const before = sourcesInOrder(document)[0]?.text ?? '';
    const after = files[0]?.text ?? '';
    expect(without(after, before).join('\n')).toMatch(/street\s+text/);
    expect(without(after, before).length).toBeLessThan(7);
    for (const line of [
      'CREATE INDEX  shop_by_name',
      "COMMENT ON TABLE public.shop IS 'where",
      'shop_pkey',
      'nextval',
      'START WITH 1',
    ]) {
      expect(after, line).toContain(line);
    }
    expect(after.match(/shop_pkey/g)).toHaveLength(1);
    expect(after.match(/nextval/g)).toHaveLength(1);
  });

  it.each(
    corpus('postgresql')
      .filter((one) => !one.name.includes('regress'))
      .map((one) => [one.name, one.sql]),
  )('changes one statement of %s when a table gets one column', (_name, sql) => {
    const document = imported(sql);
    const tables = Object.values(document.tables).filter((one) => one.partitionOf === undefined && one.inherits === undefined);
    const before = sourcesInOrder(document)[0]?.text ?? '';
    for (const table of tables.filter((_, at) => at % Math.ceil(tables.length / 2) === 1)) {
      const { files, changed, differs } = edited(document, addColumn(table.id, 'zz_added'));
      expect([table.name, differs]).toEqual([table.name, []]);
      expect(changed).toEqual([table.name]);
      const after = files[0]?.text ?? '';
      // What stands before and after the statement is the same; what lies between is one statement.
      let from = 0;
      while (before[from] === after[from]) from++;
      let tail = 0;
      while (tail < before.length - from && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
      expect(after.slice(from, after.length - tail)).toContain('zz_added');
      const touched = sourcesInOrder(document)[0]?.statements.filter((one) => one.start < before.length - tail && one.end > from);
      expect(touched?.map((one) => one.record)).toEqual([table.id]);
    }
  });

  it('is SQL that makes what the document says', async () => {
    const db = await TestDatabase.open();
    const sql = corpus('postgresql').find((one) => one.name === 'azimutt.sql')?.sql ?? '';
    const document = imported(sql);
    const [first, second, third] = Object.values(document.tables);
    const calls: CommandCall[] = [
      addColumn(first?.id ?? '', 'zz_added'),
      { name: 'setTable', args: { id: second?.id ?? '', patch: { comment: 'renamed', name: 'zz_renamed' } } } as CommandCall,
      { name: 'addTable', args: { table: { name: 'zz_new' } } } as CommandCall,
      {
        name: 'setColumn',
        args: { table: third?.id ?? '', id: third?.columns.at(-1)?.id ?? '', patch: { comment: 'changed' } },
      } as CommandCall,
    ];
    const now = withCalls(document, calls);
    const { files, differs } = written(now);
    expect(differs).toEqual([]);
    const catalogs: string[][] = [];
    for (const text of [files[0]?.text ?? '', writtenText(writeDocument(now, { version: 18 }))]) {
      await db.reset();
      const failed = await db.run(executable(text, 'postgresql'));
      expect(failed).toEqual([]);
      catalogs.push(await db.catalog());
    }
    expect(catalogDifference(catalogs[0] ?? [], catalogs[1] ?? [])).toEqual([]);
    await db.close();
  });

  it('leaves out what was dropped, with the comments above it', () => {
    const document = imported(DUMP);
    const { files, differs } = edited(
      document,
      { name: 'removeTables', args: { ids: [tableId(document, 'shop')] } },
      {
        name: 'removeViews',
        args: { ids: Object.keys(document.views) },
      },
    );
    expect(differs).toEqual([]);
    const after = files[0]?.text ?? '';
    expect(after).not.toMatch(/shop(?!_id)/);
    expect(after).toContain('CREATE TABLE public.item (id integer, shop_id integer);');
    expect(after).not.toContain('Type: TABLE');
    expect(after).toContain('SET check_function_bodies = false;');
  });

  it('adds what is new at the end', () => {
    const document = imported(DUMP);
    const { files, differs } = edited(document, {
      name: 'addTable',
      args: { table: { name: 'customer' } },
    } as CommandCall);
    expect(differs).toEqual([]);
    const before = sourcesInOrder(document)[0]?.text ?? '';
    expect(files[0]?.text.startsWith(before)).toBe(true);
    expect(files[0]?.text.slice(before.length)).toContain('CREATE TABLE public.customer');
  });

  it('takes a statement of its own along that changed: an index, a foreign key, a comment, a key', () => {
    const document = imported(DUMP);
    const shop = tableId(document, 'shop');
    const table = document.tables[shop];
    const index = table?.indexes[0]?.id ?? '';
    const link = Object.keys(document.relationships)[0] ?? '';
    const before = sourcesInOrder(document)[0]?.text ?? '';
    const changedBy = (...calls: readonly CommandCall[]) => {
      const { files, differs } = edited(document, ...calls);
      expect(differs).toEqual([]);
      return without(files[0]?.text ?? '', before);
    };
    expect(changedBy({ name: 'setIndex', args: { table: shop, id: index, patch: { unique: true } } } as CommandCall)).toEqual([
      'CREATE UNIQUE INDEX shop_by_name ON public.shop (name);',
    ]);
    expect(changedBy({ name: 'setTable', args: { id: shop, patch: { comment: 'a place' } } } as CommandCall)).toEqual([
      "COMMENT ON TABLE public.shop IS 'a place';",
    ]);
    expect(
      changedBy({ name: 'setRelationship', args: { id: link, patch: { onDelete: 'cascade' } } } as CommandCall).join(),
    ).toMatch(
      /^ALTER TABLE public\.item ADD CONSTRAINT item_shop_fk FOREIGN KEY \(shop_id\) REFERENCES public\.shop \(id\) ON DELETE CASCADE;$/,
    );
  });

  it('follows a rename wherever the name stands', () => {
    const document = imported(DUMP);
    const { files, differs } = edited(document, {
      name: 'setTable',
      args: { id: tableId(document, 'shop'), patch: { name: 'store' } },
    } as CommandCall);
    expect(differs.filter((label) => !label.startsWith('view'))).toEqual([]);
    expect(files[0]?.text).toMatch(/CREATE TABLE (?:public\.)?store/);
    expect(files[0]?.text).not.toMatch(/TABLE (?:ONLY )?public\.shop/);
  });

  it('edits the file where the object stands, of several', () => {
    const document = imported(
      'CREATE TABLE a (x int);\n',
      'postgresql',
      '-- second\nCREATE TABLE b (y int);\nALTER TABLE a ADD COLUMN z int;\n',
    );
    const { files } = edited(document, addColumn(tableId(document, 'b'), 'more'));
    expect(files[0]?.text).toBe('CREATE TABLE a (x int);\n');
    expect(files[1]?.text).toMatch(/^-- second\nCREATE TABLE b \([^;]*more\s+text[^;]*\);\nALTER TABLE a ADD COLUMN z int;\n$/);
  });

  it('says why it cannot be', () => {
    const document = imported(DUMP);
    const port = ports.get('postgresql') as ReadPorts;
    expect(writeAsImported({ ...document, sources: {} }, port)).toMatchObject({ ok: false, problem: { code: 'no-sources' } });
    const [source] = sourcesInOrder(document);
    if (source === undefined) throw new Error('no source');
    const other = { ...document, sources: { [source.id]: { ...source, dialect: 'mysql' as const } } };
    expect(writeAsImported(other, port)).toMatchObject({ ok: false, problem: { code: 'other-dialect' } });
    const large = { ...document, sources: { [source.id]: { ...source, omitted: 'It is too large.' } } };
    expect(writeAsImported(large, port)).toMatchObject({ ok: false, problem: { message: expect.stringContaining('too large') } });
  });

  it('keeps the name of a column that was renamed since', () => {
    const document = imported(DUMP);
    const shop = tableId(document, 'shop');
    const call = { name: 'setColumn', args: { table: shop, id: columnId(document, 'shop', 'name'), patch: { name: 'title' } } };
    const { files, differs } = edited(document, call as CommandCall);
    expect(differs.filter((label) => !label.startsWith('view'))).toEqual([]);
    expect(files[0]?.text).toMatch(/title\s+text/);
  });
});
