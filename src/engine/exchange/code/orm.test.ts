import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Document } from '#model/types.ts';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { typeErrors } from '#test/typecheck.ts';
import type { ExchangeWriter } from '../exchange.ts';
import { writeDjango } from './django.ts';
import { writeSqlAlchemy } from './sqlalchemy.ts';
import { writeTypeOrm } from './typeorm.ts';

async function documents(): Promise<readonly Document[]> {
  const real = await Promise.all(CORPUS.map(([path, dialect]) => documentOf(path, dialect)));
  return [...real, hostileDocument(NAUGHTY_NAMES), hostileDocument(NAUGHTY_NAMES, 'mysql')];
}

const textOf = (write: ExchangeWriter, document: Document) => write(document).files[0]?.text ?? '';
const tablesIn = (document: Document) => Object.values(document.tables).filter((table) => table.partitionOf === undefined).length;

it('TypeORM entities are TypeScript with the real package', async () => {
  const files: Record<string, string> = {};
  for (const [at, document] of (await documents()).entries()) {
    files[`entities${at}.ts`] = textOf(writeTypeOrm, document);
    expect(files[`entities${at}.ts`]?.match(/^export class /gm)).toHaveLength(tablesIn(document));
  }
  const options = { experimentalDecorators: true, emitDecoratorMetadata: true };
  expect(typeErrors('typeorm', files, options).slice(0, 10)).toEqual([]);
  const wrong = "import { Entity } from 'typeorm';\n@Entity({ nam: 'x' })\nexport class A {}\n";
  expect(typeErrors('typeorm-wrong', { 'a.ts': wrong }, options)).not.toEqual([]);
});

const python = spawnSync('python3', ['--version']).status === 0;
if (!python) console.info('python3 is not installed: models are not compiled.');

/** What Python says of files; empty when they compile. */
function compiled(files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'crowfoot-python-'));
  try {
    const paths = files.map((text, at) => {
      const path = join(folder, `models${at}.py`);
      writeFileSync(path, text);
      return path;
    });
    const ran = spawnSync('python3', ['-m', 'py_compile', ...paths], { encoding: 'utf8' });
    return ran.status === 0 ? '' : ran.stderr.slice(0, 1500);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names that a class gives twice, where Python would silently take the last. */
function givenTwice(text: string): string[] {
  return text.split(/^class /m).flatMap((body) => {
    const names = [...body.matchAll(/^ {4}(\w+)(?:: Mapped.*)? = /gm)].map((match) => match[1] ?? '');
    return names.filter((name, at) => names.indexOf(name) !== at);
  });
}

describe.each([
  ['SQLAlchemy', writeSqlAlchemy, /^class \w+\(Base\):/gm],
  ['Django', writeDjango, /^class \w+\(models\.Model\):/gm],
] as const)('%s models', (_name, write, classes) => {
  it('have a class for each table, and each name once', async () => {
    for (const document of await documents()) {
      const text = textOf(write, document);
      expect(text.match(classes)).toHaveLength(tablesIn(document));
      expect(new Set(text.match(classes))).toHaveLength(tablesIn(document));
      expect(givenTwice(text)).toEqual([]);
    }
  });

  it.skipIf(!python)('compile', async () => {
    expect(compiled((await documents()).map((document) => textOf(write, document)))).toBe('');
    expect(compiled(['class A:\n  x = = 1\n'])).not.toBe('');
  });
});
