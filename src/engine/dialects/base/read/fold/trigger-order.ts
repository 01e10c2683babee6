import type { Id, Trigger } from '#model/types.ts';
import type { Writable } from '../../../postgres/read/writable.ts';
import { TRAITS } from '../../traits.ts';
import type { Folding } from './folding.ts';

const ORDER = /^(FOLLOWS|PRECEDES)\s+`?(.*?)`?$/i;

type Event = Pick<Trigger, 'on' | 'timing' | 'events'>;

/** The triggers of one table and event in the order in which they run. */
function rowOf({ state }: Folding, like: Event): Writable<Trigger>[] {
  const row: Writable<Trigger>[] = [];
  for (const one of state.records.triggers.values()) {
    if (one.on !== like.on || one.timing !== like.timing || one.events[0] !== like.events[0]) continue;
    const [, word, name] = one.residue?.flatMap((clause) => ORDER.exec(clause) ?? []) ?? [];
    const at = row.findIndex((other) => other.name.toLowerCase() === name?.toLowerCase());
    if (at < 0) row.push(one);
    else row.splice(word?.toUpperCase() === 'FOLLOWS' ? at + 1 : at, 0, one);
  }
  return row;
}

/** The trigger after which a new one runs that does not say so itself: MySQL keeps those of one event in a row. */
export function lastLike(folding: Folding, made: Trigger): string | undefined {
  const says = made.residue?.some((one) => ORDER.test(one)) === true;
  return says || !TRAITS[folding.dialect].ordersTriggers ? undefined : rowOf(folding, made).at(-1)?.name;
}

/** Takes a trigger away; the others of its table and event run in the order they did. */
export function removeTrigger(folding: Folding, id: Id): boolean {
  const { state, dialect } = folding;
  const gone = state.get('triggers', id);
  if (gone === undefined || !TRAITS[dialect].ordersTriggers) return state.records.triggers.delete(id);
  const rest = rowOf(folding, gone).filter((one) => one !== gone);
  state.records.triggers.delete(id);
  for (const [at, one] of rest.entries()) {
    const before = rest[at - 1];
    const clauses = (one.residue ?? []).filter((clause) => !ORDER.test(clause));
    if (before !== undefined) clauses.push(`FOLLOWS ${state.quote(before.name)}`);
    if (clauses.length === 0) delete one.residue;
    else one.residue = clauses;
    // Each after the one that it names.
    state.records.triggers.delete(one.id);
    state.records.triggers.set(one.id, one);
  }
  return true;
}
