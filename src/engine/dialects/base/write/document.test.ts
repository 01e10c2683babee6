import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import { createWriteCache, writeDocument, writtenText } from '#engine/sql/write.ts';
import type { WrittenDocument } from '#engine/sql/written.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';

function read(sql: string, dialect: Dialect = 'mysql'): Document {
  const found = readSql([{ name: 'x', text: sql }], { dialect }, {});
  if (!found.ok) throw new Error(found.problem.message);
  return found.value.document;
}

function write(document: Document, version?: number): WrittenDocument {
  const dialect = document.settings['settings']?.dialect ?? 'mysql';
  return writeDocument(document, { version: version ?? DEFAULT_VERSION[dialect] });
}

const first = (document: Document): Table => Object.values(document.tables)[0] as Table;

/** The document with something changed in its first table. */
function withTable(document: Document, change: Partial<Table>): Document {
  const table = { ...first(document), ...change };
  return { ...document, tables: { ...document.tables, [table.id]: table } };
}

describe('the order of statements', () => {
  it('puts parents before children and views after what they read, whatever their names', () => {
    const document = read(
      'CREATE TABLE a (id int PRIMARY KEY, z int, FOREIGN KEY (z) REFERENCES z (id)); CREATE TABLE z (id int PRIMARY KEY); CREATE VIEW a1 AS SELECT * FROM z1; CREATE VIEW z1 AS SELECT * FROM A;',
    );
    const names = write(document).statements.map(({ sql }) => /^CREATE (?:TABLE|VIEW) (\w+)/.exec(sql)?.[1]);
    expect(names).toEqual(['z', 'a', 'z1', 'a1']);
  });

  it('adds afterwards the foreign key that closes a circle', () => {
    const document = read(
      'CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int, CONSTRAINT ba FOREIGN KEY (a) REFERENCES a (id)); ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b) REFERENCES b (id);',
    );
    const { statements } = write(document);
    expect(statements.map(({ what }) => what)).toEqual(['create', 'create', 'constraint']);
    expect(statements[2]).toMatchObject({ collection: 'relationships', key: expect.stringMatching(/:constraint$/) });
    expect(statements[2]?.sql).toMatch(/^ALTER TABLE \w\n {4}ADD CONSTRAINT \w\w FOREIGN KEY/);
  });

  it('makes triggers after those they follow', () => {
    const document = read(
      'CREATE TABLE t (a int); CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET @a = 1; CREATE TRIGGER m BEFORE INSERT ON t FOR EACH ROW SET @b = 1; CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW PRECEDES m SET @c = 1;',
    );
    const triggers = write(document).statements.flatMap(({ sql }) => /^CREATE TRIGGER (\w)/.exec(sql)?.[1] ?? []);
    expect(triggers).toEqual(['z', 'm', 'a']);
    expect(writtenText(write(document))).toContain('FOLLOWS `z`');
  });
});

describe('a statement', () => {
  it('knows where its parts stand', () => {
    const document = read('CREATE TABLE t (a int NOT NULL, b int, PRIMARY KEY (a), KEY k (b), CONSTRAINT c CHECK (b > 0));');
    const [made] = write(document).statements;
    expect(made?.parts.map(({ start, end }) => made.sql.slice(start, end))).toEqual([
      'a int NOT NULL',
      'b int',
      'PRIMARY KEY (a)',
      'KEY k (b)',
      'CONSTRAINT c CHECK (b > 0)',
    ]);
  });

  it('carries the comments of the text', () => {
    const text = '-- before\nCREATE TABLE t (\n    -- over a\n    a int, -- behind a\n    b int\n);\n';
    expect(writtenText(write(read(text)))).toBe(text);
  });

  it('with a body stands between lines for a client, with a delimiter that is not in it', () => {
    const document = read(
      "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT '$$'; END//\nDELIMITER ;\nCREATE PROCEDURE q() SELECT ';';",
    );
    const [p, q] = write(document).statements;
    expect(p?.sql).toBe("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT '$$'; END\n//\nDELIMITER ;");
    expect(q?.sql).toBe("CREATE PROCEDURE q() SELECT ';';");
  });
});

describe('what a dialect has no words for', () => {
  it('is told, each with its part, and the rest is written', () => {
    const document = read('CREATE TABLE t (a int, b int, KEY k (b));');
    const table = first(document);
    const [a] = table.columns;
    const [k] = table.indexes;
    if (a === undefined || k === undefined) throw new Error('no parts');
    const changed = withTable(document, {
      rowSecurity: 'enabled',
      owner: 'me',
      policies: [{ id: 'pol_1', name: 'p', command: 'all', roles: [] }],
      exclusions: [{ id: 'exc_1', elements: [{ column: a.id, operator: '=' }] }],
      columns: table.columns.map((one) => (one === a ? { ...one, storage: 'main' } : one)),
      indexes: [{ ...k, where: 'b > 0' }],
    });
    const { unsupported, statements } = write(changed);
    expect(unsupported.map(({ feature, part }) => [feature, part])).toEqual([
      ['owner', undefined],
      ['row security', undefined],
      ['column storage', a.id],
      ['exclusion', 'exc_1'],
      ['partial index', k.id],
      ['policy', 'pol_1'],
    ]);
    for (const { record, message } of unsupported) {
      expect(record).toBe(table.id);
      expect(message).toMatch(/^MySQL 8 has no .*\. .*\.$/);
    }
    expect(statements[0]?.sql).toContain('KEY k (b)');
  });

  it('is left out as a whole when nothing of it can be said: sequences of MySQL', () => {
    const document = read('CREATE SEQUENCE s;', 'mariadb');
    const asMysql: Document = {
      ...document,
      settings: { settings: { ...(document.settings['settings'] as Document['settings'][string]), dialect: 'mysql' } },
    };
    expect(write(document).statements).toHaveLength(1);
    expect(write(asMysql)).toMatchObject({ statements: [], unsupported: [{ feature: 'sequence' }] });
  });

  it('a version too old says so too', () => {
    const document = read('CREATE TABLE t (a int CHECK (a > 0), b int INVISIBLE);');
    expect(write(document, 8).unsupported).toEqual([]);
    expect(write(document, 5).unsupported.map(({ feature }) => feature)).toEqual(['invisible column', 'check']);
    expect(write(document, 5).statements[0]?.sql).not.toMatch(/CHECK|INVISIBLE/);
  });

  it('names that no server can hold are told', () => {
    const document = withTable(read('CREATE TABLE t (a int);'), { name: 'a\0b' });
    expect(write(document).unsupported).toMatchObject([{ feature: 'name' }]);
  });
});

describe('writing again', () => {
  const sql = Array.from(
    { length: 50 },
    (_, i) => `CREATE TABLE t${i} (id int PRIMARY KEY, p int${i === 0 ? '' : `, FOREIGN KEY (p) REFERENCES t${i - 1} (id)`});`,
  ).join('\n');

  it('keeps the statements of tables that an edit does not touch, and equals writing from nothing', () => {
    const document = read(sql);
    const cache = createWriteCache();
    const before = writeDocument(document, { version: 8, cache }).statements;
    const [third] = Object.values(document.tables).filter(({ name }) => name === 't3');
    if (third === undefined) throw new Error('no t3');
    const renamed = { ...document, tables: { ...document.tables, [third.id]: { ...third, name: 'other' } } };
    const after = writeDocument(renamed, { version: 8, cache }).statements;
    const kept = after.filter((one) => before.includes(one));
    // The table itself and the one that refers to it.
    expect(kept).toHaveLength(48);
    expect(after).toEqual(writeDocument(renamed, { version: 8 }).statements);
  });

  it('starts anew for another dialect under the same memory', () => {
    const document = read('CREATE TABLE t (a int, KEY k (a) USING BTREE);');
    const cache = createWriteCache();
    writeDocument(document, { version: 8, cache });
    const settings = {
      settings: { ...(document.settings['settings'] as Document['settings'][string]), dialect: 'mariadb' as const },
    };
    const other = { ...document, settings };
    expect(writeDocument(other, { version: 11, cache })).toEqual(writeDocument(other, { version: 11 }));
  });
});
