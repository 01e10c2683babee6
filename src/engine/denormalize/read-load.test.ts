import { expect, it } from 'vitest';
import { documentOf, idOf, linkOf } from '#test/denormalize.ts';
import { readLoad } from './read-load.ts';

const DDL = `
CREATE TABLE posts (id bigint PRIMARY KEY, title text);
CREATE TABLE comments (id bigint PRIMARY KEY, post_id bigint REFERENCES posts (id), length int);
CREATE TABLE "__proto__" (id bigint PRIMARY KEY);`;

it('figures are read by names, columns too', async () => {
  const document = await documentOf(DDL, 'postgresql');
  const [comments, posts] = [document.tables[idOf(document, 'comments')], document.tables[idOf(document, 'posts')]];
  const file = {
    tables: { 'public.comments': { rows: 10 }, posts: { updates: 2 } },
    joins: [{ path: ['comments.post_id'], counts: 5, columns: ['title'], measures: ['length'] }],
  };
  expect(readLoad(document, file)).toEqual({
    ok: true,
    value: {
      tables: { [comments?.id ?? '']: { rows: 10 }, [posts?.id ?? '']: { updates: 2 } },
      joins: [
        {
          relationships: [linkOf(document, 'comments', 'posts')],
          counts: 5,
          columns: [posts?.columns[1]?.id],
          measures: [comments?.columns[2]?.id],
        },
      ],
    },
  });
  expect(readLoad(document, {})).toEqual({ ok: true, value: { tables: {}, joins: [] } });
});

it.each([
  [[], /Expected/],
  [{ tables: { posts: { rows: -1 } } }, /tables.posts.rows/],
  [{ tables: { posts: { rows: Number.NaN } } }, /tables.posts.rows/],
  [{ tables: { nobody: {} } }, /no table nobody/],
  [{ joins: [{ path: ['posts.title'] }] }, /posts.title is no foreign key/],
  [{ joins: [{ path: [] }] }, /path/],
  [{ joins: [{ path: ['x'], more: 1 }] }, /more/],
])('%j is refused with what is wrong', async (file, message) => {
  const read = readLoad(await documentOf(DDL, 'postgresql'), file);
  expect(read.ok ? '' : read.problem.message).toMatch(message);
});
