import { Parser } from '@dbml/core';
import { describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { account } from '#test/exchange-round-trip.ts';
import { readDbml } from './read.ts';
import { writeDbml } from './write.ts';

function parsed(text: string) {
  try {
    return new Parser().parse(text, 'dbmlv2');
  } catch (error) {
    const { diags } = error as { diags?: { message: string; location: { start: { line: number } } }[] };
    const lines = text.split('\n');
    throw new Error(
      (diags ?? [])
        .slice(0, 3)
        .map((one) => `${one.message}: ${lines[one.location.start.line - 1]}`)
        .join('\n'),
    );
  }
}

function written(document: Document): string {
  return writeDbml(document).files[0]?.text ?? '';
}

function reread(text: string): Document {
  const read = readDbml({ name: 'a.dbml', text });
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`${bad.line}:${bad.column}: ${bad.reason}`);
  return read.value.document;
}

describe.each(CORPUS)('DBML of %s', (path, dialect) => {
  it("is read by the language's own parser, table by table", async () => {
    const document = await documentOf(path, dialect);
    const { schemas } = parsed(written(document));
    const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
    expect(schemas.flatMap((schema) => schema.tables)).toHaveLength(tables.length);
  });

  it('comes back as it was, but for what was said to be lost', async () => {
    const document = await documentOf(path, dialect);
    const { files, losses } = writeDbml(document);
    const back = reread(files[0]?.text ?? '');
    expect(validate(back)).toEqual([]);
    expect(account(document, back, losses)).toEqual({ unsaid: [], unreal: [] });
  });

  it('says the same when it is written again', async () => {
    const once = written(reread(written(await documentOf(path, dialect))));
    expect(written(reread(once))).toBe(once);
  });
});

it('round-trips hostile names, notes and enum values', () => {
  const document = hostileDocument(NAUGHTY_NAMES);
  const { files, losses } = writeDbml(document);
  const text = files[0]?.text ?? '';
  const theirs = parsed(text).schemas.flatMap((schema) => schema.tables.map(({ name }) => name));
  expect(theirs.sort()).toEqual([...NAUGHTY_NAMES].sort());
  const back = reread(text);
  expect(validate(back)).toEqual([]);
  expect(
    Object.values(back.tables)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...NAUGHTY_NAMES].sort());
  const comments = new Map(Object.values(back.tables).map(({ name, comment }) => [name, comment]));
  const kept = NAUGHTY_NAMES.filter((name) => comments.get(name) === name);
  expect(NAUGHTY_NAMES.length - kept.length).toBeLessThanOrEqual(5);
  expect(losses.filter(({ feature }) => feature === 'comment').length).toBeGreaterThanOrEqual(NAUGHTY_NAMES.length - kept.length);
});
