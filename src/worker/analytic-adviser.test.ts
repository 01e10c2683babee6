import { describe, expect, it } from 'vitest';
import { advisedNames } from '#engine/indexes/advise/advice.ts';
import { dialectDocument } from '#test/analytic.ts';
import { AnalyticAdviser } from './analytic-adviser.ts';

const QUERIES = {
  ordered: 'SELECT * FROM orders WHERE customer_id = 77 ORDER BY placed DESC',
  join: "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.email = 'a@b.example'",
};
const WHY = 'no planner of MySQL runs in a browser';
const whole = { shouldStop: () => false };

describe('advice by formulas', () => {
  it('says how far it is and why no planner was asked, and weighs other sets afterwards', async () => {
    const document = await dialectDocument('mysql', QUERIES);
    let breaths = 0;
    const adviser = new AnalyticAdviser(async () => void breaths++);
    const heard: string[] = [];
    const budget = { shouldStop: () => false, progress: (_: number, what: string) => void heard.push(what) };
    const advice = await adviser.advise({ document, options: {}, why: WHY }, undefined, budget);
    if (!advice.ok) throw new Error(advice.problem.message);
    expect(advice.value.basis).toEqual({ kind: 'analytic', why: WHY });
    expect(heard.length).toBeGreaterThan(2);
    expect(breaths).toBeGreaterThan(2);
    const none = await adviser.weigh([]);
    const all = await adviser.weigh(advice.value.advised.indexes);
    expect(none.ok && none.value.reads).toBe(advice.value.none.reads);
    expect(all.ok && all.value.reads).toBe(advice.value.advised.reads);
    // Another worker, after this one was ended, comes to the same.
    const again = { document, options: {}, why: WHY, names: advisedNames(advice.value) };
    const later = await new AnalyticAdviser(async () => {}).weigh(advice.value.advised.indexes, again);
    expect(later.ok && later.value).toEqual(advice.value.advised);
  });

  it('gives the best that was found when it has to stop', async () => {
    const document = await dialectDocument('oracle', QUERIES);
    const advice = await new AnalyticAdviser(async () => {}).advise({ document, options: {}, why: WHY }, undefined, {
      shouldStop: () => true,
    });
    expect(advice.ok && advice.value.complete).toBe(false);
    expect(advice.ok && advice.value.advised.reads).toBeLessThanOrEqual(advice.ok ? advice.value.none.reads : 0);
  });

  it('stays within a budget of bytes', async () => {
    const document = await dialectDocument('mssql', QUERIES);
    const adviser = new AnalyticAdviser(async () => {});
    const free = await adviser.advise({ document, options: {}, why: WHY }, undefined, whole);
    const tight = await adviser.advise({ document, options: { budget: 5_000_000 }, why: WHY }, undefined, whole);
    expect(free.ok && free.value.advised.bytes).toBeGreaterThan(5_000_000);
    expect(tight.ok && tight.value.advised.bytes).toBeLessThanOrEqual(5_000_000);
    expect(tight.ok && tight.value.advised.indexes.length).toBeGreaterThan(0);
  });

  it('has nothing to weigh before there is advice', async () => {
    expect(await new AnalyticAdviser(async () => {}).weigh([])).toMatchObject({ ok: false, problem: { code: 'no-advice' } });
  });
});
