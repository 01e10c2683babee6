import { describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { derivedIds } from '#lib/ids.ts';
import type { Column } from '#model/column-types.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyTable } from '#model/create.ts';
import type { Document, Relationship, Table } from '#model/types.ts';
import { builtin, column, shop, table } from '#test/inspected-shop.ts';
import { inferredKeys, isWholeHeading } from './inferred.ts';
import { freeName, marksOf, marksWords, soleIndex, soleUnique } from './marks.ts';
import { partitionName, partitionsOf, usualBound } from './partitions.ts';
import { keyCountWords, multivaluedProof, proofOf, verdictWords } from './proof-words.ts';
import { common, kindsOf, kindWord, sameBesidePlaces, selectedColumns, subjectOf, titleOf, titleOfRef } from './subject.ts';
import { countsOf, findingsOf, formHistogram, schemaCounts, severities } from './summary.ts';
import { tabOfPart } from './tab-of-part.ts';
import { tableChoices } from './table-choices.ts';
import { sourcePatch, VALUE_SOURCES, valueSource } from './value-source.ts';
import { count, listed, mismatchWords, pairWords, relationshipWords, rowsShort } from './words.ts';

const document = shop();
const orders = document.tables['tbl_orders'] as Table;
const relationship = document.relationships['rel_orders'] as Relationship;

function withRelationship(more: Partial<Relationship>, tables: Partial<Record<string, Partial<Table>>> = {}): Document {
  const changed = Object.fromEntries(Object.entries(document.tables).map(([id, one]) => [id, { ...one, ...tables[id] }]));
  return { ...document, tables: changed, relationships: { rel_orders: { ...relationship, ...more } } };
}

describe('words', () => {
  it('count and list', () => {
    expect(count(1, 'index', 'indexes')).toBe('1 index');
    expect(count(1200, 'column')).toBe('1,200 columns');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });

  it.each([
    [0, '0'],
    [950, '950'],
    [11_000, '11 k'],
    [4_200_000, '4.2 M'],
    [1_250_000_000, '1.3 G'],
  ])('say %d rows as %s', (rows, said) => {
    expect(rowsShort(rows)).toBe(said);
  });

  it('describe a relationship by what the keys make of it', () => {
    expect(relationshipWords(document, relationship)).toBe(
      'Each row of orders has at most one row of customers; each row of customers has any number of orders.',
    );
    expect(pairWords(document, relationship)).toBe('customer_id → id');
    const identifying = withRelationship({ childColumns: ['col_order_id'] });
    expect(relationshipWords(identifying, identifying.relationships['rel_orders'] as Relationship)).toContain(
      'exactly one row of customers and cannot exist without it',
    );
    const conceptual = withRelationship({ childColumns: [], parentColumns: [], manyToMany: true });
    expect(relationshipWords(conceptual, conceptual.relationships['rel_orders'] as Relationship)).toBe(
      'Many orders belong to many customers.',
    );
    expect(pairWords(conceptual, conceptual.relationships['rel_orders'] as Relationship)).toBe('');
  });

  it('say where the declared cardinality contradicts the keys, and what settles it', () => {
    const said = (declared: Relationship['declared']) => {
      const changed = withRelationship(declared === undefined ? {} : { declared });
      return mismatchWords(changed, changed.relationships['rel_orders'] as Relationship);
    };
    expect(said(undefined)).toEqual([]);
    expect(said({ child: '1..n', parent: '0..1' })).toEqual([]);
    expect(said({ child: '0..1' })).toEqual([expect.stringContaining('Make the foreign key’s columns unique')]);
    expect(said({ parent: '1' })).toEqual([expect.stringContaining('NOT NULL')]);
  });
});

const verdict: Verdict = {
  table: 'tbl_orders',
  highest: '2NF',
  byAssumption: false,
  noKey: false,
  candidateKeys: [['id']],
  keysComplete: true,
  keyCount: '1',
  prime: ['id'],
  complete: true,
  violations: [
    {
      form: '3NF',
      determinant: ['zip'],
      dependent: ['city'],
      closure: ['zip', 'city'],
      missing: ['id', 'a', 'b', 'c', 'd', 'e'],
      derivation: [],
    },
  ],
};
const name = (id: string) => id;

const proved = {
  ...emptyTable('tbl_orders', 'sch_public', 'orders'),
  columns: ['id', 'zip', 'city', 'a'].map((id) => ({
    id,
    name: id,
    type: { kind: 'builtin', name: 'text' } as const,
    nullable: false,
  })),
  keys: [{ id: 'pk', kind: 'primary' as const, columns: ['id'] }],
  dependencies: [{ id: 'd', determinant: ['zip'], dependent: ['city'] }],
};

describe('proofs', () => {
  it('show the closure and what it misses', () => {
    const proof = proofOf(proved, verdict, verdict.violations[0] as Verdict['violations'][number], name);
    expect(proof.title).toBe('Why not third normal form');
    expect(proof.closure).toBe('{zip}⁺ = {zip, city}');
    expect(proof.because[0]).toBe('It misses id, a, b, c and 2 more, so zip is no key.');
    expect(proof.because[1]).toContain('in no candidate key ({id})');
  });

  it('differ by form', () => {
    const of = (form: '2NF' | 'EKNF' | 'BCNF') =>
      proofOf(proved, verdict, { ...(verdict.violations[0] as Verdict['violations'][number]), form }, name);
    expect(of('2NF').because[1]).toContain('part of a candidate key');
    expect(of('BCNF').because[1]).toContain('every determinant should be a key');
    expect(of('BCNF').because[1]).toContain('city is prime');
    expect(of('EKNF').title).toContain('elementary');
  });

  it('name the dependencies and keys they use, and what goes wrong', () => {
    const violation = { ...(verdict.violations[0] as Verdict['violations'][number]), derivation: ['d', 'key:pk', 'key:gone'] };
    const proof = proofOf(proved, verdict, violation, name);
    expect(proof.derivation).toEqual(['zip → city', 'the key {id}', 'a unique index']);
    expect(proof.anomaly.update).toContain('city is repeated in every row with the same zip');
    expect(proof.todo).toContain('Move city to a table of its own');
  });

  it('say that values which combine freely share a table', () => {
    const proof = multivaluedProof({ dependency: 'm', determinant: ['zip'], dependent: ['city'] }, proved, name);
    expect(proof.closure).toBe('zip ↠ city');
    expect(proof.because[0]).toContain('each city stands with every id and a');
    expect(proof.anomaly.insert).toContain('A new city of one zip');
  });

  it('say of what was not decided what is proved', () => {
    const reason = 'not BCNF (proved); 3NF undecided: too many keys';
    const words = verdictWords({ ...verdict, highest: '1NF', complete: false, reason });
    expect(words).toContain('At least 1NF, proved');
    expect(words).toContain('Not BCNF (proved); 3NF undecided: too many keys.');
  });

  it('say what a verdict rests on', () => {
    expect(verdictWords({ ...verdict, highest: 'BCNF', byAssumption: true, violations: [] })).toContain('by assumption');
    const wanted = verdict.violations.map((one) => ({ ...one, accepted: true as const }));
    expect(verdictWords({ ...verdict, violations: wanted })).toContain('2NF by choice');
    expect(verdictWords({ ...verdict, noKey: true })).toContain('No key is enforced');
    expect(verdictWords({ ...verdict, highest: 'BCNF', violations: [] })).toContain('proved');
    expect(verdictWords({ ...verdict, complete: false, reason: 'Too many keys.' })).toContain('Too many keys.');
    expect(keyCountWords(verdict)).toBe('1 key, complete');
    expect(keyCountWords({ ...verdict, keysComplete: false, keyCount: '1,024' })).toBe('1 key shown of 1,024');
  });
});

describe('inferredKeys', () => {
  it('takes only what really is a key', () => {
    const one = table('t', [column('id'), column('mail', builtin('text'), { nullable: true }), column('code')], {
      keys: [
        { id: 'k1', kind: 'primary', columns: ['col_id'] },
        { id: 'k2', kind: 'unique', columns: ['col_mail'] },
        { id: 'k3', kind: 'unique', columns: ['col_code'] },
      ],
      indexes: [
        { id: 'i1', unique: true, elements: [{ column: 'col_code' }] },
        { id: 'i2', unique: true, elements: [{ expression: 'lower(code)' }] },
        { id: 'i3', unique: true, elements: [{ column: 'col_id' }, { column: 'col_code' }], where: 'true' },
        { id: 'i4', unique: true, nullsNotDistinct: true, elements: [{ column: 'col_mail' }] },
      ],
    });
    expect(inferredKeys(document, one)).toEqual([
      { columns: ['col_id'], from: 'primary key' },
      { columns: ['col_code'], from: 'unique key' },
      { columns: ['col_mail'], from: 'unique index' },
    ]);
    const link = { id: 'r', child: 't', parent: 'p', childColumns: ['col_id'], parentColumns: ['x'] };
    const parent = { ...table('people', []), id: 'p' };
    const paired = { ...document, tables: { ...document.tables, p: parent }, relationships: { r: { ...link, child: one.id } } };
    expect(inferredKeys(paired, one)[0]).toEqual({ columns: ['col_id'], from: 'primary key', pairs: 'people' });
    expect(isWholeHeading(document, one, ['col_id', 'col_mail', 'col_code'])).toBe(true);
    expect(isWholeHeading(document, one, ['col_id'])).toBe(false);
  });
});

describe('marks', () => {
  it('show keys, foreign keys and indexes of columns', () => {
    const changed = {
      ...orders,
      indexes: [{ id: 'i', elements: [{ column: 'col_status' }] }],
      keys: [...orders.keys, { id: 'u', kind: 'unique' as const, columns: ['col_status'] }],
    };
    const marks = marksOf(document, changed);
    expect(marks.get('col_order_id')).toMatchObject({ primary: true, foreign: false });
    expect(marks.get('col_customer_id')).toMatchObject({ foreign: true, primary: false });
    expect(marksWords(marks.get('col_status'))).toBe('unique, indexed');
    expect(marksWords(undefined)).toBe('no keys');
    expect(soleUnique(changed, 'col_status')).toBe('u');
    expect(soleIndex(changed, 'col_status')).toBe('i');
    expect(soleIndex(changed, 'col_order_id')).toBeUndefined();
  });

  it('find a free name', () => {
    expect(freeName('a', [])).toBe('a');
    expect(freeName('a', ['a', 'a_2'])).toBe('a_3');
  });
});

describe('value sources', () => {
  const plain = column('n', builtin('bigint'));
  const states: readonly Column[] = [
    plain,
    { ...plain, default: { kind: 'literal', sql: '0' } },
    { ...plain, identity: { mode: 'always', options: { start: '5' } } },
    { ...plain, generated: { expression: 'a + b', stored: true } },
  ];

  it('become what is chosen, from every state, as the model accepts it', () => {
    for (const before of states) {
      for (const { value } of VALUE_SOURCES) {
        const start = { ...document, tables: { tbl_t: table('t', [before]) } };
        const ran = runCommands(
          start,
          [{ name: 'setColumn', args: { table: 'tbl_t', id: before.id, patch: sourcePatch(before, value) } }],
          derivedIds(),
        );
        if (!ran.ok) throw new Error(ran.problem.message);
        const after = ran.value.document.tables['tbl_t']?.columns[0] as Column;
        expect(valueSource(after)).toBe(value);
        expect([after.default, after.identity, after.generated].filter((one) => one !== undefined).length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keep an identity’s options when its mode changes', () => {
    expect(sourcePatch(states[2] as Column, 'identity by default').identity).toEqual({
      mode: 'by default',
      options: { start: '5' },
    });
  });
});

describe('subjects', () => {
  it('are the model, a record with its part, or several', () => {
    expect(subjectOf(document, [])).toEqual({ kind: 'model' });
    expect(subjectOf(document, [{ record: 'gone' }, { record: 'settings' }])).toEqual({ kind: 'model' });
    expect(subjectOf(document, [{ record: 'tbl_orders', part: 'col_status' }])).toMatchObject({
      kind: 'record',
      collection: 'tables',
      part: 'col_status',
    });
    expect(subjectOf(document, [{ record: 'tbl_orders' }, { record: '__proto__' }])).toMatchObject({ kind: 'record' });
    expect(subjectOf(document, [{ record: 'tbl_orders' }, { record: 'tbl_customers' }])).toMatchObject({ kind: 'several' });
  });

  it('stay the same while things are only moved about', () => {
    const moved = { ...document, placements: {}, routes: {} };
    expect(sameBesidePlaces(document, moved)).toBe(true);
    expect(sameBesidePlaces(document, { ...moved, areas: {} })).toBe(false);
    expect(sameBesidePlaces(document, { ...moved, tables: {} })).toBe(false);
  });

  it('have a kind and a title', () => {
    expect(kindWord('tables', orders)).toBe('Table');
    expect(kindWord('tables', { ...orders, partitionOf: { parent: 'x', bound: 'DEFAULT' } })).toBe('Partition');
    expect(kindWord('types', document.types['typ_email'] as Document['types'][string])).toBe('Domain');
    expect(kindWord('relationships', relationship)).toBe('Foreign key');
    expect(titleOf(document, 'relationships', relationship)).toBe('orders → customers');
    expect(titleOfRef(document, { record: 'tbl_orders', part: 'col_status' })).toBe('column status of orders');
    expect(titleOfRef(document, { record: 'tbl_orders', part: 'key_orders' })).toBe('key of orders');
    expect(titleOfRef(document, { record: 'gone' })).toBe('it');
  });

  it('share what they have in common', () => {
    expect(common([1, 1])).toBe(1);
    expect(common([1, 2])).toBeUndefined();
    expect(common([])).toBeUndefined();
    const refs = [{ record: 'tbl_orders', part: 'col_status' }, { record: 'tbl_orders' }, { record: 'tbl_customers' }];
    expect(selectedColumns(document, refs).map(({ column: one }) => one.name)).toEqual(['status']);
    expect(kindsOf(document, refs)).toEqual([
      { word: 'column', many: 1 },
      { word: 'table', many: 2 },
    ]);
  });

  it('open at the tab of their part', () => {
    const one = {
      ...orders,
      checks: [{ id: 'chk', expression: 'true' }],
      indexes: [{ id: 'idx', elements: [{ column: 'col_status' }] }],
    };
    expect(['col_status', 'key_orders', 'chk', 'idx', 'gone'].map((part) => tabOfPart(one, part))).toEqual([
      'columns',
      'keys',
      'keys',
      'indexes',
      undefined,
    ]);
  });
});

describe('the summary', () => {
  const finding = (severity: Finding['severity'], record: string, waivedBy?: string): Finding => ({
    rule: 'r',
    severity,
    at: [{ record }],
    message: { what: '', why: '', todo: '' },
    fixes: [],
    ...(waivedBy === undefined ? {} : { waivedBy }),
  });
  const findings = [finding('error', 'a'), finding('warning', 'b'), finding('warning', 'a', 'w')];

  it('counts what there is and leaves out what there is not', () => {
    expect(countsOf(document).map(({ one, number }) => [one, number])).toEqual([
      ['table', 2],
      ['column', 5],
      ['relationship', 1],
      ['type', 4],
    ]);
    expect(severities(findings)).toEqual({ error: 1, warning: 1, info: 0 });
    expect(findingsOf(findings, 'a')).toHaveLength(1);
  });

  it('draws normal forms and schemas', () => {
    const verdicts = {
      a: verdict,
      b: { ...verdict, highest: 'BCNF' as const, byAssumption: true },
      c: { ...verdict, highest: 'BCNF' as const },
    };
    expect(formHistogram(verdicts)).toEqual([
      { form: '2NF', tables: 1, assumed: 0 },
      { form: 'BCNF', tables: 2, assumed: 1 },
    ]);
    expect(schemaCounts(document).map(({ schema, tables }) => [schema.name, tables])).toEqual([
      ['public', 1],
      ['sales', 1],
    ]);
  });
});

describe('tables and partitions to choose', () => {
  it('names tables as seen from a schema', () => {
    expect(tableChoices(document, 'sch_sales').map(({ text, key }) => [text, key])).toEqual([
      ['orders', 'order_id'],
      ['public.customers', 'id'],
    ]);
  });

  it('lists partitions in order, the default one last', () => {
    const parent = table('log', [column('at')], { partitioning: { strategy: 'range', elements: [{ column: 'col_at' }] } });
    const part = (named: string, bound: string) => table(named, [], { partitionOf: { parent: 'tbl_log', bound } });
    const parts = [
      part('log_10', 'FOR VALUES FROM (10) TO (11)'),
      part('log_a', 'DEFAULT'),
      part('log_9', 'FOR VALUES FROM (9) TO (10)'),
    ];
    const all = { ...document, tables: Object.fromEntries([parent, ...parts].map((one) => [one.id, one])) };
    expect(partitionsOf(all, 'tbl_log').map((one) => one.name)).toEqual(['log_9', 'log_10', 'log_a']);
    expect(partitionName(parent, new Set(['log_p1']))).toBe('log_p2');
    expect(usualBound(parent)).toContain('FROM');
  });
});
