import type { Finding, Severity } from '#engine/finding.ts';
import { labelOf } from '#engine/rules/labels.ts';
import { recordIn } from '#model/collections.ts';
import type { Document } from '#model/types.ts';

export type GroupBy = 'severity' | 'rule' | 'table';

/** A finding with what the list shows of it. */
export interface Problem {
  /** The same as long as the finding says the same at the same place. */
  readonly key: string;
  readonly finding: Finding;
  /** Where it stands, such as `orders.total`. */
  readonly place: string;
  /** The table (or other object) it belongs to. */
  readonly owner: string;
}

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly severity: Severity;
  readonly problems: readonly Problem[];
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export const SEVERITY_LABEL: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', info: 'Notes' };

/** A finding's key: its rule, its place and its words. */
export function keyOf(finding: Finding): string {
  const at = finding.at[0];
  return `${finding.rule}\n${at?.record ?? ''}\n${at?.part ?? ''}\n${finding.message.what}`;
}

function ownerOf(document: Document, finding: Finding): string {
  const record = finding.at[0]?.record ?? '';
  const relationship = recordIn(document, 'relationships', record);
  return labelOf(document, { record: relationship?.child ?? record });
}

/** Findings with their places in words. */
export function problemsOf(document: Document, findings: readonly Finding[]): Problem[] {
  return findings.map((finding) => ({
    key: keyOf(finding),
    finding,
    place: finding.at[0] === undefined ? '' : labelOf(document, finding.at[0]),
    owner: ownerOf(document, finding),
  }));
}

/** Those in which every word of the filter occurs, in the place, the message or the rule. */
export function filterProblems(problems: readonly Problem[], filter: string): Problem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return problems.filter(({ finding, place, owner }) => {
    const text = `${place} ${owner} ${finding.rule} ${finding.severity} ${finding.message.what}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function groupKey(problem: Problem, by: GroupBy): string {
  if (by === 'severity') return problem.finding.severity;
  return by === 'rule' ? problem.finding.rule : problem.owner;
}

function compare(a: Problem, b: Problem): number {
  return (
    RANK[a.finding.severity] - RANK[b.finding.severity] ||
    a.finding.rule.localeCompare(b.finding.rule) ||
    a.place.localeCompare(b.place)
  );
}

/** Groups, the gravest first, then by name; inside a group likewise. */
export function groupProblems(problems: readonly Problem[], by: GroupBy): Group[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of [...problems].sort(compare)) {
    const key = groupKey(problem, by);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [problem]);
    else list.push(problem);
  }
  const worst = (list: readonly Problem[]) => (list[0] as Problem).finding.severity;
  return [...groups]
    .map(([key, list]) => ({
      key: `${by}:${key}`,
      label: by === 'severity' ? SEVERITY_LABEL[key as Severity] : key,
      severity: worst(list),
      problems: list,
    }))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.label.localeCompare(b.label));
}

export type Row =
  | { readonly kind: 'group'; readonly key: string; readonly group: Group; readonly open: boolean }
  | { readonly kind: 'problem'; readonly key: string; readonly problem: Problem };

/** The list as it is shown: group lines, and the problems of open groups. */
export function rowsOf(groups: readonly Group[], closed: ReadonlySet<string>): Row[] {
  return groups.flatMap((group): Row[] => {
    const open = !closed.has(group.key);
    const head: Row = { kind: 'group', key: group.key, group, open };
    return open ? [head, ...group.problems.map((problem): Row => ({ kind: 'problem', key: problem.key, problem }))] : [head];
  });
}
