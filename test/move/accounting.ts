import { tableUses, type Use, viewUses } from '#engine/dialects/base/write/features.ts';
import type { MovePlan } from '#engine/move/plan-types.ts';
import type { Document, Id, Ref } from '#model/types.ts';

/** The rows that may tell of a feature that is gone, by the mapping's id; the rest: any row at that place. */
const TOLD_BY: Readonly<Record<string, RegExp>> = {
  'column collation': /collation/,
  'column charset': /charset/,
  'column comment': /remark|comment/,
  'table comment': /remark|comment/,
  'on update': /on-update/,
  identity: /identity/,
  'identity options': /identity/,
  'stored column': /generated/,
  'virtual column': /generated/,
  'invisible column': /invisible/,
  'not null name': /not-null/,
  'default name': /name:default/,
  'column storage': /storage/,
  'column compression': /compression/,
  'column statistics': /statistics/,
  owner: /owner/,
  tablespace: /tablespace/,
  'partial index': /partial|predicate|index:/,
  'index include': /include/,
  'key include': /include/,
  'prefix length': /prefix/,
  'operator class': /operator-class|index:/,
  partitioning: /partition/,
  inherits: /inherits/,
  'row security': /row-security/,
  policy: /policy/,
  exclusion: /exclusion/,
  'update action': /update-action|set-null|foreign-key|cascade-paths/,
  'set null': /set-null|action|foreign-key|cascade-paths/,
  'deferred key': /deferral/,
  'deferred foreign key': /deferral|foreign-key/,
  'not valid': /not-valid/,
};

/** Names may go where the target gives none, or be made where it needs one; what is stored otherwise is the type's row. */
const FREE = new Set([
  'key name',
  'check name',
  'foreign key name',
  'identity always',
  'identity start',
  'virtual column',
  'stored column',
  'restrict',
  'array type',
  'custom column type',
  'type from elsewhere',
]);

function partsOf(document: Document): Map<string, Ref> {
  const found = new Map<string, Ref>();
  const add = (record: Id, part?: Id) => found.set(`${record}/${part ?? ''}`, part === undefined ? { record } : { record, part });
  for (const records of [
    document.tables,
    document.relationships,
    document.views,
    document.routines,
    document.triggers,
    document.sequences,
    document.types,
    document.verbatim,
  ])
    for (const id of Object.keys(records)) add(id);
  for (const table of Object.values(document.tables))
    for (const list of [table.columns, table.keys, table.checks, table.indexes, table.exclusions, table.policies])
      for (const { id } of list) add(table.id, id);
  return found;
}

function told(plan: MovePlan, pattern: RegExp | undefined): Set<string> {
  const places = plan.mappings.filter(({ id }) => pattern === undefined || pattern.test(id)).flatMap(({ where }) => where);
  const losses = plan.losses.filter(({ mapping }) => pattern === undefined || pattern.test(mapping)).map(({ at }) => at);
  return new Set([...places, ...losses].map(({ record, part }) => `${record}/${part ?? ''}`));
}

function uses(document: Document, id: Id): readonly Use[] {
  const table = document.tables[id];
  if (table === undefined) return document.views[id] === undefined ? [] : viewUses(document.views[id]);
  return tableUses(
    table,
    Object.values(document.relationships).filter(({ child }) => child === id),
  );
}

/** What a plan's document does not have any more and no row or loss tells of: always empty. */
export function unaccounted(plan: MovePlan): string[] {
  const problems: string[] = [];
  const [before, after] = [partsOf(plan.source), partsOf(plan.document)];
  const anywhere = told(plan, undefined);
  const numbered = told(plan, /identity/);
  for (const [key, { record, part }] of before) {
    // What a lost record held goes with it.
    const gone = part !== undefined && plan.document.tables[record] === undefined;
    const sequence = plan.source.sequences[record]?.ownedBy;
    const replaced =
      plan.source.sequences[record] !== undefined &&
      (sequence === undefined || numbered.has(`${sequence.table}/${sequence.column}`));
    const withPartition = [
      plan.source.relationships[record],
      plan.source.triggers[record],
      plan.source.verbatim[record],
      plan.source.sequences[record],
    ].some(
      (one) =>
        one !== undefined &&
        JSON.stringify(one)
          .match(/tbl_\w+/g)
          ?.some((id) => plan.document.tables[id] === undefined && plan.source.tables[id] !== undefined),
    );
    if (!after.has(key) && !gone && !replaced && !withPartition && !anywhere.has(key))
      problems.push(`${key} is gone without a word`);
  }
  for (const record of [...Object.keys(plan.document.tables), ...Object.keys(plan.document.views)]) {
    const kept = new Set(uses(plan.document, record).map((use) => `${use.feature} ${use.record ?? record}/${use.part ?? ''}`));
    for (const use of uses(plan.source, record)) {
      const place = `${use.record ?? record}/${use.part ?? ''}`;
      if (
        kept.has(`${use.feature} ${place}`) ||
        FREE.has(use.feature) ||
        (use.record !== undefined && plan.document.relationships[use.record] === undefined)
      )
        continue;
      const pattern = TOLD_BY[use.feature];
      const places = told(plan, pattern);
      if (!places.has(place) && !places.has(`${record}/`)) problems.push(`${use.feature} of ${place} is gone without a word`);
    }
  }
  return problems;
}
