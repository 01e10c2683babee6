/** The judges are judged: each kind of change must be seen, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogDifference } from '#test/catalog.ts';
import { CHANGES, type Change } from './changes.ts';
import type { Engine } from './engine.ts';
import { ENGINES } from './engines.ts';

describe.each(Object.values(ENGINES))('$label', ({ find, open, label }) => {
  const found = find();
  if (!found.ok) console.log(`skipped: ${label}: ${found.reason}`);
  describe.skipIf(!found.ok)('judges', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine?.close());

    async function catalogAfter(statements: readonly string[]): Promise<string[]> {
      await engine.reset();
      expect(await engine.run(statements)).toEqual([]);
      return engine.catalog();
    }

    it('says its name and starts empty', async () => {
      expect(engine.name).toMatch(/^\w+.* \d+/);
      const empty = await catalogAfter([]);
      expect((await catalogAfter(['CREATE TABLE t (a integer)'])).length).toBeGreaterThan(empty.length);
      expect(await catalogAfter([])).toEqual(empty);
    });

    it('tells which statement failed', async () => {
      await engine.reset();
      const bad = ['SELEC 1', 'CREATE TABLE a\n(x integer)'];
      const errors = await engine.run(['CREATE TABLE a (x integer)', ...bad, 'CREATE TABLE b (x integer)']);
      expect(errors.map(({ statement }) => statement)).toEqual(bad);
      expect(errors[1]?.message).toMatch(/already exists/);
      expect((await engine.catalog()).some((line) => /\bb\b/.test(line))).toBe(true);
    });

    const changes: readonly Change[] = CHANGES.filter((change) => change.on.includes(label));
    it('has changes to see', () => expect(changes.length).toBeGreaterThan(9));
    it.each(changes)('sees a change of $what', async ({ one, other }) => {
      const [before, changed] = [await catalogAfter(one), await catalogAfter(other)];
      expect(catalogDifference(before, changed)).not.toEqual([]);
      expect(catalogDifference(before, await catalogAfter(one))).toEqual([]);
    });
  });
});
