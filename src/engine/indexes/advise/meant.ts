import { shortNumber } from '#lib/amounts.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import type { IndexDecision } from '#model/decision-types.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id } from '#model/types.ts';
import { accessName } from '../../rules/index-facts.ts';
import { PREFIX_RULE, redundantIndexes } from '../../rules/indexes/redundant.ts';
import { tableContext } from '../../rules/table-context.ts';

/** An index that advice makes, with what is recorded of it. */
export interface MadeIndex {
  readonly table: Id;
  readonly index: Index;
  readonly decided: IndexDecision;
}

/** Queries that a reason names, those that gain most. */
const MOST = 2;

function reasonOf(by: string, { serves }: IndexDecision, basis: string): string {
  const most = [...serves].sort((a, b) => b.without - b.with - (a.without - a.with)).slice(0, MOST);
  const gains = most.map((one) => `${one.name} costs ${shortNumber(one.with)} instead of ${shortNumber(one.without)}`);
  return `Advised beside ${by}: ${gains.join(', ')}, by the ${basis}.`;
}

/**
 * The waivers that go with indexes which another one begins with, a key or one that is made along with them: a rule calls those
 * needless by their shape, the advice weighed them and found them worth having. One that no query was found to gain from gets
 * none.
 * @param after the document as it is when all indexes are made and dropped
 * @param basis whose costs they are, in words
 */
export function meantBeside(after: Document, made: readonly MadeIndex[], basis: string, date: string): readonly CommandCall[] {
  return made.flatMap(({ table, index, decided }): CommandCall[] => {
    const record = after.tables[table];
    if (record === undefined || decided.serves.length === 0) return [];
    const at = tableContext(after, record);
    const found = redundantIndexes(at).find(({ access, kind }) => access.id === index.id && kind === 'prefix');
    if (found === undefined) return [];
    const reason = reasonOf(accessName(found.by, at.name), decided, basis);
    return [{ name: 'addWaiver', args: { record: { rule: PREFIX_RULE, at: { record: table, part: index.id }, reason, date } } }];
  });
}

/** A document with indexes made and others dropped, as its rules would see it. */
export function withMade(document: Document, made: readonly MadeIndex[], dropped: ReadonlySet<Id>): Document {
  const touched = Object.entries(document.tables).map(([id, table]) => {
    const news = made.flatMap((one) => (one.table === id ? [one.index] : []));
    const left = table.indexes.filter((one) => !dropped.has(one.id));
    const same = news.length === 0 && left.length === table.indexes.length;
    return [id, same ? table : { ...table, indexes: [...left, ...news] }] as const;
  });
  return { ...document, tables: Object.fromEntries(touched) };
}
