import { describe, expect, it } from 'vitest';
import { UNLIMITED } from '#engine/budget.ts';
import { verdictOf } from '#engine/normalize/judge-table.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { declaring, tableNamed } from '#test/decompose.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { keepCalls, keepDraft, openDependencies } from './keep.ts';

async function places(): Promise<Document> {
  const document = readDdl(
    await parserForTests(),
    'CREATE TABLE places (id int PRIMARY KEY, zip text NOT NULL, city text NOT NULL, note text);',
  );
  return declaring(document, 'places', 'zip -> city', 'id -> note');
}

function opens(document: Document) {
  const table = tableNamed(document, 'places');
  return openDependencies(table, verdictOf(document, table, UNLIMITED));
}

describe('keeping redundancy', () => {
  it('is offered for the dependencies that break a form, and no others', async () => {
    expect(opens(await places()).map(({ id }) => id)).toEqual(['fd_0']);
    expect(openDependencies(tableNamed(await places(), 'places'), undefined)).toEqual([]);
  });

  it('needs something to accept and a reason', async () => {
    const draft = keepDraft(opens(await places()));
    const said = (one: typeof draft) => {
      const calls = keepCalls('t', one, '2026-01-01');
      return calls.ok ? undefined : calls.problem.code;
    };
    expect(said(draft)).toBe('no-reason');
    expect(said({ ...draft, ids: [] })).toBe('nothing-chosen');
  });

  it('records reason, maintenance and date, after which nothing is open', async () => {
    const document = await places();
    const draft = keepDraft(opens(document));
    const exemption = { ...draft.exemption, reason: ' Read on every page ', staleness: '5 minutes' };
    const calls = keepCalls(tableNamed(document, 'places').id, { ...draft, exemption }, '2026-01-01');
    if (!calls.ok) throw new Error(calls.problem.message);
    const ran = runCommands(document, calls.value, derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    expect(tableNamed(ran.value.document, 'places').dependencies[0]?.exempt).toEqual({
      kind: 'accepted',
      reason: 'Read on every page',
      maintenance: 'trigger',
      staleness: '5 minutes',
      date: '2026-01-01',
    });
    expect(opens(ran.value.document)).toEqual([]);
  });
});
