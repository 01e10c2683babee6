import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { lineAndColumn } from '#lib/json-text.ts';
import { runs } from '#test/runs.ts';
import { COLLECTIONS } from '../collections.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import type { AnyRecord, Document } from '../types.ts';
import { parseJson } from './json.ts';
import type { Migration } from './migrations/migrations.ts';
import { parseDocument } from './parse.ts';
import { RECORD_SCHEMAS } from './schemas.ts';
import { recordText, serialize } from './serialize.ts';
import { shapeOf } from './walk-schema.ts';

interface Described {
  readonly type: string;
  readonly entries?: Record<string, Described>;
  readonly item?: Described;
  readonly wrapped?: Described;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly pipe?: readonly Described[];
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', 'a\nb', '\n', '\u2028', '\ud800', '"\\', '__proto__'),
);

/** Random values of a schema, every optional property present or absent. */
function arbitraryOf(schema: Described, name = ''): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'exact_optional':
      return arbitraryOf(schema.wrapped as Described, name);
    case 'optional':
      return arbitraryOf(schema.wrapped as Described, name);
    case 'array':
      return fc.array(arbitraryOf(schema.item as Described), { maxLength: 3 });
    case 'variant':
      return fc.oneof(...(schema.options as Described[]).map((one) => arbitraryOf(one)));
    case 'picklist':
      return fc.constantFrom(...(schema.options as unknown[]));
    case 'literal':
      return fc.constant(schema.literal);
    case 'nullable':
      return fc.option(arbitraryOf(schema.wrapped as Described, name));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return schema.pipe?.some((one) => one.type === 'integer')
        ? fc.integer({ min: 1, max: 9 })
        : fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n));
    case 'union':
      return anyText;
    case 'strict_object': {
      const entries = Object.entries(schema.entries as Record<string, Described>);
      const requiredKeys = entries.filter(([, entry]) => entry.type !== 'exact_optional').map(([key]) => key);
      const model = Object.fromEntries(entries.map(([key, entry]) => [key, arbitraryOf(entry, key)]));
      return fc.record(model, { requiredKeys });
    }
    case 'string':
      return schema.pipe === undefined ? anyText : fc.stringMatching(/^[a-z]{1,8}$/).filter((one) => one !== 'prototype');
    default:
      throw new Error(`no arbitrary for ${schema.type}`);
  }
}

describe('records in a file', () => {
  for (const { name } of COLLECTIONS) {
    it(`[F3] every property of ${name} comes back`, () => {
      const schema = RECORD_SCHEMAS[name] as v.GenericSchema<unknown, AnyRecord>;
      fc.assert(
        fc.property(arbitraryOf(schema as unknown as Described), (value) => {
          const text = recordText(shapeOf(schema), value as AnyRecord);
          const read = v.safeParse(schema, JSON.parse(text));
          expect(read.success && read.output).toEqual(value);
          if (read.success) expect(recordText(shapeOf(schema), read.output)).toBe(text);
        }),
        runs(7, 200),
      );
    });
  }
});

/** A document with one table of some columns. */
function sample(columns = 3): Document {
  const table = {
    ...emptyTable('tbl_a', 'sch_public', 'a'),
    columns: Array.from({ length: columns }, (_, at) => ({
      id: `col_${at}`,
      name: `c${at}`,
      type: { kind: 'builtin', name: 'bigint' } as const,
      nullable: true,
    })),
    keys: [{ id: 'key_a', kind: 'primary' as const, columns: ['col_0'] }],
  };
  return { ...emptyDocument('Sample'), tables: { tbl_a: table } };
}

function problemOf(text: string): { code: string; message: string } {
  const read = parseDocument(text);
  return read.ok ? { code: 'read', message: '' } : read.problem;
}

describe('the file', () => {
  it('is text that a person can read', () => {
    expect(serialize(sample(2))).toBe(`{
  "format": "crowfoot",
  "version": 5,
  "settings": [
    {"id":"settings","name":"Sample","dialect":"postgresql","version":18}
  ],
  "schemas": [
    {"id":"sch_public","name":"public","implicit":true}
  ],
  "tables": [
    {
      "id": "tbl_a",
      "name": "a",
      "schema": "sch_public",
      "columns": [
        {"id":"col_0","name":"c0","type":{"kind":"builtin","name":"bigint"},"nullable":true},
        {"id":"col_1","name":"c1","type":{"kind":"builtin","name":"bigint"},"nullable":true}
      ],
      "keys": [
        {"id":"key_a","kind":"primary","columns":["col_0"]}
      ]
    }
  ],
  "diagrams": [
    {"id":"diagram_main","name":"Main"}
  ]
}
`);
  });

  it('[F4] a renamed column is one changed line, a moved table one more', () => {
    const before = serialize(sample());
    const after = serialize(JSON.parse(JSON.stringify(sample()).replace('"name":"c1"', '"name":"renamed"')) as Document);
    const [old, now] = [before.split('\n'), after.split('\n')];
    expect(now.length).toBe(old.length);
    expect(now.filter((line, at) => line !== old[at])).toHaveLength(1);
  });

  it('[F5] every cut of a file is refused with the place where it ends', () => {
    const text = serialize(sample());
    for (let length = 0; length < text.trimEnd().length; length += 7) {
      const { code, message } = problemOf(text.slice(0, length));
      expect(code).toBe('json-syntax');
      const { line } = lineAndColumn(text, text.slice(0, length).trimEnd().length);
      expect(Math.abs(Number(/line (\d+)/.exec(message)?.[1]) - line)).toBeLessThanOrEqual(1);
    }
  });

  it('[F6] syntax errors name line and column', () => {
    expect(problemOf('{\n  "format": "crowfoot",\n  oops\n}').message).toContain('line 3, column 3');
    expect(problemOf('{"a": 1,}').message).toContain('line 1, column 9');
    expect(problemOf('[1 2]').message).toContain('line 1, column 4');
    expect(problemOf('{"a" 1}').message).toContain('line 1, column 6');
    expect(problemOf('{} x').message).toContain('line 1, column 4');
    expect(problemOf('"\u0001"').message).toContain('line 1, column 1');
    expect(problemOf('').message).toContain('line 1, column 1');
  });

  it('[F7] what is not ours, or hostile, is refused by name', () => {
    const file = (change: (json: Record<string, unknown>) => void): string => {
      const json = JSON.parse(serialize(sample())) as Record<string, unknown>;
      change(json);
      return JSON.stringify(json);
    };
    const table = (json: Record<string, unknown>) => (json['tables'] as Record<string, unknown>[])[0] as Record<string, unknown>;
    const cases: [string, string][] = [
      ['[]', 'not-crowfoot'],
      ['null', 'not-crowfoot'],
      ['{"format":"other"}', 'not-crowfoot'],
      ['{"format":"crowfoot"}', 'bad-version'],
      ['{"format":"crowfoot","version":"1"}', 'bad-version'],
      ['{"format":"crowfoot","version":0}', 'bad-version'],
      ['{"format":"crowfoot","version":1}', 'broken-references'],
      ['{"format":"crowfoot","version":1,"__proto__":{"polluted":true}}', 'hostile-key'],
      [file((json) => (json['more'] = [])), 'unknown-section'],
      [file((json) => (json['tables'] = {})), 'bad-section'],
      [file((json) => (json['tables'] = [null])), 'bad-record'],
      [file((json) => (table(json)['surprise'] = 1)), 'bad-record'],
      [file((json) => (table(json)['constructor'] = 1)), 'bad-record'],
      [file((json) => (table(json)['name'] = 5)), 'bad-record'],
      [file((json) => (table(json)['id'] = 'constructor')), 'bad-record'],
      [file((json) => (table(json)['schema'] = 'sch_gone')), 'broken-references'],
      [file((json) => (table(json)['keys'] = [{ id: 'k', kind: 'unique', columns: ['gone'] }])), 'broken-references'],
      [file((json) => (json['tables'] = [table(json), table(json)])), 'id-twice'],
      [file((json) => (json['tables'] = new Array(5001).fill(table(json)))), 'too-many-tables'],
      [serialize(sample(1601)), 'bad-record'],
      [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
      ['PK\u0003\u0004 a Word document', 'json-syntax'],
    ];
    for (const [text, code] of cases) expect([text.slice(0, 60), problemOf(text).code]).toEqual([text.slice(0, 60), code]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(problemOf(file((json) => (table(json)['schema'] = 'sch_gone'))).message).toContain('tables tbl_a, schema');
    expect(problemOf(serialize(sample(1600))).code).toBe('read');
  });

  it('[F8] a newer version opens read-only with what is known of it', () => {
    const json = JSON.parse(serialize(sample())) as Record<string, unknown>;
    json['version'] = 6;
    json['hologram'] = [{ id: 'h' }];
    const tables = json['tables'] as Record<string, unknown>[];
    json['tables'] = [
      { ...tables[0], quantum: true },
      { id: 'tbl_b', shape: 'all new' },
    ];
    json['relationships'] = [{ id: 'r', child: 'tbl_b', parent: 'tbl_a', childColumns: [], parentColumns: [] }];
    const read = parseDocument(JSON.stringify(json));
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.document).toEqual(sample());
    expect(read.value.readOnly).toContain('2 of its objects are not shown');
  });

  it('[F9] older versions pass through every step in turn', () => {
    const steps: Migration[] = [
      {
        to: 2,
        what: 'tables were called items',
        up: ({ items, ...file }) => ({ ok: true, value: { ...file, tables: items } }),
      },
      {
        to: 3,
        what: 'a settings version is a number',
        up: (file) => {
          const [settings] = file['settings'] as { version: string }[];
          return { ok: true, value: { ...file, settings: [{ ...settings, version: Number(settings?.version) }] } };
        },
      },
    ];
    const { tables, version: _, ...json } = JSON.parse(serialize(sample())) as Record<string, unknown>;
    const settings = [{ id: 'settings', name: 'Sample', dialect: 'postgresql', version: '18' }];
    const old = JSON.stringify({ ...json, version: 1, items: tables, settings });
    const read = parseDocument(old, { current: 3, migrations: steps });
    expect(read.ok && read.value.document).toEqual(sample());
    const stuck = parseDocument(old, { current: 4, migrations: steps });
    expect(!stuck.ok && stuck.problem.code).toBe('no-migration');
  });

  it.each([1, 2, 3, 4])('[F9] a file of version %d reads as it is', (version) => {
    const old = serialize(sample()).replace('"version": 5', `"version": ${version}`);
    expect(old).not.toBe(serialize(sample()));
    expect(parseDocument(old)).toEqual({ ok: true, value: { document: sample() } });
  });

  it('[F10] random damage never throws', () => {
    const text = serialize(sample());
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(text.length - 1), fc.string({ maxLength: 4 }), (from, length, put) => {
        const damaged = text.slice(0, from) + put + text.slice(from + (length % 9));
        const read = parseDocument(damaged);
        if (!read.ok) expect(read.problem.message.length).toBeGreaterThan(10);
      }),
      runs(3, 1500),
    );
  });
});

describe('parseJson', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        const read = parseJson(text);
        if (!text.includes('__proto__')) expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      runs(5, 300),
    );
  });
});
