import { describe, expect, it } from 'vitest';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { typeErrors } from '#test/typecheck.ts';
import { writeDrizzle } from './drizzle.ts';

describe('Drizzle', () => {
  it('is TypeScript with the real package, for every file and for hostile names', async () => {
    const files: Record<string, string> = {};
    for (const [at, [path, dialect]] of CORPUS.entries()) {
      const document = await documentOf(path, dialect);
      const text = writeDrizzle(document).files[0]?.text ?? '';
      const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
      expect(text.match(/^export const \w+ = (?:\w+Schema\.table|(?:pg|mysql|sqlite)Table)\(/gm)).toHaveLength(tables.length);
      files[`schema${at}.ts`] = text;
    }
    for (const dialect of ['postgresql', 'mysql', 'sqlite'] as const)
      files[`hostile-${dialect}.ts`] = writeDrizzle(hostileDocument(NAUGHTY_NAMES, dialect)).files[0]?.text ?? '';
    expect(typeErrors('drizzle', files).slice(0, 10)).toEqual([]);
  });

  it('tells what is wrong from what is right', () => {
    const wrong =
      "import { pgTable, integer } from 'drizzle-orm/pg-core';\nexport const a = pgTable('a', { id: integer('id').default('x') });\n";
    expect(typeErrors('drizzle-wrong', { 'a.ts': wrong })).not.toEqual([]);
  });
});
