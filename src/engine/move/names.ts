import { hash32 } from '#lib/ids.ts';
import type { Document, Id, Schema, Table } from '#model/types.ts';
import { nameKey, TRAITS } from '../dialects/base/traits.ts';
import type { Ledger } from './ledger.ts';
import type { MoveOption } from './plan-types.ts';

function sizeOf(name: string, unit: 'bytes' | 'characters'): number {
  let size = 0;
  for (const letter of name) {
    const code = letter.codePointAt(0) as number;
    size += unit === 'characters' || code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}

/** A name that fits, ending in a mark made of the whole one: the same each time, and different for different names. */
export function shortened(name: string, limit: { readonly size: number; readonly unit: 'bytes' | 'characters' }): string {
  if (sizeOf(name, limit.unit) <= limit.size) return name;
  const mark = `_${hash32(name).toString(36).padStart(7, '0')}`;
  const letters = [...name];
  while (sizeOf(letters.join(''), limit.unit) + mark.length > limit.size) letters.pop();
  return letters.join('') + mark;
}

const KEEP: MoveOption = {
  id: 'keep',
  label: 'as they are',
  reason: 'Names that the target would fold stand in quotes everywhere.',
};
const LOWER: MoveOption = { id: 'fold', label: 'in lower case', reason: 'Queries can write them without quotes.' };
const UPPER: MoveOption = { id: 'fold', label: 'in capitals', reason: 'Queries can write them without quotes.' };

function shouted(document: Document): boolean {
  const names = Object.values(document.tables).map(({ name }) => name);
  return names.length > 0 && names.every((name) => name === name.toUpperCase());
}

/** What the letters of names become, as a person chose it. */
function casing(ledger: Ledger): (name: string) => string {
  const { source, from, to } = ledger;
  const folds = TRAITS[to].folds;
  const options =
    folds === 'upper'
      ? [UPPER, KEEP]
      : from === 'oracle' && shouted(source)
        ? [LOWER, KEEP]
        : folds === 'lower'
          ? [KEEP, LOWER]
          : [];
  if (options.length === 0) return (name) => name;
  const chosen = ledger.choose('name:case', options);
  const change = (name: string) => (chosen === 'keep' ? name : folds === 'upper' ? name.toUpperCase() : name.toLowerCase());
  const names = Object.values(source.tables).flatMap((table) => [table.name, ...table.columns.map((column) => column.name)]);
  const example = names.find((name) => (folds === 'upper' ? name !== name.toUpperCase() : name !== name.toLowerCase()));
  const table = Object.values(source.tables)[0];
  if (example !== undefined && table !== undefined) {
    ledger.tell(
      {
        id: 'name:case',
        group: 'name',
        what: 'letters of names',
        from: example,
        to: change(example),
        verdict: chosen === 'keep' ? 'faithful' : 'approximate',
        reason:
          chosen === 'keep' ? 'They keep their case, so that queries must quote them.' : 'Queries that quote names must follow.',
        options,
        chosen,
      },
      { record: table.id },
    );
  }
  return change;
}

/** Which names must differ from one another: each name of a kind goes into these spaces. */
type Kind = 'relation' | 'index' | 'key' | 'check' | 'link' | 'type';

function spaces(ledger: Ledger, kind: Kind, schema: Id, table: Id): string[] {
  const relation = `relation ${schema}`;
  switch (ledger.to) {
    case 'postgresql':
      if (kind === 'key') return [relation, `constraint ${table}`];
      return kind === 'check' || kind === 'link' ? [`constraint ${table}`] : [relation];
    case 'mysql':
    case 'mariadb':
      if (kind === 'index' || kind === 'key') return [`index ${table}`];
      if (kind === 'check') return [`check ${schema}`];
      return kind === 'link' ? [`link ${schema}`, `index ${table}`] : [relation];
    case 'sqlite':
      return kind === 'relation' || kind === 'index' ? ['all'] : [];
    case 'mssql':
      if (kind === 'index') return [`index ${table}`];
      return kind === 'key' ? [relation, `index ${table}`] : [relation];
    case 'oracle':
      if (kind === 'index') return [`index ${schema}`];
      return kind === 'relation' || kind === 'type'
        ? [relation]
        : kind === 'key'
          ? [`constraint ${schema}`, `index ${schema}`]
          : [`constraint ${schema}`];
  }
}

/** Gives every named thing its name in the target: case, length, and what must not be called the same. */
export class Naming {
  private readonly ledger: Ledger;
  private readonly taken = new Set<string>();
  private readonly change: (name: string) => string;

  constructor(ledger: Ledger) {
    this.ledger = ledger;
    this.change = casing(ledger);
  }

  /** The form of a name alone: of a column, an alias. */
  form(name: string): string {
    return shortened(this.change(name), TRAITS[this.ledger.to].nameLimit);
  }

  private free(names: readonly string[], keys: readonly string[]): string {
    const isFree = (name: string) => keys.every((space) => !this.taken.has(`${space}\n${name.toLowerCase()}`));
    let found = names.find(isFree);
    for (let at = 2; found === undefined; at++) {
      const next = this.form(`${names.at(-1)}_${at}`);
      if (isFree(next)) found = next;
    }
    for (const space of keys) this.taken.add(`${space}\n${found.toLowerCase()}`);
    return found;
  }

  /** @param owner the table whose name goes in front when the name is taken. */
  give(kind: Kind, name: string, schema: Id, table: Id, owner: string | undefined): string {
    const plain = this.form(name);
    const names = owner === undefined ? [plain] : [plain, this.form(`${owner}_${name}`)];
    const given = this.free(names, spaces(this.ledger, kind, schema, table));
    if (given === plain && plain === this.change(name)) return given;
    const clash = given !== plain;
    this.ledger.tell(
      {
        id: clash ? 'name:taken' : 'name:long',
        group: 'name',
        what: clash ? 'name that is taken' : 'name that is too long',
        from: name,
        to: given,
        verdict: 'approximate',
        reason: clash
          ? `${this.ledger.label} wants another name: an object of this one is there already. The name of its table goes in front.`
          : `${this.ledger.label} takes ${TRAITS[this.ledger.to].nameLimit.size} ${TRAITS[this.ledger.to].nameLimit.unit}: cut, with a mark made of the whole name.`,
      },
      { record: table },
    );
    return given;
  }

  /** The names of a table's columns, by their ids. */
  columns(table: Table): ReadonlyMap<Id, string> {
    const names = new Map<Id, string>();
    const used = new Set<string>();
    for (const { id, name } of table.columns) {
      let given = this.form(name);
      for (let at = 2; used.has(nameKey(given, this.ledger.to)); at++) given = this.form(`${name}_${at}`);
      used.add(nameKey(given, this.ledger.to));
      names.set(id, given);
      if (given !== this.change(name)) {
        this.ledger.tell(
          {
            id: 'name:column',
            group: 'name',
            what: 'column name',
            from: name,
            to: given,
            verdict: 'approximate',
            reason: 'It would be too long, or the same as another one.',
          },
          { record: table.id, part: id },
        );
      }
    }
    return names;
  }
}

/** Schemas that hold something, by how the source calls them. */
export function usedSchemas(document: Document): Schema[] {
  const used = new Set<Id>();
  for (const one of [document.tables, document.views, document.sequences, document.types, document.routines])
    for (const { schema } of Object.values(one)) used.add(schema);
  return Object.values(document.schemas).filter(({ id }) => used.has(id));
}
