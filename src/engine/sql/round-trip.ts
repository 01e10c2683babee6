import type { Document } from '#model/types.ts';
import { type PlanItem, planImport } from './plan-import.ts';
import { type ReadPorts, readSql } from './read.ts';
import { writeDocument, writtenText } from './write.ts';

/** An object that comes back from its own DDL as something else. */
export interface RoundTripDifference {
  /** Such as `table sales.orders`. */
  readonly label: string;
  /** What differs, in words. */
  readonly what: readonly string[];
}

/** What the DDL of a document leads to when it is read again. */
export interface RoundTrip {
  /** Objects compared. */
  readonly compared: number;
  /** How many of them differ. */
  readonly different: number;
  /** The first of those, so many at most as are worth reading. */
  readonly differences: readonly RoundTripDifference[];
}

/** Differences worth reading. */
const LISTED = 100;

const SAID = { added: 'only in the DDL', absent: 'not in the DDL', changed: 'changed', same: '' } as const;

function differenceOf({ label, state, changes }: PlanItem): RoundTripDifference {
  const what = changes.map((change) => {
    if (change.from === undefined) return `${change.what}: only in the DDL`;
    return change.to === undefined ? `${change.what}: not in the DDL` : `${change.what}: ${change.from} comes back as ${change.to}`;
  });
  return { label, what: state === 'changed' && what.length > 0 ? what : [SAID[state]] };
}

/**
 * Writes a document as DDL of its dialect and version, reads that DDL as if it were anybody's, and compares object by object,
 * by name. What SQL has no words for (positions, classifications, dependencies, declared cardinality) is not compared.
 */
export function roundTrip(document: Document, ports: ReadPorts): RoundTrip {
  const { dialect = 'postgresql', version = 18 } = document.settings['settings'] ?? {};
  const text = writtenText(writeDocument(document, { version }));
  const read = readSql([{ name: 'round trip', text }], { dialect }, ports);
  if (!read.ok) return { compared: 0, different: 1, differences: [{ label: 'the DDL', what: [read.problem.message] }] };
  const { items } = planImport(document, read.value.document);
  const different = items.filter((item) => item.state !== 'same' && !isImplied(item, document));
  return { compared: items.length, different: different.length, differences: different.slice(0, LISTED).map(differenceOf) };
}

/** A schema that every database has stands in no DDL, and reading one brings it along. */
function isImplied({ collection, state, after }: PlanItem, document: Document): boolean {
  if (collection !== 'schemas' || state !== 'added' || after === undefined || !('name' in after)) return false;
  return 'implicit' in after && after.implicit === true && !Object.values(document.schemas).some((one) => one.name === after.name);
}
