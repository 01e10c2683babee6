import { describe, expect, it } from 'vitest';
import { bitItems } from '#lib/bitset.ts';
import { UNLIMITED } from '../budget.ts';
import { discoverDependencies, fdsOf, keysOf } from './dependencies.ts';
import { saysKey, shared, subjectOf, wordsOf } from './names.ts';
import { profileRelation } from './profile/profile.ts';
import { rankFds, rankKeys } from './rank.ts';
import { relationOf } from './relation.ts';

const NAMES = [
  'order_id',
  'ordered_on',
  'customer_id',
  'customer_name',
  'customer_city',
  'product_code',
  'product_price',
  'quantity',
];

/** Order lines, flat: what a person would see at once. */
const rows = Array.from({ length: 300 }, (_, i) => {
  const order = Math.floor(i / 3);
  const customer = (order * 7) % 23;
  const product = (i * 13) % 41;
  const day = String((order % 28) + 1).padStart(2, '0');
  return [
    String(1000 + order),
    `2024-0${(order % 9) + 1}-${day}`,
    `C${customer}`,
    `Customer ${customer}`,
    `City ${customer % 9}`,
    `P-${product}`,
    (product * 1.37 + 2).toFixed(2),
    String(((i * 31) % 17) + 1),
  ];
});

const relation = relationOf(NAMES, rows);
const profiles = profileRelation(relation);
const found = discoverDependencies(relation, UNLIMITED);
const ranked = rankFds(relation, profiles, fdsOf(found.value), UNLIMITED);
const say = ({ left, right }: { left: readonly number[]; right: readonly number[] }) =>
  `${left.map((column) => NAMES[column]).join()} > ${right.map((column) => NAMES[column]).join()}`;

describe('the order of dependencies', () => {
  it('has the rules of the original tables first', () => {
    const first = ranked.slice(0, 5).map(say);
    expect(first.some((one) => one.startsWith('customer_id > customer_name'))).toBe(true);
    expect(first.some((one) => one.startsWith('product_code > product_price'))).toBe(true);
    expect(first.some((one) => one.startsWith('order_id > '))).toBe(true);
  });

  it('counts groups and repeated cells as they are', () => {
    const customer = ranked.find(({ left }) => left.join() === '2');
    const groups = new Map<string, number>();
    for (const row of rows) groups.set(row[2] as string, (groups.get(row[2] as string) ?? 0) + 1);
    const saved = [...groups.values()].reduce((sum, size) => sum + size - 1, 0);
    expect(customer).toMatchObject({ groups: groups.size, evidence: true });
    expect(customer?.redundantCells).toBe(saved * (customer?.right.length ?? 0));
  });

  it('puts last, without a score, those whose left side never repeats', () => {
    const without = ranked.filter(({ evidence }) => !evidence);
    expect(without.length).toBeGreaterThan(0);
    expect(ranked.slice(-without.length)).toEqual(without);
    for (const { score, groups, left } of without) {
      expect([score, groups]).toEqual([0, 0]);
      expect(new Set(rows.map((row) => left.map((column) => row[column]).join())).size).toBe(rows.length);
    }
  });

  it('has scores from 0 to 1, and every dependency once', () => {
    for (const { score, scores } of ranked) {
      for (const one of [score, ...Object.values(scores)]) {
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(1);
      }
    }
    expect(ranked.map(({ left }) => left.join()).sort()).toEqual(
      fdsOf(found.value)
        .map((fd) => bitItems(fd.left).join())
        .sort(),
    );
  });

  it('does not rank what follows from nothing: constants are told as such', () => {
    const constant = relationOf(
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', 'x'],
        ['2', 'x'],
      ],
    );
    const fds = fdsOf(discoverDependencies(constant, UNLIMITED).value);
    expect(fds).toHaveLength(1);
    expect(rankFds(constant, profileRelation(constant), fds, UNLIMITED)).toEqual([]);
  });

  it('does not take the lines of one thing for evidence: what is said of it is said again on each', () => {
    // Forty orders of five lines; no two orders have one day and total, so nothing puts these to the test.
    const names = ['order_id', 'day', 'total', 'customer_id', 'line'];
    const lines = [...Array(200).keys()].map((line) => {
      const order = Math.floor(line / 5);
      return [order, order % 8, 100 + ((order * 3) % 39), (order * 7) % 9, line % 5].map(String);
    });
    const data = relationOf(names, lines);
    const all = rankFds(data, profileRelation(data), fdsOf(discoverDependencies(data, UNLIMITED).value), UNLIMITED);
    const of = (...left: string[]) => all.find((one) => one.left.map((column) => names[column]).join() === left.join());
    expect(of('order_id')).toMatchObject({ groups: 40, distinct: 40, things: 200 });
    expect(of('day', 'total')).toMatchObject({ groups: 40, distinct: 40, scores: { support: 0, redundancy: 0 } });
    expect(of('order_id')?.scores.support).toBeGreaterThan(0.9);
    expect(all[0]).toBe(of('order_id'));
  });

  it('trusts a left side with NULL less', () => {
    const plain = relationOf(
      ['k', 'v'],
      [
        ['1', 'x'],
        ['1', 'x'],
        ['2', 'y'],
        ['3', 'x'],
      ],
    );
    const holed = relationOf(
      ['k', 'v'],
      [
        ['1', 'x'],
        ['1', 'x'],
        [undefined, 'y'],
        ['3', 'x'],
      ],
    );
    const best = (one: typeof plain) =>
      rankFds(one, profileRelation(one), fdsOf(discoverDependencies(one, UNLIMITED).value), UNLIMITED)[0]?.score ?? 0;
    expect(best(holed)).toBeLessThan(best(plain));
    expect(best(holed)).toBeGreaterThan(0);
  });
});

describe('the order of keys', () => {
  it('prefers what is short, at the front, says it is a key and holds no NULL', () => {
    const data = relationOf(
      ['note', 'id', 'email', 'price'],
      Array.from({ length: 30 }, (_, i) => [
        `a long text that is different in every row ${i}`,
        String(i),
        i === 3 ? undefined : `m${i}@x.org`,
        `${i}.5`,
      ]),
    );
    const keys = keysOf(discoverDependencies(data, UNLIMITED).value);
    const order = rankKeys(keys, profileRelation(data));
    expect(order[0]?.columns).toEqual([1]);
    expect(order.find(({ columns }) => columns.join() === '2')?.score).toBe(0);
  });
});

describe('names', () => {
  it('are split into words, singular, and marks of keys are told from subjects', () => {
    expect(wordsOf('customerOrders_ID')).toEqual(['customer', 'order', 'id']);
    expect(subjectOf('customer_id')).toEqual(['customer']);
    expect([saysKey('zip_code'), saysKey('city'), saysKey('idea')]).toEqual([true, false, false]);
    expect([saysKey('zipcode'), saysKey('c_custkey'), saysKey('keyboard')]).toEqual([true, true, false]);
    expect(subjectOf('c_custkey')).toEqual(['custkey']);
    expect(shared(['customer'], ['customer', 'name'])).toBeCloseTo(2 / 3);
    expect([shared([], []), shared(['a'], ['b']), shared(['a'], ['a'])]).toEqual([0, 0, 1]);
  });
});
