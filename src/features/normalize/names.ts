import type { Proposal } from '#engine/decompose/types.ts';
import { nameKey } from '#engine/dialects/base/traits.ts';
import type { Document, Table } from '#model/types.ts';

/** Names of the tables of a proposal, by position: as typed, else as proposed. */
export function namesOf(proposal: Proposal, typed: Readonly<Record<number, string>> = {}): string[] {
  return proposal.tables.map(({ name }, at) => (typed[at] ?? name).trim());
}

/** Why names cannot be used, by position in the proposal's tables; the first table keeps its own. */
export function nameProblems(document: Document, table: Table, names: readonly string[]): Readonly<Record<number, string>> {
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const taken = new Map<string, string>();
  for (const [collection, word] of [
    ['tables', 'table'],
    ['views', 'view'],
    ['sequences', 'sequence'],
    ['types', 'type'],
  ] as const) {
    for (const one of Object.values(document[collection])) {
      if (one.schema === table.schema) taken.set(nameKey(one.name, dialect), `There is already a ${word} ${one.name}.`);
    }
  }
  const problems: Record<number, string> = {};
  for (const [at, name] of names.entries()) {
    if (at === 0) continue;
    const why = name === '' ? 'A name is needed.' : taken.get(nameKey(name, dialect));
    if (why !== undefined) problems[at] = why;
    else taken.set(nameKey(name, dialect), `Two of the tables are called ${name}.`);
  }
  return problems;
}
