/** Every rule. Adding a rule = one file, one line here, `npm run docs:rules`. */
import { auditTimestampsMissing } from './audit/audit-timestamps-missing.ts';
import { checkMissingDomain } from './constraints/check-missing-domain.ts';
import type { Rule } from './define.ts';
import { fkIndexMissing } from './indexes/fk-index-missing.ts';
import { ixConstantColumn } from './indexes/ix-constant-column.ts';
import { ixDuplicate } from './indexes/ix-duplicate.ts';
import { ixEqualityFilter } from './indexes/ix-equality-filter.ts';
import { ixNonuniqueOfUnique } from './indexes/ix-nonunique-of-unique.ts';
import { ixPredicateNotImmutable } from './indexes/ix-predicate-not-immutable.ts';
import { ixPrefixRedundant } from './indexes/ix-prefix-redundant.ts';
import { ixSortAvoid } from './indexes/ix-sort-avoid.ts';
import { ixTooMany } from './indexes/ix-too-many.ts';
import { ixUniqueNotUsedByUpsert } from './indexes/ix-unique-not-used-by-upsert.ts';
import { ixUniqueSuperset } from './indexes/ix-unique-superset.ts';
import { ixUnused } from './indexes/ix-unused.ts';
import { junctionReverseIndex } from './indexes/junction-reverse-index.ts';
import { fkIntNarrowerThanPk } from './keys/fk-int-narrower-than-pk.ts';
import { pkMissing } from './keys/pk-missing.ts';
import { uniqueNullableColumn } from './keys/unique-nullable-column.ts';
import { uniqueSoftDeleteConflict } from './keys/unique-soft-delete-conflict.ts';
import { nameNeedsQuoting } from './naming/name-needs-quoting.ts';
import { nameReservedWord } from './naming/name-reserved-word.ts';
import { nameTooLong } from './naming/name-too-long.ts';
import { nf1nfJsonElements } from './normalization/nf-1nf-json-elements.ts';
import { nf1nfPackedValue } from './normalization/nf-1nf-packed-value.ts';
import { nf1nfRepeatingColumns } from './normalization/nf-1nf-repeating-columns.ts';
import { nf2nfPartial } from './normalization/nf-2nf-partial.ts';
import { nf3nfTransitive } from './normalization/nf-3nf-transitive.ts';
import { nf4nfMultivalued } from './normalization/nf-4nf-multivalued.ts';
import { nfBcnf } from './normalization/nf-bcnf.ts';
import { nfCloneTables } from './normalization/nf-clone-tables.ts';
import { nfEav } from './normalization/nf-eav.ts';
import { nfOneTrueLookup } from './normalization/nf-one-true-lookup.ts';
import { typeSerialisedList } from './normalization/type-serialised-list.ts';
import { partKeyNotInUnique } from './partitioning/part-key-not-in-unique.ts';
import { qCache } from './queries/q-cache.ts';
import { qCorrelatedScalar } from './queries/q-correlated-scalar.ts';
import { qCountForExistence } from './queries/q-count-for-existence.ts';
import { qDistinctFanOut } from './queries/q-distinct-fan-out.ts';
import { qFunctionOnColumn } from './queries/q-function-on-column.ts';
import { qHavingWhere } from './queries/q-having-where.ts';
import { qImplicitCast } from './queries/q-implicit-cast.ts';
import { qKeptResult } from './queries/q-kept-result.ts';
import { qKeysetIncomplete } from './queries/q-keyset-incomplete.ts';
import { qLeadingWildcard } from './queries/q-leading-wildcard.ts';
import { qLongList } from './queries/q-long-list.ts';
import { qNPlusOne } from './queries/q-n-plus-one.ts';
import { qNoWhere } from './queries/q-no-where.ts';
import { qNotInNull } from './queries/q-not-in-null.ts';
import { qNullComparison } from './queries/q-null-comparison.ts';
import { qOffsetPaging } from './queries/q-offset-paging.ts';
import { qOrAcross } from './queries/q-or-across.ts';
import { qOrderByRandom } from './queries/q-order-by-random.ts';
import { qPartitionMissed } from './queries/q-partition-missed.ts';
import { qSelectStar } from './queries/q-select-star.ts';
import { qSkewedParameter } from './queries/q-skewed-parameter.ts';
import { qUnboundedResult } from './queries/q-unbounded-result.ts';
import { qUnionAll } from './queries/q-union-all.ts';
import { staleReference } from './references/stale-reference.ts';
import { cardinalityMismatch } from './relationships/cardinality-mismatch.ts';
import { fkCycle } from './relationships/fk-cycle.ts';
import { fkMissing } from './relationships/fk-missing.ts';
import { fkSetNullOnNotNull } from './relationships/fk-set-null-on-not-null.ts';
import { fkTargetNotKey } from './relationships/fk-target-not-key.ts';
import { fkTypeMismatch } from './relationships/fk-type-mismatch.ts';
import { junctionPkMissing } from './relationships/junction-pk-missing.ts';
import { oneToOneNotUnique } from './relationships/one-to-one-not-unique.ts';
import { polymorphicAssociation } from './relationships/polymorphic-association.ts';
import { passwordPlaintext } from './security/password-plaintext.ts';
import { piiUnclassified } from './security/pii-unclassified.ts';
import { rlsDisabledOnTenantTable } from './security/rls-disabled-on-tenant-table.ts';
import { rlsEnabledNoPolicy } from './security/rls-enabled-no-policy.ts';
import { rlsPolicyButDisabled } from './security/rls-policy-but-disabled.ts';
import { typeCharN } from './types/type-char-n.ts';
import { typeFloatMoney } from './types/type-float-money.ts';
import { typeJsonNotJsonb } from './types/type-json-not-jsonb.ts';
import { typeTimestampNoTz } from './types/type-timestamp-no-tz.ts';
import { queryCrossJoin } from './workload/query-cross-join.ts';
import { querySyntax } from './workload/query-syntax.ts';
import { queryUnknownName } from './workload/query-unknown-name.ts';

export const RULES: readonly Rule[] = [
  pkMissing,
  fkIntNarrowerThanPk,
  uniqueNullableColumn,
  uniqueSoftDeleteConflict,
  oneToOneNotUnique,
  cardinalityMismatch,
  fkMissing,
  fkTypeMismatch,
  fkSetNullOnNotNull,
  fkTargetNotKey,
  fkCycle,
  junctionPkMissing,
  polymorphicAssociation,
  nf1nfRepeatingColumns,
  nf1nfPackedValue,
  nf1nfJsonElements,
  nf2nfPartial,
  nf3nfTransitive,
  nf4nfMultivalued,
  nfBcnf,
  nfEav,
  nfOneTrueLookup,
  nfCloneTables,
  typeSerialisedList,
  typeTimestampNoTz,
  typeFloatMoney,
  typeCharN,
  typeJsonNotJsonb,
  checkMissingDomain,
  fkIndexMissing,
  junctionReverseIndex,
  ixDuplicate,
  ixNonuniqueOfUnique,
  ixPrefixRedundant,
  ixUniqueSuperset,
  ixEqualityFilter,
  ixSortAvoid,
  ixUniqueNotUsedByUpsert,
  ixUnused,
  ixTooMany,
  ixConstantColumn,
  ixPredicateNotImmutable,
  partKeyNotInUnique,
  rlsDisabledOnTenantTable,
  rlsPolicyButDisabled,
  rlsEnabledNoPolicy,
  piiUnclassified,
  passwordPlaintext,
  nameReservedWord,
  nameNeedsQuoting,
  nameTooLong,
  auditTimestampsMissing,
  staleReference,
  querySyntax,
  queryUnknownName,
  queryCrossJoin,
  qOffsetPaging,
  qKeysetIncomplete,
  qNotInNull,
  qFunctionOnColumn,
  qImplicitCast,
  qSelectStar,
  qOrAcross,
  qCountForExistence,
  qDistinctFanOut,
  qLeadingWildcard,
  qOrderByRandom,
  qCorrelatedScalar,
  qUnionAll,
  qHavingWhere,
  qNoWhere,
  qLongList,
  qNullComparison,
  qUnboundedResult,
  qSkewedParameter,
  qPartitionMissed,
  qKeptResult,
  qCache,
  qNPlusOne,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

/** A rule by its id. */
export function ruleById(id: string): Rule | undefined {
  return BY_ID.get(id);
}
