import { columnOf } from '#model/derive/columns.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Ref, ReferentialAction, Relationship, Table } from '#model/types.ts';
import { portable } from './canonical.ts';
import { stripped } from './drop.ts';
import type { Ledger } from './ledger.ts';
import type { Naming } from './names.ts';
import type { Fates } from './scope.ts';

interface LinkWork {
  readonly ledger: Ledger;
  readonly naming: Naming;
  readonly fates: Fates;
  readonly source: Document;
  /** Tables of the target by now; an index may be added to one. */
  readonly tables: Record<Id, Table>;
}

function objectOf({ ledger, source }: LinkWork, link: Relationship): string {
  const child = source.tables[link.child];
  return `foreign key ${link.name ?? ''} of ${child === undefined ? link.child : ledger.object(child)}`.replace('  ', ' ');
}

function tellLost(work: LinkWork, link: Relationship, row: { id: string; what: string; from: string; reason: string }): void {
  work.ledger.lose(
    { ...row, group: 'constraint' },
    { object: objectOf(work, link), at: { record: link.id }, reason: row.reason, sql: row.from },
  );
}

const SAYS: Readonly<
  Record<string, { readonly onDelete: readonly ReferentialAction[]; readonly onUpdate: readonly ReferentialAction[] }>
> = {
  mysql: { onDelete: ['restrict', 'cascade', 'set null'], onUpdate: ['restrict', 'cascade', 'set null'] },
  mariadb: { onDelete: ['restrict', 'cascade', 'set null'], onUpdate: ['restrict', 'cascade', 'set null'] },
  mssql: { onDelete: ['cascade', 'set null', 'set default'], onUpdate: ['cascade', 'set null', 'set default'] },
  oracle: { onDelete: ['cascade', 'set null'], onUpdate: [] },
};

function action(work: LinkWork, link: Relationship, which: 'onDelete' | 'onUpdate'): ReferentialAction | undefined {
  const { ledger } = work;
  const given = link[which];
  if (given === undefined || given === 'no action') return undefined;
  const says = SAYS[ledger.to]?.[which];
  const words = `${which === 'onDelete' ? 'ON DELETE' : 'ON UPDATE'} ${given.toUpperCase()}`;
  if (given === 'restrict' && says !== undefined && !says.includes('restrict')) {
    const at: Ref = { record: link.id };
    ledger.tell(
      {
        id: 'constraint:restrict',
        group: 'constraint',
        what: 'RESTRICT',
        from: words,
        to: 'NO ACTION',
        verdict: 'faithful',
        reason: 'The rows are protected in the same way.',
      },
      at,
    );
    return undefined;
  }
  if (says !== undefined && !says.includes(given)) {
    tellLost(work, link, {
      id: `constraint:${which === 'onDelete' ? 'delete' : 'update'}-action`,
      what: words,
      from: words,
      reason: `${ledger.label} has no ${words}: a trigger, or the application, must do it.`,
    });
    return undefined;
  }
  const child = work.tables[link.child];
  const strict = child?.columns.some(
    (column) =>
      link.childColumns.includes(column.id) &&
      (!column.nullable || child.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id))),
  );
  if (given === 'set null' && strict === true && ledger.to !== 'postgresql' && ledger.to !== 'sqlite' && ledger.to !== 'oracle') {
    tellLost(work, link, {
      id: 'constraint:set-null',
      what: `${words} of a column that is never NULL`,
      from: words,
      reason: `${ledger.label} refuses it: such a deletion fails in any case.`,
    });
    return undefined;
  }
  return given;
}

/** Why the target cannot have the foreign key at all. */
function impossible(work: LinkWork, link: Relationship): string | undefined {
  const { ledger, fates, tables } = work;
  const parent = tables[link.parent];
  const child = tables[link.child];
  if (parent === undefined || child === undefined) return 'One of its tables is not there.';
  if (ledger.related) return undefined;
  const mysql = ledger.to === 'mysql' || ledger.to === 'mariadb';
  const same = (columns: readonly Id[]) =>
    columns.length === link.parentColumns.length && link.parentColumns.every((id) => columns.includes(id));
  const unique =
    parent.keys.some((key) => same(key.columns)) ||
    (ledger.to === 'sqlite' || ledger.to === 'mssql' || mysql
      ? parent.indexes.some(
          (index) => index.unique === true && index.where === undefined && same(index.elements.map(({ column }) => column ?? '')),
        )
      : false);
  if (!unique && !mysql)
    return `${ledger.label} lets a foreign key refer to a unique key only, and there is none on these columns.`;
  for (const [at, id] of link.childColumns.entries()) {
    const [a, b] = [fates.columns.get(link.child)?.get(id), fates.columns.get(link.parent)?.get(link.parentColumns[at] ?? '')];
    if (a === undefined || b === undefined) return 'One of its columns is not there.';
    const numbers = new Set(['integer', 'decimal', 'year']);
    if (a.holds.is !== b.holds.is && !(numbers.has(a.holds.is) && numbers.has(b.holds.is)) && ledger.to !== 'sqlite')
      return 'Its columns are of different types there.';
  }
  return undefined;
}

/** Whether a table has an index or key that begins with these columns. */
function isLed(table: Table, columns: readonly Id[]): boolean {
  const lists = [
    ...table.keys.map((key) => key.columns),
    ...table.indexes.map(({ elements }) => elements.map(({ column, length }) => (length === undefined ? (column ?? '') : ''))),
  ];
  return lists.some((list) => columns.every((id, at) => list[at] === id));
}

/** MySQL looks up the parent's columns by an index that begins with them. */
function indexParent(work: LinkWork, link: Relationship): void {
  const { ledger, tables, naming } = work;
  const parent = tables[link.parent];
  if (parent === undefined || (ledger.to !== 'mysql' && ledger.to !== 'mariadb') || isLed(parent, link.parentColumns)) return;
  const names = link.parentColumns.map((id) => parent.columns.find((column) => column.id === id)?.name ?? id);
  const name = naming.give('index', `${parent.name}_${names.join('_')}_idx`, parent.schema, parent.id, undefined);
  const index: Index = {
    id: `idx_${link.id.replace(/^rel_/, '')}_parent`,
    name,
    elements: link.parentColumns.map((column) => ({ column })),
  };
  tables[parent.id] = { ...parent, indexes: [...parent.indexes, index] };
  ledger.tell(
    {
      id: 'index:parent',
      group: 'index',
      what: 'index of a referenced column',
      from: 'none',
      to: 'index',
      verdict: 'faithful',
      reason: 'MySQL needs an index that begins with the columns a foreign key refers to.',
    },
    { record: link.id },
  );
}

/** Rows about what the target's foreign keys cannot say: a clause, what it is called, why it is lost. */
function clausesLost(work: LinkWork, link: Relationship): void {
  const { ledger } = work;
  const pg = ledger.to === 'postgresql';
  const defers = pg || ledger.to === 'sqlite' || ledger.to === 'oracle';
  const late = `${ledger.label} checks keys at once: the order of statements matters.`;
  const rows: readonly (readonly [boolean, string, string, string, string])[] = [
    [
      !pg && link.onDeleteColumns !== undefined,
      'set-null-columns',
      'ON DELETE SET NULL of some columns',
      'ON DELETE SET NULL (...)',
      'All columns of the key are set there.',
    ],
    [!pg && link.match !== undefined, 'match', 'MATCH FULL', 'MATCH FULL', `${ledger.label} lets keys be NULL in part.`],
    [!defers && link.deferral !== undefined, 'deferral', 'check at the end of a transaction', 'DEFERRABLE', late],
    [!pg && link.notValid === true, 'not-valid', 'constraint that old rows may break', 'NOT VALID', 'All rows must satisfy it.'],
  ];
  for (const [lost, id, what, from, reason] of rows) if (lost) tellLost(work, link, { id: `constraint:${id}`, what, from, reason });
  if (link.comment !== undefined && !pg)
    stripped(ledger, { comment: link.comment }, ['comment'], objectOf(work, link), { record: link.id });
}

/** What kind of foreign key the target would get wrong as a whole. */
function unsayable(work: LinkWork, link: Relationship): { id: string; what: string; from: string; reason: string } | undefined {
  const { ledger, source } = work;
  const pg = ledger.to === 'postgresql';
  const reason = impossible(work, link);
  if (reason !== undefined) {
    const names = link.childColumns.map((id) => columnOf(source, source.tables[link.child] as Table, id)?.name ?? id);
    return { id: 'constraint:foreign-key', what: 'foreign key', from: `FOREIGN KEY (${names.join(', ')})`, reason };
  }
  if (ledger.related) return undefined;
  if (!pg && link.period === true)
    return { id: 'constraint:period', what: 'foreign key over periods', from: 'PERIOD', reason: 'Only PostgreSQL 18 has them.' };
  if (link.notEnforced !== true || (pg && ledger.version >= 18)) return undefined;
  return {
    id: 'constraint:not-enforced',
    what: 'constraint that is not enforced',
    from: 'NOT ENFORCED',
    reason: 'The target would enforce it: it is left out.',
  };
}

function moveLink(work: LinkWork, link: Relationship): Relationship | undefined {
  const { ledger, naming } = work;
  const child = work.tables[link.child];
  if (link.childColumns.length === 0 || child === undefined) return link;
  const given = link.name === undefined ? {} : { name: naming.give('link', link.name, child.schema, child.id, child.name) };
  const lost = unsayable(work, link);
  if (lost !== undefined) {
    tellLost(work, link, lost);
    return undefined;
  }
  indexParent(work, link);
  if (ledger.related) return { ...link, ...given };
  clausesLost(work, link);
  const {
    onDelete: _d,
    onUpdate: _u,
    onDeleteColumns,
    match,
    deferral,
    notValid,
    notEnforced,
    period,
    comment,
    name: _n,
    ...rest
  } = link;
  const [deleted, updated] = [action(work, link, 'onDelete'), action(work, link, 'onUpdate')];
  const pg = ledger.to === 'postgresql';
  const defers = deferral !== undefined && (pg || ledger.to === 'sqlite' || ledger.to === 'oracle');
  ledger.tell(
    {
      id: 'constraint:foreign-key',
      group: 'constraint',
      what: 'foreign key',
      from: 'FOREIGN KEY',
      to: 'FOREIGN KEY',
      verdict: 'faithful',
      reason: 'The same columns.',
    },
    { record: link.id },
  );
  return {
    ...rest,
    ...(rest.remarks === undefined ? {} : { remarks: rest.remarks.map(portable) }),
    ...given,
    ...(deleted === undefined ? {} : { onDelete: deleted }),
    ...(updated === undefined ? {} : { onUpdate: updated }),
    ...(pg && onDeleteColumns !== undefined ? { onDeleteColumns } : {}),
    ...(pg && match !== undefined ? { match } : {}),
    ...(defers ? { deferral } : {}),
    ...(pg && notValid === true ? { notValid } : {}),
    ...(notEnforced === true ? { notEnforced } : {}),
    ...(pg && period === true ? { period } : {}),
    ...(comment !== undefined && pg ? { comment } : {}),
  };
}

/**
 * SQL Server refuses a cascade that could reach a table in two ways, or come back to where it began (error 1785). In the
 * order of the links each keeps its action unless those before make it such a one.
 */
function withoutCycles(work: LinkWork, links: readonly Relationship[]): Relationship[] {
  const { ledger } = work;
  if (ledger.to !== 'mssql') return [...links];
  const reaches = new Map<Id, Set<Id>>();
  const from = (id: Id, seen: Set<Id>): Set<Id> => {
    for (const next of reaches.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      from(next, seen);
    }
    return seen;
  };
  return links.map((link) => {
    const acts = [link.onDelete, link.onUpdate].some((one) => one !== undefined && one !== 'no action' && one !== 'restrict');
    if (!acts) return link;
    const down = new Set([link.child, ...from(link.child, new Set())]);
    const above = [...reaches.keys(), link.parent].filter((id) => id === link.parent || from(id, new Set()).has(link.parent));
    const twice = above.some((top) => [...down].some((low) => low === top || from(top, new Set()).has(low)));
    if (twice) {
      tellLost(work, link, {
        id: 'constraint:cascade-paths',
        what: 'second path of a cascade',
        from: 'CASCADE',
        reason: 'SQL Server refuses cascades that reach a table in two ways or in a circle (error 1785): a trigger must do it.',
      });
      const { onDelete: _, onUpdate: __, ...plain } = link;
      return plain;
    }
    reaches.set(link.parent, new Set([...(reaches.get(link.parent) ?? []), link.child]));
    return link;
  });
}

/** Foreign keys in the target; what it cannot have is told. Conceptual relationships stay as they are. */
export function moveLinks(work: LinkWork): Record<Id, Relationship> {
  const moved = Object.values(work.source.relationships).flatMap((link) => moveLink(work, link) ?? []);
  return Object.fromEntries(withoutCycles(work, moved).map((link) => [link.id, link]));
}
