import { readdirSync, readFileSync } from 'node:fs';
import { loadModule, parseSync, scanSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import type { Document } from '#model/types.ts';
import { postgresLanguage } from '../../dialects/postgres/language.ts';
import { pgParser } from '../../dialects/postgres/parser.ts';
import type { PgParser } from '../parser-port.ts';
import { readSql } from '../read.ts';
import { createWriteCache, writeDocument, writtenText } from '../write.ts';
import { planText } from './plan-text.ts';

const FOLDER = 'test/data/sql/postgresql';
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));

let parser: PgParser;
beforeAll(async () => {
  await loadModule();
  parser = pgParser({ parseSync, scanSync });
});

function importText(text: string): Document {
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'postgresql' }, { parser });
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.document;
}

/** Every so many statements of a file, so that each file costs about the same. */
const SAMPLE = 25;

describe('typing over a statement of a real schema', () => {
  it.each(FILES)('what it says already changes nothing: %s', (file) => {
    const document = importText(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const cache = createWriteCache();
    const write = (one: Document) => writeDocument(one, { version: 18, cache });
    const written = write(document);
    const every = Math.max(1, Math.floor(written.statements.length / SAMPLE));
    const changed = written.statements
      .filter((_one, i) => i % every === 0)
      .flatMap(({ key, sql }) => {
        const planned = planText(
          { document, written, language: postgresLanguage(parser), write },
          { keys: [key], text: `\n${sql}  \n\n` },
        );
        if (!planned.ok) return [`${key}: ${planned.problem.message}`];
        return planned.value.calls.length === 0 ? [] : [`${key}: ${JSON.stringify(planned.value.calls).slice(0, 400)}`];
      });
    expect(changed).toEqual([]);
  });

  it.each(FILES)('another comment equals importing the edited file: %s', (file) => {
    const document = importText(readFileSync(`${FOLDER}/${file}`, 'utf8'));
    const write = (one: Document) => writeDocument(one, { version: 18 });
    const written = write(document);
    const statement = written.statements.findLast((one) => one.what === 'create' && one.collection === 'tables');
    if (statement === undefined) throw new Error('no table');
    const text = `-- Edited by hand.\n${statement.sql}`;
    const planned = planText({ document, written, language: postgresLanguage(parser), write }, { keys: [statement.key], text });
    if (!planned.ok) throw new Error(planned.problem.message);
    const ran = runCommands(document, planned.value.calls, derivedIds());
    if (!ran.ok) throw new Error(ran.problem.message);
    expect(ran.value.diff.map(({ collection, id }) => [collection, id])).toEqual([['tables', statement.record]]);
    const edited = writtenText({
      ...written,
      statements: written.statements.map((one) => (one === statement ? { ...one, sql: text } : one)),
    });
    expect(writtenText(write(ran.value.document))).toBe(writtenText(write(importText(edited))));
  });
});
