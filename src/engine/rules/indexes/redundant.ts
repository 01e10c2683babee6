import type { Fix } from '../../finding.ts';
import { fix } from '../define.ts';
import { type Access, accessesOf, elementText, isPrefix } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';

export type Redundancy = 'duplicate' | 'of-unique' | 'prefix';

export interface Redundant {
  readonly access: Access;
  readonly by: Access;
  readonly kind: Redundancy;
}

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one, at) => one === b[at]);
const within = (a: readonly string[], b: readonly string[]) => a.every((one) => b.includes(one));

function sameElements(a: Access, b: Access): boolean {
  return sameList(
    a.elements.map((element) => elementText(element)),
    b.elements.map((element) => elementText(element)),
  );
}

/** Why `access` is not needed beside `by`, if it is not. `later` breaks the tie of two that are equal. */
function relation(access: Access, by: Access, later: boolean): Redundancy | undefined {
  if (access.method !== by.method || access.where !== by.where) return undefined;
  const equal = sameElements(access, by);
  const covered = within(access.include, [...by.include, ...by.elements.flatMap((element) => element.column ?? [])]);
  if (equal && access.unique === by.unique && access.nullsNotDistinct === by.nullsNotDistinct && covered) {
    const same = sameList(access.include, by.include);
    return (same && later) || (!same && access.include.length < by.include.length) ? 'duplicate' : undefined;
  }
  if (access.unique || !covered) return undefined;
  if (equal && by.unique) return 'of-unique';
  return access.method === 'btree' && access.elements.length < by.elements.length && isPrefix(access, by) ? 'prefix' : undefined;
}

const ORDER: readonly Redundancy[] = ['duplicate', 'of-unique', 'prefix'];

/** Each index that another one makes needless, with the strongest reason and the other. Keys are kept rather than indexes. */
export function redundantIndexes(at: TableContext): Redundant[] {
  const all = accessesOf(at.table);
  const standing = new Set(
    at.table.indexes
      .filter((index) => index.attachedTo !== undefined || index.replicaIdentity === true || index.clustered === true)
      .map((index) => index.id),
  );
  return all.flatMap((access, position) => {
    if (standing.has(access.id) || access.origin === 'primary') return [];
    const reasons = all.flatMap((by, other): Redundant[] => {
      const kind = other === position ? undefined : relation(access, by, position > other);
      return kind === undefined ? [] : [{ access, by, kind }];
    });
    const best = ORDER.flatMap((kind) => reasons.find((reason) => reason.kind === kind) ?? [])[0];
    return best === undefined ? [] : [best];
  });
}

/** Dropping it; no fix where a foreign key may stand on a unique key. */
export function dropFix(at: TableContext, { access, by }: Redundant, name: (access: Access) => string): Fix[] {
  const table = at.table.id;
  const label = `Drop ${name(access)} and keep ${name(by)}`;
  if (access.origin === 'index') return [fix(label, { name: 'removeIndexes', args: { table, ids: [access.id] } })];
  return [fix(label, { name: 'removeKeys', args: { table, ids: [access.id] } })];
}
