import type { Finding, Severity } from '#engine/finding.ts';
import { checkDocument } from '#engine/rules/check.ts';
import { labelOf } from '#engine/rules/labels.ts';
import { sarifLog, type TextPlace } from '#engine/rules/sarif.ts';
import type { Receipt, ReceiptStatement } from '#engine/sql/receipt.ts';
import type { Document, Id } from '#model/types.ts';
import { version } from '../../../package.json' with { type: 'json' };
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { dialectOf, readInput } from '../input.ts';
import { loadPgParser } from '../pg-parser.ts';

const FORMATS = ['text', 'json', 'sarif'] as const;
type Format = (typeof FORMATS)[number];

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The statement that made each record and part: the first that says it did. */
function statementsByMade(receipt: Receipt | undefined): ReadonlyMap<Id, ReceiptStatement> {
  const found = new Map<Id, ReceiptStatement>();
  for (const statement of receipt?.statements ?? []) {
    for (const made of [statement.record, statement.part]) if (made !== undefined && !found.has(made)) found.set(made, statement);
  }
  return found;
}

/** Where the finding's place was read: the statement of its part, else its own, or for a relationship that of its child. */
function placeOf(document: Document, finding: Finding, statements: ReadonlyMap<Id, ReceiptStatement>): TextPlace | undefined {
  for (const { record, part } of finding.at) {
    const statement = [part, record, document.relationships[record]?.child].flatMap((id) => statements.get(id ?? '') ?? [])[0];
    if (statement !== undefined) return { file: statement.file, line: statement.line };
  }
  return undefined;
}

/** What the reading of a statement has to say of it, such as a clause that PostgreSQL refuses. */
function readingNote({ file, line, column, state, reason }: ReceiptStatement): string | undefined {
  if (state === 'error') return `${file}:${line}${column === undefined ? '' : `:${column}`}: ${reason ?? 'it cannot be read'}\n`;
  if (reason === undefined || (state !== 'residue' && state !== 'modelled')) return undefined;
  return `${file}:${line}: ${reason}\n`;
}

interface Placed {
  readonly finding: Finding;
  readonly place: TextPlace | undefined;
}

/** By place, then gravity, then rule: what is read from top to bottom next to the file. */
function inOrder(a: Placed, b: Placed): number {
  return (
    (a.place?.file ?? '').localeCompare(b.place?.file ?? '', 'en') ||
    (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
    RANK[a.finding.severity] - RANK[b.finding.severity] ||
    a.finding.rule.localeCompare(b.finding.rule, 'en')
  );
}

/** Another text for a query, and how it differs. */
function rewriteLines({ rewrite }: Finding): readonly string[] {
  if (rewrite === undefined) return [];
  const [first, ...others] = rewrite.sql.split('\n');
  const conditions = rewrite.equal ? ['the same results', ...rewrite.conditions] : rewrite.conditions;
  return [`    instead: ${first}`, ...others.map((line) => `             ${line}`), ...conditions.map((one) => `    - ${one}`)];
}

function asText(document: Document, found: readonly Placed[]): string {
  const lines = found.flatMap(({ finding, place }) => {
    const at = finding.at[0] === undefined ? '' : labelOf(document, finding.at[0]);
    const where = place === undefined ? at : `${place.file}:${place.line}`;
    const note = finding.waivedBy === undefined ? '' : ` (waived: ${document.waivers[finding.waivedBy]?.reason ?? ''})`;
    return [
      `${where}: ${finding.severity}: ${finding.message.what} [${finding.rule}]${note}`,
      `    ${finding.message.todo}`,
      ...(finding.evidence ?? []).map((line) => `    - ${line}`),
      ...rewriteLines(finding),
    ];
  });
  const open = found.filter(({ finding }) => finding.waivedBy === undefined);
  const count = (severity: Severity) => open.filter(({ finding }) => finding.severity === severity).length;
  const total = `${count('error')} errors, ${count('warning')} warnings, ${count('info')} notes, ${found.length - open.length} waived`;
  return `${[...lines, total].join('\n')}\n`;
}

function asJson(document: Document, found: readonly Placed[]): string {
  const findings = found.map(({ finding, place }) => ({
    rule: finding.rule,
    severity: finding.severity,
    object: finding.at[0] === undefined ? '' : labelOf(document, finding.at[0]),
    involved: finding.at.slice(1).map((ref) => labelOf(document, ref)),
    ...(place === undefined ? {} : place),
    ...finding.message,
    ...(finding.evidence === undefined ? {} : { evidence: finding.evidence }),
    ...(finding.rewrite === undefined ? {} : { instead: finding.rewrite }),
    fixes: finding.fixes.map((fix) => fix.label),
    ...(finding.waivedBy === undefined ? {} : { waived: document.waivers[finding.waivedBy]?.reason ?? '' }),
  }));
  return `${JSON.stringify({ findings }, null, 2)}\n`;
}

function print(format: Format, document: Document, found: readonly Placed[]): string {
  if (format === 'text') return asText(document, found);
  if (format === 'json') return asJson(document, found);
  const findings = found.map((one) => one.finding);
  const places = found.map((one) => one.place);
  return `${JSON.stringify(sarifLog(document, findings, places, version), null, 2)}\n`;
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const { files, options, flags } = parseArguments(args, ['from', 'format'], ['json']);
  const from = dialectOf(options.get('from'));
  const wanted = flags.has('json') ? 'json' : (options.get('format') ?? 'text');
  const format = FORMATS.find((one) => one === wanted);
  if (format === undefined) throw new UsageError(`There is no format ${wanted}. Known: ${FORMATS.join(', ')}.`);
  const read = await readInput(files, from);
  if (!read.ok) {
    streams.err(`${read.problem.message}\n`);
    return 2;
  }
  const { document, receipt } = read.value;
  for (const one of receipt?.statements ?? []) streams.err(readingNote(one) ?? '');
  const statements = statementsByMade(receipt);
  const found = checkDocument(document, { parser: await loadPgParser() })
    .map((finding): Placed => ({ finding, place: placeOf(document, finding, statements) }))
    .sort(inOrder);
  streams.out(print(format, document, found));
  const broken = (receipt?.counts.error ?? 0) > 0;
  return broken || found.some(({ finding }) => finding.waivedBy === undefined) ? 1 : 0;
}

export const check: Command = {
  name: 'check',
  usage: 'FILE... [--from DIALECT] [--format text|json|sarif]',
  summary: 'Says what the design rules find, with lines; exit 1 when they find something',
  run,
};
