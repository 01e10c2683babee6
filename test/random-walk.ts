import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { randomCall, seededDice } from './random-calls.ts';

/** The document that a random walk over all commands ends at. */
export function randomDocument(seed: number, steps = 140): Document {
  const dice = seededDice(seed);
  const ids = derivedIds();
  let document = emptyDocument();
  for (let step = 0; step < steps; step++) {
    const ran = runCommands(document, [randomCall(document, dice)], ids);
    if (ran.ok) document = ran.value.document;
  }
  return document;
}
