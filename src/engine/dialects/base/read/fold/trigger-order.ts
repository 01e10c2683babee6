import type { Id, Trigger } from '#model/types.ts';
import { TRAITS } from '../../traits.ts';
import type { Folding } from './folding.ts';

const ORDER = /^(FOLLOWS|PRECEDES)\s+`?(.*?)`?$/i;

/** The trigger after which a new one runs that does not say so itself: MySQL keeps those of one event in a row. */
export function lastLike({ state, dialect }: Folding, made: Trigger): string | undefined {
  if (!TRAITS[dialect].ordersTriggers || made.residue?.some((one) => ORDER.test(one)) === true) return undefined;
  const row: string[] = [];
  for (const one of state.records.triggers.values()) {
    if (one.on !== made.on || one.timing !== made.timing || one.events[0] !== made.events[0]) continue;
    const [, word, name] = one.residue?.flatMap((clause) => ORDER.exec(clause) ?? []) ?? [];
    const at = row.findIndex((other) => other.toLowerCase() === name?.toLowerCase());
    if (at < 0) row.push(one.name);
    else row.splice(word?.toUpperCase() === 'FOLLOWS' ? at + 1 : at, 0, one.name);
  }
  return row.at(-1);
}

/** Takes a trigger away: what ran before or after it runs where it ran. */
export function removeTrigger({ state, dialect }: Folding, id: Id): boolean {
  const gone = state.get('triggers', id);
  if (gone === undefined || !TRAITS[dialect].ordersTriggers) return state.records.triggers.delete(id);
  const own = gone.residue?.filter((clause) => ORDER.test(clause)) ?? [];
  for (const one of state.records.triggers.values()) {
    const isItsOwn = (clause: string) => ORDER.exec(clause)?.[2]?.toLowerCase() === gone.name.toLowerCase();
    if (one.on !== gone.on || one.residue?.some(isItsOwn) !== true) continue;
    const rest = one.residue.filter((clause) => !isItsOwn(clause));
    const next = [...rest, ...own.filter((clause) => ORDER.exec(clause)?.[2]?.toLowerCase() !== one.name.toLowerCase())];
    if (next.length === 0) delete one.residue;
    else one.residue = next;
  }
  return state.records.triggers.delete(id);
}
