import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { postgresLanguage } from '../../dialects/postgres/language.ts';
import { pgParser } from '../../dialects/postgres/parser.ts';
import type { PgParser } from '../parser-port.ts';
import { readSql } from '../read.ts';
import { writeDocument, writtenText } from '../write.ts';
import { planText } from './plan-text.ts';

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

/** Every feature that some supported version lacks, beside plain things. */
const EVERYTHING = `
CREATE EXTENSION btree_gist;
CREATE UNLOGGED SEQUENCE tickets START WITH 100;
CREATE TABLE rooms (
    id int,
    during tstzrange,
    name text STORAGE EXTERNAL,
    beds int CONSTRAINT beds_given NOT NULL,
    nights int GENERATED ALWAYS AS (beds * 2) VIRTUAL, -- computed on reading
    twice int GENERATED ALWAYS AS (beds * 2) STORED,
    token uuid DEFAULT uuidv7(),
    CONSTRAINT rooms_pkey PRIMARY KEY (id, during WITHOUT OVERLAPS),
    CONSTRAINT rooms_name_key UNIQUE NULLS NOT DISTINCT (name),
    UNIQUE NULLS NOT DISTINCT (token),
    -- Nobody checks this one.
    CONSTRAINT few_beds CHECK (beds < 100) NOT ENFORCED,
    CHECK (beds > 0),
    CHECK (beds < 50) NOT ENFORCED
);
COMMENT ON CONSTRAINT few_beds ON rooms IS 'A hope';
CREATE TABLE guests (id int PRIMARY KEY, town text, country text, UNIQUE (town, country));
CREATE TABLE stays (
    id int PRIMARY KEY,
    room int,
    during tstzrange,
    guest int REFERENCES guests (id) NOT ENFORCED,
    town text,
    country text,
    note text,
    CONSTRAINT stays_room FOREIGN KEY (room, PERIOD during) REFERENCES rooms (id, PERIOD during),
    CONSTRAINT stays_place FOREIGN KEY (town, country) REFERENCES guests (town, country) ON DELETE SET NULL (town)
);
CREATE UNIQUE INDEX stays_note_key ON stays (note) NULLS NOT DISTINCT;
CREATE TABLE visits (id bigint GENERATED ALWAYS AS IDENTITY, day date, EXCLUDE USING gist (day WITH =)) PARTITION BY RANGE (day);
CREATE VIEW busy WITH (security_invoker = true, security_barrier = true) AS SELECT id, note FROM stays;
CREATE VIEW old_names AS SELECT any_value(note) AS note FROM stays;
`;

const VERSIONS = [14, 15, 16, 17, 18];

function importText(text: string): Document {
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value.receipt.counts).toMatchObject({ error: 0, skipped: 0 });
  return read.value.document;
}

type Edit = readonly [what: string, key: RegExp, from: string | RegExp, to: string];

/** Types over one statement as one version shows it. */
function typeAt(version: number, document: Document, [what, key, from, to]: Edit): Document {
  const write = (one: Document) => writeDocument(one, { version });
  const written = write(document);
  const statement = written.statements.find((one) => key.test(one.key));
  const text = statement?.sql.replace(from, to) ?? '';
  if (statement === undefined || text === statement.sql) throw new Error(`nothing to edit for ${what}:\n${writtenText(written)}`);
  const planned = planText({ document, written, language: postgresLanguage(parser), write }, { keys: [statement.key], text });
  if (!planned.ok) throw new Error(`${what}: ${planned.problem.message}`);
  const ran = runCommands(document, planned.value.calls, derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

const full = (document: Document) => writtenText(writeDocument(document, { version: 18 }));

const EDITS: readonly Edit[] = [
  ['a type', /rooms.*:create$/, /name( +)text/, 'name$1varchar(80)'],
  ['a new column', /rooms.*:create$/, /^( +)beds/m, '$1floor int,\n$1beds'],
  ['a lost column', /rooms.*:create$/, /\n +twice [^\n]*/, ''],
  ['a comment', /rooms.*:create$/, /^/, '-- Where people sleep.\n'],
  ['a new check', /rooms.*:create$/, /\n\);/, ',\n    CONSTRAINT much CHECK (twice > 1)\n);'],
  ['a lost check', /rooms.*:create$/, /,\n +CHECK \(beds > 0\)/, ''],
  ['a generated column', /rooms.*:create$/, /nights(.*)beds \* 2/, 'nights$1beds * 3'],
  ['a column with its mentions', /rooms.*:create$/, /beds( +)int/, 'places$1int'],
  ['a table with its mentions', /rooms.*:create$/, 'TABLE rooms', 'TABLE chambers'],
  ['a key of more columns', /rooms.*:create$/, /(rooms_name_key.*)\(name\)/, '$1(name, beds)'],
  ['a column of a table with foreign keys', /stays.*:create$/, /town( +)text/, 'town$1varchar(40)'],
  ['an action', /stays.*:create$/, 'ON DELETE SET NULL', 'ON UPDATE CASCADE ON DELETE SET NULL'],
  ['a lost foreign key', /stays.*:create$/, /,\n +CONSTRAINT stays_place[^\n]*/, ''],
  ['an index', /:index:/, '(note)', '(note, town)'],
  ['a view', /busy.*:create$/, 'SELECT id, note', 'SELECT id, note, town'],
  ['an option of a view', /busy.*:create$/, 'security_barrier = true', 'security_barrier = false'],
  ['a sequence', /tickets.*:create$/, 'START WITH 100', 'START WITH 200'],
  ['a partitioned table', /visits.*:create$/, /day( +)date/, 'day$1timestamptz'],
];

describe.each(VERSIONS)('typed at target version %i', (version) => {
  it('what it says already changes nothing', () => {
    const document = importText(EVERYTHING);
    const write = (one: Document) => writeDocument(one, { version });
    const written = write(document);
    for (const { key, sql } of written.statements) {
      const planned = planText({ document, written, language: postgresLanguage(parser), write }, { keys: [key], text: `${sql}\n` });
      expect([key, planned]).toMatchObject([key, { ok: true, value: { calls: [] } }]);
    }
  });

  it.each(EDITS)('%s changes that and nothing else', (...edit) => {
    const document = importText(EVERYTHING);
    const after = typeAt(version, document, edit);
    expect(after).not.toEqual(document);
    expect(full(after)).toBe(full(typeAt(18, document, edit)));
    expect(validate(after)).toEqual(validate(document));
  });

  it('the lines of a key that is written in another way can still be deleted', () => {
    const document = importText(EVERYTHING);
    const after = typeAt(version, document, ['', /rooms.*:create$/, /\n +CONSTRAINT rooms_pkey[^\n]*/, '']);
    const rooms = Object.values(after.tables).find((one) => one.name === 'rooms');
    expect(rooms?.keys.map((one) => one.name)).toEqual(['rooms_name_key', undefined]);
    expect(rooms?.exclusions).toEqual([]);
  });

  it('shows what it lacks, each at its place', () => {
    const document = importText(EVERYTHING);
    const { unsupported, statements } = writeDocument(document, { version });
    const features = new Set(unsupported.map((one) => one.feature));
    const lacking = Object.entries(SINCE).flatMap(([feature, since]) => (since > version ? [feature] : []));
    expect([...features].toSorted()).toEqual(lacking.toSorted());
    const known = new Set(
      statements.flatMap((one) => [one.record, ...(one.part === undefined ? [] : [one.part]), ...one.parts.map(({ id }) => id)]),
    );
    for (const { record, message, since } of unsupported) {
      expect(known.has(record) || Object.hasOwn(document.relationships, record)).toBe(true);
      expect(message).toContain(`PostgreSQL ${version}`);
      expect(since).toBeGreaterThan(version);
    }
  });
});

const SINCE: Readonly<Record<string, number>> = {
  'nulls-not-distinct': 15,
  'virtual-generated': 18,
  'without-overlaps': 18,
  'period-foreign-key': 18,
  'not-enforced': 18,
  'named-not-null': 18,
  'security-invoker': 15,
  'set-null-columns': 15,
  'unlogged-sequence': 15,
  'partitioned-identity': 17,
  'partitioned-exclusion': 17,
  'new-function': 18,
};
