import { column, type FeatureCase, literal, MYSQL, mood, POSTGRES, record, schemaId, typed, VARCHAR } from './build.ts';

export const COLUMNS_CASES: readonly FeatureCase[] = [
  {
    feature: 'column comment',
    of: '',
    variants: ['x', 'y', ' x', 'x\ny', 'it\'s "x"', '{{ x }}', '*/ x', 'x \\ y', '`x`', '\u0024{x}'].map((comment) =>
      column({ comment }),
    ),
  },
  { feature: 'column comment', of: 'empty', variants: [column({ comment: '  ' })] },
  {
    feature: 'column comment',
    of: 'foreign key column',
    variants: [column({ comment: 'x' }, 'c_parent'), column({ comment: 'y' }, 'c_parent')],
  },
  {
    feature: 'column type',
    of: 'integers',
    variants: [typed(() => ({ kind: 'builtin', name: 'bigint' })), typed(() => ({ kind: 'builtin', name: 'smallint' }))],
  },
  {
    feature: 'column type',
    of: 'text and its size',
    variants: [
      typed((dialect) => VARCHAR[dialect](80), 'c_b'),
      typed(() => ({ kind: 'builtin', name: 'text' }), 'c_b'),
      typed(
        (dialect) =>
          dialect === 'sqlite' ? { kind: 'builtin', name: 'CHAR(40)' } : { kind: 'builtin', name: 'char', args: ['40'] },
        'c_b',
      ),
    ],
  },
  {
    feature: 'column type',
    of: 'numbers',
    variants: [[], ['12'], ['12', '2'], ['12', '4']].map((args) =>
      typed((dialect) => ({
        kind: 'builtin',
        name: dialect.startsWith('m')
          ? 'decimal'
          : dialect === 'oracle'
            ? 'number'
            : dialect === 'sqlite' && args.length > 0
              ? `numeric(${args.join(',')})`
              : 'numeric',
        ...(args.length === 0 || dialect === 'sqlite' ? {} : { args }),
      })),
    ),
  },
  {
    feature: 'column type',
    of: 'times',
    at: POSTGRES,
    variants: ['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval'].flatMap((name) => [
      typed(() => ({ kind: 'builtin', name })),
      ...(name === 'date' ? [] : [typed(() => ({ kind: 'builtin', name, args: ['3'] }))]),
    ]),
  },
  {
    feature: 'column type',
    of: 'others',
    at: POSTGRES,
    variants: [
      'boolean',
      'uuid',
      'json',
      'jsonb',
      'bytea',
      'xml',
      'inet',
      'cidr',
      'tsvector',
      'point',
      'int4range',
      'money',
      'oid',
      'real',
      'double precision',
      'macaddr',
      'varbit',
    ].map((name) => typed(() => ({ kind: 'builtin', name }))),
  },
  {
    feature: 'column type',
    of: 'arrays',
    at: POSTGRES,
    variants: [1, 2].map((dims) => typed(() => ({ kind: 'builtin', name: 'integer', dims }))),
  },
  {
    feature: 'column type',
    of: 'arrays of enums',
    at: POSTGRES,
    from: mood(),
    variants: [1, 2].map((dims) => column({ type: { kind: 'custom', type: 'typ', dims } }, 'c_b')),
  },
  {
    feature: 'column type',
    of: 'from elsewhere',
    at: POSTGRES,
    variants: [
      typed(() => ({ kind: 'other', name: 'citext' })),
      typed(() => ({ kind: 'other', name: 'geometry', args: ['Point', '4326'] })),
      typed(() => ({ kind: 'other', name: 'geometry', args: ['Point', '3857'] })),
      typed(() => ({ kind: 'other', schema: 'x', name: 'geometry' })),
    ],
  },
  {
    feature: 'column type',
    of: 'unsigned and enum',
    at: MYSQL,
    variants: [
      typed(() => ({ kind: 'builtin', name: 'int unsigned' })),
      typed(() => ({ kind: 'builtin', name: 'enum', args: ["'x'", "'y'"] })),
      typed(() => ({ kind: 'builtin', name: 'set', args: ["'x'", "'y'"] })),
      typed(() => ({ kind: 'builtin', name: 'enum', args: ["'x'", "'z'"] })),
      typed(() => ({ kind: 'builtin', name: 'mediumint' })),
      typed(() => ({ kind: 'builtin', name: 'tinyint', args: ['1'] })),
      typed(() => ({ kind: 'builtin', name: 'bit', args: ['8'] })),
    ],
  },
  {
    feature: 'column type',
    of: 'of SQLite',
    at: ['sqlite'],
    variants: ['', 'ANY', 'WHAT EVER(3)', 'INT', 'BLOB', 'TEXT', 'REAL', 'NUMERIC'].map((name) =>
      typed(() => ({ kind: 'builtin', name })),
    ),
  },
  {
    feature: 'column type',
    of: 'of SQL Server',
    at: ['mssql'],
    variants: ['nvarchar', 'varbinary']
      .flatMap((name) => [
        typed(() => ({ kind: 'builtin', name, args: ['max'] })),
        typed(() => ({ kind: 'builtin', name, args: ['20'] })),
      ])
      .concat(
        [
          'bit',
          'datetime2',
          'datetimeoffset',
          'hierarchyid',
          'money',
          'tinyint',
          'uniqueidentifier',
          'rowversion',
          'sql_variant',
        ].map((name) => typed(() => ({ kind: 'builtin', name }))),
      ),
  },
  {
    feature: 'default',
    of: 'number',
    variants: [
      column(literal('42')),
      column(literal('43')),
      column(literal('-1')),
      column({ default: { kind: 'expression', sql: 'abs(-3)' } }),
      column({ default: { kind: 'expression', sql: 'abs(-4)' } }),
    ],
  },
  {
    feature: 'default',
    of: 'text',
    variants: ["'x'", "'y'", "'it''s'", "''", "'{{'"].map((sql) => column(literal(sql), 'c_b')),
  },
  {
    feature: 'default',
    of: 'big number',
    from: typed(() => ({ kind: 'builtin', name: 'bigint' })),
    variants: [column(literal('9007199254740993')), column(literal('9007199254740992'))],
  },
  {
    feature: 'default',
    of: 'now',
    from: typed((dialect) => ({ kind: 'builtin', name: dialect === 'mssql' ? 'datetime2' : 'timestamp' })),
    variants: [column({ default: { kind: 'expression', sql: 'CURRENT_TIMESTAMP' } })],
  },
  {
    feature: 'default',
    of: 'truth',
    at: POSTGRES,
    from: typed(() => ({ kind: 'builtin', name: 'boolean' })),
    variants: [column(literal('true')), column(literal('false'))],
  },
  {
    feature: 'default',
    of: 'enum',
    at: POSTGRES,
    from: mood(),
    variants: [column(literal("'happy'"), 'c_b'), column(literal("'sad'"), 'c_b')],
  },
  {
    feature: 'default',
    of: 'array',
    at: POSTGRES,
    from: typed(() => ({ kind: 'builtin', name: 'integer', dims: 1 })),
    variants: [column(literal("'{}'")), column({ default: { kind: 'expression', sql: 'ARRAY[1]' } })],
  },
  { feature: 'default', of: 'foreign key column', variants: [column(literal('1'), 'c_parent'), column(literal('2'), 'c_parent')] },
  {
    feature: 'default name',
    of: '',
    at: ['mssql'],
    from: column(literal('42')),
    variants: [column({ ...literal('42'), defaultName: 'df_a' })],
  },
  { feature: 'on update', of: '', at: MYSQL, variants: [column({ onUpdate: 'CURRENT_TIMESTAMP' })] },
  {
    feature: 'identity',
    of: 'primary key',
    at: ['postgresql', 'oracle'],
    variants: [column({ identity: { mode: 'always' } }, 'c_id'), column({ identity: { mode: 'by default' } }, 'c_id')],
  },
  {
    feature: 'identity',
    of: 'other column',
    at: ['postgresql', 'oracle'],
    variants: [column({ identity: { mode: 'always' } }), column({ identity: { mode: 'by default' } })],
  },
  {
    feature: 'identity',
    of: 'primary key, one way',
    at: ['mysql', 'mariadb', 'sqlite'],
    variants: [column({ identity: { mode: 'by default' } }, 'c_id')],
  },
  {
    feature: 'identity',
    of: 'other column, one way',
    at: ['mysql', 'mariadb', 'sqlite'],
    variants: [column({ identity: { mode: 'by default' } })],
  },
  {
    feature: 'identity',
    of: 'of SQL Server',
    at: ['mssql'],
    variants: [
      column({ identity: { mode: 'always', options: { start: '1', increment: '1' } } }, 'c_id'),
      column({ identity: { mode: 'always', options: { start: '1', increment: '1' } } }),
    ],
  },
  {
    feature: 'identity',
    of: 'serial',
    at: POSTGRES,
    variants: ['serial', 'bigserial', 'smallserial'].map((name) => typed(() => ({ kind: 'builtin', name }), 'c_id')),
  },
  {
    feature: 'identity',
    of: 'a sequence of its own',
    at: POSTGRES,
    from: record('sequences', (document) => ({
      schema: schemaId(document),
      options: {},
      ownedBy: { table: 'child', column: 'c_id' },
    })),
    variants: [column({ default: { kind: 'expression', sql: "nextval('one')" } }, 'c_id')],
  },
  {
    feature: 'identity always',
    of: '',
    at: ['postgresql', 'oracle'],
    from: column({ identity: { mode: 'by default' } }, 'c_id'),
    variants: [column({ identity: { mode: 'always' } }, 'c_id')],
  },
  {
    feature: 'identity options',
    of: '',
    from: column({ identity: { mode: 'always' } }, 'c_id'),
    variants: [
      column({ identity: { mode: 'always', options: { start: '5' } } }, 'c_id'),
      column({ identity: { mode: 'always', options: { start: '6' } } }, 'c_id'),
      column({ identity: { mode: 'always', sequenceName: 's' } }, 'c_id'),
    ],
  },
  {
    feature: 'generated',
    of: '',
    variants: [
      column({ generated: { expression: 'id + 1', stored: true } }),
      column({ generated: { expression: 'id + 2', stored: true } }),
      column({ generated: { expression: 'id + 1', stored: false } }),
    ],
  },
  { feature: 'collation', of: '', variants: [column({ collation: '"C"' }, 'c_b'), column({ collation: '"D"' }, 'c_b')] },
  { feature: 'charset', of: '', at: MYSQL, variants: [column({ charset: 'utf8mb4' }, 'c_b')] },
  { feature: 'invisible column', of: '', at: MYSQL, variants: [column({ invisible: true })] },
  {
    feature: 'column storage',
    of: '',
    at: POSTGRES,
    variants: [column({ compression: 'lz4' }), column({ storage: 'plain' }), column({ statistics: 5 })],
  },
  { feature: 'not null', of: '', variants: [column({ nullable: false })] },
  { feature: 'not null', of: 'foreign key column', variants: [column({ nullable: false }, 'c_parent')] },
  {
    feature: 'not null',
    of: 'array',
    at: POSTGRES,
    from: typed(() => ({ kind: 'builtin', name: 'integer', dims: 1 })),
    variants: [column({ nullable: false })],
  },
  { feature: 'not null name', of: '', at: POSTGRES, from: column({ nullable: false }), variants: [column({ notNullName: 'nn' })] },
];
