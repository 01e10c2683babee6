import { emptyTable } from '#model/create.ts';
import type { Relationship } from '#model/types.ts';
import {
  column,
  custom,
  dialectOf,
  type FeatureCase,
  INTEGER,
  INTEGERS,
  link,
  mood,
  POSTGRES,
  parent,
  record,
  schema,
  schemaId,
  view,
} from './build.ts';

export const LINKS_CASES: readonly FeatureCase[] = [
  {
    feature: 'foreign key',
    of: '',
    variants: [(document) => ({ ...document, relationships: {} }), link({ childColumns: ['c_a'] })],
  },
  {
    feature: 'foreign key',
    of: 'to another key',
    from: parent((one) => ({ keys: [...one.keys, { id: 'p_u', kind: 'unique', columns: ['p_n'] }] })),
    variants: [link({ parentColumns: ['p_n'] })],
  },
  {
    feature: 'foreign key',
    of: 'several columns',
    from: parent(() => ({ keys: [{ id: 'p_pk', kind: 'primary', columns: INTEGERS }] })),
    variants: [
      link({ childColumns: ['c_parent', 'c_a'], parentColumns: INTEGERS }),
      link({ childColumns: ['c_a', 'c_parent'], parentColumns: INTEGERS }),
      (document) => ({ ...document, relationships: {} }),
    ],
  },
  {
    feature: 'foreign key',
    of: 'to itself',
    variants: [
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          self: { id: 'self', child: 'child', parent: 'child', childColumns: ['c_a'], parentColumns: ['c_id'] },
        },
      }),
    ],
  },
  {
    feature: 'foreign key',
    of: 'a column on itself',
    variants: [
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          self: { id: 'self', child: 'child', parent: 'child', childColumns: ['c_id'], parentColumns: ['c_id'] },
        },
      }),
    ],
  },
  {
    feature: 'foreign key',
    of: 'in a circle',
    variants: [
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          back: { id: 'back', child: 'parent', parent: 'child', childColumns: ['p_n'], parentColumns: ['c_id'] },
        },
      }),
    ],
  },
  {
    feature: 'foreign key',
    of: 'twice',
    variants: [
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          again: { ...(document.relationships['link'] as Relationship), id: 'again', name: 'again' },
        },
      }),
    ],
  },
  {
    feature: 'foreign key',
    of: 'a column in two',
    variants: [
      (document) => ({
        ...document,
        tables: {
          ...document.tables,
          third: {
            ...emptyTable('third', schemaId(document), 'third'),
            columns: [{ id: 't_id', name: 'id', type: INTEGER[dialectOf(document)], nullable: false }],
            keys: [{ id: 't_pk', kind: 'primary', columns: ['t_id'] }],
          },
        },
        relationships: {
          ...document.relationships,
          again: { id: 'again', child: 'child', parent: 'third', childColumns: ['c_parent'], parentColumns: ['t_id'] },
        },
      }),
    ],
  },
  { feature: 'foreign key name', of: '', variants: [link({ name: 'fk' }), link({ name: 'fk2' })] },
  {
    feature: 'foreign key action',
    of: 'delete',
    variants: (['cascade', 'set null', 'set default', 'restrict'] as const).map((onDelete) => link({ onDelete })),
  },
  {
    feature: 'foreign key action',
    of: 'update',
    variants: (['cascade', 'set null', 'set default', 'restrict'] as const).map((onUpdate) => link({ onUpdate })),
  },
  {
    feature: 'foreign key action columns',
    of: '',
    at: POSTGRES,
    from: link({ onDelete: 'set null' }),
    variants: [link({ onDeleteColumns: ['c_parent'] })],
  },
  { feature: 'foreign key match', of: '', variants: [link({ match: 'full' })] },
  { feature: 'foreign key state', of: '', variants: [link({ notValid: true }), link({ notEnforced: true })] },
  {
    feature: 'conceptual relationship',
    of: '',
    variants: [
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          idea: { id: 'idea', child: 'child', parent: 'parent', childColumns: [], parentColumns: [] },
        },
      }),
      (document) => ({
        ...document,
        relationships: {
          ...document.relationships,
          idea: { id: 'idea', child: 'child', parent: 'parent', childColumns: [], parentColumns: [], manyToMany: true },
        },
      }),
    ],
  },
];

export const OTHERS_CASES: readonly FeatureCase[] = [
  { feature: 'view', of: '', variants: [view({}), view({ query: 'SELECT 2 AS x' })] },
  { feature: 'materialized view', of: '', at: POSTGRES, variants: [view({ materialized: true })] },
  {
    feature: 'sequence',
    of: '',
    variants: [
      record('sequences', (document) => ({ schema: schemaId(document), options: {} })),
      record('sequences', (document) => ({ schema: schemaId(document), options: { start: '5' } })),
    ],
  },
  {
    feature: 'routine',
    of: '',
    variants: [
      record('routines', (document) => ({
        schema: schemaId(document),
        kind: 'function',
        signature: '',
        definition: 'CREATE FUNCTION one() RETURNS int RETURN 1',
      })),
    ],
  },
  {
    feature: 'trigger',
    of: '',
    variants: [record('triggers', () => ({ on: 'child', timing: 'before', events: ['insert'], forEach: 'row', execute: 'f()' }))],
  },
  {
    feature: 'verbatim',
    of: '',
    variants: [record('verbatim', () => ({ kind: 'GRANT', sql: 'GRANT ALL ON child TO x', place: 'last', order: 0 }))],
  },
  {
    feature: 'enum type',
    of: 'values',
    at: POSTGRES,
    variants: [
      mood(),
      mood({ values: ['sad', 'happy'] }),
      mood({ values: ['happy', 'sad', ''] }),
      mood({ values: ['happy', 'sad', ' '] }),
      mood({ values: ['happy', "it's"] }),
      mood({ values: [] }),
      mood({ values: ['Happy', 'happy', 'ha ppy', 'ha_ppy'] }),
    ],
  },
  {
    feature: 'enum type name',
    of: '',
    at: POSTGRES,
    variants: [mood(), mood({ name: 'Mood' }), mood({ name: 'mo od' }), mood({ name: 'child' })],
  },
  { feature: 'enum type', of: 'in a schema', at: POSTGRES, from: schema(), variants: [mood(), mood({ schema: 'other' })] },
  {
    feature: 'unused enum type',
    of: '',
    at: POSTGRES,
    variants: [(document) => ({ ...mood()(document), tables: document.tables })],
  },
  { feature: 'type comment', of: '', at: POSTGRES, from: mood(), variants: [mood({ comment: 'x' }), mood({ comment: 'y' })] },
  {
    feature: 'domain',
    of: '',
    at: POSTGRES,
    variants: [
      custom({ kind: 'domain', base: { kind: 'builtin', name: 'text' }, checks: [] }),
      custom({ kind: 'domain', base: { kind: 'builtin', name: 'text' }, checks: [{ id: 'd', expression: "VALUE <> ''" }] }),
      column({ type: { kind: 'builtin', name: 'text' } }, 'c_b'),
    ],
  },
  {
    feature: 'composite type',
    of: '',
    at: POSTGRES,
    variants: [
      custom({ kind: 'composite', attributes: [{ id: 'at', name: 'x', type: { kind: 'builtin', name: 'integer' } }] }),
      custom({ kind: 'composite', attributes: [{ id: 'at', name: 'y', type: { kind: 'builtin', name: 'integer' } }] }),
    ],
  },
  {
    feature: 'range type',
    of: '',
    at: POSTGRES,
    variants: [
      custom({ kind: 'range', subtype: { kind: 'builtin', name: 'integer' }, parameters: [] }),
      custom({ kind: 'range', subtype: { kind: 'builtin', name: 'bigint' }, parameters: [] }),
    ],
  },
  {
    feature: 'written type',
    of: '',
    at: ['oracle'],
    variants: [
      custom({ kind: 'written', definition: 'CREATE TYPE mood AS OBJECT (x NUMBER)' }),
      custom({ kind: 'written', definition: 'CREATE TYPE mood AS OBJECT (y NUMBER)' }),
    ],
  },
];
