import { exemptionText } from '#engine/documents/dependencies.ts';
import { againstText, shareText } from '#engine/normalize/provenance.ts';
import type { Dependency, Exemption } from '#model/types.ts';
import type { PillProps } from '#ui/Pill.tsx';

/** How a dependency is shown beside its text. */
export interface DependencyStatus {
  readonly label: string;
  readonly tone: PillProps['tone'];
  readonly title: string;
}

/** What a dependency counts for, in a word, with what is known of it. */
export function statusOf(one: Pick<Dependency, 'discovered' | 'exempt'>): DependencyStatus {
  const { discovered, exempt } = one;
  const against = discovered === undefined ? undefined : againstText(discovered);
  const found =
    discovered === undefined
      ? 'Declared'
      : `Found in ${discovered.source}, ${discovered.rows.toLocaleString('en')} rows, ${against === undefined ? 'without exception' : `${against} against it`}; accepted ${discovered.date}`;
  if (exempt !== undefined) {
    const text = exemptionText(one);
    return { label: exempt.kind, tone: exempt.kind === 'temporal' ? 'plain' : 'ok', title: `${found}; ${text}` };
  }
  const label = discovered === undefined ? 'declared' : 'found';
  return {
    label: against === undefined ? label : `${label}, ${shareText(discovered?.error ?? 0)} against`,
    tone: against === undefined ? 'accent' : 'warn',
    title: `${found}; it counts for the normal form`,
  };
}

/** Who keeps copies equal, to choose from. */
export const KEEPERS = [
  { value: 'trigger', label: 'A trigger' },
  { value: 'application', label: 'The application' },
  { value: 'materialized view', label: 'A materialized view' },
] as const;

/** What a person fills in to have a dependency left alone. */
export interface ExemptionDraft {
  readonly kind: 'counts' | Exemption['kind'];
  readonly reason: string;
  readonly maintenance: Extract<Exemption, { kind: 'accepted' }>['maintenance'];
  readonly staleness: string;
}

export function draftOf(exempt: Exemption | undefined): ExemptionDraft {
  const { kind = 'counts', reason = '' } = exempt ?? {};
  const accepted = exempt?.kind === 'accepted' ? exempt : undefined;
  return { kind, reason, maintenance: accepted?.maintenance ?? 'trigger', staleness: accepted?.staleness ?? '' };
}

/**
 * The exemption that a draft means; null = it counts.
 * @param date ISO date of today. @returns what is missing as a string.
 */
export function exemptionOf({ kind, reason, maintenance, staleness }: ExemptionDraft, date: string): Exemption | null | string {
  if (kind === 'counts') return null;
  const why = reason.trim();
  if (why === '') return 'Say why: whoever reads the design later will ask.';
  if (kind === 'temporal') return { kind, reason: why, date };
  const lag = staleness.trim();
  return { kind, reason: why, maintenance, ...(lag === '' ? {} : { staleness: lag }), date };
}

/** What is said of a dependency that is left alone, besides the reason: how long copies may differ, who keeps them, since when. */
export function exemptionLines(exempt: Exemption): string {
  if (exempt.kind === 'temporal') return `The value of its time, never normalised. Since ${exempt.date}.`;
  const lag = exempt.staleness === undefined ? 'at once' : `within ${exempt.staleness}`;
  const by = KEEPERS.find(({ value }) => value === exempt.maintenance)?.label ?? exempt.maintenance;
  return `Accepted redundancy: ${by.charAt(0).toLowerCase()}${by.slice(1)} keeps it equal, ${lag}. Since ${exempt.date}.`;
}
