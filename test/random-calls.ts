import type { Column } from '#model/column-types.ts';
import type { CommandCall, CommandName } from '#model/commands/registry.ts';
import { emptyTable } from '#model/create.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { decided } from './random-decided.ts';

/** Draws numbers and choices; a test gives a seeded one. */
export interface Dice {
  /** An integer in [0, n). */
  roll(n: number): number;
}

/** Mulberry32: a small seeded generator, enough for tests. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  return {
    roll(n) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = state;
      t = Math.imul(t ^ (t >>> 15), t | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return ((t ^ (t >>> 14)) >>> 0) % n;
    },
  };
}

const NAMES = [
  'users',
  'orders',
  'order',
  'id',
  'a "b"',
  'select',
  'größe',
  '漢字',
  'x;--',
  '<b>',
  'constructor',
  'toString',
  'a\nb',
];

class Chooser {
  readonly document: Document;
  readonly dice: Dice;
  constructor(document: Document, dice: Dice) {
    this.document = document;
    this.dice = dice;
  }
  of<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.dice.roll(items.length)];
  }
  some<T>(items: readonly T[], most = 3): T[] {
    return items.filter(() => this.dice.roll(2) === 0).slice(0, most);
  }
  maybe<T extends object>(value: T): T | Record<never, never> {
    return this.dice.roll(2) === 0 ? value : {};
  }
  name(): string {
    return `${this.of(NAMES)}${this.dice.roll(30)}`;
  }
  id(collection: keyof Document): Id {
    return this.of(Object.keys(this.document[collection])) ?? 'nothing';
  }
  table(): Table | undefined {
    return this.of(Object.values(this.document.tables));
  }
  /** A partitioned table if there is one, so that partitions come about. */
  partitioned(): Id {
    return this.of(Object.values(this.document.tables).filter((one) => one.partitioning !== undefined))?.id ?? this.id('tables');
  }
  /** A table with a primary key if there is one. */
  keyed(): Id {
    const all = Object.values(this.document.tables).filter((one) => one.keys.some((key) => key.kind === 'primary'));
    return this.of(all)?.id ?? this.id('tables');
  }
  /** Foreign keys with columns. */
  links(): Relationship[] {
    return Object.values(this.document.relationships).filter((one) => one.childColumns.length > 0);
  }
  /** Some columns that are in no key. */
  loose(table: Table): Id[] {
    const keyed = new Set(table.keys.flatMap((key) => key.columns));
    return this.some(table.columns.filter((one) => !keyed.has(one.id))).map((one) => one.id);
  }
  isText(table: Id, column: Id | undefined): boolean {
    const type = this.document.tables[table]?.columns.find((one) => one.id === column)?.type;
    return type?.kind === 'builtin' && type.name === 'text';
  }
  type(): Column['type'] {
    const custom = this.of(Object.keys(this.document.types));
    if (custom !== undefined && this.dice.roll(3) === 0) return { kind: 'custom', type: custom };
    return this.of([
      { kind: 'builtin', name: 'bigserial' },
      { kind: 'builtin', name: 'text' },
      { kind: 'builtin', name: 'text', dims: 1 },
      { kind: 'builtin', name: 'numeric', args: ['10', '2'] },
      { kind: 'other', schema: 'public', name: 'citext' },
    ] as const) as Column['type'];
  }
  column(): Omit<Column, 'id'> {
    return {
      name: this.name(),
      type: this.type(),
      nullable: this.dice.roll(2) === 0,
      ...this.maybe({ comment: this.name() }),
      ...this.maybe({ default: { kind: 'literal', sql: "'x'" } as const }),
    };
  }
}

type Parts = 'keys' | 'exclusions' | 'checks' | 'indexes' | 'policies' | 'dependencies';

/** A table that has such parts if there is one. */
const having = (list: Parts, c: Chooser, given: Table): Table =>
  c.of(Object.values(c.document.tables).filter((one) => one[list].length > 0)) ?? given;

/** Arguments that name one part of a table that has some. */
function ofPart(list: Parts, patch?: (c: Chooser, table: Table) => object): Make {
  return (c, given) => {
    const table = having(list, c, given);
    const id = part(table, list, c);
    return (patch === undefined ? { table: table.id, ids: [id] } : { table: table.id, id, patch: patch(c, table) }) as never;
  };
}

type Make = (c: Chooser, table: Table, ids: Id[]) => CommandCall['args'];

const part = (table: Table, list: Parts, c: Chooser) => c.of(table[list] as readonly { id: Id }[])?.id ?? 'nothing';

const bends = (c: Chooser) => Array.from({ length: c.dice.roll(4) }, () => ({ x: c.dice.roll(900), y: c.dice.roll(900) }));

function extraction(c: Chooser, table: Table) {
  return {
    table: table.id,
    columns: c.loose(table),
    name: c.name(),
    shape: c.of([
      { kind: 'one-to-one' as const },
      { kind: 'lookup' as const, surrogate: c.of(['identity', 'uuid'] as const) ?? 'uuid', unique: c.dice.roll(2) === 0 },
      { kind: 'natural' as const, key: c.loose(table).slice(0, 1) },
    ]) as never,
    ...c.maybe({ parts: c.some(table.checks).map((one) => one.id) }),
    ...c.maybe({ ends: c.some([...table.checks, ...table.indexes]).map((one) => one.id) }),
    ...c.maybe({ policies: [{ name: c.name(), command: 'all' as const, roles: [] }] }),
    ...c.maybe({ place: { x: 1, y: 2 } }),
  };
}

/** How to make arguments for each command. A command without a line here does not compile. */
const MAKE: { readonly [N in CommandName]: Make } = {
  putRecords: (c) => ({
    label: 'Put',
    put: [{ collection: 'diagrams', record: { id: `diagram_${c.dice.roll(5)}`, name: c.name() } }],
  }),
  setSettings: (c) => ({ patch: { name: c.name(), version: 14 + c.dice.roll(5) } }),
  addTable: (c) => ({ table: { name: c.name() }, ...c.maybe({ place: { x: c.dice.roll(500), y: 1.5 } }) }),
  setTable: (c, table) => ({
    id: table.id,
    patch: {
      ...c.maybe({ name: c.name() }),
      ...c.maybe({ comment: c.dice.roll(2) === 0 ? null : 'said' }),
      ...c.maybe({ rowSecurity: 'forced' as const }),
      ...c.maybe({ tags: c.dice.roll(3) === 0 ? null : [c.name(), 'core'] }),
      ...c.maybe({ schema: c.id('schemas') }),
      ...c.maybe({
        partitioning:
          c.dice.roll(3) === 0 ? null : { strategy: 'hash' as const, elements: [{ column: c.of(table.columns)?.id ?? 'x' }] },
      }),
      ...c.maybe({ partitionOf: c.dice.roll(2) === 0 ? null : { parent: c.partitioned(), bound: 'DEFAULT' } }),
      ...c.maybe({ inherits: c.dice.roll(2) === 0 ? null : [c.id('tables')] }),
    },
  }),
  removeTables: (c) => ({ ids: [c.id('tables')] }),
  duplicateTable: (c) => ({ id: c.id('tables'), ...c.maybe({ place: { x: 1, y: 2 } }) }),
  addColumn: (c, table) => ({ table: table.id, column: c.column(), ...c.maybe({ at: c.dice.roll(4) }) }),
  setColumn: (c, table) => ({
    table: table.id,
    id: c.of(table.columns)?.id ?? 'nothing',
    patch: {
      ...c.maybe({ name: c.name() }),
      ...c.maybe({ nullable: c.dice.roll(2) === 0 }),
      ...c.maybe({ type: c.type() }),
      ...c.maybe({ identity: { mode: 'always' as const } }),
      ...c.maybe({ default: null }),
      ...c.maybe({ classification: 'personal' as const }),
    },
  }),
  removeColumns: (c, table) => ({ table: table.id, ids: c.some(table.columns, 2).map((one) => one.id) }),
  moveColumns: (c, table) => ({
    from: table.id,
    to: c.of(Object.keys(c.document.tables).filter((id) => id !== table.id)) ?? table.id,
    ids: c.some(table.columns, 2).map((one) => one.id),
  }),
  setFacts: (c, table) => ({
    tables: [
      {
        id: table.id,
        ...c.maybe({ facts: c.dice.roll(3) === 0 ? null : { rows: c.dice.roll(1000), rowsPerDay: c.dice.roll(3) - 1 } }),
        columns: c.some(table.columns).map(({ id }) => ({
          id,
          facts: c.dice.roll(3) === 0 ? null : { distinct: c.dice.roll(9), nullFraction: c.dice.roll(3) / 2, source: c.name() },
        })),
      },
    ],
  }),
  movePart: (c, table) => ({ table: table.id, list: 'columns', id: c.of(table.columns)?.id ?? 'nothing', to: c.dice.roll(9) }),
  addKey: (c, table, ids) => ({ table: table.id, part: { kind: c.of(['primary', 'unique'] as const) ?? 'unique', columns: ids } }),
  setKey: ofPart('keys', (c, table) => ({
    columns: c.some(table.columns).map((one) => one.id),
    ...c.maybe({ kind: 'primary' as const }),
  })),
  removeKeys: ofPart('keys'),
  setPrimaryKey: (_c, table, ids) => ({ table: table.id, columns: ids }),
  addExclusion: (_c, table, ids) => ({ table: table.id, part: { elements: ids.map((column) => ({ column, operator: '&&' })) } }),
  setExclusion: ofPart('exclusions', (c) => ({ method: c.of(['gist', 'spgist'] as const) })),
  removeExclusions: ofPart('exclusions'),
  addCheck: (c, table) => ({ table: table.id, part: { expression: 'a > 0', ...c.maybe({ name: c.name() }) } }),
  setCheck: ofPart('checks', (c) => ({ expression: `b > ${c.dice.roll(9)}`, ...c.maybe({ name: null }) })),
  removeChecks: ofPart('checks'),
  addIndex: (c, table, ids) => ({
    table: table.id,
    part: {
      elements: [...ids.map((column) => ({ column })), { expression: 'lower(x)' }],
      ...c.maybe({ include: ids, unique: true }),
    },
  }),
  setIndex: ofPart('indexes', (c) => ({ name: c.name() })),
  removeIndexes: ofPart('indexes'),
  addPolicy: (c, table) => ({ table: table.id, part: { name: c.name(), command: 'all', roles: [] } }),
  setPolicy: ofPart('policies', (c) => ({ using: c.of(['true', 'false', 'a = b'] as const) })),
  removePolicies: ofPart('policies'),
  addDependency: (c, table, ids) => ({
    table: table.id,
    part: {
      determinant: ids,
      dependent: c.some(table.columns).map((one) => one.id),
      ...c.maybe({ discovered: { source: 'a.csv', rows: 9, date: '2026-01-01' } }),
    },
  }),
  setDependency: ofPart('dependencies', (c) => ({
    ...c.maybe({ note: c.name() }),
    exempt: c.of([
      null,
      { kind: 'temporal', reason: 'then', date: '2026-01-01' },
      { kind: 'accepted', reason: 'fast', maintenance: 'trigger', date: '2026-01-01' },
    ] as const),
  })),
  removeDependencies: ofPart('dependencies'),
  addRelationship: (c, table) => ({
    relationship: { child: table.id, parent: c.id('tables'), ...c.maybe({ onDelete: 'cascade' as const }) },
    ...c.maybe({ createColumns: { ...c.maybe({ key: 'unique' as const }), ...c.maybe({ reuse: true }) } }),
  }),
  setRelationship: (c) => ({
    id: c.id('relationships'),
    patch: { ...c.maybe({ onDelete: null }), ...c.maybe({ declared: { child: '0..n' as const } }) },
  }),
  removeRelationships: (c) => ({ ids: [c.id('relationships')] }),
  swapRelationship: (c) => ({ id: c.id('relationships') }),
  addManyToMany: (c) => ({ left: c.keyed(), right: c.keyed() }),
  addHierarchy: (c, table) => ({
    record: {
      supertype: c.of([table.id, c.keyed()]) ?? table.id,
      subtypes: [...new Set([c.id('tables'), c.id('tables')])],
      ...c.maybe({ overlapping: true }),
      ...c.maybe({ complete: true }),
    },
  }),
  setHierarchy: (c) => ({ id: c.id('hierarchies'), patch: { discriminator: c.name() } }),
  removeHierarchies: (c) => ({ ids: [c.id('hierarchies')] }),
  setEntity: (c) => ({
    id: c.id('entities'),
    patch: { ...c.maybe({ name: c.name() }), ...c.maybe({ comment: c.of(['said', null] as const) }) },
  }),
  resolveHierarchy: (c) => ({
    id: c.id('hierarchies'),
    strategy: c.of(['one-table', 'table-per-type', 'table-per-concrete'] as const) ?? 'one-table',
  }),
  realiseRelationship: (c) => ({
    id: c.of(Object.values(c.document.relationships).filter((one) => one.childColumns.length === 0))?.id ?? 'nothing',
  }),
  addAttribute: (c, table) => ({
    record: {
      entity: table.id,
      column: c.of(table.columns.filter((one) => !table.keys.some((key) => key.columns.includes(one.id))))?.id ?? 'nothing',
    },
  }),
  setAttribute: (c) => ({ id: c.id('attributes'), patch: { at: c.dice.roll(3) } }),
  removeAttributes: (c) => ({ ids: [c.id('attributes')] }),
  resolveAttribute: (c) => ({
    id: c.of(Object.values(c.document.attributes).filter((one) => one.held === undefined))?.id ?? 'nothing',
    ...c.maybe({ name: c.name() }),
  }),
  unresolve: (c) => {
    const { hierarchies, attributes, relationships } = c.document;
    const resolved = [...Object.values(hierarchies), ...Object.values(attributes), ...Object.values(relationships)];
    return { id: c.of(resolved.filter((one) => one.realisedBy !== undefined))?.id ?? 'nothing' };
  },
  extractTable: (c, given) =>
    extraction(c, c.of(Object.values(c.document.tables).filter((one) => one.columns.length > 2)) ?? given),
  decomposeTable: (c, given) => {
    const table = c.of(Object.values(c.document.tables).filter((one) => one.columns.length > 2)) ?? given;
    const chosen = c.some(table.columns);
    const id = `tbl_part_${c.dice.roll(1_000_000)}`;
    const columns = chosen.map((one, at) => ({
      of: one.id,
      ...(at === 0 ? { copy: `${one.id}_copy_${c.dice.roll(1_000_000)}` } : {}),
    }));
    const key = chosen.slice(0, 1).map((one) => one.id);
    return {
      table: table.id,
      parts: [
        {
          id,
          name: c.name(),
          columns,
          key: { columns: key, ...c.maybe({ nulls: 'equal' as const }) },
          unique: [],
          parts: [],
          policies: [],
        },
      ],
      unique: [],
      notNull: key,
      links: [{ child: table.id, parent: id, columns: key }],
      ends: table.checks.map((one) => one.id),
    };
  },
  inlineTable: (c) => {
    const alone = c.links().filter((one) => !c.links().some((other) => other.parent === one.parent && other.id !== one.id));
    const link = c.of(c.dice.roll(4) === 0 ? c.links() : alone.filter((one) => one.child !== one.parent));
    return { relationship: link?.id ?? 'nothing', end: c.dice.roll(4) === 0 ? ('child' as const) : ('parent' as const) };
  },
  moveColumnsAlong: (c) => {
    const link = c.of(c.links());
    const to = c.of(['child', 'parent'] as const) ?? 'child';
    const [own, from, other] =
      to === 'parent'
        ? [link?.childColumns, c.document.tables[link?.child ?? ''], c.document.tables[link?.parent ?? '']]
        : [link?.parentColumns, c.document.tables[link?.parent ?? ''], c.document.tables[link?.child ?? '']];
    const stuck = new Set([...(own ?? []), ...(from?.keys.flatMap((key) => key.columns) ?? [])]);
    const names = new Set(other?.columns.map((one) => one.name));
    const free = from?.columns.filter((one) => !stuck.has(one.id) && !names.has(one.name)) ?? [];
    const columns = [c.of(free)?.id ?? 'nothing', ...c.some(from?.columns ?? [], c.dice.roll(2)).map((one) => one.id)];
    return { relationship: link?.id ?? 'nothing', to, columns };
  },
  addSurrogateKey: (c, table) => ({
    table: table.id,
    kind: c.of(['identity', 'uuid'] as const) ?? 'uuid',
    ...c.maybe({ repoint: true }),
    ...c.maybe({ name: c.name() }),
  }),
  addStandardColumns: (c, table) => ({
    tables: [table.id, c.id('tables')],
    columns: [c.column(), { name: 'deleted_at', type: { kind: 'builtin' as const, name: 'timestamptz' }, nullable: true }],
    ...c.maybe({ uniqueWhileNull: 'deleted_at' }),
    ...c.maybe({ touch: { column: 'deleted_at', schema: c.id('schemas'), name: c.name() } }),
  }),
  enumToLookup: (c) => ({
    type: c.of(Object.values(c.document.types).filter((one) => one.kind === 'enum'))?.id ?? 'nothing',
    name: c.name(),
    ...c.maybe({ seed: 'DO $$BEGIN END$$' }),
    ...c.maybe({ place: { x: 1, y: 2 } }),
  }),
  lookupToEnum: (c) => ({
    table: c.of(c.links().filter((one) => c.isText(one.parent, one.parentColumns[0])))?.parent ?? 'nothing',
    name: c.name(),
    values: ['a', 'b'],
  }),
  addSchema: (c) => ({ record: { name: c.name() } }),
  setSchema: (c) => ({ id: c.id('schemas'), patch: { name: c.name() } }),
  removeSchemas: (c) => ({ ids: [c.id('schemas')], ...c.maybe({ withContents: true }) }),
  addType: (c) => ({
    record: c.of([
      { name: c.name(), kind: 'enum' as const, schema: c.id('schemas'), values: ['a', 'b'] },
      { name: c.name(), kind: 'domain' as const, schema: c.id('schemas'), base: c.type(), checks: [] },
      {
        name: c.name(),
        kind: 'composite' as const,
        schema: c.id('schemas'),
        attributes: [{ id: 'a1', name: 'x', type: c.type() }],
      },
      { name: c.name(), kind: 'range' as const, schema: c.id('schemas'), subtype: c.type(), parameters: [] },
    ]) as never,
  }),
  setType: (c) => ({ id: c.id('types'), patch: { name: c.name() } }),
  removeTypes: (c) => ({ ids: [c.id('types')], ...c.maybe({ replaceWith: c.type() }) }),
  setEnumValue: (c) => {
    const type = c.of(Object.values(c.document.types).filter((one) => one.kind === 'enum'));
    return {
      id: type?.id ?? 'nothing',
      ...c.maybe({ from: c.of(type?.values ?? []) ?? 'a' }),
      ...c.maybe({ to: c.name() }),
      ...c.maybe({ at: c.dice.roll(3) }),
    };
  },
  addSequence: (c, table) => ({
    record: {
      name: c.name(),
      schema: c.id('schemas'),
      options: { ...c.maybe({ start: '1' }) },
      ...c.maybe({ ownedBy: { table: table.id, column: c.of(table.columns)?.id ?? 'nothing' } }),
    },
  }),
  setSequence: (c) => ({ id: c.id('sequences'), patch: { name: c.name() } }),
  removeSequences: (c) => ({ ids: [c.id('sequences')] }),
  addView: (c) => ({ record: { name: c.name(), schema: c.id('schemas'), query: 'SELECT 1\nFROM x', indexes: [] } }),
  setView: (c) => ({ id: c.id('views'), patch: { query: 'SELECT 2' } }),
  removeViews: (c) => ({ ids: [c.id('views')] }),
  addRoutine: (c) => ({
    record: { name: c.name(), schema: c.id('schemas'), kind: 'function', signature: '', definition: 'a\n\nb' },
  }),
  setRoutine: (c) => ({ id: c.id('routines'), patch: { definition: 'c' } }),
  removeRoutines: (c) => ({ ids: [c.id('routines')] }),
  addTrigger: (c, table) => ({
    record: {
      name: c.name(),
      on: c.of([table.id, c.id('views')]) ?? table.id,
      timing: 'after',
      events: ['update'],
      forEach: 'row',
      execute: 'f()',
      ...c.maybe({ constraintFrom: c.id('tables') }),
      ...c.maybe({ updateOf: c.some(table.columns).map((one) => one.id) }),
    },
  }),
  setTrigger: (c) => ({ id: c.id('triggers'), patch: { enabled: 'always' } }),
  removeTriggers: (c) => ({ ids: [c.id('triggers')] }),
  addVerbatim: (c) => ({
    record: {
      kind: 'GRANT',
      sql: 'GRANT\nx',
      place: 'with',
      order: c.dice.roll(9),
      ...c.maybe({ about: c.id(c.of(['tables', 'types', 'relationships', 'sequences'] as const) ?? 'tables') }),
    },
  }),
  setVerbatim: (c) => ({ id: c.id('verbatim'), patch: { order: 7 } }),
  removeVerbatim: (c) => ({ ids: [c.id('verbatim')] }),
  addWaiver: (c, table) => ({
    record: {
      rule: 'r',
      at: { record: table.id, ...c.maybe({ part: c.of([...table.columns, ...table.keys, ...table.indexes])?.id ?? 'nothing' }) },
      reason: 'because',
      date: '2026-01-01',
    },
  }),
  removeWaivers: (c) => ({ ids: [c.id('waivers')] }),
  addDecision: (c, table) => ({
    record: {
      title: c.name(),
      status: 'proposed',
      context: 'a\nb',
      decision: 'c',
      consequences: '',
      date: '2026-01-01',
      ...c.maybe({ about: [c.id('tables'), c.id('relationships')] }),
      ...c.maybe({ indexes: decided(table.id, c.name()) }),
    },
  }),
  setDecision: (c) => ({
    id: c.id('decisions'),
    patch: { status: c.of(['accepted', 'superseded'] as const), consequences: c.name() },
  }),
  removeDecisions: (c) => ({ ids: [c.id('decisions')] }),
  addQuery: (c) => ({
    record: {
      name: c.name(),
      sql: `SELECT *\nFROM ${c.name()}`,
      ...c.maybe({ callsPerHour: 12.5 }),
      ...c.maybe({ role: c.name() }),
      ...c.maybe({ parameters: [{ name: '$1', values: [{ sql: "'open'", share: 0.25 }] }] }),
    },
  }),
  setQuery: (c) => ({ id: c.id('queries'), patch: { name: c.name(), callsPerHour: c.of([1, 60, null] as const) ?? null } }),
  removeQueries: (c) => ({ ids: [c.id('queries')] }),
  orderQueries: (c) => ({ ids: c.some(Object.keys(c.document.queries)) }),
  addChange: (c) => ({
    record: {
      title: c.name(),
      kind: 'decomposition',
      date: '2026-01-01',
      dialect: 'postgresql',
      version: 18,
      about: [c.id('tables')],
      forward: [{ phase: c.of(['guard', 'fill'] as const) ?? 'guard', note: c.name(), sql: 'SELECT 1;\nSELECT 2;' }],
      back: [],
    },
  }),
  setChange: (c) => ({ id: c.id('changes'), patch: { title: c.name() } }),
  removeChanges: (c) => ({ ids: [c.id('changes')] }),
  addDiagram: (c) => ({ record: { name: c.name() } }),
  setDiagram: (c) => ({
    id: c.id('diagrams'),
    patch: {
      ...c.maybe({ name: c.name() }),
      ...c.maybe({ chosen: c.of([true, null] as const) }),
      ...c.maybe({ level: c.of(['conceptual', 'logical', null] as const) }),
      ...c.maybe({ notation: c.of(['idef1x', 'barker', 'uml', 'chen', 'min-max', null] as const) }),
      ...c.maybe({ detail: c.of(['names', 'keys', null] as const) }),
      ...c.maybe({ colours: c.of(['area', 'tag', 'none', null] as const) }),
    },
  }),
  removeDiagrams: (c) => ({ ids: [c.id('diagrams')] }),
  duplicateDiagram: (c) => ({ id: c.id('diagrams'), ...c.maybe({ name: c.name() }) }),
  orderDiagrams: (c) => ({ ids: c.some(Object.keys(c.document.diagrams)) }),
  placeObjects: (c) => ({
    diagram: c.id('diagrams'),
    places: [{ object: c.id('tables'), x: c.dice.roll(1e6) - 5e5, y: c.dice.roll(1000) / 7 }],
  }),
  removePlacements: (c) => ({ diagram: c.id('diagrams'), objects: [c.id('tables')] }),
  markPlacements: (c) => ({
    diagram: c.id('diagrams'),
    objects: [c.of(Object.values(c.document.placements))?.object ?? 'nothing'],
    ...c.maybe({ pinned: c.dice.roll(2) === 0 }),
    ...c.maybe({ collapsed: c.dice.roll(2) === 0 }),
    ...c.maybe({ hidden: c.dice.roll(2) === 0 }),
    ...c.maybe({ tint: c.of([0, 3, null] as const) }),
  }),
  setRoute: (c) => ({ diagram: c.id('diagrams'), relationship: c.id('relationships'), bends: bends(c) }),
  addArea: (c) => ({
    record: { name: c.name(), diagram: c.id('diagrams'), x: 0, y: 0, width: 10, height: 10, tint: c.dice.roll(6) },
  }),
  setArea: (c) => ({ id: c.id('areas'), patch: { tint: 2 } }),
  removeAreas: (c) => ({ ids: [c.id('areas')] }),
  addNote: (c) => ({ record: { text: 'one\ntwo', diagram: c.id('diagrams'), x: 0, y: 0, width: 10, height: 10 } }),
  setNote: (c) => ({ id: c.id('notes'), patch: { text: c.name(), ...c.maybe({ tint: c.of([1, null] as const) }) } }),
  removeNotes: (c) => ({ ids: [c.id('notes')] }),
};

const ALL = Object.keys(MAKE) as CommandName[];
/** Drawn more often than the rest, so that there is something to remove and refer to. */
const BUILDING: readonly CommandName[] = [
  'addTable',
  'addColumn',
  'addColumn',
  'addColumn',
  'setPrimaryKey',
  'addRelationship',
  'placeObjects',
  'addType',
  'enumToLookup',
  'addAttribute',
  'addHierarchy',
  'lookupToEnum',
  'inlineTable',
  'moveColumnsAlong',
  'addTable',
  'addRelationship',
  'setEntity',
  'setEntity',
  'resolveHierarchy',
  'resolveHierarchy',
  'setEntity',
  'addType',
  'addSequence',
  'addDependency',
  'addExclusion',
];

/** A random call that fits the document more often than not; some name things that do not exist. */
export function randomCall(document: Document, dice: Dice): CommandCall {
  const c = new Chooser(document, dice);
  for (let turn = 0; ; turn++) {
    const call = drawn(c);
    // What names nothing is refused: worth trying now and then, not each time a collection is empty.
    if (turn === 3 || dice.roll(6) === 0 || !JSON.stringify(call.args).includes('"nothing"')) return call;
  }
}

function drawn(c: Chooser): CommandCall {
  const name = c.dice.roll(3) === 0 ? (c.of(BUILDING) as CommandName) : (c.of(ALL) as CommandName);
  const table = c.table() ?? emptyTable('nothing', '', '');
  const ids = c.some(table.columns).map((one) => one.id);
  return { name, args: MAKE[name](c, table, ids) } as CommandCall;
}
