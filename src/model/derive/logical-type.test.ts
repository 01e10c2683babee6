import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../column-types.ts';
import { emptyDocument } from '../create.ts';
import type { CustomType } from '../types.ts';
import { logicalType } from './logical-type.ts';

const builtin = (name: string, ...args: string[]): ColumnType => ({
  kind: 'builtin',
  name,
  ...(args.length === 0 ? {} : { args }),
});

const TYPES: readonly CustomType[] = [
  { id: 'state', kind: 'enum', schema: 's', name: 'state', values: ['a'] },
  { id: 'email', kind: 'domain', schema: 's', name: 'email', base: builtin('varchar', '200'), checks: [] },
  { id: 'emails', kind: 'domain', schema: 's', name: 'emails', base: { kind: 'custom', type: 'email', dims: 1 }, checks: [] },
  { id: 'circle', kind: 'domain', schema: 's', name: 'round', base: { kind: 'custom', type: 'circle' }, checks: [] },
  { id: 'point', kind: 'composite', schema: 's', name: 'spot', attributes: [] },
  { id: 'span', kind: 'range', schema: 's', name: 'span', subtype: builtin('time'), parameters: [] },
];
const document = { ...emptyDocument(), types: Object.fromEntries(TYPES.map((one) => [one.id, one])) };

describe('generic types', () => {
  const cases: readonly (readonly [ColumnType, string])[] = [
    [builtin('bigserial'), 'integer'],
    [builtin('smallint'), 'integer'],
    [builtin('numeric', '12', '2'), 'decimal(12,2)'],
    [builtin('numeric'), 'decimal'],
    [builtin('double precision'), 'float'],
    [builtin('varchar', '40'), 'text(40)'],
    [builtin('text'), 'text'],
    [builtin('timestamptz', '3'), 'timestamp'],
    [builtin('interval day to second'), 'interval'],
    [builtin('tinyint', '1'), 'boolean'],
    [builtin('bytea'), 'binary'],
    [builtin('jsonb'), 'json'],
    [builtin('uuid'), 'uuid'],
    [builtin('tstzrange'), 'range of timestamp'],
    [builtin('int4multirange'), 'set of ranges of integer'],
    [{ kind: 'builtin', name: 'text', dims: 2 }, 'list of list of text'],
    [{ kind: 'custom', type: 'state' }, 'enum'],
    [{ kind: 'custom', type: 'email' }, 'text(200)'],
    [{ kind: 'custom', type: 'emails' }, 'list of text(200)'],
    [{ kind: 'custom', type: 'point' }, 'structure'],
    [{ kind: 'custom', type: 'span' }, 'range of time'],
    [{ kind: 'custom', type: 'gone' }, 'structure'],
    [{ kind: 'other', schema: 'public', name: 'citext' }, 'text'],
    [{ kind: 'other', name: 'vector', args: ['3'] }, 'vector'],
  ];
  for (const [type, expected] of cases) {
    it(`${JSON.stringify(type)} is ${expected}`, () => expect(logicalType(document, type)).toBe(expected));
  }

  it('ends on a domain that is made of itself', () => {
    expect(logicalType(document, { kind: 'custom', type: 'circle' })).toBe('round');
  });
});
