import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_SCHEMA } from '#model/create.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { meantEnds } from '#model/derive/ends.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { TRAITS } from '../../dialects/base/traits.ts';
import { fileStem } from '../../documents/set.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { dialectOf } from '../code/plan.ts';
import { mermaidText } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf, tablesOf } from '../common/losses.ts';
import { NameSpace } from '../common/names.ts';
import type { Exchanged } from '../exchange.ts';
import {
  attributeName,
  attributeType,
  keyMarks,
  LEFT_END,
  leadsToPrimary,
  RIGHT_END,
  sayWideKeys,
  splitPath,
  UNNAMED,
} from './words.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  'schema',
  'enum type name',
  'column comment',
  'primary key',
  'unique key',
  'not null',
  'foreign key',
  'conceptual relationship',
]);

class MermaidWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly names = new Map<Id, string>();
  /** What columns are called, as lines name them. */
  private readonly attributes = new Map<Id, string>();

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'Mermaid'));
  }

  write(): string {
    const tables = tablesOf(this.document);
    const space = new NameSpace();
    for (const table of tables) {
      const schema = schemaOf(this.document, table);
      const path = schema === undefined ? table.name : `${schema}.${table.name}`;
      const said = space.take(mermaidText(path).slice(1, -1));
      const read = splitPath(path);
      if (said === path && (read.schema !== schema || read.name !== table.name))
        this.losses.say(
          `table ${pathOf(this.document, table)}`,
          'name',
          'Mermaid does not tell a dot in a name from one after a schema.',
        );
      if (said !== path) this.losses.say(`table ${pathOf(this.document, table)}`, 'name', `In Mermaid it is called ${said}.`);
      this.names.set(table.id, `"${said}"`);
    }
    const entities = tables.map((table) => this.entity(table));
    const lines = Object.values(this.document.relationships).flatMap((one) => this.line(one) ?? []);
    // Another tool reads it as a remark.
    const database = `  %% Database: ${TRAITS[dialectOf(this.document)].label}`;
    return `${['erDiagram', database, ...entities, ...lines].join('\n')}\n`;
  }

  private entity(table: Table): string {
    sayWideKeys(this.document, table, this.losses, 'Mermaid');
    this.unsaidNotNull(table);
    const space = new NameSpace();
    const rows = columnsOf(this.document, table).map((column) => {
      const object = `column ${pathOf(this.document, table)}.${column.name}`;
      const name = space.take(attributeName(column.name));
      this.attributes.set(column.id, name);
      if (name !== column.name) this.losses.say(object, 'name', `In Mermaid it is called ${name}.`);
      const full = typeName(this.document, column.type);
      const type = attributeType(full);
      if (type !== full) this.losses.say(object, 'type', `${full || 'No type'} is written as ${type}: a type is one word there.`);
      this.unsaidType(column, object);
      const marks = keyMarks(this.document, table, column.id).join(', ');
      const comment = column.comment === undefined ? '' : this.comment(column.comment, object);
      return `    ${type} ${name}${marks === '' ? '' : ` ${marks}`}${comment}`;
    });
    const name = this.names.get(table.id) ?? '';
    return rows.length === 0 ? `  ${name}` : `  ${name} {\n${rows.join('\n')}\n  }`;
  }

  /** A type that is known by its name here is one from elsewhere there. */
  private unsaidType({ type }: Column, object: string): void {
    const found = type.kind === 'custom' ? recordIn(this.document, 'types', type.type) : undefined;
    if (found !== undefined) this.losses.say(object, 'type', `Mermaid says that it is called ${found.name}, not what it is.`);
    const elsewhere = type.kind === 'other' ? type.schema : undefined;
    if (elsewhere !== undefined && elsewhere !== DEFAULT_SCHEMA[dialectOf(this.document)])
      this.losses.say(object, 'type', `Mermaid does not say that it is in ${elsewhere}.`);
  }

  /** A column must have a value where it is of the primary key, or where a line asks for a row of the other table. */
  private unsaidNotNull(table: Table): void {
    const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const asked = (linksOf(this.document).byChild.get(table.id) ?? [])
      .filter((one) => meantEnds(this.document, one).parent === '1')
      .flatMap((one) => one.childColumns);
    for (const column of table.columns) {
      if (column.nullable || primary.includes(column.id) || asked.includes(column.id)) continue;
      const object = `column ${pathOf(this.document, table)}.${column.name}`;
      this.losses.say(object, 'not null', 'Mermaid has no word for columns that must have a value.');
    }
  }

  private comment(text: string, object: string): string {
    const said = mermaidText(text);
    if (said !== `"${text}"`) this.losses.say(object, 'comment', 'Mermaid has no line breaks, quotes and some signs in a comment.');
    return text.trim() === '' ? '' : ` ${said}`;
  }

  private line(one: Relationship): string | undefined {
    const [parent, child] = [this.names.get(one.parent), this.names.get(one.child)];
    const object = recordLabel(this.document, 'relationships', one);
    const table = recordIn(this.document, 'tables', one.child);
    if (parent === undefined || child === undefined || table === undefined) {
      this.losses.say(object, 'foreign key', 'A table of it is not drawn.');
      return undefined;
    }
    const ends = meantEnds(this.document, one);
    const line = `${LEFT_END[ends.parent]}${ends.identifying ? '--' : '..'}${RIGHT_END[ends.child]}`;
    const names = one.childColumns.flatMap((id) => this.attributes.get(id) ?? []);
    this.target(one, object);
    return `  ${parent} ${line} ${child} : ${mermaidText(names.join(', ') || one.name || UNNAMED)}`;
  }

  /** A line leads to a table: that a key leads to something else than its primary key is not said. */
  private target(one: Relationship, object: string): void {
    if (!leadsToPrimary(this.document, one))
      this.losses.say(object, 'referenced columns', 'Mermaid says which tables are joined, not which columns of the other one.');
  }
}

/** A document as a Mermaid entity-relationship diagram of all its tables. */
export function writeMermaid(document: Document): Exchanged {
  const writer = new MermaidWriter(document);
  const text = writer.write();
  const stem = fileStem(recordIn(document, 'settings', 'settings')?.name ?? 'database');
  return { files: [{ path: `${stem}.mmd`, text }], losses: writer.losses.all() };
}
