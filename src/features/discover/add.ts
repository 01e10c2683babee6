import type { Survey, SurveyedTable } from '#engine/discover/survey.ts';
import { many } from '#lib/amounts.ts';
import { ok, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { placementsFor } from '#model/derive/place.ts';
import type { Id } from '#model/types.ts';
import { leaveDiscover } from '#state/discover.ts';
import { documentStore, interactiveIds, run } from '#state/document.ts';
import { openFacts } from '#state/facts.ts';
import { notify } from '#state/notices.ts';
import { keepSampleRows } from '#state/sample-rows.ts';
import { reveal, select, showWhole, viewStore } from '#state/view.ts';
import type { Addition } from './addition.ts';
import type { Choices } from './choice.ts';
import { matchColumns } from './match.ts';
import { nextStep } from './next-step.ts';
import { sourceOf } from './provenance.ts';

/** Where the new tables stand on the diagram that is shown. */
function placing(addition: Addition): readonly CommandCall[] {
  const { document } = documentStore.getState();
  const { diagram } = viewStore.getState();
  const ran = runCommands(document, addition.calls, interactiveIds());
  if (!ran.ok || addition.made.length === 0) return [];
  return [{ name: 'placeObjects', args: { diagram, places: placementsFor(ran.value.document, diagram, addition.made) } }];
}

/** Keeps rows that were looked at for a table: what is done next can be shown on them. @param ids of its columns, by place */
function keepFor(table: Id, ids: readonly (Id | undefined)[], seen: SurveyedTable): void {
  const there = ids.flatMap((id, place) => (id === undefined ? [] : { id, place }));
  keepSampleRows(table, {
    source: sourceOf(seen),
    total: seen.rows,
    columns: there.map(({ id }) => id),
    profiles: there.flatMap(({ place }) => seen.profiles[place] ?? []),
    rows: seen.sample.rows.map((row) => there.map(({ place }) => row[place])),
    numbers: seen.sample.numbers,
  });
}

function keepRows({ tables, columns }: Addition, survey: Survey): void {
  for (const [at, seen] of survey.tables.entries()) {
    const table = tables[at];
    if (table !== undefined) keepFor(table, columns[at] ?? [], seen);
  }
}

/** Keeps the rows for the tables they are of and shows what facts they would give; nothing else of them is taken. */
export function takeFacts(survey: Survey, choices: Choices): void {
  const { document } = documentStore.getState();
  for (const [at, seen] of survey.tables.entries()) {
    const { target, left } = choices.tables[at] ?? {};
    const table = target === undefined || left === true ? undefined : recordIn(document, 'tables', target);
    if (table === undefined) continue;
    const names = seen.profiles.map(({ name }) => name);
    keepFor(table.id, matchColumns(document, table, names), seen);
  }
  leaveDiscover();
  openFacts('sample');
}

/** Puts what was accepted into the document as one undo step and shows it. */
export function add(addition: Addition, survey: Survey): Result<void> {
  const kept = addition.tables.filter((id) => id !== undefined);
  const first = addition.made[0] ?? kept[0] ?? '';
  const empty = Object.keys(documentStore.getState().document.tables).length === 0;
  const dependencies = many(addition.dependencies, 'dependency', 'dependencies');
  const calls = [...addition.calls, ...placing(addition)];
  const name = () => nameOf(documentStore.getState().document, first);
  const label =
    addition.made.length === 0
      ? `Add ${dependencies} to ${name()}`
      : `Add ${addition.made.length === 1 ? 'a table' : many(addition.made.length, 'table')} from ${survey.tables[0]?.name ?? 'data'}`;
  const ran = run(calls, label);
  if (!ran.ok) return ran;
  keepRows(addition, survey);
  leaveDiscover();
  if (recordIn(documentStore.getState().document, 'tables', first) !== undefined) {
    viewStore.setState({ inspectorTab: 'dependencies' });
    if (kept.length === 1 && !empty) reveal({ record: first }, 'discover');
    else {
      select([{ record: first }]);
      showWhole();
    }
  }
  const what = addition.made.length > 1 ? many(addition.made.length, 'table') : name();
  const action = nextStep(documentStore.getState().document, addition);
  notify({
    tone: 'ok',
    ...(action === undefined ? {} : { action }),
    text: addition.made.length === 0 ? `${what} has ${dependencies} more.` : `Added ${what} with ${dependencies}.`,
  });
  return ok(undefined);
}
