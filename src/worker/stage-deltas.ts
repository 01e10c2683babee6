import type { Finding } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { Unsupported, WrittenDocument, WrittenStatement } from '#engine/sql/written.ts';
import type { Stage, StageResults } from '#engine/stages.ts';
import type { QueryFacts } from '#engine/workload/facts.ts';
import { sameValue } from '#lib/same.ts';
import type { Id } from '#model/types.ts';
import { applyDelta, type Delta, deltaOf, type Keyed } from './delta.ts';
import type { Payloads, StagePayload } from './protocol.ts';

function byKey(statements: readonly WrittenStatement[]): Keyed<WrittenStatement> {
  return new Map(statements.map((one) => [one.key, one]));
}

/** The difference of two lists whose keys stand in the same order; undefined when they do not. */
function inPlace(
  before: readonly WrittenStatement[],
  after: readonly WrittenStatement[],
): { readonly changed: readonly (readonly [string, WrittenStatement])[] } | undefined {
  if (before.length !== after.length) return undefined;
  const changed: [string, WrittenStatement][] = [];
  for (let i = 0; i < after.length; i++) {
    const [old, now] = [before[i] as WrittenStatement, after[i] as WrittenStatement];
    if (old === now) continue;
    if (old.key !== now.key) return undefined;
    if (!sameStatement(old, now)) changed.push([now.key, now]);
  }
  return { changed };
}

/** The difference of two lists of statements, or undefined when they say the same. */
function statementsDelta(
  before: readonly WrittenStatement[],
  after: readonly WrittenStatement[],
): Delta<WrittenStatement> | undefined {
  const quick = inPlace(before, after);
  if (quick === undefined) return deltaOf(byKey(before), byKey(after), sameStatement);
  return quick.changed.length === 0 ? undefined : { changed: quick.changed, removed: [] };
}

function sameStatement(a: WrittenStatement, b: WrittenStatement): boolean {
  return a.sql === b.sql && sameValue(a, b);
}

/** Findings by the record they are shown at; those of no record stand under the empty key. */
function byRecord(findings: readonly Finding[]): Keyed<readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.at[0]?.record ?? '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** The difference of two records by id, such as verdicts by table. */
function recordsDelta<T>(before: Readonly<Record<Id, T>>, after: Readonly<Record<Id, T>>): Delta<T> | undefined {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  if (old.length === now.length && now.every((id, i) => id === old[i])) {
    const changed = now.flatMap((id): [string, T][] => {
      const value = after[id] as T;
      return value === before[id] || sameValue(before[id], value) ? [] : [[id, value]];
    });
    return changed.length === 0 ? undefined : { changed, removed: [] };
  }
  return deltaOf(new Map(Object.entries(before)), new Map(Object.entries(after)), sameValue);
}

/** The sending end: turns each answer into its difference to the one sent before. */
export interface StageSender {
  encode<S extends Stage>(stage: S, value: StageResults[S]): StagePayload;
}

export function createStageSender(): StageSender {
  let statements: readonly WrittenStatement[] = [];
  let unsupported: readonly Unsupported[] = [];
  let findings: Keyed<readonly Finding[]> = new Map();
  let verdicts: StageResults['normalForms'] = {};
  let workload: StageResults['workload'] = {};

  function ddl(value: WrittenDocument): Payloads['ddl'] | 'unchanged' {
    const delta = statementsDelta(statements, value.statements);
    const same = sameValue(unsupported, value.unsupported);
    statements = value.statements;
    unsupported = value.unsupported;
    if (delta === undefined && same) return 'unchanged';
    return { ...(delta === undefined ? {} : { statements: delta }), ...(same ? {} : { unsupported }) };
  }

  return {
    encode(stage, value) {
      if (stage === 'ddl') return { stage: 'ddl', payload: ddl(value as WrittenDocument) };
      if (stage === 'findings') {
        const now = byRecord(value as readonly Finding[]);
        const delta = deltaOf(findings, now, sameValue);
        findings = now;
        return { stage: 'findings', payload: delta ?? 'unchanged' };
      }
      if (stage === 'workload') {
        const now = value as StageResults['workload'];
        const delta = now === workload ? undefined : recordsDelta(workload, now);
        workload = now;
        return { stage: 'workload', payload: delta ?? 'unchanged' };
      }
      const now = value as StageResults['normalForms'];
      const delta = now === verdicts ? undefined : recordsDelta(verdicts, now);
      verdicts = now;
      return { stage: 'normalForms', payload: delta ?? 'unchanged' };
    },
  };
}

/** The receiving end: what the worker's answers are now. A part that did not change keeps its identity. */
export interface StageMirror {
  receive(result: StagePayload): void;
  readonly value: StageResults;
}

export function createStageMirror(): StageMirror {
  let statements: Keyed<WrittenStatement> = new Map();
  let findings: Keyed<readonly Finding[]> = new Map();
  let verdicts: Keyed<Verdict> = new Map();
  let workload: Keyed<QueryFacts> = new Map();
  let value: StageResults = { ddl: { statements: [], unsupported: [] }, findings: [], normalForms: {}, workload: {} };
  return {
    receive(result) {
      if (result.payload === 'unchanged') return;
      if (result.stage === 'ddl') {
        const { payload } = result;
        if (payload.statements !== undefined) statements = applyDelta(statements, payload.statements);
        const unsupported = payload.unsupported ?? value.ddl.unsupported;
        const list = payload.statements === undefined ? value.ddl.statements : [...statements.values()];
        value = { ...value, ddl: { statements: list, unsupported } };
      } else if (result.stage === 'findings') {
        findings = applyDelta(findings, result.payload);
        value = { ...value, findings: [...findings.values()].flat() };
      } else if (result.stage === 'workload') {
        workload = applyDelta(workload, result.payload);
        value = { ...value, workload: Object.fromEntries(workload) };
      } else {
        verdicts = applyDelta(verdicts, result.payload);
        value = { ...value, normalForms: Object.fromEntries(verdicts) };
      }
    },
    get value() {
      return value;
    },
  };
}
