import type { Finding, Severity } from '#engine/finding.ts';
import { worse } from '#lib/tally.ts';
import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { hasTables, type Lens } from './lens.ts';

/** Rules about who may read what. A test holds them to the registry. */
export const SECURITY_RULES = [
  'pii-unclassified',
  'password-plaintext',
  'rls-disabled-on-tenant-table',
  'rls-enabled-no-policy',
  'rls-policy-but-disabled',
] as const;
const SUSPICION = 'pii-unclassified';

interface Suspicion {
  readonly suspected: boolean;
  /** Of the findings that are no mere suspicion. */
  readonly worst?: Severity;
}

function suspicions(findings: readonly Finding[]): ReadonlyMap<Id, Suspicion> {
  const found = new Map<Id, Suspicion>();
  for (const { rule, at, severity, waivedBy } of findings) {
    const record = at[0]?.record;
    if (record === undefined || waivedBy !== undefined || !SECURITY_RULES.some((one) => one === rule)) continue;
    const before = found.get(record) ?? { suspected: false };
    if (rule === SUSPICION) found.set(record, { ...before, suspected: true });
    else found.set(record, { ...before, worst: worse(before.worst ?? 'info', severity) });
  }
  return found;
}

const counts = new WeakMap<Table, number>();

/** Columns that hold personal or secret data, as a person classified them. */
function classified(document: Document, table: Table): number {
  const known = counts.get(table);
  if (known !== undefined) return known;
  const count = columnsOf(document, table).filter(
    ({ classification }) => classification !== undefined && classification !== 'none',
  ).length;
  if (table.partitionOf === undefined && table.inherits === undefined) counts.set(table, count);
  return count;
}

/** Where personal data is, and what stands before it. */
export const securityLens: Lens = {
  id: 'security',
  label: 'Security',
  icon: 'Shield',
  key: '6',
  available: hasTables,
  scale: () => ({
    palette: 'ordered',
    note: 'Counts the columns classified as personal or secret.',
    steps: [
      { label: 'Nothing personal known', sign: '–', tone: 0 },
      { label: 'Personal, behind row security', sign: 'R', tone: 1 },
      { label: 'May be personal: not classified', sign: '?', tone: 2 },
      { label: 'Personal, no row security', sign: 'P', tone: 3 },
      { label: 'A security rule is broken', sign: '!', tone: 4 },
    ],
  }),
  read: ({ document, findings }) => {
    const found = suspicions(findings);
    return (id) => {
      const table = recordIn(document, 'tables', id);
      if (table === undefined) return undefined;
      const at = found.get(id);
      const count = classified(document, table);
      const columns = `${count} personal ${count === 1 ? 'column' : 'columns'}`;
      if (at?.worst === 'error' || at?.worst === 'warning') {
        return { step: 4, mark: count > 0 ? `! ${count}` : '!', says: `breaks a security rule, ${columns}` };
      }
      if (count > 0 && table.rowSecurity === undefined) return { step: 3, mark: `P ${count}`, says: `${columns}, no row security` };
      if (at?.suspected === true) return { step: 2, mark: '?', says: 'may hold personal data that is not classified' };
      if (count > 0) return { step: 1, mark: `R ${count}`, says: `${columns} behind row security` };
      return { step: 0, mark: '–', says: 'nothing personal known' };
    };
  },
};
