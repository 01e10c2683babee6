import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { postgresLanguage } from '#engine/dialects/postgres/language.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import { planText } from '#engine/sql/typed/plan-text.ts';
import { createWriteCache, writeDocument, writtenText } from '#engine/sql/write.ts';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { documents } from '#test/arbitrary/document.ts';
import { seeded } from '#test/generated-document.ts';
import { runs } from '#test/runs.ts';
import { loadPgParser } from '../src/cli/pg-parser.ts';
import { EDIT_KINDS, type Subject, type TypedEdit, typedEdit } from './typed-edits.ts';
import { expectIdsKept } from './typed-edits-law.ts';

const FOLDER = 'test/data/sql/postgresql';
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
const { seed, numRuns: RUNS } = runs(20_261_120, 200);

let parser: PgParser;
beforeAll(async () => {
  parser = await loadPgParser();
});

function read(text: string): { document: Document; troubles: string[] } {
  const result = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!result.ok) throw new Error(result.problem.message);
  const { document, receipt } = result.value;
  const errors = receipt.statements.filter((one) => one.state === 'error');
  return { document, troubles: [...errors.map((one) => one.reason ?? ''), ...receipt.lost.map((one) => one.reason)] };
}

/** A document whose ids are those that reading its own text gives. */
function settled(text: string): Document {
  return read(writtenText(writeDocument(read(text).document, { version: 18 }))).document;
}

interface Checked {
  readonly outcome: 'same' | 'refused' | 'not an edit';
}

function check(subject: Subject, edit: TypedEdit, write: (one: Document) => ReturnType<typeof writeDocument>): Checked {
  const { document, written } = subject;
  const typed = { keys: edit.over === undefined ? [] : [edit.over.key], text: edit.text };
  const planned = planText({ document, written, language: postgresLanguage(parser), write }, typed);
  const pieces = written.statements.flatMap((one) => (one === edit.over ? (edit.text === '' ? [] : [edit.text]) : [one.sql]));
  if (edit.over === undefined) pieces.push(edit.text);
  const imported = read(`${pieces.join('\n\n')}\n`);
  if (!planned.ok) {
    // What is refused could not have been imported whole either.
    expect(imported.troubles, planned.problem.message).not.toEqual([]);
    return { outcome: 'refused' };
  }
  const { calls } = planned.value;
  const ran = calls.length === 0 ? undefined : runCommands(document, calls, derivedIds());
  if (ran?.ok === false) throw new Error(ran.problem.message);
  const after = ran?.value.document ?? document;
  const text = writtenText(write(after));
  if (edit.expected !== undefined) expect(text).toBe(writtenText(write(edit.expected)));
  else if (imported.troubles.length === 0) expect(text).toBe(writtenText(writeDocument(imported.document, { version: 18 })));
  else return { outcome: 'not an edit' };
  expect(validate(after)).toEqual(validate(document));
  expectIdsKept(document, after);
  return { outcome: 'same' };
}

function editsOf(document: Document, kinds: readonly string[], random: () => number, rounds: number): Map<string, number> {
  const cache = createWriteCache();
  const write = (one: Document) => writeDocument(one, { version: 18, cache });
  const written = writeDocument(document, { version: 18 });
  const counts = new Map<string, number>();
  for (let i = 0; i < rounds; i++) {
    const kind = kinds[Math.floor(random() * kinds.length)] as string;
    const subject: Subject = { document, written, parser, random };
    const edit = typedEdit(kind, subject);
    if (edit === undefined) continue;
    let checked: Checked;
    try {
      checked = check(subject, edit, write);
    } catch (error) {
      throw new Error(`${kind}: ${edit.what}\n${edit.text}\n\n${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    counts.set(checked.outcome, (counts.get(checked.outcome) ?? 0) + 1);
  }
  return counts;
}

describe('an edit of one statement equals importing the edited file, ids kept', () => {
  it.each(FILES)(
    `in %s (seed ${seed})`,
    (file) => {
      const document = settled(readFileSync(`${FOLDER}/${file}`, 'utf8'));
      const counts = editsOf(document, EDIT_KINDS, seeded(seed + file.length), Math.ceil(RUNS / FILES.length / 2));
      expect(counts.get('same') ?? 0).toBeGreaterThan(0);
    },
    600_000,
  );

  it(`in random documents (seed ${seed})`, () => {
    fc.assert(
      fc.property(documents, fc.nat(), (random, at) => {
        editsOf(settled(writtenText(writeDocument(random, { version: 18 }))), EDIT_KINDS, seeded(at), 4);
      }),
      { seed, numRuns: Math.ceil(RUNS / 8) },
    );
  }, 600_000);
});
