import type { Classification } from '#model/column-types.ts';
import type { Cardinality, Deferral, ReferentialAction } from '#model/types.ts';

/** The choices of the inspector's lists, in the words people read. */
export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly hint?: string;
}

export const CLASSIFICATIONS: readonly Choice<Classification | 'unknown'>[] = [
  { value: 'unknown', label: 'nobody said' },
  { value: 'none', label: 'no personal data' },
  { value: 'personal', label: 'personal', hint: 'name, birthday' },
  { value: 'contact', label: 'contact', hint: 'e-mail, phone' },
  { value: 'financial', label: 'financial', hint: 'card, account' },
  { value: 'health', label: 'health' },
  { value: 'credential', label: 'credential', hint: 'password, token' },
  { value: 'location', label: 'location', hint: 'address, position' },
  { value: 'other', label: 'other, sensitive' },
];

export const ACTIONS: readonly Choice<ReferentialAction>[] = [
  { value: 'no action', label: 'No action', hint: 'refuse at the end' },
  { value: 'restrict', label: 'Restrict', hint: 'refuse at once' },
  { value: 'cascade', label: 'Cascade', hint: 'do the same' },
  { value: 'set null', label: 'Set null' },
  { value: 'set default', label: 'Set default' },
];

export const DEFERRALS: readonly Choice<Deferral | 'none'>[] = [
  { value: 'none', label: 'Checked at once' },
  { value: 'deferrable', label: 'Deferrable' },
  { value: 'initially deferred', label: 'Initially deferred' },
];

export const CARDINALITIES: readonly Choice<Cardinality | 'unsaid'>[] = [
  { value: 'unsaid', label: 'not declared' },
  { value: '0..1', label: 'at most one', hint: '0..1' },
  { value: '1', label: 'exactly one', hint: '1' },
  { value: '0..n', label: 'any number', hint: '0..n' },
  { value: '1..n', label: 'one or more', hint: '1..n' },
];

/** Index methods of PostgreSQL and its widely used extensions. */
export const METHODS: readonly Choice<string>[] = [
  { value: 'btree', label: 'btree', hint: 'order and equality' },
  { value: 'hash', label: 'hash', hint: 'equality' },
  { value: 'gin', label: 'gin', hint: 'JSON, arrays, text' },
  { value: 'gist', label: 'gist', hint: 'ranges, geometry' },
  { value: 'spgist', label: 'spgist', hint: 'prefixes, points' },
  { value: 'brin', label: 'brin', hint: 'large, in order' },
];

/** The choices, and the value itself when it is none of them. */
export function withValue(choices: readonly Choice<string>[], value: string): readonly Choice<string>[] {
  return choices.some((choice) => choice.value === value) ? choices : [...choices, { value, label: value }];
}
