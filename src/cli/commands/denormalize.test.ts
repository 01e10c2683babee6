import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from '../run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crowfoot-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(args, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

const BLOG =
  'CREATE TABLE posts (id bigint PRIMARY KEY, title text);\nCREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint REFERENCES posts (id));\n';
const LOAD = JSON.stringify({
  tables: { posts: { rows: 1000 }, comments: { rows: 100_000, inserts: 10, deletes: 0 } },
  joins: [{ path: ['comments.post_id'], counts: 5000 }],
});

test('without a load there is nothing to say', async () => {
  expect(await run('denormalize', file('blog.sql', BLOG))).toEqual({ code: 0, out: 'Nothing would pay.\n', err: '' });
});

test('a counter is told with its figures and the query, as text and as JSON', async () => {
  const schema = file('blog.sql', BLOG);
  const load = file('load.json', LOAD);
  const { code, out } = await run('denormalize', schema, '--load', load);
  expect(code).toBe(0);
  expect(out).toContain('Keep the number of comments in posts (spares 499,960 rows per hour)');
  expect(out).toContain('Rows that disagree:');
  const json = JSON.parse((await run('denormalize', schema, '--load', load, '--json')).out);
  expect(json).toMatchObject({
    complete: true,
    proposals: [{ kind: 'counter', saved: 499_960, keepers: [{ keeper: 'trigger' }, { keeper: 'application' }] }],
  });
  expect(json.proposals[0].code).toContain('CREATE TRIGGER');
  expect(json.proposals[0].forward[0].sql).toContain('ALTER TABLE posts ADD COLUMN comment_count');
});

test('a load that does not fit is refused with the reason', async () => {
  const schema = file('blog.sql', BLOG);
  expect(await run('denormalize', schema, '--load', file('l.json', '{"tables": {"nobody": {}}}'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('no table nobody'),
  });
  expect(await run('denormalize', schema, '--load', file('m.json', '{'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read as JSON'),
  });
});
