import type { Finding, Severity } from '#engine/finding.ts';
import type { TextProblem } from '#engine/queries.ts';
import type { Unsupported } from '#engine/sql/written.ts';
import type { Ref } from '#model/types.ts';
import type { Places, Range } from './places.ts';

/** An underlined place with what is to be said about it. */
export interface Mark extends Range {
  readonly severity: Severity;
  readonly title: string;
  readonly body: readonly string[];
  /** Rule id, error code or feature. */
  readonly source: string;
  readonly finding?: Finding;
}

interface RunErrorLike {
  readonly statement: string;
  readonly offset?: number;
  readonly code: string;
  readonly message: string;
}

export interface Said {
  readonly findings: readonly Finding[];
  readonly unsupported: readonly Unsupported[];
  readonly version: number;
  readonly errors: readonly RunErrorLike[];
  /** What is wrong in drafts, by the draft's index among the segments. */
  readonly problems: ReadonlyMap<number, readonly TextProblem[]>;
}

function ofFinding(finding: Finding, places: Places): Mark | undefined {
  const at = finding.at[0];
  const range = at === undefined || finding.waivedBy !== undefined ? undefined : places.nameRangeOf(at);
  if (range === undefined) return undefined;
  const { what, why, todo } = finding.message;
  return { ...range, severity: finding.severity, title: what, body: [why, todo], source: finding.rule, finding };
}

function ofUnsupported(one: Unsupported, version: number, places: Places): Mark | undefined {
  const at: Ref = one.part === undefined ? { record: one.record } : { record: one.record, part: one.part };
  const range = places.nameRangeOf(at);
  if (range === undefined) return undefined;
  const since = one.since === undefined ? [] : [`PostgreSQL knows it from version ${one.since}; the target is ${version}.`];
  return { ...range, severity: 'warning', title: one.message, body: since, source: one.feature };
}

function ofRunError(error: RunErrorLike, places: Places): Mark | undefined {
  const range = places.rangeIn(error.statement, error.offset);
  if (range === undefined) return undefined;
  const [title = '', ...body] = error.message.split('\n');
  return { ...range, severity: 'error', title, body, source: `PostgreSQL ${error.code}` };
}

function ofDraft(index: number, problem: TextProblem, places: Places): Mark {
  const start = places.startOf(index);
  return {
    start: start + problem.start,
    end: start + Math.max(problem.end, problem.start + 1),
    severity: problem.severity ?? 'error',
    title: problem.message,
    body: problem.severity === 'warning' ? [] : ['The model keeps what it had until this can be read.'],
    source: problem.code,
  };
}

/** Everything that is underlined, in text order. */
export function marksOf(said: Said, places: Places): Mark[] {
  const marks: (Mark | undefined)[] = [
    ...said.findings.map((one) => ofFinding(one, places)),
    ...said.unsupported.map((one) => ofUnsupported(one, said.version, places)),
    ...said.errors.map((one) => ofRunError(one, places)),
  ];
  for (const [index, problems] of said.problems) for (const problem of problems) marks.push(ofDraft(index, problem, places));
  return marks.filter((one) => one !== undefined).sort((a, b) => a.start - b.start || a.end - b.end);
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Marks that cover an offset, worst first. */
export function marksAt(marks: readonly Mark[], offset: number): Mark[] {
  return marks
    .filter((one) => one.start <= offset && offset <= one.end)
    .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}

/** The mark after an offset, or before it; the search begins again at the other end of the text. */
export function markBeside(marks: readonly Mark[], offset: number, by: 1 | -1): Mark | undefined {
  if (by === 1) return marks.find((one) => one.start > offset) ?? marks[0];
  const before = marks.findLast((one) => one.start < offset) ?? marks.at(-1);
  return before === undefined ? undefined : marks.find((one) => one.start === before.start);
}
