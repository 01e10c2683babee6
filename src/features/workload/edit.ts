import { recordIn } from '#model/collections.ts';
import { nextQueryOrder, queriesInOrder } from '#model/derive/queries.ts';
import type { Patch } from '#model/patch.ts';
import type { QueryParameter, WorkloadQuery } from '#model/query-types.ts';
import type { Id } from '#model/types.ts';
import { documentStore, interactiveIds, run, undo } from '#state/document.ts';
import { notify } from '#state/notices.ts';
import { today } from '#state/today.ts';

function told(result: ReturnType<typeof run>): boolean {
  if (!result.ok) notify({ tone: 'bad', text: result.problem.message });
  return result.ok;
}

/** Changes a query, as one undo step. */
export function setQuery(id: Id, patch: Patch<WorkloadQuery>): boolean {
  return told(run({ name: 'setQuery', args: { id, patch } }));
}

/** A new query to be written, after the others. @returns its id. */
export function addQuery(): Id | undefined {
  const { document } = documentStore.getState();
  const names = new Set(Object.values(document.queries).map(({ name }) => name));
  let name = 'New query';
  for (let n = 2; names.has(name); n++) name = `New query ${n}`;
  const id = interactiveIds().next('qry', name);
  const record = { id, name, sql: 'SELECT ', order: nextQueryOrder(document), origin: { kind: 'typed' as const, date: today() } };
  return told(run({ name: 'addQuery', args: { record } })) ? id : undefined;
}

/** Takes queries out of the workload. */
export function removeQueries(ids: readonly Id[]): boolean {
  const { document } = documentStore.getState();
  const name = recordIn(document, 'queries', ids[0] ?? '')?.name ?? '';
  if (!told(run({ name: 'removeQueries', args: { ids } }))) return false;
  const { revision } = documentStore.getState();
  // The keys of undoing are those of the page behind the dialog.
  notify({
    tone: 'info',
    text: ids.length === 1 ? `Query ${name} was removed.` : `${ids.length} queries were removed.`,
    action: {
      label: 'Undo',
      run: () => {
        if (documentStore.getState().revision === revision) undo();
        else notify({ tone: 'warn', text: 'The model has changed since: undo it step by step.' });
      },
    },
  });
  return true;
}

/** Puts a query before or after its neighbour. */
export function moveQuery(id: Id, by: 1 | -1): void {
  const ids = queriesInOrder(documentStore.getState().document).map((one) => one.id);
  const at = ids.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ids.length) return;
  ids.splice(at, 1);
  ids.splice(to, 0, id);
  told(run({ name: 'orderQueries', args: { ids } }));
}

/** Why a value cannot be what a parameter takes; undefined when it can. One literal is wanted, as SQL says it. */
export function literalProblem(sql: string): string | undefined {
  const text = sql.trim();
  if (text === '') return "Type a value, such as 42 or 'open'.";
  const plain = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|null|true|false)$/i;
  const quoted = /^(?:[a-z_]+ ?)?'(?:[^']|'')*'$/i;
  const many = /^(?:ARRAY\[.*\]|\(.*\))$/is;
  return plain.test(text) || quoted.test(text) || many.test(text)
    ? undefined
    : "Not a value of SQL: put text in quotes, as in 'open'.";
}

/** A share as people write it: `0.8` or `80 %`; nothing = not known. */
export function readShare(text: string): number | undefined | 'bad' {
  const plain = text.replaceAll(/\s/g, '');
  if (plain === '') return undefined;
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,9})?)(%?)$/.exec(plain) ?? [];
  if (digits === undefined) return 'bad';
  const share = percent === '%' || Number(digits) > 1 ? Number(digits) / 100 : Number(digits);
  return share <= 1 ? share : 'bad';
}

/** A share for a cell, as {@link readShare} takes it back. */
export function shareText(share: number | undefined): string {
  return share === undefined ? '' : `${Number((share * 100).toPrecision(6))} %`;
}

/** What is known of all parameters, with that of one in its place; a parameter of which nothing is known is left out. */
export function withParameter(all: readonly QueryParameter[] | undefined, next: QueryParameter): readonly QueryParameter[] | null {
  const others = (all ?? []).filter(({ name }) => name !== next.name);
  const kept = next.values.length === 0 ? others : [...others, next];
  return kept.length === 0 ? null : kept;
}

/** Why values cannot stand together: their shares are more than all calls. */
export function sharesProblem(parameter: QueryParameter): string | undefined {
  const sum = parameter.values.reduce((total, { share = 0 }) => total + share, 0);
  return sum > 1 + 1e-9 ? `The shares of ${parameter.name} would add up to ${shareText(sum)}.` : undefined;
}
