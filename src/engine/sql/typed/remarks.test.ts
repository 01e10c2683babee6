import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { parseDocument } from '#model/format/parse.ts';
import { serialize } from '#model/format/serialize.ts';
import type { Document } from '#model/types.ts';
import { postgresLanguage } from '../../dialects/postgres/language.ts';
import { pgParser } from '../../dialects/postgres/parser.ts';
import type { TypedText } from '../../queries.ts';
import type { PgParser } from '../parser-port.ts';
import { readSql } from '../read.ts';
import { writeDocument, writtenText } from '../write.ts';
import { planText } from './plan-text.ts';

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

/** A comment at every place where one can stand; each says where. */
const COMMENTED = `/* before
   the type */
CREATE TYPE mood AS ENUM ('good', 'bad'); -- behind the type

-- before the table
-- in two lines
CREATE TABLE people ( -- behind the bracket
    -- before a column
    id bigint PRIMARY KEY, -- behind a column
    mood mood /* within a column */ NOT NULL,
    -- before a check
    CONSTRAINT grown CHECK (age > 18), -- behind a check
    age int -- behind the last column
    -- before the closing bracket
); -- behind the table
COMMENT ON TABLE people IS 'Not a remark';
-- before the index
CREATE INDEX people_age ON people (age); -- behind the index
-- before the child
CREATE TABLE pets (
    id int PRIMARY KEY,
    -- before a foreign key
    owner bigint REFERENCES people (id), -- behind a foreign key
    name text
);
-- before the view
CREATE VIEW adults AS
SELECT id -- within a query
FROM people WHERE age > 21;
-- before the grant
GRANT SELECT ON people TO reporting; -- behind the grant
-- at the very end
`;

const WORDS = [...COMMENTED.matchAll(/(?:before|behind|within|at the very|in two)[a-z ]*(?:\n {3}the type)?/g)].map(([text]) =>
  text.trim(),
);

function importText(text: string): Document {
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

const write = (document: Document) => writeDocument(document, { version: 18 });
const ddl = (document: Document) => writtenText(write(document));

function expectAllThere(document: Document): void {
  const text = ddl(document);
  for (const word of WORDS) expect(text.split(word).length - 1, `${word} in\n${text}`).toBe(1);
  expect(ddl(importText(text))).toBe(text);
}

function run(document: Document, calls: readonly CommandCall[]): Document {
  const ran = runCommands(document, calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

function typed(document: Document, text: TypedText): Document {
  const planned = planText({ document, written: write(document), language: postgresLanguage(parser), write }, text);
  if (!planned.ok) throw new Error(planned.problem.message);
  return planned.value.calls.length === 0 ? document : run(document, planned.value.calls);
}

const idOf = (document: Document, name: string) => Object.values(document.tables).find((one) => one.name === name)?.id ?? '';

describe('comments of the text', () => {
  it('are all read and written once', () => {
    expect(WORDS.length).toBeGreaterThan(18);
    expectAllThere(importText(COMMENTED));
  });

  it('survive an edit of any other statement', () => {
    const document = importText(COMMENTED);
    for (const { key, sql, what } of write(document).statements) {
      const after = typed(document, { keys: [key], text: `-- An edit.\n${sql}` });
      if (what === 'create' || what === 'index') expect(ddl(after)).toContain('-- An edit.');
      expectAllThere(after);
    }
  });

  it('survive a change of their own object in its text', () => {
    const document = importText(COMMENTED);
    const people = write(document).statements.find((one) => one.key === `${idOf(document, 'people')}:create`);
    if (people === undefined) throw new Error('no people');
    const after = typed(document, { keys: [people.key], text: people.sql.replace(/age( +)integer/, 'age$1smallint') });
    expect(after).not.toBe(document);
    expectAllThere(after);
  });

  it('survive changes on the canvas: of a type, a name, an order, another column', () => {
    const document = importText(COMMENTED);
    const table = idOf(document, 'people');
    const [id, mood, age] = (document.tables[table]?.columns ?? []).map((one) => one.id);
    const calls: CommandCall[] = [
      { name: 'setColumn', args: { table, id: age ?? '', patch: { type: { kind: 'builtin', name: 'smallint' } } } },
      { name: 'setColumn', args: { table, id: id ?? '', patch: { name: 'number' } } },
      { name: 'addColumn', args: { table, column: { name: 'born', type: { kind: 'builtin', name: 'date' }, nullable: true } } },
      { name: 'setTable', args: { id: table, patch: { name: 'persons' } } },
      { name: 'setColumn', args: { table, id: mood ?? '', patch: { nullable: true } } },
    ];
    let after = document;
    for (const call of calls) {
      after = run(after, [call]);
      const text = ddl(after);
      for (const word of WORDS) expect(text.split(word).length - 1, `${word} in\n${text}`).toBe(1);
    }
  });

  it('survive saving and opening', () => {
    const opened = parseDocument(serialize(importText(COMMENTED)));
    if (!opened.ok) throw new Error(opened.problem.message);
    expectAllThere(opened.value.document);
  });

  it('typed behind a statement stand before the next one, as reading the whole text has it', () => {
    const document = importText(COMMENTED);
    const written = write(document);
    for (const [at, { key, sql }] of written.statements.entries()) {
      const text = `${sql}\n-- Typed behind.`;
      const after = typed(document, { keys: [key], text });
      expect(ddl(after).split('-- Typed behind.')).toHaveLength(2);
      const statements = written.statements.map((one, i) => (i === at ? { ...one, sql: text } : one));
      if (at < written.statements.length - 1 && !/:comment$/.test(written.statements[at + 1]?.key ?? ''))
        expect(ddl(after)).toBe(ddl(importText(writtenText({ ...written, statements }))));
    }
  });

  it('typed where no statement is are not lost: they wait for what is typed or stay with what stands before', () => {
    const document = importText(COMMENTED);
    const after = typed(document, { keys: [], text: '-- All alone.\nCREATE TABLE alone (id int);\n-- And after.' });
    expect(ddl(after)).toContain('-- All alone.\nCREATE TABLE alone');
    expect(ddl(after)).toContain('-- And after.');
  });
});
