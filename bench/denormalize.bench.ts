import { expect, test } from 'vitest';
import { advise, buildProposal } from '#engine/denormalize/advise.ts';
import { NOTHING_GIVEN } from '#engine/denormalize/load.ts';
import { randomIds } from '#lib/ids.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import { busy } from '../test/denormalize.ts';
import { generatedSchema } from '../test/generated-schema.ts';
import { parserForTests, readDdl } from '../test/read-ddl.ts';
import { printTable, timesOf } from './measure.ts';

test.each([100, 1000])('advice on redundancy for %d tables', async (tables) => {
  const document = readDdl(await parserForTests(), generatedSchema({ tables }));
  const given = busy(document, { reports: 40 });
  const proposals = advise(document, given).value;
  expect(proposals.length).toBeGreaterThan(10);
  const options = { ids: randomIds(Math.random), diagram: MAIN_DIAGRAM, date: '2026-01-31' };
  const links = Object.keys(document.relationships).length;
  printTable(
    `advice on redundancy: ${tables} tables, ${links} foreign keys, ${proposals.length} proposals where all are read often`,
    [
      { what: 'nothing said', times: timesOf(20, () => advise(document, NOTHING_GIVEN)) },
      { what: 'everything read often', times: timesOf(20, () => advise(document, given)) },
      {
        what: 'work out one proposal: commands, code, query, scripts',
        times: timesOf(20, (run) => {
          const one = proposals[Math.max(0, run) % proposals.length];
          const keeper = one?.keepers.find(({ refused }) => refused === undefined)?.keeper ?? 'application';
          if (one !== undefined) buildProposal(document, one, { keeper, reason: '' }, options);
        }),
      },
    ],
  );
});
