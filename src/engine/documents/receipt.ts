import type { Document } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import type { Loss, ReceiptStatement } from '../sql/receipt.ts';
import type { RoundTrip } from '../sql/round-trip.ts';
import { rememberedReceipt, sourcesInOrder } from '../sql/sources.ts';
import { blocks, code, table as grid, text } from './markdown.ts';

export interface ReceiptInput {
  /** With its sources. */
  readonly document: Document;
  /** Whether the model comes back identical from its own DDL, when that was looked at. */
  readonly roundTrip?: RoundTrip | undefined;
}

/** Lines of one list; what is beyond is counted. */
const LISTED = 500;

function place({ file, line, column }: ReceiptStatement): string {
  return `${file}:${line}${column === undefined ? '' : `:${column}`}`;
}

function number(count: number): string {
  return count.toLocaleString('en');
}

/** `table` of `table public.orders`; `column comment` stays two words. */
function kindOf({ object }: ReceiptStatement): string {
  return object?.split(' ', 1)[0] ?? 'other';
}

function byKind(statements: readonly ReceiptStatement[]): string {
  const kinds = new Map<string, { came: number; kept: number }>();
  for (const one of statements) {
    if (one.state === 'skipped' || one.state === 'error') continue;
    const kind = one.state === 'verbatim' && one.object === undefined ? 'other' : kindOf(one);
    const known = kinds.get(kind) ?? { came: 0, kept: 0 };
    if (one.state === 'verbatim') known.kept += 1;
    else known.came += 1;
    kinds.set(kind, known);
  }
  const rows = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
  return grid(
    ['Statement about a', 'modelled', 'kept word for word'],
    rows.map(([kind, { came, kept }]) => [text(kind), number(came), number(kept)]),
  );
}

function listed(title: string, intro: string, statements: readonly ReceiptStatement[]): readonly string[] {
  if (statements.length === 0) return [];
  const rows = statements.slice(0, LISTED).map((one) => [code(place(one), true), text(one.object ?? ''), text(one.reason ?? '')]);
  const rest = statements.length - LISTED;
  return [`## ${title}`, intro, grid(['Where', 'What', 'Why'], rows), rest > 0 ? `And ${number(rest)} more.` : ''];
}

function lostSection(lost: readonly Loss[]): readonly string[] {
  const clauses = lost.filter((one) => one.feature !== 'statement');
  if (clauses.length === 0) return [];
  const rows = clauses.slice(0, LISTED).map((one) => [text(one.object), text(one.feature), text(one.reason)]);
  return [
    '## What the model cannot hold',
    'These clauses were read and are in nothing that is written.',
    grid(['Object', 'What', 'Why'], rows),
    clauses.length > LISTED ? `And ${number(clauses.length - LISTED)} more.` : '',
  ];
}

function roundTripSection(trip: RoundTrip | undefined): readonly string[] {
  if (trip === undefined) return ['## Round trip', 'Not looked at.'];
  if (trip.different === 0) {
    return ['## Round trip', `Identical: ${number(trip.compared)} objects, written as DDL and read again, are the same objects.`];
  }
  const rows = trip.differences.map(({ label, what }) => [text(label), text(what.join('; '))]);
  const rest = trip.different - trip.differences.length;
  return [
    '## Round trip',
    `${number(trip.different)} of ${number(trip.compared)} objects, written as DDL and read again, come back as something else.`,
    grid(['Object', 'What differs'], rows),
    rest > 0 ? `And ${number(rest)} more.` : '',
  ];
}

function skippedSection(statements: readonly ReceiptStatement[]): readonly string[] {
  const reasons = new Map<string, number>();
  let rows = 0;
  for (const one of statements) {
    if (one.state !== 'skipped') continue;
    rows += one.rows ?? 0;
    const reason = one.rows === undefined ? (one.reason ?? 'not part of a schema') : 'rows of data: a model holds none';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  if (reasons.size === 0) return [];
  return [
    '## Skipped',
    rows === 0
      ? 'These statements say nothing of a schema.'
      : `These statements say nothing of a schema; ${number(rows)} rows of data among them.`,
    grid(
      ['Why', 'Statements'],
      [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => [text(reason), number(count)]),
    ),
  ];
}

/**
 * What became of every statement of the imported files, as Markdown: what came in by kind, what is kept word for word,
 * what was refused and where, what was lost, and whether the model comes back from its own DDL.
 * @returns an empty text for a document that nothing was imported into.
 */
export function receiptDocument({ document, roundTrip }: ReceiptInput): string {
  const remembered = rememberedReceipt(document);
  if (remembered === undefined) return '';
  const { receipt, files } = remembered;
  const { counts, statements } = receipt;
  const sources = sourcesInOrder(document);
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const name = document.settings['settings']?.name ?? 'the design';
  const rows = sources.map((source, at) => [
    code(files[at]?.name ?? source.name, true),
    TRAITS[source.dialect].label,
    number(source.statements.length),
    text(source.omitted ?? 'kept, without rows of data'),
  ]);
  const states = [
    ['Modelled', 'the model holds all of it', counts.modelled],
    ['Modelled with residue', 'a clause the model has no field for is kept and written back', counts.residue],
    ['Verbatim', 'kept word for word and written back in its place', counts.verbatim],
    ['Skipped', 'not part of a schema', counts.skipped],
    ['Errors', 'could not be read; the rest came in', counts.error],
  ] as const;
  const of = (state: ReceiptStatement['state']) => statements.filter((one) => one.state === state);
  return `${blocks(
    `# Receipt of the import into ${text(name)}`,
    `${number(total)} statements in ${files.length === 1 ? 'one file' : `${number(files.length)} files`}; every one of them is accounted for.`,
    grid(['File', 'Dialect', 'Statements', 'Its text'], rows),
    grid(
      ['What became of them', 'Meaning', 'Statements'],
      states.map(([state, means, count]) => [state, means, number(count)]),
    ),
    '## What came in',
    byKind(statements) || 'Nothing.',
    listed('Refused', 'These statements could not be read.', of('error')),
    listed('Kept word for word', 'The model does not know these statements: they are written back as they were.', of('verbatim')),
    listed(
      'Modelled with residue',
      'Clauses of these statements that the model has no field for are kept and written back.',
      of('residue'),
    ),
    lostSection(receipt.lost),
    skippedSection(statements),
    roundTripSection(roundTrip),
  )}\n`;
}
