/** What is said of text typed over a statement of a document, where the rest of the document is known. */
import { expect, it } from 'vitest';
import { languageOf } from '#engine/sql/language.ts';
import { readSql } from '#engine/sql/read.ts';
import { planText, type TextContext, typedProblems } from '#engine/sql/typed/plan-text.ts';
import { writeDocument } from '#engine/sql/write.ts';
import type { Document } from '#model/types.ts';

function contextOf(text: string): TextContext {
  const read = readSql([{ name: 'a.sql', text }], { dialect: 'mysql' }, {});
  const language = languageOf('mysql', undefined);
  if (!read.ok || !language.ok) throw new Error('it cannot be read');
  const { document } = read.value;
  const write = (one: Document) => writeDocument(one, { version: 18 });
  return { document, written: write(document), language: language.value, write };
}

const context = contextOf('CREATE TABLE people (id int PRIMARY KEY);\nCREATE TABLE pets (id int PRIMARY KEY, owner int);');
const pets = context.written.statements.find(({ sql }) => sql.includes('pets'))?.key ?? '';
const FOREIGN = 'CREATE TABLE pets (id int PRIMARY KEY, owner int, FOREIGN KEY (owner) REFERENCES';

it('knows the other tables of the document', () => {
  expect(typedProblems(context, { keys: [pets], text: `${FOREIGN} people (id));` })).toEqual([]);
});

it('warns at a name that nothing has, and takes the text all the same', () => {
  const typed = { keys: [pets], text: `${FOREIGN} persons (id));` };
  const [warning, ...more] = typedProblems(context, typed);
  expect(more).toEqual([]);
  expect(warning).toMatchObject({ severity: 'warning', message: expect.stringMatching(/table persons.*kept as text/) });
  expect(typed.text.slice(warning?.start, warning?.end)).toBe('persons');
  expect(planText(context, typed).ok).toBe(true);
});

it('marks an index on a missing column at the column, which is refused', () => {
  const text = 'CREATE INDEX i ON pets (ownr);';
  const [problem] = typedProblems(context, { keys: [], text });
  expect(problem).toMatchObject({ code: 'refused', message: expect.stringMatching(/no column ownr\. Did you mean owner\?/) });
  expect(problem?.severity).toBeUndefined();
  expect(text.slice(problem?.start, problem?.end)).toBe('ownr');
});
