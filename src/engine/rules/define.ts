import type { CommandCall } from '#model/commands/registry.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { AnyRecord, Collection, Dialect, Document, Ref, Relationship, Table } from '#model/types.ts';
import type { Fix, Rename, RewrittenQuery, Severity, TextSpot } from '../finding.ts';
import type { Verdict } from '../normalize/verdict.ts';
import type { Reshape } from '../reshape/types.ts';
import type { Uses } from '../smells/uses.ts';
import type { PgParser } from '../sql/parser-port.ts';
import type { QueryRead } from '../workload/advice/read.ts';
import type { QueryFacts } from '../workload/facts.ts';
import type { WorkloadReport } from '../workload/report.ts';
import type { Facts } from './facts.ts';
import type { LinkActivity } from './link-activity.ts';
import type { TableContext } from './table-context.ts';

export const CATEGORIES = [
  'keys',
  'relationships',
  'normalization',
  'types',
  'constraints',
  'indexes',
  'partitioning',
  'security',
  'naming',
  'audit',
  'references',
  'workload',
] as const;

export type Category = (typeof CATEGORIES)[number];

/**
 * What a rule looks at, which is also what makes it look again:
 * - `object`: one record that has a name, with its parts;
 * - `text`: one record that holds SQL text, and the relations whose names occur in it;
 * - `table`: one table with the columns it inherits, its types and its own relationships;
 * - `tableInModel`: the same, and a few facts of the whole model;
 * - `relationship`: one relationship with its two tables;
 * - `query`: one query of the workload with what it says;
 * - `advice`: the same, with its text taken apart, so that another can be offered;
 * - `workload`: all queries, with how often they run;
 * - `model`: everything, at every change: cheap rules only.
 */
export type Scope = 'object' | 'text' | 'table' | 'tableInModel' | 'relationship' | 'query' | 'advice' | 'workload' | 'model';

export interface RuleMeta {
  /** Stable name, such as `fk-index-missing`. */
  readonly id: string;
  readonly category: Category;
  /** Of a finding that does not say another. */
  readonly severity: Severity;
  /** A few words, such as `Foreign key without an index`. */
  readonly title: string;
  /** Dialects whose schemas it looks at; absent = all. */
  readonly dialects?: readonly Dialect[];
  /** What every finding of the rule has in common, in plain words; the rule's page is made of it. */
  readonly docs: {
    /** What the rule reports and what it leaves alone. */
    readonly what: string;
    readonly why: string;
    readonly todo: string;
  };
  /** Where the rule's reasons can be read. */
  readonly sources: readonly string[];
  readonly examples: {
    readonly bad: readonly BadExample[];
    readonly good: readonly GoodExample[];
  };
}

/** A schema that the rule must leave alone. */
export interface GoodExample {
  /** What is right here, in words. */
  readonly note?: string;
  readonly ddl: string;
  /** Queries of the workload, called `Query 1`, `Query 2` … where they have no name. */
  readonly queries?: readonly (Partial<Omit<WorkloadQuery, 'id' | 'sql'>> & Pick<WorkloadQuery, 'sql'>)[];
  /** Commands after reading the DDL, for facts that DDL cannot say, given the document that was read. */
  readonly given?: (document: Document) => readonly CommandCall[];
}

/** A schema in which the rule must find exactly these, each as the label of what it stands at, such as `orders.total`. */
export interface BadExample extends GoodExample {
  readonly expect: readonly string[];
}

/** What a rule says; the rule's own severity, `why` and `todo` are used where it leaves them out. */
export interface Said {
  readonly at: readonly Ref[];
  readonly what: string;
  readonly why?: string;
  readonly todo?: string;
  readonly severity?: Severity;
  readonly evidence?: readonly string[];
  readonly fixes?: readonly Fix[];
  readonly text?: TextSpot;
  readonly rewrite?: RewrittenQuery;
}

export interface ObjectContext {
  readonly document: Document;
  readonly collection: Collection;
  readonly record: AnyRecord;
}

export interface TextContext extends ObjectContext {
  readonly parser: PgParser;
}

export interface RelationshipContext {
  readonly document: Document;
  readonly relationship: Relationship;
  readonly child: TableContext;
  readonly parent: TableContext;
  /** What the workload does with it; absent: it uses neither table, or there is none. */
  readonly activity?: LinkActivity;
}

export interface QueryContext {
  readonly document: Document;
  readonly query: WorkloadQuery;
  readonly facts: QueryFacts;
}

export interface ModelContext {
  readonly document: Document;
  readonly facts: Facts;
  /** The context of a table, shared by all rules; undefined when there is no such table. */
  table(id: string): TableContext | undefined;
  verdict(id: string): Verdict | undefined;
  /** What the queries of the workload say, by their ids. */
  workload(): WorkloadReport;
  /** What SQL texts of the model, and statements that were given, do with its columns. */
  uses(): Uses;
}

export type Rule = RuleMeta &
  (
    | { readonly scope: 'object'; check(at: ObjectContext): readonly Said[] }
    /** Without a parser nothing can be said of SQL text. */
    | { readonly scope: 'text'; check(at: TextContext): readonly Said[] }
    | { readonly scope: 'table'; check(at: TableContext): readonly Said[] }
    | { readonly scope: 'tableInModel'; check(at: TableContext, facts: Facts): readonly Said[] }
    | { readonly scope: 'relationship'; check(at: RelationshipContext): readonly Said[] }
    | { readonly scope: 'query'; check(at: QueryContext): readonly Said[] }
    | { readonly scope: 'advice'; check(at: QueryRead): readonly Said[] }
    | { readonly scope: 'workload'; check(at: readonly QueryRead[]): readonly Said[] }
    | { readonly scope: 'model'; check(at: ModelContext): readonly Said[] }
  );

/** Types a rule by inference. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** A fix that gives other names. */
export function renameFix(label: string, renames: readonly Rename[]): Fix {
  return { label, calls: [], renames };
}

/** A fix that opens the decompositions of a table to choose from. */
export function decomposeFix(table: Table, choice: 'recommended' | 'BCNF'): Fix {
  return { label: `Decompose ${table.name}`, calls: [], opens: { kind: 'decomposition', table: table.id, choice } };
}

/** A fix that changes the structure and takes the rows along. */
export function reshapeFix(label: string, reshape: Reshape): Fix {
  return { label, calls: [], reshape };
}

/** A fix of one or more commands. */
export function fix(label: string, ...calls: readonly CommandCall[]): Fix {
  return { label, calls };
}
