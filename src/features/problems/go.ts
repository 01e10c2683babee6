import type { Finding, Fix } from '#engine/finding.ts';
import { err, type Result } from '#lib/result.ts';
import { recordIn } from '#model/collections.ts';
import type { Ref } from '#model/types.ts';
import { askDecomposition } from '#state/decomposition.ts';
import { documentStore, run } from '#state/document.ts';
import { applyFix as applyToModel } from '#state/fixes.ts';
import { notify } from '#state/notices.ts';
import { showDock } from '#state/panes.ts';
import { resultsStore } from '#state/results.ts';
import { openDialog, reveal, viewStore } from '#state/view.ts';
import { filterProblems, groupProblems, keyOf, problemsOf } from './arrange.ts';
import { problemsStore } from './problems-store.ts';

/** Findings that count: those no waiver covers. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((one) => one.waivedBy === undefined);
}

/** Chooses a problem and asks every pane to show its place. */
export function showProblem(finding: Finding): void {
  problemsStore.setState({ current: keyOf(finding) });
  const at = finding.at[0];
  if (at === undefined) return;
  // Queries are on no diagram.
  if (recordIn(documentStore.getState().document, 'queries', at.record) !== undefined) openDialog('workload', at.record);
  else reveal(at, 'problems');
}

/** The next problem in the order of the list, or the one before; the list begins again at its end. */
export function stepProblem(by: 1 | -1): void {
  const { groupBy, filter, current } = problemsStore.getState();
  const { document } = documentStore.getState();
  const problems = filterProblems(problemsOf(document, openFindings(resultsStore.getState().findings)), filter);
  const list = groupProblems(problems, groupBy).flatMap((group) => group.problems);
  if (list.length === 0) {
    notify({ tone: 'ok', text: filter === '' ? 'No problems found.' : 'No problem matches the filter.' });
    return;
  }
  const at = list.findIndex((one) => one.key === current);
  const start = at < 0 && by === -1 ? 0 : at;
  const next = list[(start + by + list.length) % list.length];
  if (next === undefined) return;
  problemsStore.setState({ waived: false });
  showDock('problems');
  showProblem(next.finding);
}

const touches = (finding: Finding, ref: Ref) =>
  finding.at.some((at) => at.record === ref.record && (ref.part === undefined || at.part === undefined || at.part === ref.part));

/** The problem with a fix that is meant: the chosen one, else the first at what is selected. */
export function fixable(): Finding | undefined {
  const findings = openFindings(resultsStore.getState().findings).filter((one) => one.fixes.length > 0);
  const selected = viewStore.getState().selection.at(-1);
  const { current } = problemsStore.getState();
  const chosen = findings.find((one) => keyOf(one) === current);
  if (chosen !== undefined && (selected === undefined || touches(chosen, selected))) return chosen;
  return selected === undefined ? chosen : findings.find((one) => touches(one, selected));
}

/** Opens the preview of a fix, or where its change is chosen. */
export function previewFix(finding: Finding, fix: Fix): void {
  if (fix.opens !== undefined) {
    problemsStore.setState({ preview: undefined });
    askDecomposition(fix.opens.table, fix.opens.choice);
    return;
  }
  problemsStore.setState({ preview: { finding, fix } });
}

/** Opens the preview of the first fix of what is selected. */
export function quickFix(): void {
  const finding = fixable();
  const fix = finding?.fixes[0];
  if (finding === undefined || fix === undefined) return;
  showDock('problems');
  problemsStore.setState({ current: keyOf(finding), waived: false });
  previewFix(finding, fix);
}

function said<T>(result: Result<T>): boolean {
  if (!result.ok) notify({ tone: 'bad', text: result.problem.message });
  return result.ok;
}

/** Applies a fix as one undo step. */
export function applyFix(fix: Fix): boolean {
  return said(applyToModel(fix));
}

/** Puts a finding aside with a reason. @param date ISO date of today: the model owns no clock. */
export function waive(finding: Finding, reason: string, date: string): boolean {
  const at = finding.at[0];
  if (at === undefined) return said(err('no-place', 'This finding stands at no object, so it cannot be waived.'));
  return said(run({ name: 'addWaiver', args: { record: { rule: finding.rule, at, reason, date } } }, `Waive ${finding.rule}`));
}

/** Makes a waived finding count again. */
export function unwaive(finding: Finding): boolean {
  if (finding.waivedBy === undefined) return false;
  return said(run({ name: 'removeWaivers', args: { ids: [finding.waivedBy] } }, `Take back the waiver of ${finding.rule}`));
}
