import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from './create.ts';
import type { Document, Id, Relationship, Table } from './types.ts';
import { validate } from './validate.ts';

const text = { kind: 'builtin', name: 'text' } as const;
const column = (id: Id, name: string) => ({ id, name, type: text, nullable: true });

function table(id: Id, more: Partial<Table> = {}): Table {
  return { ...emptyTable(id, 'sch_public', id), columns: [column(`${id}_1`, 'a'), column(`${id}_2`, 'b')], ...more };
}

const related: Relationship = { id: 'r', child: 'x', parent: 'y', childColumns: ['x_1'], parentColumns: ['y_1'] };

/** A sound document of two tables and a foreign key, with something put over it. */
function made(over: { readonly [C in keyof Document]?: Readonly<Record<Id, unknown>> } = {}): Document {
  const base = { ...emptyDocument(), tables: { x: table('x'), y: table('y') }, relationships: { r: related } };
  const merged = Object.entries(base).map(([name, records]) => [name, { ...records, ...over[name as keyof Document] }]);
  return Object.fromEntries(merged) as Document;
}

const codes = (over: Parameters<typeof made>[0]) => validate(made(over)).map((one) => `${one.code} ${one.collection}.${one.path}`);
const x = (more: Partial<Table>) => ({ tables: { x: table('x', more) } });

describe('validate', () => {
  it('finds nothing in a sound document', () => {
    expect(validate(made())).toEqual([]);
  });

  it('[V1] finds ids that are not keys, or occur twice', () => {
    expect(codes({ views: { v: { id: 'w', name: 'v', schema: 'sch_public', query: '', indexes: [] } } })).toEqual([
      'id-not-key views.id',
    ]);
    expect(
      codes({ areas: { x: { id: 'x', diagram: 'diagram_main', name: '', x: 0, y: 0, width: 1, height: 1, tint: 0 } } }),
    ).toEqual(['id-twice areas.id']);
    expect(codes(x({ checks: [{ id: 'x_1', expression: '' }] }))).toEqual(['id-twice tables.checks[0].id']);
    const { settings: _, ...bare } = made();
    expect(validate({ ...bare, settings: {} }).map((one) => one.code)).toEqual(['no-settings']);
  });

  it('[V2] finds references that lead nowhere, each at its place', () => {
    expect(codes(x({ schema: 'gone' }))).toEqual(['dangling tables.schema']);
    expect(codes(x({ columns: [{ ...column('x_1', 'a'), type: { kind: 'custom', type: 'gone' } }] }))).toEqual([
      'dangling tables.columns[0].type',
    ]);
    expect(codes(x({ keys: [{ id: 'k', kind: 'unique', columns: ['x_1', 'y_1'], include: ['gone'] }] }))).toEqual([
      'dangling tables.keys[0].columns[1]',
      'dangling tables.keys[0].include[0]',
    ]);
    expect(codes(x({ indexes: [{ id: 'i', elements: [{ column: 'gone' }], attachedTo: 'gone' }] }))).toEqual([
      'dangling tables.indexes[0].elements[0].column',
      'dangling tables.indexes[0].attachedTo',
    ]);
    expect(codes(x({ dependencies: [{ id: 'd', determinant: ['gone'], dependent: ['x_1'] }] }))).toEqual([
      'dangling tables.dependencies[0].determinant[0]',
    ]);
    expect(codes({ relationships: { r: { ...related, parent: 'gone' } } })).toEqual(['dangling relationships.parent']);
    expect(codes({ relationships: { r: { ...related, parentColumns: ['x_1'] } } })).toEqual([
      'dangling relationships.parentColumns[0]',
    ]);
    expect(codes({ waivers: { w: { id: 'w', rule: '', at: { record: 'x', part: 'y_1' }, reason: '', date: '' } } })).toEqual([
      'dangling waivers.at.part',
    ]);
    const trigger = {
      id: 't',
      name: 't',
      on: 'x',
      timing: 'after',
      events: ['update'],
      forEach: 'row',
      execute: 'f()',
      updateOf: ['y_1'],
    };
    expect(codes({ triggers: { t: trigger } })).toEqual(['dangling triggers.updateOf[0]']);
    const sequence = { id: 's', name: 's', schema: 'sch_public', options: {}, ownedBy: { table: 'x', column: 'y_1' } };
    expect(codes({ sequences: { s: sequence } })).toEqual(['dangling sequences.ownedBy']);
    expect(codes({ verbatim: { q: { id: 'q', kind: '', sql: '', about: '__proto__', place: 'with', order: 0 } } })).toEqual([
      'dangling verbatim.about',
    ]);
  });

  it('[V2] columns of ancestors count as the table its own', () => {
    const kid = table('kid', { columns: [], inherits: ['x'], keys: [{ id: 'k', kind: 'unique', columns: ['x_2'] }] });
    expect(codes({ tables: { kid } })).toEqual([]);
  });

  it('[V3] finds foreign keys whose lists differ, and columns of many-to-many relationships', () => {
    expect(codes({ relationships: { r: { ...related, childColumns: ['x_1', 'x_2'] } } })).toEqual([
      'unequal-lists relationships.childColumns',
    ]);
    expect(codes({ relationships: { r: { ...related, manyToMany: true } } })).toEqual([
      'many-to-many-columns relationships.childColumns',
    ]);
  });

  it('[V4] finds second primary keys, empty and unclear parts', () => {
    const primary = (id: Id) => ({ id, kind: 'primary' as const, columns: ['x_1'] });
    expect(codes(x({ keys: [primary('k1'), primary('k2')] }))).toEqual(['two-primary-keys tables.keys']);
    expect(codes(x({ keys: [{ id: 'k', kind: 'unique', columns: ['x_1', 'x_1'] }] }))).toEqual([
      'column-twice tables.keys[0].columns',
    ]);
    expect(codes(x({ keys: [{ id: 'k', kind: 'unique', columns: [] }] }))).toEqual(['no-columns tables.keys[0].columns']);
    expect(codes(x({ indexes: [{ id: 'i', elements: [] }] }))).toEqual(['no-columns tables.indexes[0].elements']);
    expect(codes(x({ indexes: [{ id: 'i', elements: [{ column: 'x_1', expression: '1' }] }] }))).toEqual([
      'element-unclear tables.indexes[0].elements[0]',
    ]);
    expect(codes(x({ exclusions: [{ id: 'e', elements: [] }] }))).toEqual(['no-columns tables.exclusions[0].elements']);
  });

  it('[V5] finds cycles of ancestors, and partitions of plain tables', () => {
    expect(codes({ tables: { x: table('x', { inherits: ['y'] }), y: table('y', { inherits: ['x'] }) } })).toEqual([
      'ancestor-cycle tables.partitionOf',
      'ancestor-cycle tables.partitionOf',
    ]);
    expect(codes(x({ partitionOf: { parent: 'y', bound: 'DEFAULT' } }))).toEqual(['parent-not-partitioned tables.partitionOf']);
    const dead = {
      tables: { x: table('x', { inherits: ['y'] }), y: table('y', { inherits: ['z'] }), z: table('z', { inherits: ['y'] }) },
    };
    expect(codes(dead)).toEqual(['ancestor-cycle tables.partitionOf', 'ancestor-cycle tables.partitionOf']);
  });

  it('[V6] finds names that no database stores, and columns of one name', () => {
    expect(codes(x({ name: '' }))).toEqual(['name-unusable tables.name']);
    expect(codes(x({ columns: [column('x_1', 'a'), column('x_2', 'a')] }))).toEqual(['name-taken tables.columns[1].name']);
    expect(codes({ schemas: { s: { id: 's', name: 'a\0' } } })).toEqual(['name-unusable schemas.name']);
  });

  it('[V7] finds places whose id is not derived', () => {
    expect(codes({ placements: { p: { id: 'p', diagram: 'diagram_main', object: 'x', x: 0, y: 0 } } })).toEqual([
      'id-not-derived placements.id',
    ]);
  });
});
