import { ok, type Result } from '#lib/result.ts';
import { endsOf } from '#model/derive/ends.ts';
import type { Cardinality, Dialect, Document, Id, Relationship } from '#model/types.ts';
import { nameFault } from '#model/validate-notes.ts';
import type { ReadResult, SqlFile } from '../../sql/read.ts';
import { DocumentBuilder, type TableDraft } from '../common/build.ts';
import { dialectNamed } from '../common/dialects.ts';
import { singular } from '../common/names.ts';
import { documentName, ReceiptBuilder, type Said } from '../common/receipts.ts';
import { typeFromText } from '../common/type-text.ts';
import type { ExchangeReader } from '../exchange.ts';
import { type MermaidStatement, parseMermaid } from './parse.ts';
import { splitPath, UNNAMED } from './words.ts';

type Line = Extract<MermaidStatement, { kind: 'line' }>;
type Entity = Extract<MermaidStatement, { kind: 'entity' }>;

const many = (end: Cardinality) => end.endsWith('n');

/** Without cardinalities that the keys of the tables tell: only what is meant otherwise is declared. */
function withoutTold(document: Document): Document {
  const relationships = Object.values(document.relationships).map((one): Relationship => {
    const { declared, ...rest } = one;
    const ends = one.childColumns.length === 0 ? undefined : endsOf(document, rest);
    return ends !== undefined && ends.child === declared?.child && ends.parent === declared.parent ? rest : one;
  });
  return { ...document, relationships: Object.fromEntries(relationships.map((one) => [one.id, one])) };
}

class MermaidFold {
  private readonly builder: DocumentBuilder;
  private readonly dialect: Dialect;
  private readonly receipt: ReceiptBuilder;
  private readonly statements: readonly MermaidStatement[];
  /** Entities by the name that lines call them by. */
  private readonly tables = new Map<string, TableDraft>();
  /** Columns marked `FK` that no line has taken yet. */
  private readonly free = new Map<TableDraft, Set<Id>>();

  constructor(file: SqlFile) {
    this.statements = parseMermaid(file.text);
    const named = /^[ \t]*%% Database: ([A-Za-z ]{1,40})$/m.exec(file.text)?.[1];
    this.dialect = (named === undefined ? undefined : dialectNamed(named.trim())) ?? 'postgresql';
    this.builder = new DocumentBuilder(documentName(file), this.dialect);
    this.receipt = new ReceiptBuilder(file);
  }

  run(): ReadResult {
    const said = new Map<MermaidStatement, Said>();
    for (const one of this.statements) if (one.kind === 'entity') said.set(one, this.entity(one));
    for (const one of this.statements) if (one.kind === 'line') said.set(one, this.line(one));
    for (const one of this.statements) {
      if (one.kind === 'broken') this.receipt.statement(one.start, one.end, { state: 'error', reason: one.message, at: one.at });
      else if (one.kind === 'ignored')
        this.receipt.statement(one.start, one.end, { state: 'skipped', object: one.what, reason: one.reason });
      else this.receipt.statement(one.start, one.end, said.get(one) ?? { state: 'modelled' });
    }
    return this.receipt.result(withoutTold(this.builder.finish()));
  }

  /** A table by the name of an entity, made when it is not there: a line may name one that has no attributes. */
  private table(name: string, alias = name): TableDraft | string {
    const known = this.tables.get(name);
    if (known !== undefined) return known;
    const path = splitPath(alias);
    const made = this.builder.table(path.schema, path.name);
    if (typeof made !== 'string') {
      this.tables.set(name, made);
      this.free.set(made, new Set());
    }
    return made;
  }

  private entity({ name, alias, attributes }: Entity): Said {
    const object = `entity ${alias ?? name}`;
    const table = this.table(name, alias);
    if (typeof table === 'string') return { state: 'error', object, reason: table };
    const primary: Id[] = [];
    for (const { type, name: column, keys, comment, at } of attributes) {
      const key = keys.includes('PK');
      const noted = comment === undefined || comment === '' ? {} : { comment };
      const made = this.builder.column(table, { name: column, type: typeFromText(type, this.dialect), nullable: !key, ...noted });
      if (typeof made === 'string') return { state: 'error', object, reason: made, at };
      if (key) primary.push(made.id);
      if (keys.includes('UK')) this.builder.key(table, { kind: 'unique', columns: [made.id] });
      if (keys.includes('FK')) this.free.get(table)?.add(made.id);
    }
    if (primary.length > 0) this.builder.key(table, { kind: 'primary', columns: primary });
    return { state: 'modelled', object, record: table.id };
  }

  /** Which columns of the child a line stands for: those that its label names, or those marked `FK` that are called so. */
  private columns(child: TableDraft, parent: TableDraft, label: string): readonly Id[] {
    const primary = parent.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const named = label.split(/[\s,]+/).flatMap((word) => this.builder.findColumn(child, word)?.id ?? []);
    if (named.length > 0 && named.length === primary.length) return named;
    const free = this.free.get(child) ?? new Set();
    if (primary.length !== 1) return [];
    const [key] = parent.columns.filter(({ id }) => id === primary[0]);
    const guesses = [`${parent.name}_id`, `${singular(parent.name)}_id`, `${singular(parent.name)}id`, key?.name ?? ''];
    const column = guesses.flatMap(
      (guess) => child.columns.find(({ id, name }) => free.has(id) && name.toLowerCase() === guess.toLowerCase()) ?? [],
    )[0];
    return column === undefined ? [] : [column.id];
  }

  private line({ left, right, label }: Line): Said {
    const object = `line from ${left.name} to ${right.name}`;
    const a = this.table(left.name);
    const b = this.table(right.name);
    if (typeof a === 'string') return { state: 'error', object, reason: a };
    if (typeof b === 'string') return { state: 'error', object, reason: b };
    // The key stands where there are many; of two single ends, at the one that has a column for it.
    const both = many(left.end) && many(right.end);
    const turned =
      !both &&
      (many(left.end) || (!many(right.end) && this.columns(a, b, label).length > 0 && this.columns(b, a, label).length === 0));
    const [parent, child, ends] = turned
      ? [b, a, { parent: right.end, child: left.end }]
      : [a, b, { parent: left.end, child: right.end }];
    const columns = both ? [] : this.columns(child, parent, label);
    for (const id of columns) this.free.get(child)?.delete(id);
    const primary = parent.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const named =
      label !== '' && label !== UNNAMED && columns.length === 0 && nameFault(label) === undefined ? { name: label } : {};
    this.builder.relationship(
      {
        ...named,
        parent: parent.id,
        child: child.id,
        parentColumns: columns.length === 0 ? [] : primary,
        childColumns: columns,
        declared: ends,
        ...(both ? { manyToMany: true } : {}),
      },
      `${child.name}.${label}`,
    );
    if (ends.parent === '1') for (const column of child.columns) if (columns.includes(column.id)) column.nullable = false;
    return { state: 'modelled', object };
  }
}

/**
 * Reads a Mermaid entity-relationship diagram into a document. A line is a foreign key where its label names the columns,
 * or a column marked `FK` is called after the other table; else a relationship without a key, with its cardinalities.
 */
export function readMermaid(file: SqlFile): Result<ReadResult> {
  return ok(new MermaidFold(file).run());
}

export const mermaidReader: ExchangeReader = {
  id: 'mermaid',
  label: 'Mermaid',
  extensions: ['mmd', 'mermaid'],
  sniff: (text) => /^(?:\s*---\r?\n[\s\S]{0,4000}?\n---)?(?:\s|%%[^\n]*\n)*erDiagram\b/.test(text),
  read: readMermaid,
};
