import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renameCalls } from '#engine/sql/expressions.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { randomIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document, Ref } from '#model/types.ts';
import { files, throughFile } from '#test/fidelity/measure.ts';
import { TestDatabase } from '#test/pglite.ts';
import { more, seedOf } from '#test/runs.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';

const RENAMES = 200;
const SEEDS = Array.from({ length: more(1, 5) }, (_, i) => seedOf(20_261_120) + i);

let db: TestDatabase;
let parser: PgParser;

beforeAll(async () => {
  parser = await loadPgParser();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

/** mulberry32: numbers in [0, 1) that a seed decides. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Everything with a name: columns most, as they are named most. */
function targets(document: Document): Ref[] {
  const columns = Object.values(document.tables).flatMap((table) =>
    table.columns.map((column) => ({ record: table.id, part: column.id })),
  );
  const records = [document.tables, document.views, document.types, document.sequences, document.routines]
    .flatMap((collection) => Object.keys(collection))
    .map((record) => ({ record }));
  return [...columns, ...records, ...records, ...records];
}

const WORDS = ['order', 'Mixed Case', 'sëlect', 'with"quote', 'plain', 'user', 'x$1', '数据'];

async function execute(document: Document): Promise<string[]> {
  await db.reset();
  const { statements } = writeDocument(document, { version: 18 });
  const errors = await db.run(statements.map((statement) => statement.sql));
  return errors.map(({ message, statement }) => `${message}: ${statement.slice(0, 200)}`);
}

describe.each(files().filter(({ name }) => /azimutt|pagila/.test(name)))('$name', ({ name, sql }) => {
  it.each(SEEDS)(
    `still executes after ${RENAMES} random renames (seed %i)`,
    async (seed) => {
      const random = randomFrom(seed);
      const ids = randomIds(random);
      let { document } = throughFile({ name, sql }, 'postgresql', { parser });
      expect(await execute(document)).toEqual([]);
      for (let i = 0; i < RENAMES; i++) {
        const all = targets(document);
        const target = all[Math.floor(random() * all.length)] as Ref;
        const word = WORDS[Math.floor(random() * WORDS.length)] as string;
        const calls = renameCalls(document, parser, target, `${word} ${i}`.replace('plain ', 'plain_'));
        expect(calls.ok).toBe(true);
        const ran = calls.ok ? runCommands(document, calls.value.calls, ids) : undefined;
        expect(ran?.ok).toBe(true);
        if (ran?.ok === true) document = ran.value.document;
        // Twenty renames at a time, so that a failure is near its cause.
        if (i % 20 === 19) expect(await execute(document), `after rename ${i}`).toEqual([]);
      }
    },
    1_200_000,
  );
});
