import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, Id } from '#model/types.ts';
import { declaring, tableNamed } from '#test/decompose.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { UNLIMITED } from '../budget.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { compareDecompositions } from './compare.ts';
import type { ComparedPlan, Comparison, Fact, PlanKind } from './comparison-types.ts';
import { lostDependencySql } from './lost-sql.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await parserForTests();
});

/** A comparison with names for ids. */
class Compared {
  readonly document: Document;
  readonly comparison: Comparison;
  readonly #table: string;

  constructor(ddl: string, table: string, ...dependencies: Parameters<typeof declaring>[2][]) {
    this.document = declaring(readDdl(parser, ddl), table, ...dependencies);
    this.#table = table;
    const found = compareDecompositions(this.document, this.table.id, UNLIMITED);
    if (!found.ok) throw new Error(found.problem.message);
    this.comparison = found.value;
  }

  get table() {
    return tableNamed(this.document, this.#table);
  }

  names(ids: readonly Id[]): string {
    return ids.map((id) => this.table.columns.find((column) => column.id === id)?.name).join(' ');
  }

  fact({ determinant, dependent }: Fact): string {
    return `${this.names(determinant)} > ${this.names(dependent)}`;
  }

  plan(kind: PlanKind): ComparedPlan {
    const found = this.comparison.plans.find(({ choice }) => choice === kind)?.found;
    if (found?.ok !== true) throw new Error(`no plan ${kind}: ${found?.problem.message}`);
    return found.value;
  }
}

const ADDRESSES = 'CREATE TABLE a (id int PRIMARY KEY, street text NOT NULL, zip text NOT NULL, city text NOT NULL);';
const POST = 'CREATE TABLE a (street text, city text, zip text NOT NULL, PRIMARY KEY (street, city));';

describe('decompositions side by side', () => {
  it('prove a breach: closure, what it misses, derivation, prime attributes, anomaly', () => {
    const compared = new Compared(ADDRESSES, 'a', 'zip -> city');
    const [breach, ...more] = compared.comparison.breaches;
    expect(more).toEqual([]);
    expect(breach?.form).toBe('3NF');
    expect(compared.names(breach?.closure ?? [])).toBe('zip city');
    expect(compared.names(breach?.missing ?? [])).toBe('id street');
    expect(breach?.derivation.map((one) => compared.fact(one))).toEqual(['zip > city']);
    expect(compared.names(breach?.nonPrime ?? [])).toBe('city');
    expect(breach?.keys.map((key) => compared.names(key))).toEqual(['id']);
    expect(breach?.anomaly.update).toContain('city is repeated in every row with the same zip');
    expect(breach?.accepted).toBeUndefined();
  });

  it('replay the chase to a row of old values, and find each dependency its table', () => {
    const compared = new Compared(ADDRESSES, 'a', 'zip -> city');
    for (const kind of ['recommended', '3NF', 'BCNF'] as const) {
      const { proposal, tables, join, homes } = compared.plan(kind);
      expect(proposal.tables.map(({ columns }) => compared.names(columns))).toEqual(['id street zip', 'zip city']);
      expect(tables.map(({ form, complete }) => `${form} ${complete}`)).toEqual(['BCNF true', 'BCNF true']);
      expect(join.start).toEqual([
        [0, 0, 0, 1],
        [2, 2, 0, 0],
      ]);
      expect(join.steps.map((step) => `${compared.fact(step)} ${step.row} ${step.from} ${step.column}`)).toEqual([
        'zip > city 0 1 3',
      ]);
      expect(join.whole).toBe(0);
      expect(homes.map((home) => `${compared.fact(home)}: ${home.kind} ${home.tables}`)).toEqual([
        'zip > city: inside 1',
        'id > street zip: inside 0',
      ]);
    }
  });

  it('name a lost dependency, the join that shows it and the triggers that keep it', () => {
    const compared = new Compared(POST, 'a', 'zip -> city');
    expect(compared.comparison.plans.map(({ choice, found }) => `${choice} ${found.ok}`)).toEqual([
      'recommended false',
      '3NF false',
      'BCNF true',
    ]);
    const { proposal, homes } = compared.plan('BCNF');
    const lost = homes.filter(({ kind }) => kind === 'lost');
    expect(lost.map((home) => compared.fact(home))).toEqual(['street city > zip']);
    expect([...(lost[0]?.join ?? [])].sort()).toEqual([0, 1]);
    const names = proposal.tables.map((_, at) => `Part ${at}`);
    const sql = lost[0] && lostDependencySql(compared.document, compared.table, proposal, names, lost[0]);
    expect(sql).toContain('CREATE CONSTRAINT TRIGGER street_city_determines_zip_1');
    expect(sql).toContain('"Part 1"');
    const inside = homes.find(({ kind }) => kind === 'inside');
    expect(inside && lostDependencySql(compared.document, compared.table, proposal, names, inside)).toBeUndefined();
  });

  it('give triggers in the words of the dialect', () => {
    const compared = new Compared(POST, 'a', 'zip -> city');
    const { settings } = compared.document.settings;
    if (settings === undefined) throw new Error('no settings');
    const document: Document = { ...compared.document, settings: { settings: { ...settings, dialect: 'sqlite' } } };
    const { proposal, homes } = compared.plan('BCNF');
    const lost = homes.find(({ kind }) => kind === 'lost');
    const sql = lost && lostDependencySql(document, compared.table, proposal, ['a', 'b'], lost);
    expect(sql).toMatch(/^CREATE TRIGGER street_city_determines_zip_1_insert AFTER INSERT/);
    expect(sql).toContain('RAISE(ABORT');
  });

  it('offer 4NF where values combine freely, joined two at a time', () => {
    const compared = new Compared(
      'CREATE TABLE c (course text, teacher text, book text, PRIMARY KEY (course, teacher, book));',
      'c',
      'course ->> book',
    );
    const { proposal, tables, join } = compared.plan('4NF');
    expect(proposal.tables.map(({ columns }) => compared.names(columns)).sort()).toEqual(['course book', 'course teacher']);
    expect(tables.every(({ fourth }) => fourth === true)).toBe(true);
    expect(join.whole).toBeUndefined();
    expect(join.merges.map(({ shared }) => compared.names(shared))).toEqual(['course']);
    const [breach] = compared.comparison.breaches;
    expect(breach?.form).toBe('4NF');
    expect(breach?.blocks?.map((block) => compared.names(block)).sort()).toEqual(['book', 'teacher']);
    expect(breach?.anomaly.insert).toContain('needs a row for every');
  });

  it('refuse every plan of a table without a key, and still prove what is wrong', () => {
    const compared = new Compared('CREATE TABLE n (zip text NOT NULL, city text NOT NULL, note text);', 'n', 'zip -> city');
    expect(compared.comparison.plans.map(({ found }) => (found.ok ? 'ok' : found.problem.code))).toEqual([
      'no-key',
      'no-key',
      'no-key',
    ]);
    expect(compared.comparison.breaches).toHaveLength(1);
  });

  it('mark what follows only from accepted redundancy, and leave it in place', () => {
    const exempt = { kind: 'accepted', reason: 'Wanted', maintenance: 'trigger', date: '2026-01-01' } as const;
    const compared = new Compared(ADDRESSES, 'a', ['zip -> city', { exempt }]);
    expect(compared.comparison.breaches.map(({ accepted }) => accepted)).toEqual([true]);
    expect(compared.comparison.plans.every(({ found }) => !found.ok && found.problem.code === 'one-part')).toBe(true);
  });

  it('say what was left open when the time is over, and that a table is gone', () => {
    const { document, table } = new Compared(ADDRESSES, 'a', 'zip -> city');
    const cut = compareDecompositions(document, table.id, { shouldStop: () => true });
    expect(cut.ok && cut.value.open).toBeTruthy();
    const gone = compareDecompositions(document, 'nothing', UNLIMITED);
    expect(gone.ok ? 'ok' : gone.problem.code).toBe('not-found');
  });
});
