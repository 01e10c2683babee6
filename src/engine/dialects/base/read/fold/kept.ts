import { DEFAULT_SCHEMA } from '#model/create.ts';
import type { Dialect, Id } from '#model/types.ts';
import type { Outcome } from '../../../postgres/read/outcome.ts';
import { nameKey, TRAITS } from '../../traits.ts';
import type { Ddl, DdlName } from '../ddl.ts';
import { type Folding, sayName } from './folding.ts';
import { keepStatement } from './objects.ts';

/** Leading words of statements that are about a relation. */
const WORDS: Partial<Readonly<Record<Ddl['kind'], string>>> = {
  'alter table': 'ALTER TABLE',
  'create index': 'CREATE INDEX',
  comment: 'COMMENT',
  trigger: 'CREATE TRIGGER',
  rename: 'RENAME',
};

/** A statement that a document has kept, as it was read. */
export interface KeptBefore {
  readonly ddl: Ddl;
  readonly record: Id;
}

/** What a statement is about, of what may be kept as text. */
function subjectOf(ddl: Ddl): DdlName | undefined {
  if (ddl.kind === 'alter table' || ddl.kind === 'comment') return ddl.name;
  if (ddl.kind === 'create index') return ddl.table;
  if (ddl.kind === 'trigger') return ddl.on;
  if (ddl.kind === 'rename') return ddl.from;
  return ddl.kind === 'drop' && ddl.names.length === 1 ? ddl.names[0] : undefined;
}

/** The name that what is kept has from here on. */
function newName(ddl: Ddl): DdlName | undefined {
  if (ddl.kind === 'rename') return ddl.to;
  return ddl.kind === 'alter table' ? ddl.actions.find((action) => action.kind === 'rename table')?.to : undefined;
}

/** One rename may stand among several in its statement: it is kept alone. */
function renameSql({ state, dialect }: Folding, ddl: Ddl): { readonly sql?: string } {
  if (ddl.kind !== 'rename' || !TRAITS[dialect].renamesByList) return {};
  const say = ({ schema, name }: DdlName) => `${schema === undefined ? '' : `${state.quote(schema)}.`}${state.quote(name)}`;
  return { sql: `RENAME TABLE ${say(ddl.from)} TO ${say(ddl.to)}` };
}

/**
 * Objects that the text makes and the model keeps as text, such as a table of a query: what is said of them later is kept,
 * too, and goes with them.
 */
export class KeptObjects {
  private readonly records = new Map<string, Id[]>();
  private readonly dialect: Dialect;
  private before: (() => readonly KeptBefore[]) | undefined;

  /** @param before statements that the document has kept already; asked when something is said of what nothing else is. */
  constructor(dialect: Dialect, before: () => readonly KeptBefore[]) {
    this.dialect = dialect;
    this.before = before;
  }

  private known(name: DdlName, made: string | undefined): readonly Id[] | undefined {
    const known = this.records.get(this.key(name, made));
    if (known !== undefined || this.before === undefined) return known;
    const { before } = this;
    this.before = undefined;
    const all = before();
    for (const { ddl, record } of all) this.note(ddl, { state: 'verbatim', record });
    for (const { ddl, record } of all) {
      const about = subjectOf(ddl);
      if (about === undefined || !this.records.has(this.key(about, undefined))) continue;
      this.add(about, record);
      this.move(about, newName(ddl), undefined);
    }
    return this.records.get(this.key(name, made));
  }

  private key({ schema = '', name }: DdlName, made: string | undefined): string {
    // The default schema may be said or not.
    const own = nameKey(schema, this.dialect) === nameKey(DEFAULT_SCHEMA[this.dialect], this.dialect) ? '' : schema;
    return `${made ?? ''}\n${nameKey(own, this.dialect)}\n${nameKey(name, this.dialect)}`;
  }

  private add(name: DdlName, record: Id | undefined, made?: string): void {
    const key = this.key(name, made);
    if (record !== undefined) this.records.set(key, [...(this.records.get(key) ?? []), record]);
  }

  /** What is known under one name is known under another from here on. */
  private move(from: DdlName, to: DdlName | undefined, made: string | undefined): void {
    const known = this.records.get(this.key(from, made));
    if (to === undefined || known === undefined) return;
    this.records.delete(this.key(from, made));
    this.records.set(this.key(to, made), known);
  }

  /** Remembers what a statement made that was kept. */
  note(ddl: Ddl, { record }: Outcome): void {
    if (ddl.kind === 'keep' && ddl.makes !== undefined) this.add(ddl.makes, record, ddl.made);
  }

  /** Folds a statement about such an object; undefined for every other one. */
  fold(folding: Folding, ddl: Ddl): Outcome | undefined {
    const name = subjectOf(ddl);
    const made = ddl.kind === 'drop' && ddl.what === 'event' ? ddl.what : undefined;
    if (name === undefined) return undefined;
    const isObject = ddl.kind === 'drop' && ddl.what === 'object';
    if (!isObject && made === undefined && folding.state.relation(name) !== undefined) return undefined;
    const known = this.known(name, made);
    if (known === undefined) return undefined;
    if (ddl.kind !== 'drop') {
      const outcome = keepStatement(folding, { kind: 'keep', words: WORDS[ddl.kind] ?? '', ...renameSql(folding, ddl) });
      this.add(name, outcome.record, made);
      this.move(name, newName(ddl), made);
      return outcome;
    }
    for (const id of known) folding.state.records.verbatim.delete(id);
    this.records.delete(this.key(name, made));
    return { state: 'modelled', object: `${ddl.what} ${sayName(folding, name)}` };
  }
}
