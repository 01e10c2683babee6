import { DEFAULT_VERSION } from '#model/create.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { answersOf } from './answers.ts';
import { type Budget, UNLIMITED } from './budget.ts';
import type { Thinking } from './engine.ts';
import { verdictOf } from './normalize/judge-table.ts';
import type { Verdict } from './normalize/verdict.ts';
import type { Queries, QueryAnswers, QueryName } from './queries.ts';
import { checkDocument, createCheckCache } from './rules/check.ts';
import { languageOf } from './sql/language.ts';
import type { PgParser } from './sql/parser-port.ts';
import { createWriteCache, writeDocument } from './sql/write.ts';
import type { WrittenDocument } from './sql/written.ts';
import type { Stage, StageResults } from './stages.ts';
import { createWorkloadReader } from './workload/report.ts';

export interface ThinkingOptions {
  /** Without it no question about SQL text can be answered. */
  readonly parser?: PgParser | undefined;
  /** How long one table's normal form may take; without it, until it is done. */
  readonly budget?: () => Budget;
}

/**
 * The normal form of every table. Only tables whose record is another, and those that take columns or types from elsewhere,
 * are asked anew; while no verdict changes the answer stays the same object.
 */
function verdictsOf(budget: () => Budget): (document: Document) => Readonly<Record<Id, Verdict>> {
  let before: Document | undefined;
  let known: Readonly<Record<Id, Verdict>> = {};
  let asked: ReadonlyMap<Id, { readonly table: Table; readonly verdict: Verdict }> = new Map();
  return (document) => {
    if (before !== undefined && before.tables === document.tables && before.types === document.types) return known;
    const old = before?.types === document.types ? asked : undefined;
    const now = new Map<Id, { readonly table: Table; readonly verdict: Verdict }>();
    let same = asked.size === Object.keys(document.tables).length;
    for (const table of Object.values(document.tables)) {
      const was = asked.get(table.id);
      const holds = old !== undefined && was?.table === table && was.verdict.complete && ancestorsOf(table).length === 0;
      const next = holds ? was : { table, verdict: verdictOf(document, table, budget()) };
      now.set(table.id, next);
      if (next.verdict !== was?.verdict) same = false;
    }
    asked = now;
    before = document;
    if (!same) known = Object.fromEntries([...now].map(([id, { verdict }]) => [id, verdict]));
    return known;
  };
}

/** The functions behind each stage; they share what they remember of one document's records. */
export function createThinking(options: ThinkingOptions = {}): Thinking {
  const cache = createWriteCache();
  const findings = createCheckCache();
  const planning = createWriteCache();
  const version = (document: Document) => document.settings['settings']?.version ?? DEFAULT_VERSION.postgresql;
  const budget = options.budget ?? (() => UNLIMITED);

  const ddl = (document: Document): WrittenDocument => writeDocument(document, { version: version(document), cache });

  const normalForms = verdictsOf(budget);
  const workload = createWorkloadReader(options.parser);

  const stages: { readonly [S in Stage]: (document: Document) => StageResults[S] } = {
    ddl,
    findings: (document) => checkDocument(document, { parser: options.parser, budget, cache: findings, workload }),
    normalForms,
    workload,
  };

  return {
    stage: (stage, document) => stages[stage](document),
    query<N extends QueryName>(name: N, args: Queries[N], document: Document): QueryAnswers[N] {
      const language = languageOf(document.settings['settings']?.dialect ?? 'postgresql', options.parser);
      if (!language.ok) throw new Error(language.problem.message);
      const write = (other: Document) => writeDocument(other, { version: version(other), cache: planning });
      const answers = answersOf({ document, written: ddl(document), language: language.value, write });
      return (answers[name] as (args: Queries[N]) => QueryAnswers[N])(args);
    },
  };
}
