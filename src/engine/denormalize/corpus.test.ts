/** Schemas of others: what is said without figures is right, and everything that is proposed under load can be accepted together. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { busy, documentOf, openPglite, openSqljs, type Runs, statementsOf } from '#test/denormalize.ts';
import { advise, buildProposal } from './advise.ts';
import { NOTHING_GIVEN } from './load.ts';

const FILES: readonly (readonly [Dialect, string, readonly string[]])[] = [
  ['postgresql', 'chinook', ['Mark invoice_line.unit_price as the value of its time']],
  ['postgresql', 'northwind', ['Mark order_details.unit_price as the value of its time']],
  ['postgresql', 'pagila', []],
  ['mysql', 'chinook', ['Mark InvoiceLine.UnitPrice as the value of its time']],
  ['mysql', 'sakila', []],
  ['sqlite', 'chinook', ['Mark InvoiceLine.UnitPrice as the value of its time']],
  ['sqlite', 'northwind', ['Mark Order Details.UnitPrice as the value of its time']],
  ['mssql', 'northwind', ['Mark Order Details.UnitPrice as the value of its time']],
  // Sales of pubs take the price of a title from where it is now: what was sold before changes with it.
  ['mssql', 'pubs', ['Keep titles.price as it was in sales']],
  ['oracle', 'hr', []],
  ['oracle', 'co', ['Mark ORDER_ITEMS.UNIT_PRICE as the value of its time']],
];

const schemaOf = (dialect: Dialect, name: string) =>
  documentOf(readFileSync(new URL(`../../../test/data/sql/${dialect}/${name}.sql`, import.meta.url), 'utf8'), dialect);

/** Accepts one proposal after the other, each worked out for the document with those before it. */
function acceptAll(document: Document): { readonly after: Document; readonly accepted: string[] } {
  let after = document;
  const accepted: string[] = [];
  const ids = derivedIds();
  for (const proposal of advise(document, busy(document, { reports: 40 })).value) {
    const keeper = proposal.keepers.find(({ refused }) => refused === undefined)?.keeper ?? 'application';
    const made = buildProposal(after, proposal, { keeper, reason: '' }, { ids, diagram: MAIN_DIAGRAM, date: '2026-01-31' });
    if (!made.ok) throw new Error(`${proposal.title}: ${made.problem.message}`);
    after = made.value.after;
    accepted.push(proposal.title);
  }
  return { after, accepted };
}

describe.each(FILES)('%s %s', (dialect, name, expected) => {
  let document: Document;
  beforeAll(async () => {
    document = await schemaOf(dialect, name);
  });

  it('without figures only values of their time are told, and rightly', () => {
    expect(advise(document, NOTHING_GIVEN).value.map(({ title }) => title)).toEqual(expected);
  });

  it('all that is proposed under load can be accepted together', () => {
    const before = new Set(validate(document).map(({ code, path }) => `${code} ${path}`));
    const { after, accepted } = acceptAll(document);
    expect(accepted.length).toBeGreaterThan(2);
    expect(validate(after).filter(({ code, path }) => !before.has(`${code} ${path}`))).toEqual([]);
  });
});

describe.each([
  ['postgresql', openPglite],
  ['sqlite', openSqljs],
] as const)('on %s', (dialect, open) => {
  let db: Runs;
  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  async function refused(document: Document): Promise<string[]> {
    await db.reset();
    const problems: string[] = [];
    const { version = 0 } = document.settings['settings'] ?? {};
    for (const { sql } of writeDocument(document, { version }).statements)
      for (const statement of statementsOf(`${sql}\n`, dialect)) {
        const problem = await db.run(statement);
        if (problem !== undefined) problems.push(`${problem}: ${statement.slice(0, 200)}`);
      }
    return problems;
  }

  it.each(['chinook', 'northwind'])('%s runs with everything that was accepted', async (name) => {
    const document = await schemaOf(dialect, name);
    const { after } = acceptAll(document);
    expect(await refused(after)).toEqual(await refused(document));
  });
});
