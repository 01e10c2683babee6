import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { documents } from '#test/arbitrary/document.ts';
import { randomDocument } from '#test/random-walk.ts';
import { runs } from '#test/runs.ts';
import { type Clip, clipOf, objectsOf, readClip, writeClip } from './clipboard.ts';
import { PART_PREFIX, type PartList } from './collections.ts';
import { runCommands } from './commands/run.ts';
import { emptyDocument } from './create.ts';
import { boxesOf } from './derive/place.ts';
import { MAIN_DIAGRAM } from './layout-types.ts';
import { columnsFor, transplant } from './transplant.ts';
import type { Document, Id, Ref } from './types.ts';
import { validate } from './validate.ts';

/** As the clipboard carries it: written and read. */
function clip(document: Document, records: readonly Id[]): Clip {
  const made = clipOf(
    document,
    records.map((record): Ref => ({ record })),
    MAIN_DIAGRAM,
  );
  if (made === undefined) throw new Error('nothing was copied');
  const read = readClip(writeClip(made));
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value).toEqual(made);
  return read.value;
}

function paste(target: Document, from: Clip, at?: { x: number; y: number }): { document: Document; refs: readonly Id[] } {
  const { put, refs } = transplant(from.document, target, objectsOf(from), {
    ids: derivedIds(),
    diagram: MAIN_DIAGRAM,
    ...(at === undefined ? {} : { at }),
  });
  const ran = runCommands(target, [{ name: 'putRecords', args: { label: 'Paste', put } }], derivedIds());
  if (!ran.ok) throw new Error(`${ran.problem.code} ${ran.problem.message}`);
  return { document: ran.value.document, refs: refs.map((ref) => ref.record) };
}

/** What a document says, with every id replaced by what it is called and where it stands. */
function meaning(document: Document): unknown {
  const names = new Map<string, string>();
  const schema = (id: Id) => document.schemas[id]?.name ?? '';
  for (const one of Object.values(document.schemas)) names.set(one.id, `schema ${one.name}`);
  for (const collection of ['types', 'tables', 'views', 'sequences'] as const) {
    for (const one of Object.values(document[collection])) names.set(one.id, `${collection} ${schema(one.schema)}.${one.name}`);
  }
  for (const table of Object.values(document.tables)) {
    for (const list of Object.keys(PART_PREFIX) as PartList[]) {
      for (const [at, part] of table[list].entries()) names.set(part.id, `${names.get(table.id)} ${list} ${at}`);
    }
  }
  for (const one of Object.values(document.relationships)) {
    names.set(
      one.id,
      `${names.get(one.child)} to ${names.get(one.parent)} by ${one.childColumns.map((id) => names.get(id)).join()}`,
    );
  }
  const said = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(said);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== 'id');
    return Object.fromEntries(entries.map(([key, one]) => [key, said(one)]));
  };
  const sorted = (records: object) =>
    Object.values(records)
      .map((one) => JSON.stringify(said(one)))
      .sort();
  const { tables, views, relationships, sequences, triggers, routines, notes, areas } = document;
  // A domain's checks and a type's attributes have ids that nothing else names.
  const types = sorted(document.types);
  return {
    types,
    tables: sorted(tables),
    views: sorted(views),
    relationships: sorted(relationships),
    sequences: sorted(sequences),
    triggers: sorted(triggers),
    routines: sorted(routines),
    notes: Object.keys(notes).length,
    areas: Object.keys(areas).length,
  };
}

const KINDS = [
  'composite key',
  'check',
  'tags',
  'column of a custom type',
  'composite type',
  'domain',
  'enum',
  'range',
  'index',
  'policy',
  'dependency',
  'trigger',
  'owned sequence',
  'relationship',
  'note',
  'area',
];

/** Which of the things that copying may lose a document has. */
function kindsIn(document: Document): string[] {
  const tables = Object.values(document.tables);
  const some = (kind: string, has: boolean) => (has ? [kind] : []);
  return [
    ...some(
      'composite key',
      tables.some((one) => one.keys.some((key) => key.columns.length > 1)),
    ),
    ...some(
      'check',
      tables.some((one) => one.checks.length > 0),
    ),
    ...some(
      'tags',
      tables.some((one) => one.tags !== undefined),
    ),
    ...some(
      'column of a custom type',
      tables.some((one) => one.columns.some((column) => column.type.kind === 'custom')),
    ),
    ...some(
      'index',
      tables.some((one) => one.indexes.length > 0),
    ),
    ...some(
      'policy',
      tables.some((one) => one.policies.length > 0),
    ),
    ...some(
      'dependency',
      tables.some((one) => one.dependencies.length > 0),
    ),
    ...Object.values(document.types).map((one) => (one.kind === 'composite' ? 'composite type' : one.kind)),
    ...some('trigger', Object.keys(document.triggers).length > 0),
    ...some(
      'owned sequence',
      Object.values(document.sequences).some((one) => one.ownedBy !== undefined),
    ),
    ...some('relationship', Object.keys(document.relationships).length > 0),
    ...some('note', Object.keys(document.notes).length > 0),
    ...some('area', Object.keys(document.areas).length > 0),
  ];
}

function copyable(document: Document): Id[] {
  return [document.tables, document.views, document.types, document.notes, document.areas].flatMap((all) => Object.keys(all));
}

describe('the clipboard', () => {
  it('[P1] whatever is copied can be pasted into the same and into an empty document, sound and beside the old', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const document = randomDocument(seed, 120);
        const ids = copyable(document).filter((_, at) => at % 2 === 0);
        if (ids.length === 0) return;
        const copied = clip(document, ids);
        expect(validate(copied.document)).toEqual([]);
        for (const target of [document, emptyDocument()]) {
          const { document: pasted } = paste(target, copied, { x: 50, y: 50 });
          expect(validate(pasted)).toEqual([]);
          const tables = ids.filter((id) => Object.hasOwn(document.tables, id));
          expect(Object.keys(pasted.tables)).toHaveLength(Object.keys(target.tables).length + tables.length);
          for (const id of Object.keys(target.tables)) expect(pasted.tables[id]).toBe(target.tables[id]);
        }
      }),
      runs(11, 40),
    );
  });

  it('[P2] copying, pasting into an empty document and copying again gives the same, ids aside', () => {
    const seen = new Set<string>();
    const holds = (document: Document) => {
      const all = copyable(document);
      if (all.length === 0) return;
      for (const kind of kindsIn(document)) seen.add(kind);
      const copied = clip(document, all);
      const { document: pasted } = paste(emptyDocument(), copied);
      const again = clip(pasted, copyable(pasted));
      expect(meaning(again.document)).toEqual(meaning(copied.document));
    };
    fc.assert(fc.property(documents, holds), runs(12, 40));
    fc.assert(
      fc.property(fc.integer(), (seed) => holds(randomDocument(seed, 100))),
      runs(13, 30),
    );
    // What was never copied was not shown to survive.
    expect([...seen].sort()).toEqual(KINDS.toSorted());
  });

  it('[P2] what is pasted covers nothing, and stands among itself as it did', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: -500, max: 500 }), (document, x) => {
        const copied = clip(document, Object.keys(document.tables));
        const once = paste(emptyDocument(), copied).document;
        const { document: twice, refs } = paste(once, copied, { x, y: 0 });
        const boxes = boxesOf(twice, MAIN_DIAGRAM);
        const fresh = new Set(refs);
        const meet = (a: Id, b: Id) => {
          const [one, other] = [boxes.get(a), boxes.get(b)];
          if (one === undefined || other === undefined) throw new Error('not placed');
          return (
            one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height
          );
        };
        const old = [...boxes.keys()].filter((id) => !fresh.has(id));
        expect(refs.filter((id) => old.some((other) => meet(id, other)))).toEqual([]);
      }),
      runs(14, 20),
    );
  });

  it('[P2] names are kept where they are free, of constraints too, and other schemas come along', () => {
    const made = runCommands(
      emptyDocument(),
      [
        { name: 'addSchema', args: { record: { id: 'sales', name: 'sales' } } },
        {
          name: 'addTable',
          args: {
            table: {
              id: 't',
              name: 'orders',
              schema: 'sales',
              columns: [{ id: 'c', name: 'no', type: { kind: 'builtin', name: 'text' }, nullable: false }],
            },
          },
        },
        { name: 'addKey', args: { table: 't', part: { kind: 'unique', name: 'one_no', columns: ['c'] } } },
      ],
      derivedIds(),
    );
    if (!made.ok) throw new Error(made.problem.message);
    const copied = clip(made.value.document, ['t']);
    const once = paste(emptyDocument(), copied).document;
    const [table] = Object.values(once.tables);
    expect(table).toMatchObject({ name: 'orders', keys: [{ name: 'one_no' }] });
    expect(once.schemas[table?.schema ?? '']?.name).toBe('sales');
    const twice = paste(once, copied);
    expect(twice.document.tables[twice.refs[0] ?? '']).toMatchObject({ name: 'orders_copy' });
    expect(twice.document.tables[twice.refs[0] ?? '']?.keys[0]?.name).toBeUndefined();
    expect(Object.keys(twice.document.schemas)).toHaveLength(2);
  });

  it('carries columns alone when nothing else is selected, with their types', () => {
    const made = runCommands(
      emptyDocument(),
      [
        { name: 'addType', args: { record: { id: 'mood', name: 'mood', kind: 'enum', schema: 'sch_public', values: ['ok'] } } },
        {
          name: 'addTable',
          args: {
            table: {
              id: 't',
              name: 'people',
              columns: [
                { id: 'a', name: 'a', type: { kind: 'custom', type: 'mood' }, nullable: true },
                { id: 'b', name: 'b', type: { kind: 'builtin', name: 'text' }, nullable: true },
              ],
            },
          },
        },
      ],
      derivedIds(),
    );
    if (!made.ok) throw new Error(made.problem.message);
    const copied = clipOf(made.value.document, [{ record: 't', part: 'a' }], MAIN_DIAGRAM);
    if (copied === undefined) throw new Error('nothing');
    expect(copied.kind).toBe('columns');
    const read = readClip(writeClip(copied));
    if (!read.ok) throw new Error(read.problem.message);
    const { columns, put } = columnsFor(read.value.document, emptyDocument(), derivedIds(), MAIN_DIAGRAM);
    expect(columns.map((column) => column.name)).toEqual(['a']);
    expect(put.map((one) => one.collection)).toEqual(['types']);
    // Where the type is there already it is taken.
    expect(columnsFor(read.value.document, made.value.document, derivedIds(), MAIN_DIAGRAM)).toMatchObject({
      put: [],
      columns: [{ type: { type: 'mood' } }],
    });
  });

  it('[P3] what is no clip, or a hostile one, is refused with the reason', () => {
    const good = writeClip({ kind: 'objects', document: emptyDocument() });
    const codes = [
      'hello',
      '[]',
      'null',
      '{"format":"crowfoot-clipboard"}',
      '{"format":"crowfoot-clipboard","version":1,"kind":"objects","model":{}}',
      '{"format":"crowfoot-clipboard","version":1,"kind":"evil","model":"{}"}',
      '{"format":"crowfoot-clipboard","version":1,"kind":"objects","model":"{}"}',
      '{"format":"crowfoot-clipboard","version":1,"__proto__":{}}',
      '{"format":"crowfoot-clipboard","version":1,"kind":"objects","model":"{\\"__proto__\\":{}}"}',
      good.replace('"version":1', '"version":2'),
      good.replaceAll('public', 'pub\\\\u0000lic'),
    ].map((text) => {
      const read = readClip(text);
      return read.ok ? 'read' : read.problem.code;
    });
    expect(codes.slice(0, 10)).toEqual([
      'json-syntax',
      'not-clip',
      'not-clip',
      'clip-version',
      'not-clip',
      'not-clip',
      'not-crowfoot',
      'hostile-key',
      'hostile-key',
      'clip-version',
    ]);
    expect(codes[10]).not.toBe('read');
    expect(clipOf(emptyDocument(), [{ record: 'nothing' }, { record: '__proto__' }], MAIN_DIAGRAM)).toBeUndefined();
    expect(readClip(good).ok).toBe(true);
  });
});
