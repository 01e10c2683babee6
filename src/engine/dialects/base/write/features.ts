import type { Column } from '#model/column-types.ts';
import type { CheckConstraint, Index, IndexElement, Key } from '#model/table-parts.ts';
import type { CustomType, Id, Relationship, Routine, Schema, Sequence, Table, Trigger, View } from '#model/types.ts';

/**
 * Everything that the model can say and not every dialect has words for. A dialect's writer names what it says; the rest
 * is told as not written, so that nothing gets lost without a word.
 */
export const FEATURES = {
  'schema comment': 'comments on schemas',
  owner: 'owners of objects',
  'unlogged table': 'unlogged tables',
  'temporary table': 'temporary tables',
  'table comment': 'comments on tables',
  'table parameters': 'table options',
  'access method': 'access methods of tables',
  tablespace: 'tablespaces',
  'replica identity': 'replica identities',
  'row security': 'row-level security',
  policy: 'policies',
  exclusion: 'exclusion constraints',
  inherits: 'inheritance of tables',
  partitioning: 'partitioned tables',
  'partition table': 'partitions that are tables',
  'array type': 'array types',
  'custom column type': 'types of the schema on columns',
  'type from elsewhere': 'types of other schemas',
  'not null name': 'names of NOT NULL',
  'default name': 'names of defaults',
  'on update': 'values that an UPDATE sets',
  identity: 'numbers given by the engine',
  'identity always': 'numbers that only the engine gives',
  'identity start': 'a start or step of the numbers given',
  'identity options': 'bounds, caches and cycles of the numbers given',
  'stored column': 'stored generated columns',
  'virtual column': 'virtual generated columns',
  'column collation': 'collations of columns',
  'column charset': 'character sets of columns',
  'invisible column': 'invisible columns',
  'column compression': 'compression of columns',
  'column storage': 'storage of columns',
  'column statistics': 'statistics targets',
  'column comment': 'comments on columns',
  'key name': 'names of keys',
  'key include': 'further columns of keys',
  'nulls not distinct': 'keys in which nulls are equal',
  'deferred key': 'keys that are checked at the end of a transaction',
  'without overlaps': 'keys over periods',
  'key clustered': 'keys that say how rows are stored',
  'key method': 'methods of keys',
  'key descending': 'keys in descending order',
  'key prefix length': 'prefix lengths in keys',
  'key parameters': 'options of keys',
  'key comment': 'comments on keys',
  check: 'check constraints',
  'check name': 'names of checks',
  'check not inherited': 'checks that heirs do not have',
  'not valid': 'constraints that old rows may break',
  'not enforced': 'constraints that are not enforced',
  'check comment': 'comments on checks',
  'index method': 'methods of indexes',
  'index expression': 'expressions in indexes',
  'index include': 'further columns of indexes',
  'partial index': 'partial indexes',
  'index parameters': 'options of indexes',
  'index comment': 'comments on indexes',
  'index of parent alone': 'indexes of a partitioned table alone',
  'index clustered': 'indexes that rows are stored by',
  'invisible index': 'invisible indexes',
  'element collation': 'collations in indexes',
  'operator class': 'operator classes',
  'prefix length': 'prefix lengths in indexes',
  'descending index': 'indexes in descending order',
  'nulls order': 'orders of nulls in indexes',
  'foreign key name': 'names of foreign keys',
  'set null': 'ON DELETE or ON UPDATE SET NULL',
  'set default': 'ON DELETE or ON UPDATE SET DEFAULT',
  restrict: 'RESTRICT',
  'update action': 'ON UPDATE',
  'set null columns': 'ON DELETE SET NULL of some columns',
  'match full': 'MATCH FULL',
  'deferred foreign key': 'foreign keys that are checked at the end of a transaction',
  'period foreign key': 'foreign keys over periods',
  'foreign key comment': 'comments on foreign keys',
  'materialized view': 'materialized views',
  'recursive view': 'recursive views',
  'temporary view': 'temporary views',
  'view columns': 'column names of views',
  'view options': 'options of views',
  'check option': 'check options of views',
  'no data': 'materialized views without data',
  'view index': 'indexes of views',
  'view comment': 'comments on views',
  'view column comment': 'comments on columns of views',
  enum: 'enumerated types',
  domain: 'domains',
  composite: 'composite types',
  range: 'range types',
  'written type': 'types of their own',
  'type comment': 'comments on types',
  sequence: 'sequences',
  'temporary sequence': 'temporary sequences',
  'sequence type': 'types of sequences',
  'sequence owner column': 'sequences that belong to a column',
  'sequence comment': 'comments on sequences',
  function: 'functions',
  procedure: 'procedures',
  aggregate: 'aggregates',
  'routine comment': 'comments on routines',
  trigger: 'triggers',
  'statement trigger': 'triggers for each statement',
  'several events': 'triggers on several events',
  'truncate trigger': 'triggers on TRUNCATE',
  'before trigger': 'triggers that run before',
  'instead trigger': 'triggers that run instead',
  'update of': 'triggers on updates of some columns',
  'trigger condition': 'conditions of triggers',
  'transition tables': 'names of the rows a trigger sees',
  'constraint trigger': 'constraint triggers',
  'trigger state': 'triggers that are switched off',
  'trigger comment': 'comments on triggers',
} as const;

export type Feature = keyof typeof FEATURES;

/** A feature that a record uses. */
export interface Use {
  readonly feature: Feature;
  readonly part?: Id;
  /** The record that is told of, when it is not the one looked at: a foreign key that is written with its table. */
  readonly record?: Id;
}

/** What a record uses: pairs of a feature and whether it does. */
type Tests = Partial<Record<Feature, unknown>>;

function used(tests: Tests, part?: Id, record?: Id): Use[] {
  return (Object.entries(tests) as [Feature, unknown][]).flatMap(([feature, does]) =>
    does === undefined || does === false || (Array.isArray(does) && does.length === 0)
      ? []
      : [{ feature, ...(part === undefined ? {} : { part }), ...(record === undefined ? {} : { record }) }],
  );
}

function columnUses(column: Column): Use[] {
  const { type, identity } = column;
  const options = identity?.options ?? {};
  return used(
    {
      'array type': (type.dims ?? 0) > 0,
      'custom column type': type.kind === 'custom',
      'type from elsewhere': type.kind === 'other',
      'not null name': column.notNullName,
      'default name': column.defaultName,
      'on update': column.onUpdate,
      identity,
      'identity always': identity?.mode === 'always',
      'identity start': options.start !== undefined || options.increment !== undefined,
      'identity options': (['min', 'max', 'cache', 'cycle'] as const).some((one) => options[one] !== undefined),
      'stored column': column.generated?.stored === true,
      'virtual column': column.generated?.stored === false,
      'column collation': column.collation,
      'column charset': column.charset,
      'invisible column': column.invisible === true,
      'column compression': column.compression,
      'column storage': column.storage,
      'column statistics': column.statistics,
      'column comment': column.comment,
    },
    column.id,
  );
}

function keyUses(key: Key): Use[] {
  return used(
    {
      // Nothing speaks of a primary key by its name.
      'key name': key.kind === 'unique' ? key.name : undefined,
      'key include': key.include,
      'nulls not distinct': key.nullsNotDistinct === true,
      'deferred key': key.deferral,
      'without overlaps': key.withoutOverlaps === true,
      'key clustered': key.clustered,
      'key method': key.method,
      'key descending': key.descending,
      'key prefix length': key.lengths,
      'key parameters': key.parameters,
      tablespace: key.tablespace,
      'key comment': key.comment,
    },
    key.id,
  );
}

function checkUses(check: CheckConstraint): Use[] {
  return used(
    {
      check: true,
      'check name': check.name,
      'check not inherited': check.noInherit === true,
      'not valid': check.notValid === true,
      'not enforced': check.notEnforced === true,
      'check comment': check.comment,
    },
    check.id,
  );
}

function indexUses(index: Index): Use[] {
  const some = (does: (element: IndexElement) => unknown) => index.elements.some((one) => does(one) !== undefined);
  return used(
    {
      'index method': index.method !== undefined && index.method !== 'btree',
      'index expression': some((one) => one.expression),
      'index include': index.include,
      'partial index': index.where,
      'nulls not distinct': index.nullsNotDistinct === true,
      'index parameters': index.parameters,
      tablespace: index.tablespace,
      'index comment': index.comment,
      'index of parent alone': index.only === true,
      'index clustered': index.clustered === true,
      'invisible index': index.invisible === true,
      'replica identity': index.replicaIdentity === true,
      'element collation': some((one) => one.collation),
      'operator class': some((one) => one.operatorClass),
      'prefix length': some((one) => one.length),
      'descending index': some((one) => one.order),
      'nulls order': some((one) => one.nulls),
    },
    index.id,
  );
}

function linkUses(link: Relationship): Use[] {
  const acts = [link.onDelete, link.onUpdate];
  return used(
    {
      'foreign key name': link.name,
      'set null': acts.includes('set null'),
      'set default': acts.includes('set default'),
      restrict: acts.includes('restrict'),
      'update action': link.onUpdate !== undefined && link.onUpdate !== 'no action',
      'set null columns': link.onDeleteColumns,
      'match full': link.match,
      'deferred foreign key': link.deferral,
      'not valid': link.notValid === true,
      'not enforced': link.notEnforced === true,
      'period foreign key': link.period === true,
      'foreign key comment': link.comment,
    },
    undefined,
    link.id,
  );
}

/** @param links the foreign keys the table is the child of. */
export function tableUses(table: Table, links: readonly Relationship[]): Use[] {
  return [
    ...used({
      owner: table.owner,
      'unlogged table': table.persistence === 'unlogged',
      'temporary table': table.persistence === 'temporary',
      'table comment': table.comment,
      'table parameters': table.parameters,
      'access method': table.accessMethod,
      tablespace: table.tablespace,
      'replica identity': table.replicaIdentity,
      'row security': table.rowSecurity,
      inherits: table.inherits,
      partitioning: table.partitioning,
      'partition table': table.partitionOf,
    }),
    ...table.columns.flatMap(columnUses),
    ...table.keys.flatMap(keyUses),
    ...table.checks.flatMap(checkUses),
    ...table.exclusions.flatMap((one) => used({ exclusion: true }, one.id)),
    ...table.indexes.flatMap(indexUses),
    ...table.policies.flatMap((one) => used({ policy: true }, one.id)),
    ...links.flatMap(linkUses),
  ];
}

export function schemaUses(schema: Schema): Use[] {
  return used({ 'schema comment': schema.comment, owner: schema.owner });
}

export function viewUses(view: View): Use[] {
  return [
    ...used({
      owner: view.owner,
      'materialized view': view.materialized === true,
      'recursive view': view.recursive === true,
      'temporary view': view.temporary === true,
      'view columns': view.columns,
      'view options': view.options,
      'check option': view.checkOption,
      'no data': view.withNoData === true,
      'access method': view.accessMethod,
      tablespace: view.tablespace,
      'view comment': view.comment,
      'view column comment': view.columnComments,
    }),
    ...view.indexes.flatMap((index) => [...used({ 'view index': true }, index.id), ...indexUses(index)]),
  ];
}

export function typeUses(type: CustomType): Use[] {
  return used({ [type.kind === 'written' ? 'written type' : type.kind]: true, owner: type.owner, 'type comment': type.comment });
}

export function sequenceUses(sequence: Sequence): Use[] {
  return used({
    sequence: true,
    owner: sequence.owner,
    'temporary sequence': sequence.persistence,
    'sequence type': sequence.options.type,
    'sequence owner column': sequence.ownedBy,
    'sequence comment': sequence.comment,
  });
}

export function routineUses(routine: Routine): Use[] {
  return used({ [routine.kind]: true, owner: routine.owner, 'routine comment': routine.comment });
}

export function triggerUses(trigger: Trigger): Use[] {
  return used({
    trigger: true,
    owner: trigger.owner,
    'statement trigger': trigger.forEach === 'statement',
    'several events': trigger.events.length > 1,
    'truncate trigger': trigger.events.includes('truncate'),
    'before trigger': trigger.timing === 'before',
    'instead trigger': trigger.timing === 'instead of',
    'update of': trigger.updateOf,
    'trigger condition': trigger.when,
    'transition tables': trigger.referencing,
    'constraint trigger': trigger.constraint === true,
    'trigger state': trigger.enabled,
    'trigger comment': trigger.comment,
  });
}
