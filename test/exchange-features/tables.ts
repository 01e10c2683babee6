import type { Column } from '#model/column-types.ts';
import { emptyTable } from '#model/create.ts';
import {
  check,
  column,
  dialectOf,
  type FeatureCase,
  INTEGER,
  index,
  link,
  mood,
  POSTGRES,
  primary,
  schema,
  schemaId,
  table,
} from './build.ts';

export const TABLES_CASES: readonly FeatureCase[] = [
  {
    feature: 'table',
    of: 'another',
    variants: [
      (document) => ({
        ...document,
        tables: {
          ...document.tables,
          x: {
            ...emptyTable('x', schemaId(document), 'x'),
            columns: [{ id: 'x1', name: 'x', type: INTEGER[dialectOf(document)], nullable: true }],
          },
        },
      }),
    ],
  },
  {
    feature: 'table',
    of: 'without columns',
    at: POSTGRES,
    variants: [(document) => ({ ...document, tables: { ...document.tables, x: emptyTable('x', schemaId(document), 'x') } })],
  },
  {
    feature: 'name',
    of: 'table',
    variants: [
      table(() => ({ name: 'Child' })),
      table(() => ({ name: 'my child' })),
      table(() => ({ name: 'my_child' })),
      table(() => ({ name: 'children' })),
      table(() => ({ name: 'order' })),
    ],
  },
  {
    feature: 'name',
    of: 'column',
    variants: ['A', 'a b', 'a_b', 'a-b', 'class', 'order', 'ä', '1a', '__proto__', 'pk'].map((name) => column({ name })),
  },
  {
    feature: 'column',
    of: 'another',
    variants: [table((one) => ({ columns: [...one.columns, { ...(one.columns[1] as Column), id: 'c_z', name: 'z' }] }))],
  },
  {
    feature: 'order',
    of: 'columns',
    variants: [
      table((one) => ({ columns: [one.columns[0], one.columns[2], one.columns[1], one.columns[3], one.columns[4]] as Column[] })),
    ],
  },
  { feature: 'schema', of: 'a table', variants: [schema(), schema({ name: 'third' })] },
  {
    feature: 'empty schema',
    of: '',
    variants: [(document) => ({ ...document, schemas: { ...document.schemas, none: { id: 'none', name: 'none' } } })],
  },
  {
    feature: 'schema',
    of: 'same names',
    from: (document) => schema()({ ...document, relationships: {} }),
    variants: [table(() => ({ name: 'parent' }))],
  },
  {
    feature: 'schema of types',
    of: '',
    at: POSTGRES,
    from: mood(),
    variants: [
      (document) => {
        const schemas = { ...document.schemas, other: { id: 'other', name: 'other' } };
        return mood({ schema: 'other' })({ ...document, schemas });
      },
    ],
  },
  { feature: 'schema comment', of: '', from: schema(), variants: [schema({ comment: 'x' }), schema({ comment: 'y' })] },
  { feature: 'owner', of: 'schema', from: schema(), variants: [schema({ owner: 'x' })] },
  { feature: 'owner', of: 'table', variants: [table(() => ({ owner: 'x' }))] },
  { feature: 'owner', of: 'type', at: POSTGRES, from: mood(), variants: [mood({ owner: 'x' })] },
  { feature: 'remark', of: 'table', variants: [table(() => ({ remarks: [{ at: 'before', text: '-- x' }] }))] },
  { feature: 'remark', of: 'foreign key', variants: [link({ remarks: [{ at: 'before', text: '-- x' }] })] },
  { feature: 'remark', of: 'schema', from: schema(), variants: [schema({ remarks: [{ at: 'before', text: '-- x' }] })] },
  { feature: 'residue', of: 'table', variants: [table(() => ({ residue: ['X 1'] }))] },
  { feature: 'residue', of: 'column', variants: [column({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'key', variants: [primary({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'index', from: index(), variants: [index({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'check', from: check({}), variants: [check({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'foreign key', variants: [link({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'schema', from: schema(), variants: [schema({ residue: ['X 1'] })] },
  { feature: 'residue', of: 'type', at: POSTGRES, from: mood(), variants: [mood({ residue: ['X 1'] })] },
  {
    feature: 'table comment',
    of: '',
    variants: [
      'x',
      'y',
      ' x',
      'x\ny',
      'it\'s "x"',
      '{{ x }}',
      '*/ x',
      '"""',
      'x \\ y',
      'a -- b',
      '{% x %}',
      "x' . y",
      '\u0024{x}',
    ].map((comment) => table(() => ({ comment }))),
  },
  { feature: 'table comment', of: 'empty', variants: [table(() => ({ comment: '  ' }))] },
  {
    feature: 'persistence',
    of: '',
    variants: [table(() => ({ persistence: 'unlogged' })), table(() => ({ persistence: 'temporary' }))],
  },
  {
    feature: 'partitioning',
    of: 'by column',
    variants: [
      table(() => ({ partitioning: { strategy: 'range', elements: [{ column: 'c_id' }] } })),
      table(() => ({ partitioning: { strategy: 'hash', elements: [{ column: 'c_id' }] } })),
    ],
  },
  {
    feature: 'partitioning',
    of: 'a partition',
    at: POSTGRES,
    from: table(() => ({ partitioning: { strategy: 'range', elements: [{ column: 'c_id' }] } })),
    variants: [
      (document) => ({
        ...document,
        tables: {
          ...document.tables,
          part: { ...emptyTable('part', schemaId(document), 'part'), partitionOf: { parent: 'child', bound: 'DEFAULT' } },
        },
      }),
    ],
  },
  {
    feature: 'inheritance',
    of: '',
    at: POSTGRES,
    variants: [
      (document) => ({
        ...document,
        tables: { ...document.tables, heir: { ...emptyTable('heir', schemaId(document), 'heir'), inherits: ['child'] } },
      }),
    ],
  },
  { feature: 'parameters', of: '', variants: [table(() => ({ parameters: [{ name: 'fillfactor', value: '70' }] }))] },
  { feature: 'tablespace', of: '', variants: [table(() => ({ tablespace: 'x' }))] },
  {
    feature: 'access method',
    of: '',
    variants: [table(() => ({ accessMethod: 'heap' })), table(() => ({ replicaIdentity: 'FULL' }))],
  },
  {
    feature: 'row security',
    of: '',
    at: POSTGRES,
    variants: [table(() => ({ rowSecurity: 'enabled' })), table(() => ({ rowSecurity: 'forced' }))],
  },
  {
    feature: 'policy',
    of: '',
    at: POSTGRES,
    variants: [table(() => ({ policies: [{ id: 'c_p', name: 'p', command: 'all', roles: [], using: 'a > 0' }] }))],
  },
  {
    feature: 'exclusion',
    of: '',
    at: POSTGRES,
    variants: [
      table(() => ({ exclusions: [{ id: 'c_x', name: 'x', method: 'gist', elements: [{ column: 'c_a', operator: '=' }] }] })),
    ],
  },
  {
    feature: 'check',
    of: 'condition',
    variants: [
      check({}),
      check({ expression: 'a > 1' }),
      check({ name: 'l' }),
      check({ expression: "b <> '`'" }),
      check({ expression: "b ~ ':x'" }),
    ],
  },
  {
    feature: 'check state',
    of: '',
    from: check({}),
    variants: [check({ noInherit: true }), check({ notValid: true }), check({ notEnforced: true })],
  },
  { feature: 'constraint comment', of: 'check', from: check({}), variants: [check({ comment: 'x' })] },
  { feature: 'constraint comment', of: 'key', variants: [primary({ comment: 'x' })] },
  { feature: 'constraint comment', of: 'foreign key', variants: [link({ comment: 'x' })] },
];
