import type { Contention, Cost, Keeper, Proposal } from '#engine/denormalize/types.ts';
import { SLOTS } from '#engine/denormalize/weigh.ts';
import { figure } from '#lib/figures.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** `1.5 MB` */
export function bytesText(bytes: number): string {
  let [value, at] = [bytes, 0];
  while (value >= 1000 && at < UNITS.length - 1) [value, at] = [value / 1000, at + 1];
  return `${figure(value)} ${UNITS[at]}`;
}

export const KINDS: Readonly<Record<Proposal['idea']['kind'], string>> = {
  counter: 'Counter',
  copy: 'Copied column',
  snapshot: 'Snapshot',
  mark: 'Snapshot',
  summary: 'Summary',
  'read model': 'Read model',
  star: 'Star schema',
};

export const KEPT_BY: Readonly<Record<Keeper, string>> = {
  trigger: 'Triggers',
  application: 'Application',
  'materialized view': 'Materialized view',
};

/** What it costs, in sentences. */
export function costLines({ bytesPerRow, rows, bytes, writesPerHour, contention }: Cost): string[] {
  return [
    bytes === 0
      ? 'No bytes: it is there already.'
      : `${figure(bytesPerRow)} bytes more per row, ${bytesText(bytes)} for ${figure(rows)} rows.`,
    writesPerHour === 0 ? 'No rows are written in addition.' : `${figure(writesPerHour)} rows more written per hour.`,
    ...(contention === undefined ? [] : [contentionText(contention)]),
  ];
}

function contentionText({ perSecond, busy, hot }: Contention): string {
  const share = `${figure(busy * 100)} % of the time`;
  const waits = hot ? `writers wait for each other: ${SLOTS} slots share the load.` : 'writers hardly meet there.';
  return `Every child locks its parent's row. The parent that gets most (guessed: one child in ten) is written ${figure(perSecond)} times per second and locked ${share}: ${waits}`;
}

/** `order_items → orders → customers` */
export function joinText(document: Document, relationships: readonly Id[]): string {
  const links = relationships.flatMap((id) => recordIn(document, 'relationships', id) ?? []);
  const name = (id: Id | undefined) => (id === undefined ? '?' : (recordIn(document, 'tables', id)?.name ?? '?'));
  return [name(links[0]?.child), ...links.map(({ parent }) => name(parent))].join(' → ');
}

/** What is saved, for the list. */
export function savedText({ saved, idea }: Proposal): string {
  if (idea.kind === 'snapshot' || idea.kind === 'mark') return 'keeps the past right';
  return saved > 0 ? `spares ${figure(saved)} rows/h` : 'one way to ask';
}
