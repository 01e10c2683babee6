import type { Finding, Severity } from '#engine/finding.ts';
import type { NormalForm, Verdict } from '#engine/normalize/verdict.ts';
import type { Document, Id, Schema } from '#model/types.ts';

/** One line of the model's summary. */
export interface Count {
  readonly one: string;
  readonly many?: string;
  readonly number: number;
}

function size(records: object): number {
  return Object.keys(records).length;
}

/** How many of everything the model holds; what it has none of is left out. */
export function countsOf(document: Document): readonly Count[] {
  const tables = Object.values(document.tables);
  const sum = (part: (table: (typeof tables)[number]) => number) => tables.reduce((total, table) => total + part(table), 0);
  const all: readonly Count[] = [
    { one: 'table', number: tables.length },
    { one: 'column', number: sum((table) => table.columns.length) },
    { one: 'relationship', number: size(document.relationships) },
    { one: 'index', many: 'indexes', number: sum((table) => table.indexes.length) },
    { one: 'check', number: sum((table) => table.checks.length) },
    { one: 'policy', many: 'policies', number: sum((table) => table.policies.length) },
    { one: 'view', number: size(document.views) },
    { one: 'type', number: size(document.types) },
    { one: 'sequence', number: size(document.sequences) },
    { one: 'function', number: size(document.routines) },
    { one: 'trigger', number: size(document.triggers) },
    { one: 'statement kept as SQL', many: 'statements kept as SQL', number: size(document.verbatim) },
  ];
  return all.filter((count) => count.number > 0);
}

/** Findings that nobody waived, by severity. */
export function severities(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) if (finding.waivedBy === undefined) counts[finding.severity]++;
  return counts;
}

/** Findings about one record, waived ones left out. */
export function findingsOf(findings: readonly Finding[], record: Id): readonly Finding[] {
  return findings.filter((finding) => finding.waivedBy === undefined && finding.at[0]?.record === record);
}

const FORMS: readonly NormalForm[] = ['1NF', '2NF', '3NF', 'EKNF', 'BCNF'];

/** Tables at each highest normal form, lowest form first. `assumed` of them hold it only by assumption. */
export function formHistogram(
  verdicts: Readonly<Record<Id, Verdict>>,
): readonly { readonly form: NormalForm; readonly tables: number; readonly assumed: number }[] {
  const bars = FORMS.map((form) => ({ form, tables: 0, assumed: 0 }));
  for (const verdict of Object.values(verdicts)) {
    const bar = bars.find((one) => one.form === verdict.highest);
    if (bar === undefined) continue;
    bar.tables++;
    if (verdict.byAssumption) bar.assumed++;
  }
  return bars.filter((bar) => bar.tables > 0);
}

/** Schemas with how many tables each holds, the fullest first. */
export function schemaCounts(document: Document): readonly { readonly schema: Schema; readonly tables: number }[] {
  const tables = new Map<Id, number>();
  for (const table of Object.values(document.tables)) tables.set(table.schema, (tables.get(table.schema) ?? 0) + 1);
  const all = Object.values(document.schemas);
  // The schema that every database has says nothing while everything is in others.
  const said = all.filter((schema) => schema.implicit !== true || tables.has(schema.id));
  return (said.length === 0 ? all : said)
    .map((schema) => ({ schema, tables: tables.get(schema.id) ?? 0 }))
    .sort((a, b) => b.tables - a.tables || a.schema.name.localeCompare(b.schema.name));
}
