import { err, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { AnyRecord, Collection, Document, Id, Ref } from '#model/types.ts';
import { ReadAgain } from '../dialects/postgres/read/again.ts';
import type { Dependent, TextPlan, TextProblem, TypedText } from '../queries.ts';
import { recordLabel } from './describe-record.ts';
import { matchDocuments } from './match.ts';
import { mergeEdit } from './merge-edit.ts';
import type { PgParser } from './parser-port.ts';
import { IMPORTED, type ImportPlan, importRecords, planImport, replaceTicks, sameData } from './plan-import.ts';
import { remapRecord } from './remap-ids.ts';
import { type Span, splitSql } from './split.ts';
import type { WrittenDocument, WrittenStatement } from './written.ts';

export interface TextContext {
  readonly document: Document;
  /** The document as it is written now. */
  readonly written: WrittenDocument;
  readonly parser: PgParser;
  /** Calls that rename something and rewrite the SQL texts that name it. */
  readonly rename?: (ref: Ref, name: string) => Result<readonly CommandCall[]>;
}

/** The word or sign at an offset. */
function wordAt(text: string, start: number): number {
  const length = /^(?:"(?:[^"]|"")*"|'[^'\n]*'?|[\p{L}\p{N}_$]+|\S)/u.exec(text.slice(start, start + 200))?.[0].length ?? 1;
  return Math.min(text.length, start + length);
}

function problemAt(text: string, code: string, message: string, position: number): TextProblem {
  const start = Math.max(0, Math.min(position, text.length - 1));
  return { code, message, start, end: Math.max(start, wordAt(text, start)) };
}

function spanProblem(text: string, span: Span, parser: PgParser): TextProblem | undefined {
  if (span.unterminated !== undefined) {
    const { what, at } = span.unterminated;
    return problemAt(text, 'unterminated', `This ${what} never ends.`, at);
  }
  if (span.kind === 'meta') return problemAt(text, 'client-line', 'This line is for psql; the pane holds SQL only.', span.start);
  if (span.kind !== 'statement') return undefined;
  const parsed = parser.parse(text.slice(span.start, span.end));
  return parsed.ok ? undefined : problemAt(text, 'syntax', parsed.message, span.start + parsed.position);
}

/** What is wrong with typed statements, each taken by itself: where it cannot be parsed. */
export function textProblems(text: string, parser: PgParser): readonly TextProblem[] {
  return splitSql(text, 'postgresql').flatMap((span) => spanProblem(text, span, parser) ?? []);
}

/**
 * Records whose statements are read again: those of the replaced ones, the foreign keys written inside their statements,
 * and the tables whose statements hold a foreign key that is read again. Schemas stay: what is in them needs them.
 */
function touched(document: Document, written: WrittenDocument, replaced: readonly WrittenStatement[]): Set<Id> {
  const ids = new Set(replaced.filter((one) => one.collection !== 'schemas').map((one) => one.record));
  for (let size = -1; size !== ids.size; ) {
    size = ids.size;
    for (const { record, parts } of written.statements) {
      const links = parts.filter((part) => recordIn(document, 'relationships', part.id) !== undefined);
      if (ids.has(record)) for (const link of links) ids.add(link.id);
      else if (links.some((link) => ids.has(link.id))) ids.add(record);
    }
  }
  return ids;
}

function without(document: Document, ids: ReadonlySet<Id>): Document {
  const collections = IMPORTED.map((collection) => {
    const records = Object.entries(document[collection] as Readonly<Record<Id, AnyRecord>>).filter(([id]) => !ids.has(id));
    return [collection, Object.fromEntries(records)] as const;
  });
  return { ...document, ...Object.fromEntries(collections) };
}

/** Schemas that are read again keep their place, without what their other statements say. */
function withBareSchemas(document: Document, ids: ReadonlySet<Id>): Document {
  if (ids.size === 0) return document;
  const schemas = Object.values(document.schemas).map(({ id, name, implicit, ...rest }) => {
    const bare = { id, name, ...(implicit === undefined ? {} : { implicit }) };
    return ids.has(id) ? bare : { ...bare, ...rest };
  });
  return { ...document, schemas: Object.fromEntries(schemas.map((schema) => [schema.id, schema])) };
}

/** A plan whose changed objects keep what the edit did not touch. */
function mergePlan(plan: ImportPlan, old: Document, ids: ReadonlySet<Id>): ImportPlan {
  const matches = matchDocuments(plan.current, old);
  const to = (id: Id) => matches.get(id) ?? id;
  const before = new Map<Id, AnyRecord>();
  for (const collection of IMPORTED) {
    for (const record of Object.values(old[collection] as Readonly<Record<Id, AnyRecord>>)) {
      if (ids.has(to(record.id))) before.set(to(record.id), remapRecord(collection, record, to));
    }
  }
  const items = plan.items.map((item) => {
    const was = before.get(item.id);
    if (item.state !== 'changed' || item.before === undefined || item.after === undefined || was === undefined) return item;
    const after = mergeEdit(item.before, was, item.after);
    return sameData(item.before, after) ? { ...item, state: 'same' as const, changes: [], after } : { ...item, after };
  });
  // What the text never showed, because the target cannot say it, is not absent from it.
  return { ...plan, items: items.filter((item) => item.state !== 'absent' || before.has(item.id)) };
}

function dependentsOf(document: Document, plan: ImportPlan, removed: readonly { collection: Collection; id: Id }[]): Dependent[] {
  const own = new Set(plan.items.filter((item) => item.state === 'absent').map((item) => item.id));
  return removed.flatMap(({ collection, id }): Dependent[] => {
    const record = recordIn(document, collection, id);
    const shown = IMPORTED.some((one) => one === collection);
    if (own.has(id) || record === undefined || !shown) return [];
    return [{ ref: { record: id }, label: recordLabel(document, collection, record) }];
  });
}

function labelOf(plan: ImportPlan): string {
  const changed = plan.items.filter((item) => item.state !== 'same');
  const verb = { added: 'Add', changed: 'Edit', absent: 'Delete', same: 'Edit' } as const;
  const [first] = changed;
  if (first === undefined) return 'Edit SQL';
  return changed.length === 1 ? `${verb[first.state]} ${first.label} in SQL` : `Edit ${changed.length} objects in SQL`;
}

/**
 * What typed text means: the statements it replaces are read anew, with everything else of their objects as it is written
 * now, in the context of the document. Objects and parts keep their ids by name; a changed name in a defining statement is
 * a rename, and what refers to it follows. What the edit does not touch stays as the document has it.
 * @returns the calls of one undo step, or what is wrong and where: then nothing is to be changed.
 */
export function planText(context: TextContext, typed: TypedText): Result<TextPlan, TextProblem> {
  const { document, written, parser } = context;
  const { text } = typed;
  const [broken] = textProblems(text, parser);
  if (broken !== undefined) return { ok: false, problem: broken };
  const keys = new Set(typed.keys);
  const replaced = written.statements.filter((statement) => keys.has(statement.key));
  const ids = touched(document, written, replaced);
  const schemas = new Set(replaced.filter((one) => one.collection === 'schemas').map((one) => one.record));
  const siblings = written.statements.filter((statement) => ids.has(statement.record) || schemas.has(statement.record));
  const base = withBareSchemas(without(document, ids), schemas);
  const again = new ReadAgain(base, document, parser, replaced);
  let first = true;
  for (const sibling of siblings) {
    if (!keys.has(sibling.key)) {
      again.sibling(sibling);
      continue;
    }
    if (first) again.typed(text);
    first = false;
  }
  if (first) again.typed(text);
  if (again.problem !== undefined) {
    const { message, position } = again.problem;
    return { ok: false, problem: problemAt(text, 'statement', message, position) };
  }
  const read = again.finish();
  const old = new ReadAgain(base, document, parser, []);
  for (const sibling of siblings) old.sibling(sibling);
  const plan = mergePlan(planImport(document, read.document, read.hints), old.finish().document, new Set([...ids, ...schemas]));
  return textPlan(context, plan, read);
}

function textPlan(context: TextContext, plan: ImportPlan, read: ReturnType<ReadAgain['finish']>): Result<TextPlan, TextProblem> {
  const { document } = context;
  const { put, remove } = importRecords(plan, replaceTicks(plan));
  const label = labelOf(plan);
  const calls: CommandCall[] = [];
  for (const { ref, name } of read.renames) {
    const renamed = context.rename?.(ref, name) ?? err('no-rename', '');
    if (renamed.ok) calls.push(...renamed.value);
  }
  if (put.length > 0 || remove.length > 0) calls.push({ name: 'putRecords', args: { label, put, remove } });
  const matches = matchDocuments(document, read.document, read.hints);
  return {
    ok: true,
    value: {
      calls,
      label,
      dependents: [...dependentsOf(document, plan, remove), ...read.lost],
      removed: plan.items.filter((item) => item.state === 'absent').map((item) => item.id),
      statements: read.statements.map(({ start, end, record }) => ({
        start,
        end,
        ...(record === undefined ? {} : { record: matches.get(record) ?? record }),
      })),
    },
  };
}
