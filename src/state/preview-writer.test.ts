import { describe, expect, it } from 'vitest';
import { writeDocument } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { randomCall, seededDice } from '#test/random-calls.ts';
import { generateTables, schemaDocument } from '#test/schema-gen.ts';
import { previewWriter } from './preview-writer.ts';

describe('previewWriter', () => {
  it('writes what writing anew does, from one preview to the next and back', () => {
    const dice = seededDice(7);
    let document = schemaDocument(generateTables(12));
    const seen = [document];
    for (let made = 0; made < 40; ) {
      const ran = runCommands(document, [randomCall(document, dice)], derivedIds());
      if (!ran.ok || ran.value.diff.length === 0) continue;
      made += 1;
      document = ran.value.document;
      seen.push(document);
      const before = seen[dice.roll(seen.length)] ?? document;
      const write = previewWriter(before);
      const version = before.settings['settings']?.version ?? 18;
      for (const one of [before, document]) expect(write(one)).toEqual(writeDocument(one, { version }));
    }
  });
});
