/** After many random renames every text of every dialect still says the same of the same things, or somebody is told. */
import { describe, expect, it } from 'vitest';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { validate } from '#model/validate.ts';
import { corpus } from '#test/corpus.ts';
import { throughFile } from '#test/fidelity/measure.ts';
import { seeded } from '#test/generated-document.ts';
import { more, seedOf } from '#test/runs.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { renameAtRandom, renameProblems } from './renames.ts';

const RENAMES = more(40, 10);
const SEED = seedOf(20_261_121);

describe.each(['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'] as const)('%s', (dialect) => {
  it.each(corpus(dialect))(
    '$name means the same after random renames',
    async (one) => {
      const ports = await loadPorts(dialect);
      const { document: start } = throughFile(one, dialect, ports);
      const problems: string[] = [];
      const { document } = renameAtRandom(start, RENAMES, seeded(SEED + one.name.length), (before, after, from, renaming) =>
        problems.push(...renameProblems(before, after, from, renaming)),
      );
      expect(problems.slice(0, 3)).toEqual([]);
      expect(validate(document)).toEqual([]);
      expect(roundTrip(document, ports).differences).toEqual([]);
    },
    120_000,
  );
});
