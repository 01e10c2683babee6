import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Dialect } from '#model/types.ts';

export interface VersionChoice {
  readonly value: string;
  readonly label: string;
}

/** The versions of a database that a document can be written for, as choices. One that is chosen already is among them. */
export function versionChoices(dialect: Dialect, chosen?: number): readonly VersionChoice[] {
  const { label, versions } = TRAITS[dialect];
  const all = chosen === undefined || versions.includes(chosen) ? versions : [...versions, chosen].sort((a, b) => b - a);
  return all.map((version) => ({ value: `${dialect}:${version}`, label: `${label} ${version}` }));
}

/** Every database with its versions. */
export function allChoices(): readonly VersionChoice[] {
  return (Object.keys(TRAITS) as Dialect[]).flatMap((dialect) => versionChoices(dialect));
}

/** What a choice's value says. */
export function choiceOf(value: string): { readonly dialect: Dialect; readonly version: number } {
  const [dialect, version] = value.split(':');
  return { dialect: dialect as Dialect, version: Number(version) };
}
