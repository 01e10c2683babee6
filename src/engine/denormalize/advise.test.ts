import { describe, expect, it } from 'vitest';
import { databaseDesign } from '#engine/documents/design.ts';
import { verdictOf } from '#engine/normalize/judge-table.ts';
import { formBadge } from '#engine/normalize/verdict-text.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { applyDiff, reverseDiff } from '#model/diff.ts';
import type { Document, Id } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { built, documentOf, idOf, linkOf, proposed } from '#test/denormalize.ts';
import { UNLIMITED } from '../budget.ts';
import { advise, buildProposal } from './advise.ts';
import { dismissalOf, dismissedBy } from './dismissal.ts';
import { completeLoad, type GivenLoad, NOTHING_GIVEN } from './load.ts';

const BLOG = `
CREATE TABLE authors (id bigint PRIMARY KEY, name text NOT NULL, email text);
CREATE TABLE posts (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES authors (id), title text NOT NULL);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE, body text, length integer);`;

const blog = () => documentOf(BLOG, 'postgresql');

function given(
  document: Document,
  more: { counts?: number; lookups?: number; reports?: number; inserts?: number; updates?: number },
): GivenLoad {
  const tables: Record<Id, object> = {
    [idOf(document, 'authors')]: { rows: 20_000, updates: more.updates ?? 1 },
    [idOf(document, 'posts')]: { rows: 100_000, inserts: 10, updates: more.updates ?? 1 },
    [idOf(document, 'comments')]: { rows: 2_000_000, inserts: more.inserts ?? 100, deletes: 5, updates: 1 },
  };
  const joins = [
    {
      relationships: [linkOf(document, 'comments', 'posts')],
      ...(more.counts === undefined ? {} : { counts: more.counts }),
      ...(more.reports === undefined ? {} : { reports: more.reports }),
    },
    { relationships: [linkOf(document, 'posts', 'authors')], ...(more.lookups === undefined ? {} : { lookups: more.lookups }) },
  ];
  return { tables, joins };
}

describe('no advice without a reason', () => {
  it('nothing is said where nobody said anything, whatever is guessed', async () => {
    expect(advise(await blog(), NOTHING_GIVEN)).toEqual({ value: [], complete: true });
  });

  it('nothing is said where writes are as frequent as reads', async () => {
    const document = await blog();
    expect(advise(document, given(document, { counts: 50_000, inserts: 500_000 })).value).toEqual([]);
    expect(advise(document, given(document, { lookups: 100_000, updates: 50_000 })).value).toEqual([]);
  });

  it('nothing is said of a number that is there, of a small parent, or of one that has no name', async () => {
    const counted = await documentOf(BLOG.replace('title text NOT NULL', 'title text NOT NULL, comments_count int'), 'postgresql');
    expect(advise(counted, given(counted, { counts: 80_000 })).value).toEqual([]);
    const document = await blog();
    const small = given(document, { lookups: 1_000_000 });
    expect(advise(document, { ...small, tables: { ...small.tables, [idOf(document, 'authors')]: { rows: 200 } } }).value).toEqual(
      [],
    );
    const nameless = await documentOf(BLOG.replace('name text NOT NULL, email text', 'email text'), 'postgresql');
    expect(advise(nameless, given(nameless, { lookups: 1_000_000 })).value).toEqual([]);
  });

  it('personal data is not copied about, unless somebody says that it is looked up', async () => {
    const document = await blog();
    const authors = document.tables[idOf(document, 'authors')];
    if (authors === undefined) throw new Error('no authors');
    const columns = authors.columns.map((one) => (one.name === 'name' ? { ...one, classification: 'personal' as const } : one));
    const marked: Document = { ...document, tables: { ...document.tables, [authors.id]: { ...authors, columns } } };
    const load = given(marked, { lookups: 1_000_000 });
    expect(advise(marked, load).value).toEqual([]);
    const [first, second] = load.joins;
    const said = {
      ...load,
      joins: [
        first ?? { relationships: [] },
        { ...second, relationships: second?.relationships ?? [], columns: [authors.columns[1]?.id ?? ''] },
      ],
    };
    expect(advise(marked, said).value.map(({ idea }) => idea.kind)).toEqual(['copy']);
  });

  it('a price is offered to be kept only where a quantity has none', async () => {
    const shop = (line: string) =>
      documentOf(
        `CREATE TABLE p (id int PRIMARY KEY, price numeric(9,2)); CREATE TABLE l (id int PRIMARY KEY, p_id int REFERENCES p (id), ${line});`,
        'postgresql',
      );
    const kinds = async (line: string) => advise(await shop(line), NOTHING_GIVEN).value.map(({ idea }) => idea.kind);
    expect(await kinds('quantity int')).toEqual(['snapshot']);
    expect(await kinds('quantity int, unit_price numeric(9,2)')).toEqual(['mark']);
    expect(await kinds('quantity int, total numeric(9,2)')).toEqual([]);
    expect(await kinds('note text')).toEqual([]);
  });
});

describe('what is said', () => {
  it('is ranked by what it spares, with figures, price and guesses', async () => {
    const document = await blog();
    const { value } = advise(document, given(document, { counts: 40_000, lookups: 30_000 }));
    expect(value.map(({ idea }) => idea.kind)).toEqual(['counter', 'copy']);
    const [counter, copy] = value;
    // 40,000 posts of 20 comments each, less 105 comments that come or go.
    expect(counter?.saved).toBe(40_000 * 20 - 105 * 4);
    expect(counter?.cost).toMatchObject({ bytesPerRow: 8, rows: 100_000, bytes: 800_000, writesPerHour: 105 });
    expect(counter?.cost.contention?.hot).toBe(false);
    expect(counter?.guesses).toEqual([]);
    expect(copy?.invariant.dependency).toBe('posts: author_id → author_name');
    // One author changes in an hour, and has five posts.
    expect(copy?.cost.writesPerHour).toBe(5);
    expect(copy?.saved).toBe(30_000 * 2 - 10 * 2 - 5 * 4);
  });

  it('a parent that many write is told to be hot', async () => {
    const document = await blog();
    const [counter] = advise(document, given(document, { counts: 5e8, inserts: 900_000 })).value;
    expect(counter?.cost.contention).toMatchObject({ hot: true });
    // A tenth of 900,005 per hour go to one row, which is held for 5 ms each.
    expect(counter?.cost.contention?.busy).toBeCloseTo((900_005 * 0.1 * 0.005) / 3600, 6);
  });

  it('joins are guessed from reads that were given, and marked so', async () => {
    const document = await blog();
    const load = completeLoad(document, { tables: { [idOf(document, 'comments')]: { reads: 1000 } }, joins: [] });
    const join = load.join([linkOf(document, 'comments', 'posts')]);
    expect(join).toEqual({
      lookups: { value: 500, guessed: true },
      counts: { value: 0, guessed: true },
      reports: { value: 0, guessed: true },
    });
    expect(load.table(idOf(document, 'authors')).rows).toEqual({ value: 100, guessed: true });
    expect(load.table(idOf(document, 'comments')).rows).toEqual({ value: 2500, guessed: true });
    // As everywhere: what is said of one table tells of others.
    const said = completeLoad(document, { tables: { [idOf(document, 'posts')]: { rows: 70_000 } }, joins: [] });
    expect(said.table(idOf(document, 'comments')).rows).toEqual({ value: 350_000, guessed: true });
  });

  it('tables that refer to each other in a circle have finite guesses', async () => {
    const document = await documentOf(
      'CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a (id)); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);',
      'postgresql',
    );
    const load = completeLoad(document, NOTHING_GIVEN);
    for (const id of Object.keys(document.tables)) expect(load.table(id).rows.value).toBeLessThanOrEqual(10_000_000);
  });

  it('is as far as it went when it is stopped', async () => {
    const document = await blog();
    let asked = 0;
    const stopped = advise(document, given(document, { counts: 40_000, lookups: 30_000 }), { shouldStop: () => asked++ > 0 });
    expect(stopped.complete).toBe(false);
    expect(stopped.reason).toMatch(/stopped/);
    expect(stopped.value.length).toBeLessThan(2);
  });
});

describe('accepting', () => {
  it('is one step that keeps the document sound, says why in it, and is taken back by its reverse', async () => {
    const document = await blog();
    const made = built(document, proposed(advise(document, given(document, { counts: 40_000 })), 'counter'), {
      reason: 'Shown in every list',
    });
    const ran = runCommands(document, made.calls, derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    expect(validate(ran.value.document)).toEqual([]);
    expect(applyDiff(ran.value.document, reverseDiff(ran.value.diff))).toEqual(document);
    const posts = ran.value.document.tables[idOf(document, 'posts')];
    expect(posts?.dependencies[0]?.exempt).toEqual({
      kind: 'accepted',
      reason: 'Shown in every list',
      maintenance: 'trigger',
      date: '2026-01-31',
    });
    const verdict = verdictOf(ran.value.document, posts ?? ({} as never), UNLIMITED);
    // What follows from the key proves nothing of the table.
    expect(verdict.byAssumption).toBe(true);
    expect(verdict.derived).toEqual([posts?.dependencies[0]?.id]);
    expect(formBadge(verdict)).toMatchObject({ text: 'BCNF ?', title: expect.stringContaining('that redundancy is accepted') });
    const text = databaseDesign({ document: ran.value.document, normalForms: { [posts?.id ?? '']: verdict }, findings: [] });
    expect(text).toContain('Shown in every list');
    expect(text).toContain('values that are worked out from other tables');
    expect(text).toContain('Rows that disagree');
  });

  it('a copy is 2NF by choice and no violation that anybody has to mend', async () => {
    const document = await blog();
    const { after } = built(document, proposed(advise(document, given(document, { lookups: 300_000 })), 'copy'));
    const posts = after.tables[idOf(document, 'posts')];
    const verdict = verdictOf(after, posts ?? ({} as never), UNLIMITED);
    expect(verdict.highest).toBe('2NF');
    expect(verdict.violations.every(({ accepted }) => accepted === true)).toBe(true);
    expect(posts?.indexes.map(({ elements }) => elements.length)).toEqual([1]);
  });

  it('is refused with the reason when the keeper cannot be, or the model has changed', async () => {
    const document = await blog();
    const proposal = proposed(advise(document, given(document, { counts: 40_000 })), 'counter');
    const options = { ids: derivedIds(), diagram: 'dia_main', date: '2026-01-31' };
    expect(buildProposal(document, proposal, { keeper: 'materialized view', reason: '' }, options)).toMatchObject({
      ok: false,
      problem: { code: 'no-keeper' },
    });
    expect(buildProposal({ ...document, relationships: {} }, proposal, { keeper: 'trigger', reason: '' }, options)).toMatchObject({
      ok: false,
      problem: { code: 'stale-proposal' },
    });
    const moving = await documentOf(BLOG.replace('ON DELETE CASCADE', 'ON UPDATE CASCADE'), 'postgresql');
    const other = proposed(advise(moving, given(moving, { counts: 40_000 })), 'counter');
    expect(buildProposal(moving, other, { keeper: 'trigger', slots: true, reason: '' }, options)).toMatchObject({
      ok: false,
      problem: { code: 'no-slots' },
    });
  });

  it('a proposal that was dismissed is known by its waiver, as long as that is there', async () => {
    const document = await blog();
    const proposal = proposed(advise(document, given(document, { counts: 40_000 })), 'counter');
    expect(dismissedBy(document, proposal)).toBeUndefined();
    const record = { rule: dismissalOf(proposal), at: { record: proposal.table }, reason: 'no', date: '2026-01-31' };
    const ran = runCommands(document, [{ name: 'addWaiver', args: { record } }], derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    expect(dismissedBy(ran.value.document, proposal)?.reason).toBe('no');
  });
});
