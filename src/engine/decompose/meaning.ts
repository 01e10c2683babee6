import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { ReadsColumns } from '../dialects/postgres/expressions/moving.ts';
import type { Consequence } from '../refactor/consequences.ts';
import type { OldShape } from './old-shape.ts';
import type { NullPolicy, Proposal, ProposedTable, Settlement } from './types.ts';

const says = (text: string): Consequence => ({ kind: 'meaning', text });
const stays = (text: string): Consequence => ({ kind: 'stays', text });

interface Told {
  readonly table: Table;
  readonly proposal: Proposal;
  readonly settled: Settlement;
}

function nulls(name: string, keys: string, policy: NullPolicy): Consequence {
  switch (policy) {
    case 'keep':
      return says(`A row whose ${keys} is NULL has no row in ${name}: nothing else of ${name} can be known of it.`);
    case 'own row':
      return says(`NULL counts as a value of ${keys}: it has one row of its own in ${name}.`);
    case 'refuse':
      return says(`${keys} takes no NULL any more; the migration refuses to run while there is one.`);
  }
}

/** The name a table gets: what a person settled, else the proposed one. */
export function nameOfPart({ proposal, settled }: Pick<Told, 'proposal' | 'settled'>, at: number): string {
  return settled.names?.[at] ?? proposal.tables[at]?.name ?? '';
}

/** An existing table that holds one row for each value of these columns already: a foreign key leads there. */
function alreadyThere(document: Document, table: Table, one: ProposedTable): string | undefined {
  const link = Object.values(document.relationships).find(
    ({ child, childColumns }) =>
      child === table.id && childColumns.length === one.key.length && childColumns.every((id) => one.key.includes(id)),
  );
  return link === undefined ? undefined : document.tables[link.parent]?.name;
}

/** What a decomposition means beside what goes and breaks: for rows, for keys, for dependencies that no table checks. */
export function meaningOfDecomposition(document: Document, told: Told): Consequence[] {
  const { table, proposal, settled } = told;
  const names = (ids: readonly Id[]) => ids.map((id) => table.columns.find((column) => column.id === id)?.name ?? id).join(', ');
  const found: Consequence[] = [];
  proposal.tables.forEach((one, at) => {
    const name = nameOfPart(told, at);
    const policy = settled.nulls?.[at];
    if (one.nullable.length > 0 && policy !== undefined) found.push(nulls(name, names(one.nullable), policy));
    for (const key of one.unenforced)
      found.push(stays(`${names(key)} of ${name} is a key that nothing enforces, because it may be NULL.`));
    if (one.remainder) return;
    const there = alreadyThere(document, table, one);
    if (there !== undefined)
      found.push(
        stays(`${there} already has a row for each ${names(one.key)}: ${names(one.moved)} may belong there instead of in ${name}.`),
      );
    if (!proposal.links.some(({ child, parent }) => child === at || parent === at)) {
      found.push(stays(`No foreign key joins ${name} to the others: no table holds its key, so a row can be missing there.`));
    }
  });
  for (const { determinant, dependent } of proposal.lost) {
    found.push(
      says(
        `${names(determinant)} → ${names(dependent)} is checked by no table on its own any more: a trigger over the joined tables has to.`,
      ),
    );
  }
  if (proposal.repeats) found.push(says(`Rows of ${table.name} that differ only in what leaves it become one row.`));
  if (table.rowSecurity !== undefined) {
    found.push(
      says(`The new tables are guarded by row security as ${table.name} is; only policies whose columns they have are there too.`),
    );
  }
  found.push(
    says(`An unchanged INSERT or UPDATE of ${table.name} no longer reaches what has left it: whoever writes has to write both.`),
  );
  return found;
}

/** What the view of the old shape is for, and who reads from it. */
export function meaningOfViews({ view, moved }: OldShape): Consequence[] {
  const who = moved.map(({ from }) => from.name).join(', ');
  const text = `${view.name} is a view of the old shape: it gives the rows that there were, and is read, not written.`;
  return [stays(text), ...(who === '' ? [] : [stays(`${who} read from ${view.name} from now on.`)])];
}

const READERS = { views: 'view', routines: 'routine', triggers: 'trigger', verbatim: 'statement' } as const;

/** What names columns that leave the table. */
export function brokenReader(document: Document, table: Table, { collection, record, columns }: ReadsColumns): Consequence {
  const names = columns.map((id) => table.columns.find((column) => column.id === id)?.name ?? id).join(', ');
  const what = `${READERS[collection]} ${nameOf(document, record)}`;
  return { kind: 'breaks', text: `${what} names ${names} of ${table.name}, which ${table.name} has no more`, ref: { record } };
}

/** Policies that went along with their columns. @param tables those of the decomposition, in the document after it. */
export function meaningOfPolicies(table: Table, after: Document, tables: readonly Id[]): Consequence[] {
  const all = tables.flatMap((id) => recordIn(after, 'tables', id) ?? []);
  const rest = all.find(({ id }) => id === table.id);
  return table.policies.flatMap((policy) => {
    if (rest?.policies.some(({ id }) => id === policy.id) !== false) return [];
    const to = all.find(({ id, policies }) => id !== table.id && policies.some(({ name }) => name === policy.name));
    return to === undefined
      ? []
      : says(`Policy ${policy.name} moves to ${to.name} with the columns it names: it guards no row of ${table.name} any more.`);
  });
}
