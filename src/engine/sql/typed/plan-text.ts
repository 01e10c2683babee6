import { derivedIds } from '#lib/ids.ts';
import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument } from '#model/create.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import type { Dependent, TextPlan, TextProblem, TypedText } from '../../queries.ts';
import { dependentsOf, moveCalls, renameCalls } from '../expressions.ts';
import type { SqlLanguage } from '../language.ts';
import type { WrittenDocument } from '../written.ts';
import { statementsOf, type TypedStatement } from './definitions.ts';
import { failed, movedLinks, ReadIds, Reading, readTyped, readWritten, rereadOf, without } from './reading.ts';
import { carryColumn, carryRelation, type NameChanges, nameChanges, type RelationChange } from './renames.ts';
import { removeCall, settle } from './settle.ts';
import { refInWords } from './words.ts';

export interface TextContext {
  readonly document: Document;
  readonly written: WrittenDocument;
  readonly language: SqlLanguage;
  /** Writes a document that differs from `document` in a few records. */
  readonly write: (document: Document) => WrittenDocument;
}

/** What is wrong with a text by itself: what cannot be parsed; else what it refuses or warns of when it is all there is. */
export function textProblems(text: string, language: SqlLanguage): TextProblem[] {
  const syntax = syntaxProblems(text, language);
  if (syntax.length > 0) return syntax;
  const reading = new Reading(emptyDocument('text', undefined, language.dialect), language, derivedIds());
  reading.text(text, (sql) => sql);
  reading.finish();
  const refused = reading.problem(text.length, new Set());
  return [...(refused?.problem.code === 'refused' ? [refused.problem] : []), ...reading.warnings()];
}

/** What is wrong with text typed over statements of the document. */
export function typedProblems(context: TextContext, typed: TypedText): TextProblem[] {
  const syntax = syntaxProblems(typed.text, context.language);
  if (syntax.length > 0) return syntax;
  const plan = planText(context, typed);
  if (plan.ok) return [...plan.value.warnings];
  return plan.problem.code === 'refused' ? [plan.problem] : [];
}

/** What cannot be parsed of typed statements, each taken by itself. */
function syntaxProblems(text: string, language: SqlLanguage): TextProblem[] {
  return statementsOf(text, language).flatMap(({ span, problem }) =>
    problem === undefined
      ? []
      : [{ code: 'syntax', message: problem.message, start: problem.position, end: wordEnd(text, problem.position, span.end) }],
  );
}

function wordEnd(text: string, start: number, limit: number): number {
  const word = /^(?:"[^"]*"|[\p{L}\p{N}_$]+|.)/u.exec(text.slice(start, Math.max(start + 1, limit)))?.[0] ?? '';
  return Math.min(text.length, start + Math.max(1, word.length));
}

function schemaNamed(document: Document, name: string): Id {
  return Object.values(document.schemas).find((one) => one.name === name)?.id ?? '';
}

/** What is typed into a schema that nobody made makes it. */
function makeSchema(document: Document, name: string): CommandCall[] {
  if (schemaNamed(document, name) !== '') return [];
  const source = derivedIds();
  let id = source.next('sch', name);
  while (Object.hasOwn(document.schemas, id)) id = source.next('sch', name);
  return [{ name: 'putRecords', args: { label: `Add schema ${name}`, put: [{ collection: 'schemas', record: { id, name } }] } }];
}

/** The document after renames, moves and deletions that the text implies, with the calls that lead there. */
function prepare(context: TextContext, changes: NameChanges): Result<{ document: Document; calls: CommandCall[] }> {
  const calls: CommandCall[] = [];
  let { document } = context;
  const take = (more: readonly CommandCall[]) => {
    if (more.length === 0) return undefined;
    const ran = runCommands(document, more, derivedIds());
    if (!ran.ok) return ran;
    document = ran.value.document;
    calls.push(...more);
    return undefined;
  };
  for (const { record, part, to } of changes.renames) {
    const renaming = renameCalls(document, context.language.parser, part === undefined ? { record } : { record, part }, to);
    if (!renaming.ok) return renaming;
    const problem = take(renaming.value.calls);
    if (problem !== undefined) return problem;
  }
  for (const { record, to } of changes.moves) {
    const problem =
      take(makeSchema(document, to)) ?? take(moveCalls(document, context.language.parser, record, schemaNamed(document, to)));
    if (problem !== undefined) return problem;
  }
  for (const { table, ids } of changes.removedColumns) {
    const problem = take([{ name: 'removeColumns', args: { table, ids } }]);
    if (problem !== undefined) return problem;
  }
  for (const { collection, id } of changes.removed) {
    if (recordIn(document, collection, id) === undefined) continue;
    const problem = take(removeCall(collection, [id]));
    if (problem !== undefined) return problem;
  }
  return ok({ document, calls });
}

/** What the schema of a table is called. */
function schemaOf(document: Document, table: Id): string | undefined {
  return document.schemas[recordIn(document, 'tables', table)?.schema ?? '']?.name;
}

/** What the removals would break or take along, outside of themselves. */
function dependentsOn(context: TextContext, changes: NameChanges): Dependent[] {
  const refs: Ref[] = [
    ...changes.removed.map(({ id }) => ({ record: id })),
    ...changes.removedColumns.flatMap(({ table, ids }) => ids.map((part) => ({ record: table, part }))),
  ];
  const own = new Set(refs.filter((ref) => ref.part === undefined).map((ref) => ref.record));
  const found = new Map<string, Dependent>();
  for (const ref of refs) {
    for (const one of dependentsOf(context.document, context.language.parser, ref)) {
      const child = recordIn(context.document, 'relationships', one.ref.record)?.child;
      if (!own.has(one.ref.record) && !own.has(child ?? ''))
        found.set(`${one.ref.record}\n${one.ref.part ?? ''}`, { ref: one.ref, label: refInWords(context.document, one.ref) });
    }
  }
  return [...found.values()];
}

/** Relations whose old name typed text may still say, where nothing else has that name now. */
function relationChanges(changes: NameChanges, document: Document): RelationChange[] {
  const renamed = new Map(changes.renames.flatMap((one) => (one.part === undefined ? [[one.record, one.to] as const] : [])));
  const moved = new Map(changes.moves.map((one) => [one.record, one.to]));
  return [...new Set([...renamed.keys(), ...moved.keys()])].flatMap((id) => {
    const record = document.tables[id] ?? document.views[id] ?? document.sequences[id];
    const schema = record === undefined ? undefined : document.schemas[record.schema]?.name;
    if (record === undefined || schema === undefined) return [];
    return [{ schema, name: record.name, toSchema: moved.get(id) ?? schema, toName: renamed.get(id) ?? record.name }];
  });
}

function labelOf(typed: TypedText, statements: Reading['typed'], changes: NameChanges): string {
  const object = statements.find((one) => one.outcome.object !== undefined)?.outcome.object;
  if (object === undefined) return changes.removed.length > 0 || typed.keys.length > 0 ? 'Delete in SQL' : 'Edit in SQL';
  return `${typed.keys.length === 0 ? 'Add' : 'Edit'} ${object} in SQL`;
}

/**
 * What text that was typed over written statements (or between them) means for the document. Only the records of those
 * statements are read anew, over the rest of the document; they keep their ids, and what text cannot say. A defining name
 * that changed is a rename, which reaches the SQL of other objects; a definition that is gone is a deletion.
 */
export function planText(context: TextContext, typed: TypedText): Result<TextPlan, TextProblem> {
  const { language } = context;
  const length = typed.text.length;
  const statements: TypedStatement[] = statementsOf(typed.text, language);
  const [syntax] = syntaxProblems(typed.text, language);
  if (syntax !== undefined) return { ok: false, problem: syntax };
  const keys = new Set(typed.keys);
  const old = context.written.statements.filter((one) => keys.has(one.key));
  const changes = nameChanges(old, statements, context.document, language);
  const prepared = prepare(context, changes);
  if (!prepared.ok) return failed(prepared.problem.code, prepared.problem.message, 0, length);
  const { document } = prepared.value;
  const written = document === context.document ? context.written : context.write(document);
  const reread = rereadOf(document, written, keys);
  const base = without(document, reread);
  const [oldIds, newIds] = [new ReadIds('written'), new ReadIds('typed')];
  const columns = changes.renames.filter((one) => one.part !== undefined);
  const tableNames = (id: Id) => [context.document, document].flatMap((one) => recordIn(one, 'tables', id)?.name ?? []);
  const relations = relationChanges(changes, context.document);
  const carry = (sql: string) => {
    const text = columns.reduce(
      (one, { from, to, record }) => carryColumn(one, from, to, language, tableNames(record), schemaOf(context.document, record)),
      sql,
    );
    return relations.reduce((one, change) => carryRelation(one, change, language), text);
  };
  const moved = movedLinks(context.written, written, keys);
  const reading = readTyped(base, written, reread, typed, language, newIds, carry, moved);
  const after = { document: reading.finish(), ids: newIds };
  const problem = reading.problem(
    length,
    new Set(old.flatMap((one) => statementsOf(one.sql, language).map(({ sql }) => sql.trim()))),
  );
  if (problem !== undefined) return problem;
  const label = labelOf(typed, reading.typed, changes);
  const before = { document: readWritten(base, written, reread, typed.keys, language, oldIds), ids: oldIds };
  const settled = settle(document, base, before, after, { reread, unfit: reading.unfit, unsaid: moved.apart }, label);
  return ok({
    calls: [...prepared.value.calls, ...settled.calls],
    label,
    dependents: dependentsOn(context, changes),
    removed: [...changes.removed.map(({ id }) => id), ...settled.removed],
    warnings: reading.warnings(),
    statements: reading.typed.map(({ start, end, outcome }) => {
      const record = outcome.record === undefined ? undefined : (settled.ids.get(outcome.record) ?? outcome.record);
      return { start, end, ...(record === undefined ? {} : { record }) };
    }),
  });
}
