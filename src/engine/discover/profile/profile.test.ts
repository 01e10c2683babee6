import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '#test/runs.ts';
import { VALUE_TYPES } from '../../dialects/value-types.ts';
import { relationOf } from '../relation.ts';
import { compareValues } from './compare.ts';
import { kindOf, kindOfAll, type ValueKind } from './kind.ts';
import { patternOf, profileColumn, profileRelation } from './profile.ts';
import { identifierFor, proposeTable, typeFor } from './propose.ts';

function profileOf(values: readonly (string | undefined)[]) {
  const [column] = relationOf(
    ['c'],
    values.map((value) => [value]),
  ).columns;
  if (column === undefined) throw new Error('no column');
  return profileColumn(column);
}

describe('kinds of values', () => {
  it.each<[ValueKind, readonly string[]]>([
    ['integer', ['0', '-7', '+12', '123456789012345678901234567890']],
    ['decimal', ['0.5', '-1.25', '.5', '10.00']],
    ['float', ['1e5', '-2.5E-10', '3.e4']],
    ['date', ['2024-02-29', '1999-12-31']],
    ['time', ['23:59', '00:00:00', '12:30:15.123']],
    ['timestamp', ['2024-01-01 10:00', '2024-01-01T10:00:00.5']],
    ['timestamptz', ['2024-01-01T10:00:00Z', '2024-01-01 10:00:00+02', '2024-01-01 10:00:00+02:30']],
    ['uuid', ['0f8fad5b-d9cb-469f-a165-70867728950e']],
    ['boolean', ['true', 'F', 'Yes']],
    ['json', ['{"a":1}', '[1,2]', '[]']],
    ['text', ['007', '2023-02-29', '2024-13-01', '24:00', '1,5', '{a', 'x', '', ' 1', '1_000', '--', '1.2.3', 'e5', '-']],
  ])('%s', (kind, values) => {
    for (const value of values) expect([value, kindOf(value)]).toEqual([value, kind]);
  });

  it('widen: numbers to the more general, dates to moments, anything else to text', () => {
    expect(kindOfAll(['1', '2.5'])).toBe('decimal');
    expect(kindOfAll(['1', '2.5', '1e9'])).toBe('float');
    expect(kindOfAll(['2024-01-01', '2024-01-01 10:00'])).toBe('timestamp');
    expect(kindOfAll(['1', 'true'])).toBe('text');
    expect(kindOfAll(['01', '2'])).toBe('text');
    expect(kindOfAll([])).toBeUndefined();
  });

  it('do not depend on the order of values', () => {
    const value = fc.constantFrom('1', '2.5', '1e9', '2024-01-01', '2024-01-01 10:00', 'x', 'true', '01');
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (values) => {
        expect(kindOfAll([...values].reverse())).toBe(kindOfAll(values));
      }),
      runs(5501, 200),
    );
  });
});

describe('profiles', () => {
  it('count rows, NULLs, different values and the frequent ones', () => {
    const profile = profileOf(['b', 'a', undefined, 'b', '', 'b', 'a']);
    expect(profile).toMatchObject({
      rows: 7,
      nulls: 1,
      distinct: 3,
      unique: false,
      kind: 'text',
      min: '',
      max: 'b',
      shortest: 0,
      longest: 1,
    });
    expect(profile.top).toEqual([
      { value: 'b', rows: 3 },
      { value: 'a', rows: 2 },
      { value: '', rows: 1 },
    ]);
    expect(profile.averageLength).toBeCloseTo(5 / 6);
  });

  it('order numbers by size, however long, and moments by time', () => {
    expect(profileOf(['9', '10', '-2'])).toMatchObject({ min: '-2', max: '10', digits: 2, scale: 0 });
    expect(profileOf(['9007199254740993', '9007199254740992'])).toMatchObject({ min: '9007199254740992', max: '9007199254740993' });
    expect(profileOf(['1.50', '10.125'])).toMatchObject({ kind: 'decimal', digits: 2, scale: 3, max: '10.125' });
    const moments = ['2024-01-01T10:00:00+05:00', '2024-01-01T06:00:00Z', '2024-01-01 07:30:00+01'];
    expect([...moments].sort(compareValues('timestamptz'))).toEqual([moments[0], moments[1], moments[2]]);
  });

  it('say nothing of a column without values', () => {
    const profile = profileOf([undefined, undefined]);
    expect(profile).toMatchObject({ nulls: 2, distinct: 0, unique: true, shortest: 0, longest: 0, averageLength: 0, top: [] });
    expect(profile.kind).toBeUndefined();
  });

  it('tell texts that pack several facts into one value', () => {
    expect(profileOf(['red,green', 'green', 'blue,red', 'green,blue', undefined, 'red']).packed).toMatchObject({
      kind: 'list',
      separator: ',',
    });
    expect(profileOf(['12 kg', '3 kg', '5 g', '7 kg']).packed).toMatchObject({ kind: 'quantity' });
    for (const values of [
      ['red', 'green', 'blue', 'white'],
      ['1', '2', '3', '4'],
      ['2024-01-01', '2024-01-02', '2024-01-03', '2024-02-01'],
    ])
      expect(profileOf(values).packed).toBeUndefined();
  });

  it('show shapes', () => {
    expect(patternOf('AB-12 x é中')).toBe('AA-99 a aa');
    expect(patternOf('x'.repeat(100))).toBe(`${'a'.repeat(40)}…`);
    expect(profileOf(['CH-1', 'DE-2', '12']).patterns[0]).toEqual({ value: 'AA-9', rows: 2 });
  });
});

describe('a table proposed from data', () => {
  const relation = relationOf(
    ['Kunden Nr.', 'kundenNr', 'Größe', '1st', 'Since', 'zip', 'paid', 'empty'],
    [
      ['1', '10', '1.5', 'x', '2024-01-01', '01234', 'true', undefined],
      ['2', '3000000000', '22.25', undefined, '2024-01-02', '80001', 'false', undefined],
    ],
  );
  const profiles = profileRelation(relation);

  it('has names, types, keys and nullability that fit', () => {
    const proposal = proposeTable('/data/My Customers.2024.csv', profiles, [[3], [0], [1]], 'postgresql');
    expect(proposal.name).toBe('my_customers_2024');
    const lines = proposal.columns.map(({ name, type, nullable }) => {
      const args = 'args' in type && type.args !== undefined ? `(${type.args.join()})` : '';
      return `${name} ${'name' in type ? type.name : ''}${args}${nullable ? '' : ' not null'}`;
    });
    expect(lines).toEqual([
      'kunden_nr integer not null',
      'kunden_nr_2 bigint not null',
      'grosse numeric(4,2) not null',
      'c_1st text',
      'since date not null',
      'zip text not null',
      'paid boolean not null',
      'empty text',
    ]);
    expect(proposal).toMatchObject({ primaryKey: [0], uniques: [[1]] });
    expect(proposal.columns[7]?.why).toBe('all 2 values are NULL');
  });

  it('speaks every dialect', () => {
    for (const dialect of ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'] as const) {
      const { columns } = proposeTable('x', profiles, [], dialect);
      for (const { type } of columns) expect(type.kind).toBe('builtin');
      expect(columns[0]?.type).toEqual(VALUE_TYPES[dialect].integer);
      expect(columns[5]?.type).toEqual(VALUE_TYPES[dialect].text(5));
    }
    expect(identifierFor('orderLines', 'oracle')).toBe('ORDER_LINES');
    expect(identifierFor('', 'postgresql')).toBe('c');
    expect(identifierFor('x'.repeat(200), 'postgresql')).toHaveLength(60);
  });

  it('takes numbers as wide as they are', () => {
    expect(typeFor(profileOf(['2147483647', '-2147483648']), 'postgresql')).toEqual(VALUE_TYPES.postgresql.integer);
    expect(typeFor(profileOf(['2147483648']), 'postgresql')).toEqual(VALUE_TYPES.postgresql.bigint);
    expect(typeFor(profileOf(['9223372036854775808']), 'postgresql')).toEqual(VALUE_TYPES.postgresql.decimal(19, 0));
    expect(typeFor(profileOf(['yes', 'true']), 'postgresql')).toEqual(VALUE_TYPES.postgresql.text(4));
    expect(typeFor(profileOf(['x'.repeat(5000)]), 'mysql')).toEqual({ kind: 'builtin', name: 'text' });
    expect(typeFor(profileOf(['x'.repeat(5000)]), 'mssql')).toEqual({ kind: 'builtin', name: 'nvarchar', args: ['max'] });
  });
});
