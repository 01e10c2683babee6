import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { MoveMapping, MoveVerdict } from '#engine/move/plan-types.ts';
import type { Dialect } from '#model/types.ts';
import type { IconName } from '#ui/icons.ts';
import type { PillProps } from '#ui/Pill.tsx';

export const VERDICTS: readonly {
  readonly verdict: MoveVerdict;
  readonly label: string;
  readonly says: string;
  readonly tone: PillProps['tone'];
  readonly icon: IconName;
  /** Colour of its icon. */
  readonly mark: string;
}[] = [
  { verdict: 'faithful', label: 'Faithful', says: 'Means the same there.', tone: 'ok', icon: 'CircleCheck', mark: 'text-ok' },
  {
    verdict: 'approximate',
    label: 'Approximate',
    says: 'The closest the target has; the reason says what differs.',
    tone: 'warn',
    icon: 'TriangleAlert',
    mark: 'text-warn',
  },
  {
    verdict: 'lost',
    label: 'Lost',
    says: 'The target cannot say it: it is in the list of losses.',
    tone: 'bad',
    icon: 'CircleAlert',
    mark: 'text-bad',
  },
];

export const GROUPS: Readonly<Record<MoveMapping['group'], string>> = {
  type: 'Types',
  name: 'Names',
  value: 'Values',
  constraint: 'Constraints',
  index: 'Indexes',
  table: 'Tables',
  object: 'Other objects',
  expression: 'Expressions',
};

/** Databases to choose from, newest version first. */
export const DATABASES: readonly { readonly value: Dialect; readonly label: string }[] = (Object.keys(TRAITS) as Dialect[]).map(
  (value) => ({ value, label: TRAITS[value].label }),
);

export function versionsOf(dialect: Dialect): readonly { readonly value: string; readonly label: string }[] {
  return TRAITS[dialect].versions.map((version) => ({ value: String(version), label: String(version) }));
}

export function databaseName(dialect: Dialect, version: number): string {
  return `${TRAITS[dialect].label} ${version}`;
}

/** How often each verdict is given, by mapping. */
export function verdictCounts(mappings: readonly MoveMapping[]): Readonly<Record<MoveVerdict, number>> {
  const counts = { faithful: 0, approximate: 0, lost: 0 };
  for (const { verdict } of mappings) counts[verdict] += 1;
  return counts;
}

/** The mappings of some verdicts (all when none is named) that hold a text somewhere. */
export function filterMappings(
  mappings: readonly MoveMapping[],
  verdicts: ReadonlySet<MoveVerdict>,
  typed: string,
): readonly MoveMapping[] {
  const needle = typed.trim().toLowerCase();
  return mappings.filter(
    ({ verdict, what, from, to, reason }) =>
      (verdicts.size === 0 || verdicts.has(verdict)) &&
      (needle === '' || `${what} ${from} ${to} ${reason}`.toLowerCase().includes(needle)),
  );
}
