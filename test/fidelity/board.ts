/** `npm run fidelity`: every file of the corpus through the model and back, judged by real engines. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import type { Dialect } from '#model/types.ts';
import { type Case, corpus, DIALECTS, undropped } from '#test/corpus.ts';
import type { Engine } from '#test/engines/engine.ts';
import { ENGINES, JUDGES } from '#test/engines/engines.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { coverage, coverageReport, totals } from './coverage.ts';
import { isSame, type Measured, measure, report, snippets } from './measure.ts';

/** What `--dialect` and file names ask for; everything when nothing is asked. */
const WANTED = (process.env['FIDELITY_DIALECT'] ?? '').split(',').filter((one) => one !== '');
const FILES = (process.env['FIDELITY_FILES'] ?? '').split(',').filter((one) => one !== '');

/** Least share of catalog lines that come back, for a file and over all of a dialect's files. */
const LEAST: Readonly<Partial<Record<Dialect, number>>> = { mysql: 0.99, mariadb: 0.99 };

const say = (text: string) => process.stdout.write(`${text}\n`);

/** Files of anybody's, by their path. */
const OWN: readonly Case[] = FILES.filter((path) => existsSync(path)).map((path) => ({
  name: path,
  sql: readFileSync(path, 'utf8'),
}));
const PARTS = FILES.filter((part) => !existsSync(part));

/** The schemas to judge: those of the corpus whose names hold what was asked for, and files by their path. */
function casesOf(dialect: Dialect): Case[] {
  const isWanted = ({ name }: Case) => FILES.length === 0 || PARTS.some((part) => name.includes(part));
  return [...corpus(dialect).filter(isWanted), ...OWN];
}

function meets(measured: Measured, dialect: Dialect): boolean {
  const { honesty, jaccard } = measured;
  return honesty.undeclared.length === 0 && (jaccard >= (LEAST[dialect] ?? 1) || dialect === 'postgresql');
}

function summary(results: readonly Measured[]): string {
  const lines = results.reduce((sum, one) => sum + one.catalogLines, 0);
  const lost = results.reduce((sum, one) => sum + one.honesty.lost.length, 0);
  const undeclared = results.reduce((sum, one) => sum + one.honesty.undeclared.length, 0);
  const different = results.reduce((sum, one) => sum + one.difference.length, 0);
  const honesty = different === 0 ? 1 : (different - undeclared) / different;
  const micro = results.reduce((sum, one) => sum + one.jaccard * one.catalogLines, 0) / Math.max(1, lines);
  return `${results.filter(isSame).length} of ${results.length} identical; Jaccard over ${lines} catalog lines ${micro.toFixed(4)}; honesty ${(honesty * 100).toFixed(1)} % (${lost} lines lost, ${different - lost} gained, ${undeclared} of them undeclared)`;
}

/** Least share of definitions that are modelled, where no engine judges. */
const COVERED = 0.97;

function isWantedDialect(dialect: Dialect): boolean {
  return WANTED.length === 0 || WANTED.includes(dialect);
}

/** SQL Server and Oracle have no engine here: what is judged is how much is modelled, and that it comes back. */
for (const dialect of DIALECTS.filter(isWantedDialect)) {
  it(`accounts for every character of ${dialect}, and reads its own writing equal`, async () => {
    const ports = await loadPorts(dialect);
    const list = casesOf(dialect).map((one) => coverage(one, dialect, ports));
    const { all, modelled, residue } = totals(list);
    say(`\n${dialect}: what is read of CREATE TABLE, INDEX, SEQUENCE, TYPE, ALTER TABLE and comments`);
    for (const one of list) say(coverageReport(one));
    const share = (modelled + residue) / Math.max(1, all);
    say(`${modelled + residue} of ${all} definitions modelled: ${(share * 100).toFixed(2)} % (${residue} with residue)`);
    expect(list.flatMap(({ name, unaccounted }) => unaccounted.map((text) => `${name}: ${text}`))).toEqual([]);
    if (JUDGES[dialect].length === 0) {
      expect(share).toBeGreaterThanOrEqual(COVERED);
      expect(list.filter(({ again }) => again.different > 0).map(({ name }) => name)).toEqual([]);
    }
  }, 600_000);
}

for (const dialect of DIALECTS.filter(isWantedDialect)) {
  for (const label of JUDGES[dialect]) {
    const found = ENGINES[label].find();
    if (!found.ok) say(`skipped: ${dialect} on ${label}: ${found.reason}`);
    describe.skipIf(!found.ok)(`${dialect} on ${label}`, () => {
      let engine: Engine;
      let ports: ReadPorts;
      beforeAll(async () => {
        engine = await ENGINES[label].open();
        ports = await loadPorts(dialect);
      });
      afterAll(() => engine?.close());

      async function board(title: string, cases: readonly Case[]): Promise<Measured[]> {
        const results: Measured[] = [];
        say(`\n${title} on ${engine.name}`);
        for (const one of cases) {
          const measured = await measure(engine, dialect, ports, one);
          say(report(measured));
          results.push(measured);
        }
        say(summary(results));
        return results;
      }

      it.runIf(label === 'PGlite' && FILES.length === 0)(
        'keeps every snippet',
        async () => {
          const results = await board('One-feature snippets', await snippets());
          expect(results).toHaveLength(53);
          expect(results.filter((one) => !isSame(one) || one.verbatim.length > 0).map(({ name }) => name)).toEqual([]);
        },
        300_000,
      );

      it('keeps every file, or says what it loses', async () => {
        const cases = casesOf(dialect);
        const results = await board(`Real schemas, ${dialect},`, cases);
        expect(results).toHaveLength(cases.length);
        expect(results.filter((one) => !meets(one, dialect)).map(({ name }) => name)).toEqual([]);
        const tests = cases.filter(({ name }) => name.includes('-regress/')).map((one) => undropped(one, dialect));
        if (tests.length > 0) await board(`PostgreSQL's own tests with nothing dropped (no target),`, tests);
      }, 600_000);
    });
  }
}
