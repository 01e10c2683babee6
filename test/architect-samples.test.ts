import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCli } from '../src/cli/run.ts';

/** The mistakes that `test/data/sql/architect-samples/README.md` names, line by line: each is said at its place. */
const folder = fileURLToPath(new URL('data/sql/architect-samples/', import.meta.url));

interface Found {
  readonly rule: string;
  readonly line: number;
  readonly object: string;
  readonly severity: string;
}

async function check(...names: readonly string[]) {
  let out = '';
  let err = '';
  const files = names.map((name) => `${folder}${name}.sql`);
  await runCli(['check', '--json', ...files], { out: (text) => (out += text), err: (text) => (err += text) });
  const { findings } = JSON.parse(out) as { findings: (Found & { readonly file: string })[] };
  return {
    said: err.replaceAll(folder, '').split('\n').filter(Boolean),
    found: findings.map(({ rule, line, object, file }) => `${file.replace(folder, '')}:${line} ${rule} ${object}`),
    errors: findings.filter((one) => one.severity === 'error').map((one) => one.rule),
  };
}

test('000-1: INCLUDE after WHERE is a syntax error', async () => {
  expect((await check('000-1')).said).toEqual(['000-1.sql:5:1: syntax error at or near "INCLUDE"']);
});

test('000-3: partitions of tables without any key', async () => {
  const { said, found } = await check('000-3');
  expect(said).toEqual([]);
  expect(found).toContain('000-3.sql:2 pk-missing orders');
  expect(found).toContain('000-3.sql:16 pk-missing user_events');
});

test('000-4: what is altered is not there; where it is, dropping the column takes its unique key along unasked', async () => {
  expect((await check('000-4')).said).toEqual([
    '000-4.sql:3:13: there is no table users in the text to alter',
    '000-4.sql:14:13: there is no table users in the text to alter',
    '000-4.sql:15: column users is not in the text',
  ]);
  expect((await check('001-1', '000-4')).said).toEqual(['000-4.sql:14: with column email goes what stands on it: uk_users_email']);
});

test('001-1: the index on a constant', async () => {
  const { said, found, errors } = await check('001-1');
  expect({ said, errors }).toEqual({ said: [], errors: [] });
  expect(found).toContain('001-1.sql:18 ix-constant-column users (idx_users_status)');
});

test('002-1: repeated indexes; all the rest comes in whole', async () => {
  const { said, found, errors } = await check('002-1');
  expect({ said, errors }).toEqual({ said: [], errors: [] });
  expect(found).toContain('002-1.sql:79 ix-nonunique-of-unique auth.users (idx_users_email)');
  expect(found).toContain('002-1.sql:85 ix-prefix-redundant app.organization_members (idx_org_members_org_id)');
});

test('002-2: a partitioned table with its key done right', async () => {
  expect(await check('002-2')).toEqual({
    said: ['002-2.sql:2: schema app is never created in the text; it was added'],
    found: [],
    errors: [],
  });
});

test('002-3: CONCURRENTLY on a partitioned table, and now() in a predicate, each in the line of its statement', async () => {
  const { said, found, errors } = await check('002-1', '002-2', '002-3');
  expect(said).toEqual([
    '002-3.sql:20: CONCURRENTLY is not possible on a partitioned table: PostgreSQL refuses it, and it is left out',
  ]);
  expect(found).toContain('002-3.sql:25 ix-predicate-not-immutable auth.sessions (idx_sessions_active)');
  expect(errors).toEqual(['ix-predicate-not-immutable']);
});

test('003-1: a primary key without the column of the partitions', async () => {
  const { said, found, errors } = await check('003-1');
  expect(said).toEqual([]);
  expect(found.filter((one) => one.includes('part-key'))).toHaveLength(1);
  expect(found[0]).toMatch(/^003-1\.sql:1 part-key-not-in-unique orders/);
  expect(errors).toEqual(['part-key-not-in-unique']);
});
