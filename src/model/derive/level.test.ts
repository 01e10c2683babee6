import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { documents } from '#test/arbitrary/document.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { runs } from '#test/runs.ts';
import type { Column } from '../column-types.ts';
import type { CommandCall } from '../commands/registry.ts';
import { runCommands } from '../commands/run.ts';
import type { HierarchyStrategy } from '../concept-types.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import { applyDiff, reverseDiff } from '../diff.ts';
import { serialize } from '../format/serialize.ts';
import { type Level, MAIN_DIAGRAM } from '../layout-types.ts';
import type { Document, Relationship, Table } from '../types.ts';
import { validate } from '../validate.ts';
import { endsOf } from './ends.ts';
import { seenAs, seenOn } from './level.ts';
import { PLAIN_LOOK } from './look.ts';

const at = (document: Document, level: Level) => seenAs(document, { ...PLAIN_LOOK, level });

function ran(document: Document, ...calls: CommandCall[]): Document {
  const result = runCommands(document, calls, derivedIds());
  if (!result.ok) throw new Error(result.problem.message);
  expect(validate(result.value.document)).toEqual([]);
  return result.value.document;
}

/** What a conceptual diagram says, by names: entities with their attributes, relationships with their ends, hierarchies. */
function concept(document: Document): unknown {
  const seen = at(document, 'conceptual');
  const name = (id: string) => seen.tables[id]?.name ?? id;
  return {
    entities: Object.values(seen.tables)
      .map((table) => `${table.name}: ${table.columns.map((column) => column.name).join(', ')}`)
      .sort(),
    relationships: Object.values(seen.relationships)
      .map((one) => {
        const { child, parent, identifying } = endsOf(seen, one);
        const line = `${name(one.child)} ${child} ${parent} ${name(one.parent)}`;
        return `${line}${identifying ? ' identifying' : ''}${one.manyToMany === true ? ' M:N' : ''}`;
      })
      .sort(),
    hierarchies: Object.values(seen.hierarchies)
      .map((one) => `${name(one.supertype)} > ${one.subtypes.map(name).join(', ')}`)
      .sort(),
  };
}

const builtin = (name: string) => ({ kind: 'builtin', name }) as const;
const column = (id: string, name: string, type = 'text', nullable = true): Column => ({ id, name, type: builtin(type), nullable });

function table(name: string, columns: readonly Column[], key: readonly string[]): Table {
  const id = `tbl_${name}`;
  const keys = key.length === 0 ? [] : [{ id: `${id}_pk`, kind: 'primary' as const, columns: key }];
  return { ...emptyTable(id, 'sch_public', name), columns, keys };
}

const link = (id: string, child: string, childColumns: string[], parent: string, parentColumns: string[]): Relationship => ({
  id,
  child: `tbl_${child}`,
  parent: `tbl_${parent}`,
  childColumns,
  parentColumns,
});

/** People who are customers or employees, their orders and departments, and what refers to them. */
function people(): Document {
  const tables = [
    table('people', [column('p_id', 'id', 'bigserial', false), column('p_name', 'name', 'text', false)], ['p_id']),
    table('customers', [column('c_id', 'id', 'bigint', false), column('c_limit', 'credit_limit', 'numeric')], ['c_id']),
    table(
      'employees',
      [
        column('e_no', 'employee_no', 'integer', false),
        column('e_dept', 'department_id', 'integer', false),
        column('e_phones', 'phones', 'text'),
      ],
      ['e_no'],
    ),
    table('departments', [column('d_id', 'id', 'integer', false), column('d_name', 'name')], ['d_id']),
    table('orders', [column('o_id', 'id', 'bigint', false), column('o_cust', 'customer_id', 'bigint', false)], ['o_id']),
    table('badges', [column('b_id', 'id', 'bigint', false), column('b_person', 'person_id', 'bigint')], ['b_id']),
    table('skills', [column('s_id', 'id', 'integer', false), column('s_name', 'name')], ['s_id']),
    table(
      'employee_skills',
      [column('es_e', 'employee_no', 'integer', false), column('es_s', 'skill_id', 'integer', false)],
      ['es_e', 'es_s'],
    ),
  ];
  const relationships = [
    link('rel_dept', 'employees', ['e_dept'], 'departments', ['d_id']),
    link('rel_order', 'orders', ['o_cust'], 'customers', ['c_id']),
    link('rel_badge', 'badges', ['b_person'], 'people', ['p_id']),
    link('rel_es_e', 'employee_skills', ['es_e'], 'employees', ['e_no']),
    link('rel_es_s', 'employee_skills', ['es_s'], 'skills', ['s_id']),
  ];
  const byId = <T extends { readonly id: string }>(all: readonly T[]) => Object.fromEntries(all.map((one) => [one.id, one]));
  return {
    ...emptyDocument('People'),
    tables: byId(tables),
    relationships: byId(relationships),
    hierarchies: { isa: { id: 'isa', supertype: 'tbl_people', subtypes: ['tbl_customers', 'tbl_employees'], complete: true } },
  };
}

const STRATEGIES: readonly HierarchyStrategy[] = ['one-table', 'table-per-type', 'table-per-concrete'];

describe('levels', () => {
  it('the conceptual level shows entities, attributes and relationships, no keys of others and no junctions', () => {
    const document = people();
    expect(validate(document)).toEqual([]);
    expect(concept(document)).toEqual({
      entities: [
        'badges: id',
        'customers: credit_limit',
        'departments: id, name',
        'employees: employee_no, phones',
        'orders: id',
        'people: id, name',
        'skills: id, name',
      ],
      relationships: [
        'badges 0..n 0..1 people',
        'employees 0..n 0..n skills M:N',
        'employees 0..n 1 departments',
        'orders 0..n 1 customers',
      ],
      hierarchies: ['people > customers, employees'],
    });
  });

  it('the logical level has generic types and keys, unique indexes among them, and nothing of storage', () => {
    const document = people();
    const indexed: Table = {
      ...(document.tables['tbl_departments'] as Table),
      indexes: [{ id: 'i', unique: true, elements: [{ column: 'd_name' }] }],
      checks: [{ id: 'k', expression: 'true' }],
    };
    const seen = at({ ...document, tables: { ...document.tables, tbl_departments: indexed } }, 'logical');
    const shown = seen.tables['tbl_departments'] as Table;
    expect(shown.columns.map((one) => one.type)).toEqual([
      { kind: 'other', name: 'integer' },
      { kind: 'other', name: 'text' },
    ]);
    expect(shown.keys.map((key) => [key.kind, ...key.columns])).toEqual([
      ['primary', 'd_id'],
      ['unique', 'd_name'],
    ]);
    expect([shown.indexes, shown.checks]).toEqual([[], []]);
    expect(seen.tables['tbl_employee_skills']).toBeDefined();
  });

  it('the physical level is the document itself, and another one keeps its tables while others are edited', () => {
    const document = { ...people(), hierarchies: {} };
    expect(at(document, 'physical')).toBe(document);
    const edited = ran(document, { name: 'setTable', args: { id: 'tbl_orders', patch: { comment: 'x' } } });
    for (const level of ['conceptual', 'logical'] as const) {
      const [a, b] = [at(document, level), at(edited, level)];
      for (const id of Object.keys(a.tables)) expect(b.tables[id] === a.tables[id]).toBe(id !== 'tbl_orders');
      for (const id of Object.keys(a.relationships)) expect(b.relationships[id]).toBe(a.relationships[id]);
    }
  });

  it('a table that others refer to is an entity, though it holds nothing but pairs', () => {
    const document = people();
    const grades = table('grades', [column('g_e', 'e', 'integer', false), column('g_s', 's', 'integer', false)], []);
    const both = {
      ...document,
      tables: { ...document.tables, tbl_grades: grades },
      relationships: {
        ...document.relationships,
        rel_grade: link('rel_grade', 'grades', ['g_e', 'g_s'], 'employee_skills', ['es_e', 'es_s']),
      },
    };
    const seen = at(both, 'conceptual');
    expect(seen.tables['tbl_employee_skills']).toBeDefined();
    expect(Object.values(seen.relationships).some((one) => one.manyToMany === true)).toBe(false);
  });
});

describe('laws of levels', () => {
  const levels: readonly Level[] = ['conceptual', 'logical', 'physical'];

  it('[L1] looking at a level never changes the model: from any level through any other and back is where one was', () => {
    fc.assert(
      fc.property(documents, fc.shuffledSubarray([...levels, ...levels]), (document, path) => {
        const text = serialize(document);
        let now = document;
        const call = (level: Level): CommandCall => ({
          name: 'setDiagram',
          args: { id: MAIN_DIAGRAM, patch: { level: level === 'physical' ? null : level } },
        });
        for (const level of path) {
          now = ran(now, call(level));
          seenOn(now, MAIN_DIAGRAM);
          expect(serialize({ ...now, diagrams: document.diagrams })).toBe(text);
        }
        expect(serialize(ran(now, call('physical')))).toBe(text);
      }),
      runs(61, 40),
    );
  });

  it('[L2] what is shown follows from the document alone, whatever was looked at before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const dice = seededDice(seed);
        const ids = derivedIds();
        let document = emptyDocument();
        for (let step = 0; step < 60; step++) {
          const result = runCommands(document, [randomCall(document, dice)], ids);
          if (!result.ok) continue;
          document = result.value.document;
          const fresh = structuredClone(document);
          for (const level of ['conceptual', 'logical'] as const) {
            const seen = at(document, level);
            expect(JSON.stringify(seen)).toBe(JSON.stringify(at(fresh, level)));
            for (const one of Object.values(seen.relationships)) {
              expect(Object.hasOwn(seen.tables, one.child) && Object.hasOwn(seen.tables, one.parent)).toBe(true);
            }
          }
        }
      }),
      runs(62, 12),
    );
  });
});

describe('resolving', () => {
  for (const strategy of STRATEGIES) {
    it(`[L3] ${strategy}: the concept is the same before and after, and taking it back gives the tables as they were`, () => {
      const document = people();
      const call: CommandCall = { name: 'resolveHierarchy', args: { id: 'isa', strategy } };
      const result = runCommands(document, [call], derivedIds());
      if (!result.ok) throw new Error(result.problem.message);
      const resolved = result.value.document;
      expect(validate(resolved)).toEqual([]);
      expect(concept(resolved)).toEqual(concept(document));
      expect(serialize(applyDiff(resolved, reverseDiff(result.value.diff)))).toBe(serialize(document));
      expect(serialize(ran(resolved, { name: 'unresolve', args: { id: 'isa' } }))).toBe(serialize(document));
    });
  }

  it('one table takes the subtypes’ columns, and their foreign keys lead to and from it', () => {
    const resolved = ran(people(), { name: 'resolveHierarchy', args: { id: 'isa', strategy: 'one-table' } });
    expect(Object.keys(resolved.tables).sort()).toEqual(
      ['tbl_badges', 'tbl_departments', 'tbl_employee_skills', 'tbl_orders', 'tbl_people', 'tbl_skills'].sort(),
    );
    const one = resolved.tables['tbl_people'] as Table;
    expect(one.columns.map((each) => `${each.name}${each.nullable ? '?' : ''}`)).toEqual([
      'id',
      'name',
      'kind',
      'credit_limit?',
      'employee_no?',
      'department_id?',
      'phones?',
    ]);
    const kind = Object.values(resolved.types)[0];
    expect(kind).toMatchObject({ kind: 'enum', name: 'people_kind', values: ['customers', 'employees'] });
    const ends = Object.values(resolved.relationships).map((each) => `${each.child} ${each.parent}`);
    expect(ends.sort()).toEqual(
      [
        'tbl_badges tbl_people',
        'tbl_employee_skills tbl_people',
        'tbl_employee_skills tbl_skills',
        'tbl_orders tbl_people',
        'tbl_people tbl_departments',
      ].sort(),
    );
  });

  it('a table for each concrete type repeats the supertype; what referred to it is kept, but no longer enforced', () => {
    const resolved = ran(people(), { name: 'resolveHierarchy', args: { id: 'isa', strategy: 'table-per-concrete' } });
    expect(resolved.tables['tbl_people']).toBeUndefined();
    expect(resolved.tables['tbl_customers']?.columns.map((each) => each.name)).toEqual(['id', 'credit_limit', 'name']);
    expect(resolved.tables['tbl_employees']?.columns.map((each) => each.name)).toContain('id');
    expect(resolved.associations['rel_badge']).toBeDefined();
    expect(Object.values(resolved.relationships).some((each) => each.child === 'tbl_badges')).toBe(false);
  });

  it('taking one table back leaves the type of its discriminator to whoever else has taken to it', () => {
    const resolved = ran(people(), { name: 'resolveHierarchy', args: { id: 'isa', strategy: 'one-table' } });
    const type = Object.keys(resolved.types)[0] as string;
    const used = ran(resolved, {
      name: 'setColumn',
      args: { table: 'tbl_badges', id: 'b_person', patch: { type: { kind: 'builtin', name: 'text' } } },
    });
    expect(ran(used, { name: 'unresolve', args: { id: 'isa' } }).types).toEqual({});
    const shared = ran(resolved, {
      name: 'addColumn',
      args: { table: 'tbl_badges', column: { id: 'b_kind', name: 'kind', type: { kind: 'custom', type }, nullable: true } },
    });
    const back = ran(shared, { name: 'unresolve', args: { id: 'isa' } });
    expect(Object.keys(back.types)).toEqual([type]);
    expect(back.tables['tbl_people']?.columns.some((each) => each.type.kind === 'custom')).toBe(false);
  });

  it('overlapping subtypes in one table get a flag each', () => {
    const document = people();
    const isa = { ...(document.hierarchies['isa'] as Document['hierarchies'][string]), overlapping: true };
    const resolved = ran(
      { ...document, hierarchies: { isa } },
      { name: 'resolveHierarchy', args: { id: 'isa', strategy: 'one-table' } },
    );
    expect(resolved.tables['tbl_people']?.columns.map((each) => each.name)).toEqual(
      expect.arrayContaining(['is_customers', 'is_employees']),
    );
    expect(resolved.types).toEqual({});
  });

  it('[L3] a multivalued attribute: the concept is the same, the values have a table, and it can be taken back', () => {
    const document = ran(people(), {
      name: 'addAttribute',
      args: { record: { id: 'attr', entity: 'tbl_employees', column: 'e_phones' } },
    });
    const resolved = ran(document, { name: 'resolveAttribute', args: { id: 'attr' } });
    expect(concept(resolved)).toEqual(concept(document));
    const values = Object.values(resolved.tables).find((each) => each.name === 'employee_phones');
    expect(values?.columns.map((each) => each.name)).toEqual(['employee_no', 'phones']);
    expect(values?.keys[0]?.columns).toHaveLength(2);
    expect(resolved.tables['tbl_employees']?.columns.some((each) => each.name === 'phones')).toBe(false);
    expect(serialize(ran(resolved, { name: 'unresolve', args: { id: 'attr' } }))).toBe(serialize(document));
  });

  it('[L3] a many-to-many relationship: the concept has gained at most attributes of its own', () => {
    const base = people();
    const fact: Relationship = { ...link('rel_mn', 'orders', [], 'skills', []), manyToMany: true };
    const document: Document = { ...base, relationships: { ...base.relationships, rel_mn: fact } };
    const args = { left: 'tbl_orders', right: 'tbl_skills', conceptual: 'rel_mn' };
    const resolved = ran(document, {
      name: 'addManyToMany',
      args: { ...args, attributes: [{ name: 'level', type: builtin('integer') }] },
    });
    expect(concept(resolved)).toEqual(concept(document));
    expect(at(resolved, 'conceptual').relationships['rel_mn']).toMatchObject({ own: ['level'] });
    expect(at(resolved, 'physical').relationships['rel_mn']).toBeUndefined();
    expect(at(document, 'physical').relationships['rel_mn']).toBeDefined();
    expect(serialize(ran(resolved, { name: 'unresolve', args: { id: 'rel_mn' } }))).toBe(serialize(document));
    expect(runCommands(resolved, [{ name: 'addManyToMany', args }], derivedIds())).toMatchObject({ problem: { code: 'resolved' } });
  });

  it('[L3] on random documents, for every strategy: the same concept, valid, undone and taken back', () => {
    let resolvedOnes = 0;
    fc.assert(
      fc.property(
        documents,
        fc.constantFrom(...STRATEGIES),
        fc.boolean(),
        fc.boolean(),
        (given, strategy, overlapping, complete) => {
          const [supertype, ...subtypes] = Object.keys(given.tables);
          if (supertype === undefined || subtypes.length === 0) return;
          const document = ran(given, {
            name: 'addHierarchy',
            args: {
              record: {
                id: 'isa',
                supertype,
                subtypes: subtypes.slice(0, 2),
                ...(overlapping ? { overlapping } : {}),
                ...(complete ? { complete } : {}),
              },
            },
          });
          const result = runCommands(document, [{ name: 'resolveHierarchy', args: { id: 'isa', strategy } }], derivedIds());
          if (!result.ok) return;
          resolvedOnes += 1;
          const { document: resolved, diff } = result.value;
          expect(validate(resolved)).toEqual([]);
          expect(concept(resolved)).toEqual(concept(document));
          expect(serialize(applyDiff(resolved, reverseDiff(diff)))).toBe(serialize(document));
          expect(serialize(ran(resolved, { name: 'unresolve', args: { id: 'isa' } }))).toBe(serialize(document));
        },
      ),
      runs(63, 120),
    );
    expect(resolvedOnes).toBeGreaterThan(40);
  });
});
