import { TRAITS } from '#engine/dialects/base/traits.ts';
import type { Finding, Severity } from '#engine/finding.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import type { WorkloadReport } from '#engine/workload/report.ts';
import { findRecord } from '#model/collections.ts';
import { inFileOrder } from '#model/format/order.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Decision, Document, Id, Table } from '#model/types.ts';
import { conceptSection } from './concept.ts';
import { indexesChapter } from './indexes.ts';
import { anchors, blocks, code, fence, table as grid, text } from './markdown.ts';
import { mermaidDiagrams } from './mermaid.ts';
import { tableSection } from './table-section.ts';
import { qualifiedName, tablesInOrder } from './words.ts';
import { workloadChapter } from './workload.ts';

export interface DesignInput {
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly normalForms: Readonly<Record<Id, Verdict>>;
  /** What each query of the workload says. */
  readonly workload?: WorkloadReport;
  /** The diagrams that lie beside the document as files, in their order; absent = none. */
  readonly pictures?: readonly { readonly name: string; readonly whole: boolean; readonly path: string }[];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function overview({ document, findings, normalForms }: DesignInput, tables: readonly Table[]): string {
  const open = findings.filter((finding) => finding.waivedBy === undefined);
  const forms = new Map<string, number>();
  for (const one of tables) {
    const form = normalForms[one.id]?.highest;
    if (form !== undefined) forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  const partitions = Object.values(document.tables).length - tables.length;
  const facts: [string, string][] = [
    [
      'Target',
      `${TRAITS[document.settings['settings']?.dialect ?? 'postgresql'].label} ${document.settings['settings']?.version ?? ''}`,
    ],
    ['Schemas', String(Object.keys(document.schemas).length)],
    ['Tables', `${tables.length}${partitions > 0 ? ` (and ${count(partitions, 'partition')})` : ''}`],
    ['Columns', String(tables.reduce((sum, one) => sum + one.columns.length, 0))],
    ['Relationships', String(Object.keys(document.relationships).length)],
    ['Indexes', String(Object.values(document.tables).reduce((sum, one) => sum + one.indexes.length, 0))],
    ['Views', String(Object.keys(document.views).length)],
    ['Normal forms', [...forms].map(([form, number]) => `${form}: ${number}`).join(', ')],
    [
      'Open findings',
      `${count(open.filter((one) => one.severity === 'error').length, 'error')}, ${count(open.filter((one) => one.severity === 'warning').length, 'warning')}`,
    ],
  ];
  return grid(
    ['Fact', 'Value'],
    facts.map(([name, value]) => [name, text(value)]),
  );
}

function about(document: Document, decision: Decision): string {
  const names = (decision.about ?? []).flatMap((record) => {
    const found = findRecord(document, record)?.record;
    if (found === undefined || !('name' in found) || found.name === undefined) return [];
    return code('schema' in found ? qualifiedName(document, found) : found.name);
  });
  return names.length === 0 ? '' : `**About** ${names.join(', ')}.`;
}

function decisions(document: Document): string {
  const list = Object.values(document.decisions).sort((a, b) =>
    a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1,
  );
  const formed = list.map((one) =>
    blocks(
      `### ${text(one.title)}`,
      `Status: ${one.status}, ${text(one.date)}.`,
      one.context === '' ? '' : `**Context.** ${text(one.context)}`,
      one.decision === '' ? '' : `**Decision.** ${text(one.decision)}`,
      one.consequences === '' ? '' : `**Consequences.** ${text(one.consequences)}`,
      about(document, one),
    ),
  );
  return formed.length === 0 ? 'No decision is recorded yet.' : blocks(formed);
}

function otherObjects(document: Document): string {
  const types = Object.values(document.types).map((type) => {
    const detail =
      type.kind === 'enum'
        ? type.values.join(', ')
        : type.kind === 'domain'
          ? type.checks.map((check) => check.expression).join(' AND ')
          : '';
    return [code(qualifiedName(document, type), true), type.kind, code(detail, true), text(type.comment ?? '')];
  });
  const views = Object.values(document.views).map((view) => [
    code(qualifiedName(document, view), true),
    view.materialized === true ? 'materialized view' : 'view',
    text(view.comment ?? ''),
  ]);
  const routines = Object.values(document.routines).map((one) => [
    code(`${qualifiedName(document, one)}(${one.signature})`, true),
    one.kind,
    text(one.comment ?? ''),
  ]);
  const triggers = Object.values(document.triggers).map((one) => {
    const on = document.tables[one.on] ?? document.views[one.on];
    return [
      code(one.name, true),
      code(on === undefined ? '' : qualifiedName(document, on), true),
      text(`${one.timing} ${one.events.join(', ')}`),
      code(one.execute, true),
    ];
  });
  return blocks(
    types.length === 0 ? '' : `## Types\n\n${grid(['Type', 'Kind', 'Values or rule', 'Meaning'], types)}`,
    views.length === 0 ? '' : `## Views\n\n${grid(['View', 'Kind', 'Meaning'], views)}`,
    routines.length === 0 ? '' : `## Routines\n\n${grid(['Routine', 'Kind', 'Meaning'], routines)}`,
    triggers.length === 0 ? '' : `## Triggers\n\n${grid(['Trigger', 'On', 'When', 'Executes'], triggers)}`,
  );
}

function place(document: Document, finding: Finding): string {
  const ref = finding.at[0];
  const found = ref === undefined ? undefined : findRecord(document, ref.record);
  if (found === undefined) return '';
  const { record } = found;
  if ('schema' in record && 'name' in record) return code(qualifiedName(document, record), true);
  return 'name' in record && record.name !== undefined ? code(record.name, true) : '';
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** By place, then rule, then text: whatever order the rules were asked in. */
function inReadingOrder(document: Document, findings: readonly Finding[]): readonly Finding[] {
  const key = (one: Finding) => `${place(document, one)}\n${one.rule}\n${one.message.what}`;
  const keyed = findings.map((one) => ({ one, key: key(one) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}

/** Lines of evidence that are shown; Problems and `crowfoot check` show all. */
const EVIDENCE = 3;

/** What is the case, with what says so. */
function evident({ message, evidence = [] }: Finding): string {
  const shown = evidence.slice(0, EVIDENCE).join('; ');
  return text(shown === '' ? message.what : `${message.what} (${shown}${evidence.length > EVIDENCE ? ' …' : ''})`);
}

function findingsSection(document: Document, given: readonly Finding[]): string {
  const findings = inReadingOrder(document, given);
  const rows = (list: readonly Finding[]) =>
    list.map((one) => [one.severity, place(document, one), evident(one), text(one.message.todo), code(one.rule, true)]);
  const open = SEVERITIES.flatMap((severity) => findings.filter((one) => one.waivedBy === undefined && one.severity === severity));
  const waived = findings.filter((one) => one.waivedBy !== undefined);
  const reasons = waived.map((one) => [
    place(document, one),
    text(one.message.what),
    text(document.waivers[one.waivedBy ?? '']?.reason ?? ''),
    code(one.rule, true),
  ]);
  return blocks(
    open.length === 0 ? 'No open finding.' : grid(['Severity', 'Where', 'What', 'What to do', 'Rule'], rows(open)),
    waived.length === 0 ? '' : `### Accepted\n\n${grid(['Where', 'What', 'Reason', 'Rule'], reasons)}`,
  );
}

/** The diagrams as pictures. A single one that shows everything needs no heading of its own. */
function pictures({ pictures: all = [] }: DesignInput): string {
  return blocks(
    ...all.map(({ name, whole, path }, at) => {
      const image = `![${whole && at === 0 ? 'The whole diagram' : text(name)}](${encodeURI(path)})`;
      return all.length === 1 && whole ? image : blocks(`**${text(name)}**`, image);
    }),
  );
}

/**
 * `database-design.md`: overview, decisions, concept, diagrams, every table, other objects, the workload, indexes, findings. The same input gives the same
 * bytes: there is no date in it but those of the decisions.
 */
export function databaseDesign(given: DesignInput): string {
  const document = inFileOrder(given.document);
  const input = { ...given, document };
  const name = document.settings['settings']?.name ?? 'Database';
  const tables = tablesInOrder(document);
  const diagrams = mermaidDiagrams(document, MAIN_DIAGRAM, tables);
  const anchor = anchors();
  for (const heading of [
    `${name}: database design`,
    'Overview',
    'Decisions',
    ...(tables.length === 0 ? [] : ['Concept']),
    'Diagram',
    'Tables',
  ])
    anchor(heading);
  const contents = tables.map((table) => `- [${text(qualifiedName(document, table))}](#${anchor(qualifiedName(document, table))})`);
  const markdown = blocks(
    `# ${text(name)}: database design`,
    '## Overview',
    overview(input, tables),
    '## Decisions',
    decisions(document),
    conceptSection(document),
    '## Diagram',
    pictures(input),
    diagrams.map((diagram) => blocks(`**${text(diagram.title)}**`, fence('mermaid', diagram.code))),
    '## Tables',
    contents.join('\n'),
    tables.map((table) => tableSection(document, table, input.normalForms[table.id])),
    otherObjects(document),
    workloadChapter(document, input.workload ?? {}),
    indexesChapter(document, input.workload ?? {}),
    '## Findings',
    findingsSection(document, input.findings),
  );
  return `${markdown}\n`;
}
