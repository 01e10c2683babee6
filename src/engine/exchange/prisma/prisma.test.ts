import { validate as judge } from '@prisma/prisma-schema-wasm';
import { describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { account } from '#test/exchange-round-trip.ts';
import { readPrisma } from './read.ts';
import { writePrisma } from './write.ts';

/** What Prisma itself has against a schema. */
function faults(text: string): string {
  try {
    judge(JSON.stringify({ prismaSchema: [['schema.prisma', text]], noColor: true }));
    return '';
  } catch (error) {
    return (JSON.parse((error as Error).message) as { message: string }).message;
  }
}

const written = (document: Document) => writePrisma(document).files[0]?.text ?? '';

describe.each(CORPUS)('Prisma schema of %s', (path, dialect) => {
  it('is valid to Prisma itself', async () => {
    const document = await documentOf(path, dialect);
    const text = written(document);
    expect(faults(text).slice(0, 1500)).toBe('');
    const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
    expect(text.match(/^model /gm)).toHaveLength(tables.length);
  });
});

function reread(text: string): Document {
  const read = readPrisma({ name: 'schema.prisma', text });
  if (!read.ok) throw new Error(read.problem.message);
  const bad = read.value.receipt.statements.find((one) => one.state === 'error');
  if (bad !== undefined) throw new Error(`${bad.line}:${bad.column}: ${bad.reason}`);
  expect(validate(read.value.document)).toEqual([]);
  return read.value.document;
}

describe.each(CORPUS)('reading the Prisma schema of %s', (path, dialect) => {
  it('gives what was written, but for what was said to be lost', async () => {
    const document = await documentOf(path, dialect);
    const { files, losses } = writePrisma(document);
    const back = reread(files[0]?.text ?? '');
    expect(account(document, back, losses)).toEqual({ unsaid: [], unreal: [] });
  });

  it('says the same when it is written again', async () => {
    const once = written(reread(written(await documentOf(path, dialect))));
    expect(written(reread(once))).toBe(once);
  });
});

it('says hostile names by mapping them', () => {
  const text = written(hostileDocument(NAUGHTY_NAMES));
  expect(faults(text).slice(0, 1000)).toBe('');
  const back = reread(text);
  expect(
    Object.values(back.tables)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...NAUGHTY_NAMES].sort());
});
