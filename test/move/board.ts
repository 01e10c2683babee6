/** `npm run fidelity -- --moves`: every file moved to every other dialect that has an engine, which runs what is written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { corpus, DIALECTS, executable } from '#test/corpus.ts';
import type { Engine, ExecError } from '#test/engines/engine.ts';
import { ENGINES, type EngineLabel } from '#test/engines/engines.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { unaccounted } from './accounting.ts';
import { documentOf, type Moved, moveTo } from './moves.ts';

const WANTED = (process.env['FIDELITY_DIALECT'] ?? '').split(',').filter((one) => one !== '');
const FILES = (process.env['FIDELITY_FILES'] ?? '').split(',').filter((one) => one !== '');
const say = (text: string) => process.stdout.write(`${text}\n`);

/** The engine that runs what is written for a dialect. */
const RUN_BY: Readonly<Partial<Record<Dialect, EngineLabel>>> = {
  postgresql: 'PGlite',
  mysql: 'MariaDB',
  mariadb: 'MariaDB',
  sqlite: 'SQLite',
};
/** MySQL's syntax tests are many versions of one feature; most of what is in PostgreSQL's fails on purpose. */
const REAL = /^(?!postgresql-regress\/)/;

interface Outcome {
  readonly moved: Moved;
  readonly errors: readonly ExecError[];
}

async function outcome(engine: Engine, moved: Moved): Promise<Outcome> {
  await engine.reset();
  // The text as a person gets it, taken apart again as a client program does.
  const text = writtenText(writeDocument(moved.plan.document, { version: DEFAULT_VERSION[moved.to] }));
  return { moved, errors: await engine.run(executable(text, moved.to)) };
}

function line({ moved, errors }: Outcome): string {
  const { mappings, losses } = moved.plan;
  const count = (verdict: string) => mappings.filter((one) => one.verdict === verdict).length;
  const rows = `rows ${count('faithful')} faithful, ${count('approximate')} approximate, ${count('lost')} lost`;
  const head = `${errors.length === 0 ? 'runs  ' : 'FAILS '} ${moved.from} -> ${moved.to}  ${moved.name.padEnd(28)} ${String(moved.statements.length).padStart(4)} statements; ${rows}; ${losses.length} losses, ${moved.unsupported.length} told by the writer`;
  const told = moved.unsupported.slice(0, 5).map(({ feature, message }) => `          writer: ${feature}: ${message}`);
  return [
    head,
    ...errors
      .slice(0, 8)
      .map(({ message, statement }) => `          ${message.slice(0, 200)} in ${statement.replaceAll(/\s+/g, ' ').slice(0, 260)}`),
    ...told,
    ...moved.broken.map((one) => `          broken: ${one}`),
    ...unaccounted(moved.plan).map((one) => `          untold: ${one}`),
  ].join('\n');
}

/** How often each feature is lost, over all files of a pair. */
function lossTable(list: readonly Moved[]): string {
  const counts = new Map<string, number>();
  for (const { plan } of list) for (const { feature } of plan.losses) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const rows = [...counts].toSorted(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
  return rows.length === 0
    ? '  nothing is lost'
    : rows.map(([feature, count]) => `  ${String(count).padStart(5)}  ${feature}`).join('\n');
}

for (const to of DIALECTS.filter((one) => WANTED.length === 0 || WANTED.includes(one))) {
  const label = RUN_BY[to];
  const found = label === undefined ? undefined : ENGINES[label].find();
  describe(`to ${to}`, () => {
    let engine: Engine | undefined;
    beforeAll(async () => {
      if (label !== undefined && found?.ok === true) engine = await ENGINES[label].open();
    });
    afterAll(async () => engine?.close());

    for (const from of DIALECTS.filter((one) => one !== to && !(one === 'mariadb' && to !== 'mysql'))) {
      it(`runs what comes from ${from}`, async () => {
        const ports = await loadPorts(from);
        const cases = corpus(from).filter(
          ({ name }) => REAL.test(name) && (FILES.length === 0 || FILES.some((part) => name.includes(part))),
        );
        const done: Outcome[] = [];
        for (const one of cases) {
          const moved = moveTo(one.name, documentOf(one, from, ports), to);
          done.push(engine === undefined ? { moved, errors: [] } : await outcome(engine, moved));
        }
        say(`\n${from} -> ${to}${engine === undefined ? ', which no engine runs here' : ` on ${engine.name}`}`);
        for (const one of done) say(line(one));
        say(
          `${done.filter(({ errors }) => errors.length === 0).length} of ${done.length} ${engine === undefined ? 'written' : 'run without an error'}. What is lost:\n${lossTable(done.map(({ moved }) => moved))}`,
        );
        expect(done.flatMap(({ moved }) => unaccounted(moved.plan))).toEqual([]);
        expect(
          done.filter(({ errors, moved }) => errors.length > 0 || moved.broken.length > 0).map(({ moved }) => moved.name),
        ).toEqual([]);
      }, 600_000);
    }
  });
}
