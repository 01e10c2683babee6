import { expect, test } from 'vitest';
import { allBits, type Bits, bitItems, bitsOf, intersects, isSubset, minus, sameBits, union } from '#lib/bitset.ts';
import { SCHEMAS } from '#test/normalize-arbitrary.ts';
import { oracle } from '#test/normalize-oracle.ts';
import { UNLIMITED } from '../budget.ts';
import { anomalyRows, anomalyWords, combinationWords } from './anomaly.ts';
import { decomposeBcnf } from './bcnf.ts';
import { closer } from './closure.ts';
import { canonicalCover } from './cover.ts';
import { type Fd, fdSet } from './dependencies.ts';
import { homesOf, proveBreaches, proveJoin, proveMvdBreaches, replay } from './explain.ts';
import { findForms } from './forms.ts';
import { fourthBreaches } from './fourth.ts';
import type { Part } from './parts.ts';
import { recommend } from './recommend.ts';

test('each breach is proved: closure, what it misses, a derivation that replays, a key around a partial left side', () => {
  let partial = 0;
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const truth = oracle(size, pairs);
    const forms = findForms(set, UNLIMITED).value;
    const proofs = proveBreaches(set, forms);
    expect(proofs).toHaveLength(forms.breaches.length);
    for (const proof of proofs) {
      expect(sameBits(union(proof.closure, proof.missing), allBits(size))).toBe(true);
      expect(intersects(proof.closure, proof.missing)).toBe(false);
      expect(bitItems(proof.missing).length).toBeGreaterThan(0);
      let reached = proof.left;
      for (const step of proof.derivation) {
        expect(isSubset((set.fds[step.fd] as Fd).left, reached)).toBe(true);
        reached = union(reached, bitsOf(size, step.added));
      }
      expect(isSubset(proof.right, reached)).toBe(true);
      for (const item of bitItems(proof.nonPrime)) expect((truth.prime >> item) & 1).toBe(0);
      if (proof.form === '2NF' || proof.form === '3NF') expect(sameBits(proof.nonPrime, proof.right)).toBe(true);
      expect(proof.keys.length).toBeGreaterThan(0);
      if (proof.form !== '2NF') continue;
      partial++;
      expect(proof.inside).toBeDefined();
      expect(isSubset(proof.left, proof.inside as Bits) && !sameBits(proof.left, proof.inside as Bits)).toBe(true);
    }
  }
  expect(partial).toBeGreaterThan(20);
});

test('the join is proved step by step: each step equates by a dependency that its rows agree on', () => {
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const cover = canonicalCover(set);
    const parts = decomposeBcnf(set, UNLIMITED).value.parts.map((part) => part.attributes);
    const proof = proveJoin(cover, parts);
    expect(proof.chase.lossless).toBe(true);
    for (const [at, { fd, row, column }] of proof.chase.steps.entries()) {
      const before = replay(proof, at);
      const after = replay(proof, at + 1);
      expect(after[row]?.[column]).toBeLessThan(before[row]?.[column] as number);
      expect(bitItems((cover.fds[fd] as Fd).right)).toContain(column);
    }
    const end = replay(proof, proof.chase.steps.length);
    expect(end[proof.chase.row as number]).toEqual(Array.from({ length: size }, () => 0));
    expect(replay(proof, 0)).toEqual(proof.start);
  }
});

test('each dependency has its home, by steps that replay, or is lost', () => {
  const seen = { inside: 0, joint: 0, lost: 0 };
  const check = (size: number, cover: ReturnType<typeof canonicalCover>, parts: readonly Part[], lost: readonly Fd[]) => {
    homesOf(cover, parts).forEach((home, at) => {
      const fd = cover.fds[at] as Fd;
      seen[home.kind]++;
      expect(lost.includes(fd) || lost.some((one) => sameBits(one.left, fd.left))).toBe(home.kind === 'lost');
      let reached = fd.left;
      if (home.kind === 'inside') {
        const { fds, attributes } = parts[home.part] as Part;
        expect(isSubset(union(fd.left, fd.right), attributes)).toBe(true);
        for (const step of home.derivation) {
          expect(isSubset((fds[step.fd] as Fd).left, reached)).toBe(true);
          reached = union(reached, bitsOf(size, step.added));
        }
      } else if (home.kind === 'joint') {
        for (const step of home.steps) {
          expect(isSubset(step.from, reached)).toBe(true);
          expect(isSubset(union(step.from, step.added), (parts[step.part] as Part).attributes)).toBe(true);
          expect(isSubset(step.added, closer(cover).close(step.from))).toBe(true);
          reached = union(reached, step.added);
        }
      } else reached = home.reached;
      expect(isSubset(fd.right, reached)).toBe(home.kind !== 'lost');
    });
  };
  for (const { size, pairs } of SCHEMAS) {
    const set = fdSet(size, pairs);
    const cover = canonicalCover(set);
    for (const plan of [decomposeBcnf(set, UNLIMITED).value, recommend(set, UNLIMITED).value])
      check(size, cover, plan.parts, plan.lost);
  }
  expect(seen.inside).toBeGreaterThan(100);
  expect(seen.joint).toBeGreaterThan(0);
  expect(seen.lost).toBeGreaterThan(10);
});

test('a multivalued breach shows the blocks that combine freely', () => {
  // course ->> teacher | book
  const set = fdSet(3, []);
  const mvds = fdSet(3, [[[0], [1]]]).fds;
  const [proof] = proveMvdBreaches(set, mvds, closer(set), fourthBreaches(set, mvds));
  expect(proof?.basis.blocks.map(bitItems)).toEqual([[1], [2]]);
  expect(bitItems(proof?.missing as Bits)).toEqual([1, 2]);
  expect(bitItems(minus(proof?.rest as Bits, proof?.left as Bits))).toEqual([2]);
});

test('anomalies in words name what must be changed, cannot be added and is lost', () => {
  expect(anomalyWords(['zip'], ['city', 'state'], ['id'])).toEqual({
    update:
      'city and state are repeated in every row with the same zip: a change must reach each of them, and one that is missed contradicts the others.',
    insert: 'For a new zip, city and state cannot be recorded before there is a row with id.',
    delete: 'Deleting the last row with some zip loses its city and state.',
  });
  expect(anomalyWords([], ['currency'], ['id']).update).toContain('the same in every row');
  expect(combinationWords(['course'], ['teacher'], ['book'])).toMatchObject({
    insert: 'A new teacher of one course needs a row for every book that is there, and cannot be recorded when there is none.',
  });
  expect(combinationWords([], ['a'], ['b']).delete).toBe('Deleting the last b loses every a.');
});

test('anomalies in rows: what is stored again, what one deletion loses, and what contradicts the dependency', () => {
  const rows = [
    ['1', '8001', 'Zürich'],
    ['2', '8001', 'Zürich'],
    ['3', '3011', 'Bern'],
    ['4', '8001', 'Zürich'],
    ['5', null, null],
    ['6', null, null],
    ['7', '1200', 'Genève'],
    ['8', '1200', 'Genf'],
  ];
  expect(anomalyRows(rows, [1], [2])).toEqual({
    repeated: [
      { left: ['8001'], right: ['Zürich'], rows: [0, 1, 3] },
      { left: [null], right: [null], rows: [4, 5] },
    ],
    redundant: 3,
    lonely: [2],
    conflicts: [[6, 7]],
  });
  expect(anomalyRows(rows, [1], [2], 1).repeated).toHaveLength(1);
  expect(anomalyRows([], [0], [1])).toEqual({ repeated: [], redundant: 0, lonely: [], conflicts: [] });
});
