import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { RULES } from '#engine/rules/registry.ts';
import type { QueryFacts, TableUse } from '#engine/workload/facts.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import type { LensContext, LensId } from './lens.ts';
import { readAll } from './lens-store.ts';
import { LENSES, lensesFor, lensOf } from './registry.ts';
import { SECURITY_RULES } from './security-lens.ts';
import { bytesText } from './size-lens.ts';

const table = (id: string, more: Partial<Table> = {}): Table => ({
  ...emptyTable(id, 'sch_public', id),
  columns: [{ id: `${id}_id`, name: 'id', type: { kind: 'builtin', name: 'bigint' }, nullable: false }],
  ...more,
});
const personal = (id: string): Table['columns'] => [
  { id: `${id}_mail`, name: 'email', type: { kind: 'builtin', name: 'text' }, nullable: true, classification: 'contact' },
];
const documentOf = (...tables: Table[]): Document => ({
  ...emptyDocument(),
  tables: Object.fromEntries(tables.map((one) => [one.id, one])),
});
const finding = (rule: string, severity: Severity, record: string, more: Partial<Finding> = {}): Finding => ({
  rule,
  severity,
  at: [{ record }],
  message: { what: '', why: '', todo: '' },
  fixes: [],
  ...more,
});
const verdict = (id: string, more: Partial<Verdict>): Verdict => ({
  table: id,
  highest: 'BCNF',
  byAssumption: false,
  noKey: false,
  candidateKeys: [],
  keysComplete: true,
  keyCount: '1',
  prime: [],
  violations: [],
  complete: true,
  ...more,
});
const context = (document: Document, more: Partial<LensContext> = {}): LensContext => ({
  document,
  findings: [],
  normalForms: {},
  workload: {},
  ...more,
});
const marks = (lens: LensId, given: LensContext) =>
  Object.fromEntries([...readAll(lens, given, new Map())].map(([id, { step, mark }]) => [id, `${step} ${mark}`]));

describe('lenses', () => {
  it('have keys 1 to 7, steps with different signs, and tones their palette has', () => {
    expect(LENSES.map((one) => one.key)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    for (const lens of LENSES) {
      const { steps, palette } = lens.scale(context(emptyDocument()));
      expect(new Set(steps.map((step) => step.sign)).size, lens.id).toBe(steps.length);
      expect(new Set(steps.map((step) => step.tone)).size, lens.id).toBe(steps.length);
      for (const { tone } of steps) expect(tone).toBeLessThan(palette === 'ordered' ? 5 : 3);
    }
  });

  it('are offered only where they have something to show', () => {
    expect(lensesFor(documentOf(table('a'))).map((one) => one.id)).toEqual(['structure', 'form', 'findings', 'size', 'security']);
    expect(lensOf('heat').scale(context(emptyDocument())).steps).toHaveLength(5);
    expect(lensOf('diff').scale(context(emptyDocument())).steps).toHaveLength(3);
  });

  it('read normal forms, and mark what is assumed', () => {
    const document = documentOf(table('a'), table('b'), table('c'), table('d'));
    const normalForms = {
      a: verdict('a', {}),
      b: verdict('b', { highest: '2NF', byAssumption: true }),
      c: verdict('c', { highest: '1NF', noKey: true }),
    };
    expect(marks('form', context(document, { normalForms }))).toEqual({ a: '0 BCNF', b: '2 2NF ?', c: '4 no key' });
    const beyond = { fourth: { holds: true, because: 'given', words: '' }, fifth: { because: 'undecided', words: '' } } as const;
    const combined = [{ dependency: 'm', determinant: ['x'], dependent: ['y'] }];
    const others = {
      a: verdict('a', { multivalued: [], beyond }),
      b: verdict('b', { multivalued: combined, beyond: { ...beyond, fourth: { ...beyond.fourth, holds: false } } }),
      c: verdict('c', { highest: '2NF', complete: false }),
    };
    const given = context(document, { normalForms: others });
    expect(marks('form', given)).toEqual({ a: '0 4NF', b: '1 BCNF', c: '2 2NF+' });
    expect([...readAll('form', given, new Map()).values()].map((one) => one.says)).toEqual([
      '4NF',
      'BCNF, not 4NF',
      'at least 2NF, not all decided',
    ]);
  });

  it('read the worst finding and count; waived ones count nowhere', () => {
    const findings = [
      finding('x', 'warning', 'a'),
      finding('x', 'error', 'a'),
      finding('x', 'info', 'b'),
      finding('x', 'error', 'c', { waivedBy: 'w' }),
    ];
    const document = documentOf(table('a'), table('b'), table('c'));
    expect(marks('findings', context(document, { findings }))).toEqual({ a: '3 ● 2', b: '1 i 1', c: '0 ✓' });
    const says = [...readAll('findings', context(document, { findings }), new Map()).values()].map((one) => one.says);
    expect(says).toEqual(['2 findings, the worst is an error', '1 finding, the worst is a note', 'nothing found']);
  });

  it('read sizes of whole tables where rows are declared, of rows where none are, and say which', () => {
    const bare = context(documentOf(table('a'), table('b')));
    expect(marks('size', bare)).toEqual({ a: '0 36 B', b: '0 36 B' });
    expect(lensOf('size').scale(bare).note).toContain('no table declares');
    const some = context(documentOf(table('a', { facts: { rows: 1e9 } }), table('b', { facts: { rows: 10 } }), table('c')));
    expect(marks('size', some)).toEqual({ a: '3 36 GB', b: '0 8.2 kB' });
    expect(lensOf('size').scale(some).note).toContain('that the rows declared take');
  });

  it('read how often tables are read and written, on a scale of hundreds, and flag those that are written more', () => {
    const use = (of: string, kind?: 'insert' | 'update'): TableUse => ({
      table: of,
      name: of,
      through: [],
      block: 0,
      read: kind !== 'insert',
      predicates: [],
      alternatives: [],
      keysets: [],
      order: [],
      group: [],
      distinct: [],
      extremes: [],
      columns: [],
      star: false,
      ...(kind === undefined ? {} : { write: { kind, columns: [] } }),
    });
    const facts = (statement: QueryFacts['statement'], ...uses: readonly TableUse[]): QueryFacts => ({
      statement,
      uses,
      joins: [],
      findings: [],
      parameters: [],
      normal: '',
      fingerprint: '',
    });
    const workload = {
      r: facts('select', use('a'), use('b')),
      i: facts('insert', use('b', 'insert')),
      u: facts('update', use('c', 'update')),
    };
    const query = (id: string, callsPerHour?: number) => ({
      id,
      name: id,
      sql: '',
      ...(callsPerHour === undefined ? {} : { callsPerHour }),
    });
    const tables = documentOf(table('a'), table('b'), table('c'), table('d'));
    const withRates = (r?: number, i?: number, u?: number): Document => ({
      ...tables,
      queries: { r: query('r', r), i: query('i', i), u: query('u', u) },
    });
    expect(lensesFor(tables).map(({ id }) => id)).not.toContain('heat');
    expect(lensesFor(withRates()).map(({ id }) => id)).toContain('heat');
    const rated = context(withRates(50, 2_000_000), { workload });
    expect(marks('heat', rated)).toEqual({ a: '1 50/h', b: '4 2M/h ✎', c: '0 0/h', d: '0 0/h' });
    const readings = readAll('heat', rated, new Map());
    expect([...readings.values()].map(({ flag }) => flag)).toEqual([undefined, '✎', undefined, undefined]);
    expect([...readings.values()].map(({ says }) => says)).toEqual([
      '50 reads and 0 writes an hour',
      '50 reads and 2,000,000 writes an hour',
      '0 reads and 0 writes an hour, 1 of unknown rate',
      'no query uses it',
    ]);
    // Nobody said how often: queries are counted.
    const counted = context(withRates(), { workload });
    expect(marks('heat', counted)).toEqual({ a: '1 1', b: '2 2 ✎', c: '1 1 ✎', d: '0 0' });
    expect(lensOf('heat').scale(counted).note).toContain('counted');
    const more = context(withRates(9, 9, 9), { workload });
    expect(marks('heat', more)).toEqual({ a: '1 9/h', b: '1 18/h ✎', c: '1 18/h ✎', d: '0 0/h' });
  });

  it('say bytes in few letters', () => {
    expect([0, 999, 1000, 9960, 12_345, 1.5e9, 3e18].map(bytesText)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '10.0 kB',
      '12 kB',
      '1.5 GB',
      '3000 PB',
    ]);
  });

  it('read where personal data is and what stands before it', () => {
    const document = documentOf(
      table('plain'),
      table('open', { columns: personal('open') }),
      table('behind', { columns: personal('behind'), rowSecurity: 'enabled' }),
      table('maybe'),
      table('broken'),
    );
    const findings = [finding('pii-unclassified', 'info', 'maybe'), finding('rls-enabled-no-policy', 'warning', 'broken')];
    expect(marks('security', context(document, { findings }))).toEqual({
      plain: '0 –',
      open: '3 P 1',
      behind: '1 R 1',
      maybe: '2 ?',
      broken: '4 !',
    });
  });

  it('name security rules that exist', () => {
    const ids = new Set(RULES.map((rule) => rule.id));
    expect(SECURITY_RULES.filter((id) => !ids.has(id))).toEqual([]);
    const missing = RULES.filter((rule) => rule.category === 'security' && !SECURITY_RULES.some((id) => id === rule.id));
    expect(missing.map((rule) => rule.id)).toEqual([]);
  });

  it('keep what they said while it stays true', () => {
    const document = documentOf(table('a'), table('b'));
    const before = readAll('findings', context(document, { findings: [finding('x', 'error', 'a')] }), new Map());
    expect(readAll('findings', context(document, { findings: [finding('y', 'error', 'a')] }), before)).toBe(before);
    const after = readAll('findings', context(document), before);
    expect(after.get('b')).toBe(before.get('b'));
    expect(after.get('a')).not.toBe(before.get('a'));
    expect(readAll('findings', context(documentOf(table('b'))), before).has('a')).toBe(false);
  });
});
