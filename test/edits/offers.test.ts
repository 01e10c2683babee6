/** What the studio offers to change by itself is said in the words of the document's dialect: it is written whole, and read back equal. */
import { describe, expect, it } from 'vitest';
import { subtypeChecks } from '#engine/concept/subtype-checks.ts';
import { TRAITS } from '#engine/dialects/base/traits.ts';
import { TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { planRefactoring } from '#engine/refactor/plan.ts';
import type { Refactoring } from '#engine/refactor/types.ts';
import { planReshape } from '#engine/reshape/plan.ts';
import type { Reshape } from '#engine/reshape/types.ts';
import { checkDocument } from '#engine/rules/check.ts';
import { languageOf } from '#engine/sql/language.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Hierarchy, HierarchyStrategy } from '#model/concept-types.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { USUAL, type UsualKind } from '#model/usual-types.ts';
import { validate } from '#model/validate.ts';
import { corpus } from '#test/corpus.ts';
import { seeded } from '#test/generated-document.ts';
import { isLong, more, seedOf } from '#test/runs.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { usualType } from '../../src/features/columns/usual-type.ts';
import { standardColumns } from '../../src/features/refactor/standard.ts';
import { foldings, lookups, movableColumns, waysFrom } from '../../src/features/refactor/subject.ts';
import { pick } from './typed.ts';

const DIALECTS = ['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'] as const;
const SEED = seedOf(20_261_123);

/** A change that the studio offers. */
interface Offer {
  readonly what: string;
  readonly after: Document;
}

type Run = (document: Document, calls: readonly CommandCall[]) => Document | undefined;

const run: Run = (document, calls) => {
  const ran = runCommands(document, calls, derivedIds());
  return ran.ok ? ran.value.document : undefined;
};

function reshaped(document: Document, dialect: Dialect, asked: Reshape): Document | undefined {
  const language = languageOf(dialect, undefined);
  if (!language.ok) throw new Error(language.problem.message);
  const options = { ids: derivedIds(), diagram: MAIN_DIAGRAM, date: '2026-01-01' };
  const plan = planReshape(document, language.value.parser, asked, options);
  return plan.ok ? plan.value.after : undefined;
}

function fixes(document: Document, dialect: Dialect): Offer[] {
  const seen = new Map<string, number>();
  return checkDocument(document).flatMap(({ rule, fixes: some }) =>
    some.flatMap(({ label, calls, reshape }) => {
      const count = (seen.get(rule) ?? 0) + 1;
      seen.set(rule, count);
      if (count > more(2, 10)) return [];
      const after =
        reshape === undefined ? (calls.length === 0 ? undefined : run(document, calls)) : reshaped(document, dialect, reshape);
      return after === undefined ? [] : [{ what: `${rule}: ${label}`, after }];
    }),
  );
}

function refactorings(document: Document, random: () => number): Refactoring[] {
  const tables = Object.values(document.tables).filter((one) => one.columns.length > 0);
  const table = pick(random, tables);
  if (table === undefined) return [];
  const selection = [{ record: table.id }];
  const columns = table.columns.slice(1).flatMap(({ id }) => (random() < 0.4 ? [id] : []));
  const shapes = [
    { kind: 'one-to-one' },
    { kind: 'lookup', surrogate: 'identity', unique: true },
    { kind: 'lookup', surrogate: 'uuid' },
    { kind: 'natural', key: columns.slice(0, 1) },
  ] as const;
  const way = pick(random, waysFrom(document, table));
  const folding = pick(random, foldings(document, selection));
  const lookup = pick(random, lookups(document, selection));
  return [
    ...shapes.map((shape) => ({ kind: 'extract' as const, table: table.id, columns, name: 'fresh', shape })),
    ...(['identity', 'uuid'] as const).map((key) => ({
      kind: 'surrogate' as const,
      table: table.id,
      key,
      repoint: random() < 0.5,
    })),
    { kind: 'standard', tables: [table.id], columns: standardColumns(document).map(({ column }) => column) },
    ...(folding === undefined ? [] : [{ kind: 'inline' as const, relationship: folding.relationship, end: folding.end }]),
    ...(way === undefined
      ? []
      : [
          {
            kind: 'move' as const,
            relationship: way.relationship,
            to: way.to,
            columns: movableColumns(document, table, way).slice(0, 2),
          },
        ]),
    ...(lookup === undefined
      ? []
      : [{ kind: 'lookupToEnum' as const, table: lookup.id, name: 'fresh_type', values: ['a', "it's"] }]),
  ];
}

function planned(document: Document, dialect: Dialect, random: () => number): Offer[] {
  const language = languageOf(dialect, undefined);
  if (!language.ok) throw new Error(language.problem.message);
  const { parser } = language.value;
  return refactorings(document, random).flatMap((asked) => {
    const plan = planRefactoring(document, parser, asked, { ids: derivedIds(), diagram: MAIN_DIAGRAM });
    return plan.ok ? [{ what: JSON.stringify(asked), after: plan.value.after }] : [];
  });
}

/** Hierarchies of tables that a document has, resolved each way. */
function hierarchies(document: Document, random: () => number): Offer[] {
  const tables = Object.values(document.tables).filter((one) => one.keys.some(({ kind }) => kind === 'primary'));
  const [supertype, one, other] = [pick(random, tables), pick(random, tables), pick(random, tables)] as [Table?, Table?, Table?];
  if (supertype === undefined || one === undefined || other === undefined || new Set([supertype, one, other]).size < 3) return [];
  return (['one-table', 'table-per-type', 'table-per-concrete'] as HierarchyStrategy[]).flatMap((strategy) =>
    [true, false].flatMap((overlapping) => {
      const hierarchy: Hierarchy = {
        id: 'hie',
        supertype: supertype.id,
        subtypes: [one.id, other.id],
        ...(overlapping ? { overlapping } : {}),
      };
      const before: Document = { ...document, hierarchies: { hie: hierarchy } };
      const tried = run(before, [{ name: 'resolveHierarchy', args: { id: 'hie', strategy } }]);
      if (tried === undefined) return [];
      const checks = strategy === 'one-table' ? subtypeChecks(before, tried, hierarchy) : [];
      const after = run(before, [{ name: 'resolveHierarchy', args: { id: 'hie', strategy, checks } }]);
      return after === undefined ? [] : [{ what: `${strategy} of ${supertype.name}, ${one.name}, ${other.name}`, after }];
    }),
  );
}

/** Columns of the names that say their type. */
function named(document: Document, random: () => number): Offer[] {
  const table = pick(random, Object.values(document.tables));
  if (table === undefined) return [];
  const names = [
    'made_at',
    'is_new',
    'fee',
    'rank',
    'payload',
    'longitude',
    'last_ip',
    'key_uuid',
    'told_on',
    'whatever',
    'other_id',
  ];
  const { dialect = 'postgresql' } = document.settings['settings'] ?? {};
  const calls = names.map(
    (name): CommandCall => ({
      name: 'addColumn',
      args: { table: table.id, column: { name: `zz_${name}`, type: usualType(`zz_${name}`, USUAL[dialect]), nullable: true } },
    }),
  );
  const after = run(document, calls);
  return after === undefined ? [] : [{ what: 'columns by name', after }];
}

function typesOf(document: Document): Set<string> {
  const columns = Object.values(document.tables).flatMap((table) => table.columns);
  return new Set(columns.flatMap(({ type }) => (type.kind === 'builtin' ? [type.name.toLowerCase()] : [])));
}

/** The document that text means. */
function read(text: string, dialect: Dialect, ports: ReadPorts): { document: Document; troubles: string[] } {
  const result = readSql([{ name: 'a.sql', text }], { dialect }, ports);
  if (!result.ok) throw new Error(result.problem.message);
  const { document, receipt } = result.value;
  const errors = receipt.statements.filter((one) => one.state === 'error');
  return {
    document: { ...document, sources: {} },
    troubles: [...errors.map((one) => one.reason ?? ''), ...receipt.lost.map((one) => one.reason)],
  };
}

class Judge {
  readonly problems: string[] = [];
  judged = 0;
  private readonly dialect: Dialect;
  private readonly ports: ReadPorts;
  private readonly types: Set<string>;
  private readonly told: Set<string>;
  private readonly known: ReturnType<typeof validate>;

  constructor(document: Document, dialect: Dialect, ports: ReadPorts) {
    this.dialect = dialect;
    this.ports = ports;
    const listed = (TYPE_LISTS[dialect] ?? []).map(({ name }) => name.toLowerCase());
    const usual = Object.keys(USUAL[dialect].types) as UsualKind[];
    const usuals = usual.map((kind) => USUAL[dialect].types[kind]);
    this.types = new Set([
      ...typesOf(document),
      ...listed,
      ...usuals.flatMap((one) => (one.kind === 'builtin' ? [one.name.toLowerCase()] : [])),
    ]);
    this.told = new Set(this.write(document).unsupported.map((one) => one.feature));
    this.known = validate(document);
  }

  private write(document: Document) {
    return writeDocument(document, { version: DEFAULT_VERSION[this.dialect] });
  }

  /** Lines without the names that an engine gives keys itself, statements in the order of their text. */
  private unnamed(text: string): string[] {
    const lines = text.split('\n\n').toSorted().join('\n\n').split('\n');
    return TRAITS[this.dialect].namesIndexesByColumn
      ? lines.map((line) => line.replace(/\bKEY (?:`[^`]*`|[\w$]+) \(/, 'KEY ('))
      : lines;
  }

  of({ what, after }: Offer): void {
    this.judged++;
    const wrong = this.wrong(after);
    if (wrong !== undefined) this.problems.push(`${what}\n${wrong}`);
  }

  private wrong(after: Document): string | undefined {
    const alien = [...typesOf(after)].filter((name) => !this.types.has(name));
    if (alien.length > 0) return `no types of ${this.dialect}: ${alien.join(', ')}`;
    const written = this.write(after);
    // That the writer gives an index a name is no loss.
    const lost = written.unsupported.filter((one) => one.feature !== 'index name' && !this.told.has(one.feature));
    if (lost.length > 0) return `not written: ${lost.map(({ message }) => message).join('\n')}`;
    const invalid = validate(after).length > this.known.length ? validate(after) : [];
    if (invalid.length > 0) return `not valid: ${JSON.stringify(invalid)}`;
    const text = writtenText(written);
    const back = read(text, this.dialect, this.ports);
    if (back.troubles.length > 0) return `not read: ${back.troubles.join('\n')}`;
    const again = writtenText(this.write(back.document));
    const [lines, others] = [this.unnamed(text), this.unnamed(again)];
    if (lines.join('\n') === others.join('\n')) return undefined;
    const [less, extra] = [lines.filter((one) => !others.includes(one)), others.filter((one) => !lines.includes(one))];
    return [...less.map((one) => `- ${one}`), ...extra.map((one) => `+ ${one}`), 'reads otherwise'].join('\n');
  }
}

/** One of each smell, in words that every dialect reads. */
const SMELLY = `CREATE TABLE tags (id int NOT NULL PRIMARY KEY);
CREATE TABLE photos (id int NOT NULL PRIMARY KEY);
CREATE TABLE posts (id int NOT NULL PRIMARY KEY, tag_ids varchar(200), word_list varchar(200), phone1 varchar(20), phone2 varchar(20), phone3 varchar(30));
CREATE TABLE likes (id int NOT NULL PRIMARY KEY, liked_type varchar(20) NOT NULL CHECK (liked_type IN ('Post', 'Photo')), liked_id int NOT NULL);
CREATE TABLE post_attributes (post_id int NOT NULL, attribute varchar(40) NOT NULL CHECK (attribute IN ('colour', 'size')), value varchar(100), PRIMARY KEY (post_id, attribute), FOREIGN KEY (post_id) REFERENCES posts (id));
CREATE TABLE photo_attributes (photo_id int NOT NULL, attribute varchar(40) NOT NULL, value varchar(100), PRIMARY KEY (photo_id, attribute), FOREIGN KEY (photo_id) REFERENCES photos (id));
CREATE TABLE codes (kind varchar(20) NOT NULL CHECK (kind IN ('country', 'currency')), code varchar(9) NOT NULL, name varchar(99) NOT NULL, PRIMARY KEY (kind, code));
CREATE TABLE sales_2023 (id int NOT NULL PRIMARY KEY, amount int NOT NULL);
CREATE TABLE sales_2024 (id int NOT NULL PRIMARY KEY, amount int NOT NULL);
`;

it.each(DIALECTS)('refactorings of smells are %s', async (dialect) => {
  const ports = await loadPorts(dialect);
  const first = read(SMELLY, dialect, ports);
  expect(first.troubles).toEqual([]);
  const { document } = read(writtenText(writeDocument(first.document, { version: DEFAULT_VERSION[dialect] })), dialect, ports);
  const asked = checkDocument(document).flatMap(({ fixes: some }) => some.flatMap(({ reshape }) => reshape ?? []));
  expect(asked.map(({ kind }) => kind).sort()).toEqual([
    'clones',
    'eav',
    'eav',
    'list',
    'list',
    'lookup',
    'polymorphic',
    'repeating',
  ]);
  const judge = new Judge(document, dialect, ports);
  for (const one of asked) {
    const after = reshaped(document, dialect, one);
    expect(after, JSON.stringify(one)).toBeDefined();
    if (after !== undefined) judge.of({ what: JSON.stringify(one), after });
  }
  expect(judge.problems.join('\n\n=====\n')).toBe('');
});

describe.each(DIALECTS)('what is offered in %s is %s', (dialect) => {
  it.each(corpus(dialect).filter(({ sql }) => isLong || sql.length < 100_000))(
    'in $name',
    async ({ name, sql }) => {
      const ports = await loadPorts(dialect);
      const random = seeded(SEED + name.length);
      const first = read(sql, dialect, ports).document;
      // What its own text says of it, so that only an offer can differ.
      const { document } = read(writtenText(writeDocument(first, { version: DEFAULT_VERSION[dialect] })), dialect, ports);
      const judge = new Judge(document, dialect, ports);
      for (const offer of fixes(document, dialect)) judge.of(offer);
      for (let i = 0; i < more(1, 20); i++) {
        const offers = [...planned(document, dialect, random), ...hierarchies(document, random), ...named(document, random)];
        for (const offer of offers) judge.of(offer);
      }
      expect(judge.problems.slice(0, 4).join('\n\n=====\n')).toBe('');
      expect(judge.judged).toBeGreaterThan(2);
    },
    600_000,
  );
});
