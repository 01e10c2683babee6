import { type FeatureCase, index, link, MYSQL, on, POSTGRES, primary, table, unique } from './build.ts';

export const KEYS_CASES: readonly FeatureCase[] = [
  { feature: 'primary key', of: 'none', variants: [table(() => ({ keys: [] }))] },
  {
    feature: 'primary key order',
    of: 'several columns',
    variants: [primary({ columns: ['c_id', 'c_a'] }), primary({ columns: ['c_a', 'c_id'] })],
  },
  { feature: 'primary key name', of: '', variants: [primary({ name: 'pk' }), primary({ name: 'pk2' })] },
  { feature: 'unique key', of: 'one column', variants: [unique({ columns: ['c_b'] }), unique({ columns: ['c_c'] })] },
  { feature: 'unique key', of: 'several columns', variants: [unique(), unique({ columns: ['c_c', 'c_b'] })] },
  { feature: 'unique key', of: 'foreign key column', variants: [unique({ columns: ['c_parent'] })] },
  {
    feature: 'unique key name',
    of: '',
    from: unique(),
    variants: [table((one) => ({ keys: one.keys.map((key) => (key.kind === 'unique' ? { ...key, name: 'v' } : key)) }))],
  },
  { feature: 'key include', of: '', at: POSTGRES, variants: [primary({ include: ['c_a'] })] },
  {
    feature: 'nulls not distinct',
    of: 'key',
    at: POSTGRES,
    from: unique(),
    variants: [
      table((one) => ({ keys: one.keys.map((key) => (key.kind === 'unique' ? { ...key, nullsNotDistinct: true } : key)) })),
    ],
  },
  {
    feature: 'key deferral',
    of: 'key',
    at: POSTGRES,
    variants: [primary({ deferral: 'deferrable' }), primary({ deferral: 'initially deferred' })],
  },
  {
    feature: 'key deferral',
    of: 'unique',
    at: POSTGRES,
    from: unique(),
    variants: (['deferrable', 'initially deferred'] as const).map((deferral) =>
      table((one) => ({ keys: one.keys.map((key) => (key.kind === 'unique' ? { ...key, deferral } : key)) })),
    ),
  },
  {
    feature: 'foreign key deferral',
    of: '',
    variants: [link({ deferral: 'deferrable' }), link({ deferral: 'initially deferred' })],
  },
  { feature: 'key detail', of: 'clustered', at: ['mssql'], variants: [primary({ clustered: false })] },
  { feature: 'key detail', of: 'method', at: MYSQL, variants: [primary({ method: 'hash' })] },
  { feature: 'key detail', of: 'order', variants: [primary({ descending: [0] })] },
  { feature: 'key detail', of: 'prefix', at: MYSQL, variants: [primary({ lengths: [4] })] },
  {
    feature: 'key detail',
    of: 'storage',
    at: POSTGRES,
    variants: [
      primary({ parameters: [{ name: 'fillfactor', value: '70' }] }),
      primary({ tablespace: 'x' }),
      primary({ attachedTo: 'p_pk' }),
    ],
  },
  {
    feature: 'without overlaps',
    of: 'key',
    at: POSTGRES,
    from: primary({ columns: ['c_id', 'c_a'] }),
    variants: [primary({ withoutOverlaps: true })],
  },
  { feature: 'without overlaps', of: 'foreign key', at: POSTGRES, variants: [link({ period: true })] },
  {
    feature: 'index',
    of: 'columns',
    variants: [
      on({ column: 'c_a' }),
      on({ column: 'c_b' }),
      on({ column: 'c_a' }, { column: 'c_b' }),
      on({ column: 'c_b' }, { column: 'c_a' }),
    ],
  },
  { feature: 'index', of: 'name', variants: [index(), index({ name: 'j' })] },
  {
    feature: 'index',
    of: 'without a name',
    variants: [table((one) => ({ indexes: [...one.indexes, { id: 'c_i', elements: [{ column: 'c_a' }] }] }))],
  },
  {
    feature: 'unique index',
    of: '',
    from: index(),
    variants: [
      table((one) => ({ indexes: one.indexes.map((each) => ({ ...each, unique: true })) })),
      table((one) => ({ indexes: [], keys: [...one.keys, { id: 'c_u', kind: 'unique', name: 'i', columns: ['c_a'] }] })),
    ],
  },
  {
    feature: 'unique index',
    of: 'for a part of the rows',
    at: POSTGRES,
    from: index(),
    variants: [
      table((one) => ({ indexes: one.indexes.map((each) => ({ ...each, unique: true, where: 'a > 0' })) })),
      table((one) => ({ indexes: one.indexes.map((each) => ({ ...each, where: 'a > 0' })) })),
    ],
  },
  { feature: 'partial index', of: '', variants: [index(), index({ where: 'a > 0' }), index({ where: 'a > 1' })] },
  {
    feature: 'expression index',
    of: '',
    variants: [on({ expression: 'lower(b)' }), on({ expression: 'upper(b)' }), on({ expression: 'upper(b)' }, { column: 'c_a' })],
  },
  {
    feature: 'index method',
    of: '',
    from: index(),
    variants: ['hash', 'gin', 'gist', 'fulltext', 'brin', 'bloom'].map((method) =>
      table((one) => ({ indexes: one.indexes.map((each) => ({ ...each, method })) })),
    ),
  },
  { feature: 'index include', of: '', variants: [index(), index({ include: ['c_b'] }), index({ include: ['c_c'] })] },
  {
    feature: 'index order',
    of: 'descending',
    variants: [
      on({ column: 'c_a' }),
      on({ column: 'c_a', order: 'desc' }),
      on({ column: 'c_a' }, { column: 'c_b', order: 'desc' }),
    ],
  },
  {
    feature: 'index nulls',
    of: '',
    variants: [
      on({ column: 'c_a' }),
      on({ column: 'c_a', nulls: 'first' }),
      on({ column: 'c_a', nulls: 'last' }),
      on({ column: 'c_a', order: 'desc', nulls: 'first' }),
      on({ column: 'c_a', order: 'desc', nulls: 'last' }),
    ],
  },
  {
    feature: 'index nulls',
    of: 'expression',
    variants: [
      on({ expression: 'lower(b)' }),
      on({ expression: 'lower(b)', order: 'desc' }),
      on({ expression: 'lower(b)', nulls: 'first' }),
    ],
  },
  {
    feature: 'operator class',
    of: '',
    variants: [
      on({ column: 'c_b' }),
      on({ column: 'c_b', operatorClass: 'text_pattern_ops' }),
      on({ column: 'c_b', operatorClass: 'varchar_pattern_ops' }),
    ],
  },
  { feature: 'index collation', of: '', variants: [on({ column: 'c_b' }), on({ column: 'c_b', collation: '"C"' })] },
  {
    feature: 'index prefix',
    of: '',
    at: MYSQL,
    variants: [on({ column: 'c_b' }), on({ column: 'c_b', length: 4 }), on({ column: 'c_b', length: 5 })],
  },
  {
    feature: 'nulls not distinct',
    of: 'index',
    at: POSTGRES,
    variants: [index({ unique: true }), index({ unique: true, nullsNotDistinct: true })],
  },
  { feature: 'index comment', of: '', variants: [index(), index({ comment: 'x' }), index({ comment: 'y' })] },
  {
    feature: 'index detail',
    of: '',
    variants: [
      index(),
      index({ parameters: [{ name: 'fillfactor', value: '70' }] }),
      index({ tablespace: 'x' }),
      index({ clustered: true }),
      index({ only: true }),
      index({ invisible: true }),
      index({ replicaIdentity: true }),
    ],
  },
];
