import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crowfoot-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ code: number; err: string }> {
  let err = '';
  const code = await runCli(args, { out: () => undefined, err: (text) => (err += text) });
  return { code, err };
}

function contents(dir: string): Record<string, string> {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    names.map((one) => [
      join(one.parentPath, one.name).slice(dir.length + 1),
      readFileSync(join(one.parentPath, one.name), 'utf8'),
    ]),
  );
}

describe('crowfoot document', () => {
  it('writes the whole set, twice the same bytes, and again from the file it wrote', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder, name)) as [string, string, string];
    expect(await run('document', 'test/data/sql/postgresql/pagila.sql', '--out', a)).toEqual({ code: 0, err: '' });
    await run('document', 'test/data/sql/postgresql/pagila.sql', '--out', b);
    const first = contents(a);
    expect(Object.keys(first).sort()).toEqual([
      'database-design.md',
      'diagram.svg',
      'migrations/001_initial_schema.down.sql',
      'migrations/001_initial_schema.sql',
      'migrations/002_add_indexes.down.sql',
      'migrations/002_add_indexes.sql',
      'migrations/003_add_partitions.down.sql',
      'migrations/003_add_partitions.sql',
      'pagila.crowfoot.json',
      'schema.sql',
    ]);
    expect(contents(b)).toEqual(first);
    await run('document', join(a, 'pagila.crowfoot.json'), '--out', c);
    expect(contents(c)).toEqual(first);
    expect(first['database-design.md']).toContain('### rental');
    expect(first['diagram.svg']).toContain('>rental<');
  });

  it('needs a place to write to', async () => {
    expect(await run('document', 'test/data/sql/postgresql/quartz.sql')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out DIR'),
    });
  });
});
