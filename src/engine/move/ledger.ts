import type { Dialect, Document, Id, Ref } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import type { MoveChoices, MoveLoss, MoveMapping, MoveOption, MovePlan, MoveVerdict } from './plan-types.ts';

/** A row as a step of the move tells it, once for each place. */
export interface Row {
  readonly id: string;
  readonly group: MoveMapping['group'];
  readonly what: string;
  readonly from: string;
  readonly to: string;
  readonly verdict: MoveVerdict;
  readonly reason: string;
  readonly options?: readonly MoveOption[];
  readonly chosen?: string;
}

const GROUPS: readonly MoveMapping['group'][] = ['type', 'value', 'name', 'constraint', 'index', 'table', 'object', 'expression'];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What all steps of one move share: where from and to, what was chosen, and what has been told so far. */
export class Ledger {
  readonly source: Document;
  readonly from: Dialect;
  readonly to: Dialect;
  readonly version: number;
  readonly renamed: MovePlan['renamed'][number][] = [];
  readonly losses: MoveLoss[] = [];
  private readonly choices: MoveChoices;
  private readonly rows = new Map<string, Mutable<Row> & { where: Ref[]; seen: Set<string>; count: number }>();

  constructor(source: Document, to: Dialect, version: number, choices: MoveChoices) {
    this.source = source;
    this.from = source.settings['settings']?.dialect ?? 'postgresql';
    this.to = to;
    this.version = version;
    this.choices = choices;
  }

  /** The target's name, for sentences. */
  get label(): string {
    return TRAITS[this.to].label;
  }

  /** Both speak nearly one language: what one has beyond the standard the other has too. */
  get related(): boolean {
    const family = (dialect: Dialect) => (dialect === 'mariadb' ? 'mysql' : dialect);
    return family(this.from) === family(this.to);
  }

  chosen(id: string): string | undefined {
    return Object.hasOwn(this.choices, id) ? this.choices[id] : undefined;
  }

  /** The option chosen, else the first one. */
  choose(id: string, options: readonly MoveOption[]): string {
    const chosen = this.chosen(id);
    return options.some((one) => one.id === chosen) ? (chosen as string) : (options[0]?.id ?? '');
  }

  /** Tells of one occurrence. The first row of an id says the words; a worse verdict replaces them. */
  tell(row: Row, at: Ref): void {
    const known = this.rows.get(row.id);
    if (known === undefined) {
      this.rows.set(row.id, { ...row, where: [at], seen: new Set([`${at.record}/${at.part ?? ''}`]), count: 1 });
      return;
    }
    const worse = ['faithful', 'approximate', 'lost'];
    if (worse.indexOf(row.verdict) > worse.indexOf(known.verdict)) Object.assign(known, row);
    known.count++;
    const key = `${at.record}/${at.part ?? ''}`;
    if (!known.seen.has(key)) {
      known.seen.add(key);
      known.where.push(at);
    }
  }

  /** Tells of something that the target does not get, here and in the row of its kind. */
  lose(
    row: Omit<Row, 'verdict' | 'to'>,
    loss: Pick<MoveLoss, 'object' | 'at'> & { readonly reason?: string; readonly sql?: string },
  ): void {
    // What is lost here may be kept elsewhere: that is another row.
    const id = `lost:${row.id}`;
    this.tell({ ...row, id, to: '', verdict: 'lost' }, loss.at);
    this.losses.push({
      mapping: id,
      object: loss.object,
      feature: row.what,
      reason: loss.reason ?? row.reason,
      at: loss.at,
      ...(loss.sql === undefined ? {} : { sql: loss.sql }),
    });
  }

  mappings(): MoveMapping[] {
    const made = [...this.rows.values()].map(({ seen: _, ...row }): MoveMapping => row);
    const rank = (row: MoveMapping) => GROUPS.indexOf(row.group);
    return made.sort((a, b) => rank(a) - rank(b) || (a.what < b.what ? -1 : a.what > b.what ? 1 : a.id < b.id ? -1 : 1));
  }

  /** A table, view or other object as a person knows it in the source. */
  object(record: { readonly schema?: Id; readonly name: string }, part?: string): string {
    const schema = record.schema === undefined ? undefined : this.source.schemas[record.schema];
    const name = schema === undefined || schema.implicit === true ? record.name : `${schema.name}.${record.name}`;
    return part === undefined ? name : `${name}.${part}`;
  }
}
