import { COLLECTIONS, recordIn } from '#model/collections.ts';
import type { AnyRecord, Collection, Dialect, Document, Id, Waiver } from '#model/types.ts';
import type { Finding } from '../finding.ts';
import { memoWithInputs } from '../memo.ts';
import { Uses } from '../smells/uses.ts';
import { type QueryRead, readForAdvice } from '../workload/advice/read.ts';
import type { QueryFacts } from '../workload/facts.ts';
import { createWorkloadReader, type WorkloadReport } from '../workload/report.ts';
import type { ModelContext, Rule, Said, Scope } from './define.ts';
import { type Facts, factsOf } from './facts.ts';
import { type LinkActivity, linkActivities, sameActivity } from './link-activity.ts';
import { createMentions, type Mentions, type Names, relationNames, TEXTUAL } from './mentions.ts';
import { RULES } from './registry.ts';
import { type CheckPorts, type TableContext, tableContext } from './table-context.ts';
import { EVERYTHING, type Touched, touchedBetween } from './touched.ts';

type Findings = readonly Finding[];

/** What a run remembers for the next: findings by the record they were made for. */
export interface CheckCache {
  objects: WeakMap<AnyRecord, Findings>;
  readonly alone: Map<Id, Findings>;
  readonly among: Map<Id, Findings>;
  readonly relationships: Map<Id, Findings>;
  /** What the workload said of foreign keys when these were made. */
  readonly activities: Map<Id, LinkActivity | undefined>;
  readonly texts: Map<Id, { readonly record: AnyRecord; readonly ids: readonly Id[]; readonly findings: Findings }>;
  readonly mentions: Mentions;
  readonly reads: (facts: QueryFacts, inputs: readonly unknown[], compute: () => QueryRead | undefined) => QueryRead | undefined;
  readonly queries: (facts: QueryFacts, inputs: readonly unknown[], compute: () => Findings) => Findings;
  names?: Names;
  last?: { readonly document: Document; readonly facts: Facts; readonly rules: readonly Rule[]; readonly parser: unknown };
}

export function createCheckCache(): CheckCache {
  return {
    objects: new WeakMap(),
    alone: new Map(),
    among: new Map(),
    relationships: new Map(),
    activities: new Map(),
    texts: new Map(),
    mentions: createMentions(),
    queries: memoWithInputs(),
    reads: memoWithInputs(),
  };
}

export interface CheckOptions extends CheckPorts {
  readonly rules?: readonly Rule[];
  readonly cache?: CheckCache;
}

function finding(rule: Rule, said: Said): Finding {
  return {
    rule: rule.id,
    severity: said.severity ?? rule.severity,
    at: said.at,
    message: { what: said.what, why: said.why ?? rule.docs.why, todo: said.todo ?? rule.docs.todo },
    ...(said.evidence === undefined ? {} : { evidence: said.evidence }),
    fixes: said.fixes ?? [],
    ...(said.text === undefined ? {} : { text: said.text }),
    ...(said.rewrite === undefined ? {} : { rewrite: said.rewrite }),
  };
}

type OfScope<S extends Scope> = Extract<Rule, { readonly scope: S }>;

function ofScope<S extends Scope>(rules: readonly Rule[], scope: S): OfScope<S>[] {
  return rules.filter((rule): rule is OfScope<S> => rule.scope === scope);
}

const NAMED: readonly Collection[] = COLLECTIONS.map((one) => one.name).filter((name) =>
  ['schemas', 'types', 'sequences', 'tables', 'views', 'routines', 'triggers'].includes(name),
);

const FOR_DIALECT = new WeakMap<readonly Rule[], Map<Dialect, readonly Rule[]>>();

function dialectOf(document: Document): Dialect {
  return document.settings['settings']?.dialect ?? 'postgresql';
}

/** Those of the rules that look at schemas of a dialect; always the same list for the same rules. */
function rulesFor(rules: readonly Rule[], dialect: Dialect): readonly Rule[] {
  const known = FOR_DIALECT.get(rules) ?? new Map<Dialect, readonly Rule[]>();
  FOR_DIALECT.set(rules, known);
  const some = known.get(dialect) ?? rules.filter((rule) => rule.dialects?.includes(dialect) !== false);
  known.set(dialect, some);
  return some;
}

/**
 * Every finding of a document, in a stable order: by kind of record, in document order, then by rule. With a cache an edit
 * costs the records it touched and what was made of them. Findings a waiver covers carry its id.
 */
export function checkDocument(document: Document, options: CheckOptions = {}): readonly Finding[] {
  const rules = rulesFor(options.rules ?? RULES, dialectOf(document));
  const cache = options.cache ?? createCheckCache();
  const contexts = new Map<Id, TableContext | undefined>();
  const table = (id: Id) => {
    if (!contexts.has(id)) {
      const record = recordIn(document, 'tables', id);
      contexts.set(id, record === undefined ? undefined : tableContext(document, record, options));
    }
    return contexts.get(id);
  };
  const { last } = cache;
  const facts = factsOf(document, last?.facts);
  const same = last !== undefined && last.rules === rules && last.parser === options.parser;
  const touched = same ? touchedBetween(last.document, document) : EVERYTHING;
  const among = !same || last.facts !== facts;
  cache.last = { document, facts, rules, parser: options.parser };
  let report: WorkloadReport | undefined;
  const workload = () => {
    report ??= (options.workload ?? createWorkloadReader(options.parser))(document);
    return report;
  };
  const at: Run = { document, cache, facts, table, touched, among, ports: options, workload };
  const found = [
    ...objectFindings(at, ofScope(rules, 'object')),
    ...textFindings(at, ofScope(rules, 'text')),
    ...tableFindings(at, ofScope(rules, 'table'), ofScope(rules, 'tableInModel')),
    ...relationshipFindings(at, ofScope(rules, 'relationship')),
    ...queryFindings(at, ofScope(rules, 'query'), ofScope(rules, 'advice'), ofScope(rules, 'workload')),
    ...modelFindings(at, ofScope(rules, 'model')),
  ];
  return waive(found, Object.values(document.waivers));
}

interface Run {
  readonly document: Document;
  readonly cache: CheckCache;
  readonly facts: Facts;
  readonly table: (id: Id) => TableContext | undefined;
  readonly touched: Touched;
  /** The facts of the model have changed. */
  readonly among: boolean;
  readonly ports: CheckPorts;
  readonly workload: () => WorkloadReport;
}

/** The findings kept under an id, made anew when something they depend on was touched. */
function keep(kept: Map<Id, Findings>, id: Id, stale: boolean, make: () => Findings): Findings {
  const known = stale ? undefined : kept.get(id);
  if (known !== undefined) return known;
  const made = make();
  kept.set(id, made);
  return made;
}

/** Forgets what is kept for records that are gone. */
function prune(kept: Map<Id, unknown>, records: readonly Readonly<Record<Id, unknown>>[]): void {
  const count = records.reduce((sum, one) => sum + Object.keys(one).length, 0);
  if (kept.size <= count) return;
  for (const id of kept.keys()) if (!records.some((one) => Object.hasOwn(one, id))) kept.delete(id);
}

function objectFindings({ document, cache, touched }: Run, rules: readonly OfScope<'object'>[]): Finding[] {
  // Settings and schemas count as well: what was said under others is forgotten.
  if (touched.all) cache.objects = new WeakMap();
  const found: Finding[] = [];
  for (const collection of NAMED) {
    for (const record of Object.values(document[collection] as Readonly<Record<Id, AnyRecord>>)) {
      const known = cache.objects.get(record);
      const findings =
        known ?? rules.flatMap((rule) => rule.check({ document, collection, record }).map((said) => finding(rule, said)));
      if (known === undefined) cache.objects.set(record, findings);
      if (findings.length > 0) found.push(...findings);
    }
  }
  return found;
}

function textFindings({ document, cache, touched, ports }: Run, rules: readonly OfScope<'text'>[]): Finding[] {
  const { parser } = ports;
  if (parser === undefined || rules.length === 0) return [];
  if (touched.names || cache.names === undefined) cache.names = relationNames(document);
  const mentions = cache.mentions(document, cache.names);
  const stale = touched.all || touched.names;
  const found = TEXTUAL.flatMap((collection) =>
    Object.values(document[collection] as Readonly<Record<Id, AnyRecord>>).flatMap((record) => {
      const known = stale ? undefined : cache.texts.get(record.id);
      if (known?.record === record && !known.ids.some((id) => touched.tables.has(id))) return known.findings;
      const mentioned = mentions(collection, record);
      const findings =
        mentioned === undefined
          ? []
          : rules.flatMap((rule) => rule.check({ document, collection, record, parser }).map((said) => finding(rule, said)));
      cache.texts.set(record.id, { record, ids: mentioned?.ids ?? [], findings });
      return findings;
    }),
  );
  prune(
    cache.texts,
    TEXTUAL.map((collection) => document[collection]),
  );
  return found;
}

function tableFindings(
  { document, cache, facts, table, touched, among }: Run,
  own: readonly OfScope<'table'>[],
  inModel: readonly OfScope<'tableInModel'>[],
): Finding[] {
  const found: Finding[] = [];
  for (const { id } of Object.values(document.tables)) {
    const stale = touched.all || touched.tables.has(id);
    const context = () => table(id) as TableContext;
    found.push(
      ...keep(cache.alone, id, stale, () => own.flatMap((rule) => rule.check(context()).map((said) => finding(rule, said)))),
      ...keep(cache.among, id, stale || among, () =>
        inModel.flatMap((rule) => rule.check(context(), facts).map((said) => finding(rule, said))),
      ),
    );
  }
  prune(cache.alone, [document.tables]);
  prune(cache.among, [document.tables]);
  return found;
}

function relationshipFindings(
  { document, cache, table, touched, workload }: Run,
  rules: readonly OfScope<'relationship'>[],
): Finding[] {
  const found: Finding[] = [];
  const activities = Object.keys(document.queries).length === 0 ? undefined : linkActivities(document, workload());
  for (const relationship of Object.values(document.relationships)) {
    const activity = activities?.get(relationship.id);
    const stale =
      touched.all ||
      touched.tables.has(relationship.child) ||
      touched.tables.has(relationship.parent) ||
      !sameActivity(cache.activities.get(relationship.id), activity);
    cache.activities.set(relationship.id, activity);
    const make = (): Findings => {
      const child = table(relationship.child);
      const parent = table(relationship.parent);
      if (child === undefined || parent === undefined) return [];
      const at = { document, relationship, child, parent, ...(activity === undefined ? {} : { activity }) };
      return rules.flatMap((rule) => rule.check(at).map((said) => finding(rule, said)));
    };
    found.push(...keep(cache.relationships, relationship.id, stale, make));
  }
  prune(cache.relationships, [document.relationships]);
  prune(cache.activities, [document.relationships]);
  return found;
}

function queryFindings(
  { document, cache, ports, workload }: Run,
  own: readonly OfScope<'query'>[],
  advice: readonly OfScope<'advice'>[],
  among: readonly OfScope<'workload'>[],
): Finding[] {
  const queries = Object.values(document.queries);
  if (queries.length === 0) return [];
  const report = workload();
  const reads: QueryRead[] = [];
  const found = queries.flatMap((query) => {
    const facts = Object.hasOwn(report, query.id) ? report[query.id] : undefined;
    if (facts === undefined) return [];
    const inputs = [query, document.relationships, ports.parser];
    const read = cache.reads(facts, inputs, () => readForAdvice(document, query, facts, ports.parser));
    if (read !== undefined) reads.push(read);
    return cache.queries(facts, inputs, () => [
      ...own.flatMap((rule) => rule.check({ document, query, facts }).map((said) => finding(rule, said))),
      ...(read === undefined ? [] : advice.flatMap((rule) => rule.check(read).map((said) => finding(rule, said)))),
    ]);
  });
  return [...found, ...among.flatMap((rule) => rule.check(reads).map((said) => finding(rule, said)))];
}

function modelFindings({ document, facts, table, ports, workload }: Run, rules: readonly OfScope<'model'>[]): Finding[] {
  let known: Uses | undefined;
  const uses = () => {
    known ??= new Uses(document);
    return known;
  };
  const at: ModelContext = { document, facts, table, verdict: (id) => table(id)?.verdict(), workload, uses };
  return rules.flatMap((rule) => rule.check(at).map((said) => finding(rule, said)));
}

function waive(findings: readonly Finding[], waivers: readonly Waiver[]): readonly Finding[] {
  if (waivers.length === 0) return findings;
  const key = (rule: string, record: Id, part: Id | undefined) => `${rule}\n${record}\n${part ?? ''}`;
  const byPlace = new Map(waivers.map((one) => [key(one.rule, one.at.record, one.at.part), one.id]));
  return findings.map((one) => {
    const first = one.at[0];
    const waivedBy = first === undefined ? undefined : byPlace.get(key(one.rule, first.record, first.part));
    return waivedBy === undefined ? one : { ...one, waivedBy };
  });
}
