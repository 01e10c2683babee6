import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { meantEnds } from '#model/derive/ends.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { fileStem } from '../../documents/set.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { plantPlain, plantText } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf, tablesOf } from '../common/losses.ts';
import { asciiWord, NameSpace } from '../common/names.ts';
import { isCounted } from '../common/portable.ts';
import type { Exchanged } from '../exchange.ts';
import { keyMarks, LEFT_END, leadsToPrimary, RIGHT_END, sayWideKeys } from './words.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'enum type name', 'primary key', 'unique key', 'foreign key', 'conceptual relationship'] as const),
  ...(['not null', 'identity', 'table comment'] as const),
]);

class PlantWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly words = new Map<Id, string>();

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'PlantUML'));
  }

  write(): string {
    const tables = tablesOf(this.document);
    const space = new NameSpace();
    for (const table of tables)
      this.words.set(table.id, space.take(asciiWord(`${schemaOf(this.document, table) ?? ''}_${table.name}`, 't')));
    const lines = Object.values(this.document.relationships).flatMap((one) => this.line(one) ?? []);
    const parts = [
      '@startuml',
      'hide circle',
      'skinparam linetype ortho',
      '',
      ...tables.map((table) => this.entity(table)),
      ...lines,
    ];
    return `${parts.join('\n')}\n@enduml\n`;
  }

  private attribute(table: Table, column: Column): string {
    const object = `column ${pathOf(this.document, table)}.${column.name}`;
    const name = plantPlain(column.name) || '_';
    if (name !== column.name) this.losses.say(object, 'name', `In PlantUML it is called ${name}.`);
    const marks = keyMarks(this.document, table, column.id).map((mark) => ` <<${mark}>>`);
    const counted = isCounted(column) ? ' <<generated>>' : '';
    const type = plantPlain(typeName(this.document, column.type));
    return `  ${column.nullable ? '' : '* '}${name}${type === '' ? '' : ` : ${type}`}${counted}${marks.join('')}`;
  }

  private entity(table: Table): string {
    sayWideKeys(this.document, table, this.losses, 'PlantUML');
    const schema = schemaOf(this.document, table);
    const path = schema === undefined ? table.name : `${schema}.${table.name}`;
    const title = plantText(path);
    if (title !== `"${path}"`)
      this.losses.say(`table ${pathOf(this.document, table)}`, 'name', `In PlantUML it is called ${title}.`);
    const columns = columnsOf(this.document, table);
    const primary = table.keys.find((key) => key.kind === 'primary')?.columns ?? [];
    const keys = columns.filter(({ id }) => primary.includes(id));
    const rest = columns.filter(({ id }) => !primary.includes(id));
    const line = (column: Column) => this.attribute(table, column);
    const rows = [...keys.map(line), ...(keys.length > 0 && rest.length > 0 ? ['  --'] : []), ...rest.map(line)];
    const word = this.words.get(table.id) ?? '';
    const note = this.note(table, word);
    return `entity ${title} as ${word} {\n${rows.map((row) => `${row}\n`).join('')}}\n${note}`;
  }

  private note(table: Table, word: string): string {
    if (table.comment === undefined) return '';
    const text = plantPlain(table.comment);
    if (text !== table.comment)
      this.losses.say(`table ${pathOf(this.document, table)}`, 'comment', 'PlantUML takes some signs of a note for its own.');
    return text === '' ? '' : `note bottom of ${word} : ${text}\n`;
  }

  private line(one: Relationship): string | undefined {
    const [parent, child] = [this.words.get(one.parent), this.words.get(one.child)];
    const table = recordIn(this.document, 'tables', one.child);
    if (parent === undefined || child === undefined || table === undefined) {
      this.losses.say(recordLabel(this.document, 'relationships', one), 'foreign key', 'A table of it is not drawn.');
      return undefined;
    }
    if (!leadsToPrimary(this.document, one))
      this.losses.say(
        recordLabel(this.document, 'relationships', one),
        'referenced columns',
        'PlantUML says which tables are joined, not which columns of the other one.',
      );
    const ends = meantEnds(this.document, one);
    const columns = columnsOf(this.document, table);
    const names = one.childColumns.flatMap((id) => columns.find((column) => column.id === id)?.name ?? []);
    const label = plantPlain(names.join(', ') || one.name || '');
    const line = `${LEFT_END[ends.parent]}${ends.identifying ? '--' : '..'}${RIGHT_END[ends.child]}`;
    return `${parent} ${line} ${child}${label === '' ? '' : ` : ${label}`}`;
  }
}

/** A document as a PlantUML entity-relationship diagram in information engineering notation. */
export function writePlantUml(document: Document): Exchanged {
  const writer = new PlantWriter(document);
  const text = writer.write();
  const stem = fileStem(recordIn(document, 'settings', 'settings')?.name ?? 'database');
  return { files: [{ path: `${stem}.puml`, text }], losses: writer.losses.all() };
}
