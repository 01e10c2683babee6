/** What is typed over a written statement means in every dialect what importing the edited file means, ids kept. */
import { describe, expect, it } from 'vitest';
import { languageOf, type SqlLanguage } from '#engine/sql/language.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { planText } from '#engine/sql/typed/plan-text.ts';
import { createWriteCache, writeDocument, writtenText } from '#engine/sql/write.ts';
import { DEFAULT_VERSION } from '#model/create.ts';
import type { Dialect, Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { corpus } from '#test/corpus.ts';
import { seeded } from '#test/generated-document.ts';
import { more, seedOf } from '#test/runs.ts';
import type { TypedEdit } from '#test/typed-edits.ts';
import { loadPorts } from '../../src/cli/ports.ts';
import { MSSQL_SNIPPETS } from '../fidelity/mssql-snippets.ts';
import { mysqlSnippets } from '../fidelity/mysql-snippets.ts';
import { ORACLE_SNIPPETS } from '../fidelity/oracle-snippets.ts';
import { sqliteSnippets } from '../fidelity/sqlite-snippets.ts';
import { expectIdsKept } from '../typed-edits-law.ts';
import { after, pick, TYPED_KINDS, type TypedSubject, typedEditOf } from './typed.ts';

const ROUNDS = more(10, 60);
const SEED = seedOf(20_261_122);

function languageFor(dialect: Dialect): SqlLanguage {
  const language = languageOf(dialect, undefined);
  if (!language.ok) throw new Error(language.problem.message);
  return language.value;
}

/** One feature each. */
function snippets(dialect: Dialect): readonly { readonly name: string; readonly sql: string }[] {
  switch (dialect) {
    case 'mysql':
    case 'mariadb':
      return mysqlSnippets().filter((one) => one.of === 'both' || one.of === dialect);
    case 'sqlite':
      return sqliteSnippets();
    case 'mssql':
      return MSSQL_SNIPPETS.map(([name, sql]) => ({ name, sql }));
    case 'oracle':
      return ORACLE_SNIPPETS;
    case 'postgresql':
      return [];
  }
}

class Reader {
  readonly dialect: Dialect;
  readonly ports: ReadPorts;
  constructor(dialect: Dialect, ports: ReadPorts) {
    this.dialect = dialect;
    this.ports = ports;
  }
  read(text: string): { document: Document; said: string[]; troubles: string[] } {
    const result = readSql([{ name: 'a.sql', text }], { dialect: this.dialect }, this.ports);
    if (!result.ok) throw new Error(result.problem.message);
    const { document, receipt } = result.value;
    const errors = receipt.statements.filter((one) => one.state === 'error');
    return {
      document: { ...document, sources: {} },
      said: receipt.statements.flatMap((one) => one.reason?.split('; ').filter((each) => !each.startsWith('kept as text')) ?? []),
      troubles: [...errors.map((one) => one.reason ?? ''), ...receipt.lost.map((one) => one.reason)],
    };
  }
  write = (one: Document) => writeDocument(one, { version: DEFAULT_VERSION[this.dialect] });
  /** A document whose ids are those that reading its own text gives. */
  settled(text: string): Document {
    return this.read(writtenText(this.write(this.read(text).document))).document;
  }
}

/** Texts of many lines, of which a message shows those that differ. */
function expectLines(actual: string, expected: string): void {
  if (actual === expected) return;
  const [is, should] = [actual, expected].map((text) => text.split('\n')) as [string[], string[]];
  const [more, less] = [is.filter((line) => !should.includes(line)), should.filter((line) => !is.includes(line))];
  const lines = [...more.map((line) => `+ ${line}`), ...less.map((line) => `- ${line}`)].join('\n');
  throw new Error(lines === '' ? 'The same lines in another order.' : lines);
}

function check(
  reader: Reader,
  subject: TypedSubject,
  edit: TypedEdit,
  write: Reader['write'],
  said: readonly string[],
): 'same' | 'refused' | 'not an edit' {
  const { document, written, language } = subject;
  const typed = { keys: edit.over === undefined ? [] : [edit.over.key], text: edit.text };
  const planned = planText({ document, written, language, write }, typed);
  const pieces = written.statements.flatMap((one) => (one === edit.over ? (edit.text === '' ? [] : [edit.text]) : [one.sql]));
  if (edit.over === undefined) pieces.push(edit.text);
  const imported = reader.read(`${pieces.join('\n\n')}\n`);
  if (!planned.ok) {
    // What is refused could not have been imported whole either.
    expect(imported.troubles, planned.problem.message).not.toEqual([]);
    return 'refused';
  }
  const now = after(document, planned.value.calls);
  const text = writtenText(write(now));
  // Of what nothing was said before, and is now, fits no more.
  const fits = imported.troubles.length === 0 && imported.said.every((reason) => said.includes(reason));
  if (edit.expected !== undefined) expectLines(text, writtenText(write(edit.expected)));
  else if (fits) expectLines(text, writtenText(reader.write(imported.document)));
  else return 'not an edit';
  expect(validate(now)).toEqual(validate(document));
  expectIdsKept(document, now);
  return 'same';
}

/** Random edits of a document, each of the document as it is. @returns what went wrong, and how each ended. */
function editsOf(reader: Reader, sql: string, random: () => number, rounds: number) {
  const { dialect } = reader;
  const document = reader.settled(sql);
  const cache = createWriteCache();
  const write = (one: Document) => writeDocument(one, { version: DEFAULT_VERSION[dialect], cache });
  const subject: TypedSubject = { document, written: reader.write(document), language: languageFor(dialect), random };
  const { said } = reader.read(writtenText(subject.written));
  const counts = new Map<string, number>();
  const problems: string[] = [];
  for (let i = 0; i < rounds; i++) {
    const kind = pick(random, TYPED_KINDS) as string;
    const edit = typedEditOf(kind, subject);
    if (edit === undefined) continue;
    try {
      const outcome = check(reader, subject, edit, write, said);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    } catch (error) {
      problems.push(`${kind}: ${edit.what}\n${edit.text}\n\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { problems, counts };
}

describe.each(['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'] as const)(
  'in %s an edit of one statement equals importing the edited file',
  (dialect) => {
    it.each(corpus(dialect))(
      'of $name, ids kept',
      async ({ name, sql }) => {
        const reader = new Reader(dialect, await loadPorts(dialect));
        const { problems, counts } = editsOf(reader, sql, seeded(SEED + name.length), ROUNDS);
        expect(problems.slice(0, 4).join('\n\n=====\n')).toBe('');
        expect(counts.get('same') ?? 0).toBeGreaterThan(ROUNDS / 4);
      },
      600_000,
    );

    it('of snippets of every feature', async () => {
      const reader = new Reader(dialect, await loadPorts(dialect));
      const all = snippets(dialect).map(({ name, sql }, at) => {
        const { problems, counts } = editsOf(reader, sql, seeded(SEED + at), more(2, 60));
        return { problems: problems.map((one) => `${name}: ${one}`), same: counts.get('same') ?? 0 };
      });
      expect(
        all
          .flatMap(({ problems }) => problems)
          .slice(0, 6)
          .join('\n\n=====\n'),
      ).toBe('');
      expect(all.reduce((sum, { same }) => sum + same, 0)).toBeGreaterThan(all.length / 2);
    }, 600_000);
  },
);
