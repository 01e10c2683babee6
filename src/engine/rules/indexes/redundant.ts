import type { Document, Id } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import type { Fix } from '../../finding.ts';
import type { KindOf, ValueKind } from '../../indexes/redundancy/implication.ts';
import { type IndexSurroundings, redundancy } from '../../indexes/redundancy/redundancy.ts';
import { fix } from '../define.ts';
import { type Access, accessesOf } from '../index-facts.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts } from '../type-facts.ts';

/** What the rules report; `enforces-nothing` may be meant, as the target of a foreign key. */
const REPORTED = ['duplicate', 'of-unique', 'prefix'] as const;

export interface Redundant {
  readonly access: Access;
  readonly by: Access;
  readonly kind: (typeof REPORTED)[number];
}

const KINDS: Readonly<Record<string, ValueKind>> = {
  tinyint: 'number',
  smallint: 'number',
  mediumint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'date',
};

type Surrounded = Pick<TableContext, 'document' | 'table' | 'columns'>;

/** By a column's type how its values compare. Of text that depends on the collation, so nothing is said. */
function kindsOf(at: Surrounded): KindOf {
  const kinds = new Map<string, ValueKind>();
  for (const { name, type } of at.columns) {
    const facts = typeFacts(at.document, type);
    if (!facts.isArray && Object.hasOwn(KINDS, facts.name)) kinds.set(name, KINDS[facts.name] as ValueKind);
  }
  return (column) => kinds.get(column);
}

/** What indexes of the table end with: the primary key, unless the table says that it is kept in another way. */
function tailOf(at: Surrounded): IndexSurroundings['tail'] {
  if (TRAITS[at.document.settings['settings']?.dialect ?? 'postgresql'].indexesHoldKey !== true) return [];
  const engine = at.table.parameters?.find(({ name }) => name.toLowerCase() === 'engine')?.value;
  if (engine !== undefined && engine.toLowerCase() !== 'innodb') return [];
  const primary = at.table.keys.find(({ kind }) => kind === 'primary');
  return primary?.columns.map((column) => ({ column })) ?? [];
}

/** What has to be known of a table to compare its indexes. */
export function surroundingsOf(at: Surrounded): IndexSurroundings {
  return { kindOf: kindsOf(at), tail: tailOf(at) };
}

/** The rule that says of a plain index that another one begins with it. */
export const PREFIX_RULE = 'ix-prefix-redundant';

/** Whether somebody, or advice that was taken, said why an index is there beside one that begins with it. */
export function isMeantBeside({ waivers }: Pick<Document, 'waivers'>, table: Id, index: Id): boolean {
  return Object.values(waivers).some(({ rule, at }) => rule === PREFIX_RULE && at.record === table && at.part === index);
}

/** Indexes of a table beside each other, with what stands for itself. */
function pairsOf(at: TableContext) {
  const all = accessesOf(at.table);
  const surroundings: IndexSurroundings = { kindOf: kindsOf(at), tail: tailOf(at) };
  const standing = new Set(
    at.table.indexes
      .filter((index) => index.attachedTo !== undefined || index.replicaIdentity === true || index.clustered === true)
      .map((index) => index.id),
  );
  return { all, surroundings, isFree: (access: Access) => !standing.has(access.id) && access.origin !== 'primary' };
}

/** Each index that another one makes needless, with the strongest reason and the other. Keys are kept rather than indexes. */
export function redundantIndexes(at: TableContext): Redundant[] {
  const { all, surroundings, isFree } = pairsOf(at);
  return all.flatMap((access, position) => {
    if (!isFree(access)) return [];
    const reasons = all.flatMap((by, other): Redundant[] => {
      const found = other === position ? undefined : redundancy(access, by, position > other, surroundings);
      // An index of fewer rows is smaller and reads less: whether it pays is not for a rule to say.
      if (found === undefined || found.rows !== 'same' || found.kind === 'enforces-nothing') return [];
      return [{ access, by, kind: found.kind }];
    });
    const best = REPORTED.flatMap((kind) => reasons.find((reason) => reason.kind === kind) ?? [])[0];
    return best === undefined ? [] : [best];
  });
}

/** Each unique key or index that forbids nothing beside another one and that no foreign key refers to. */
export function enforcingNothing(at: TableContext): readonly { readonly access: Access; readonly by: Access }[] {
  const { all, surroundings, isFree } = pairsOf(at);
  return all.flatMap((access, position) => {
    if (!isFree(access) || !access.unique) return [];
    const columns = access.elements.map(({ column }) => column);
    const isReferred = at.incoming.some(
      ({ parentColumns }) => parentColumns.length === columns.length && parentColumns.every((id) => columns.includes(id)),
    );
    if (isReferred) return [];
    const by = all.find((one, other) => {
      const found = other === position ? undefined : redundancy(access, one, position > other, surroundings);
      return found?.kind === 'enforces-nothing' && found.rows === 'same';
    });
    return by === undefined ? [] : [{ access, by }];
  });
}

/** Dropping it; no fix where a foreign key may stand on a unique key. */
export function dropFix(at: TableContext, { access, by }: Redundant, name: (access: Access) => string): Fix[] {
  const table = at.table.id;
  const label = `Drop ${name(access)} and keep ${name(by)}`;
  if (access.origin === 'index') return [fix(label, { name: 'removeIndexes', args: { table, ids: [access.id] } })];
  return [fix(label, { name: 'removeKeys', args: { table, ids: [access.id] } })];
}
