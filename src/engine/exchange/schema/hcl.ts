import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index } from '#model/table-parts.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { dialectOf } from '../code/plan.ts';
import { plainDefault } from '../common/defaults.ts';
import { hclString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, tablesOf } from '../common/losses.ts';
import { NameSpace } from '../common/names.ts';
import { isCounted } from '../common/portable.ts';
import { typeText } from '../common/type-text.ts';
import type { Exchanged } from '../exchange.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...([
    'schema',
    'empty schema',
    'schema of types',
    'enum type name',
    'unused enum type',
    'schema comment',
    'enum type',
    'table comment',
    'column comment',
    'not null',
    'default',
    'identity',
    'identity always',
    'generated',
  ] as const),
  ...([
    'primary key',
    'primary key order',
    'unique key',
    'unique key name',
    'check',
    'index',
    'unique index',
    'partial index',
    'expression index',
    'index method',
    'index order',
  ] as const),
  ...(['foreign key', 'foreign key name', 'foreign key action', 'index include', 'index comment'] as const),
]);

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
const block = (head: string, lines: readonly string[]): readonly string[] => [`${head} {`, ...indented(lines), '}'];

class HclWriter {
  readonly losses: Losses;
  private readonly document: Document;
  /** What references call a table by: its label, or two when several schemas have it. */
  private readonly labels = new Map<Id, readonly string[]>();

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'Atlas HCL'));
  }

  write(): string {
    const objects = [...tablesOf(this.document), ...Object.values(this.document.types).filter((type) => type.kind === 'enum')];
    for (const object of objects) {
      const twice = objects.some(
        (other) => other !== object && other.name === object.name && 'columns' in other === 'columns' in object,
      );
      this.labels.set(object.id, twice ? [this.schema(object), object.name] : [object.name]);
    }
    const used = new Set(objects.map(({ schema }) => schema));
    const schemas = Object.values(this.document.schemas).filter(({ id, implicit }) => implicit !== true || used.has(id));
    const blocks = [
      ...schemas.map(({ name, comment }) =>
        block(`schema ${hclString(name)}`, comment === undefined ? [] : [`comment = ${hclString(comment)}`]),
      ),
      ...Object.values(this.document.types).flatMap((type) =>
        type.kind === 'enum'
          ? [
              block(`enum ${this.label(type.id)}`, [
                `schema = ${this.reference('schema', [this.schema(type)])}`,
                `values = [${type.values.map(hclString).join(', ')}]`,
              ]),
            ]
          : [],
      ),
      ...tablesOf(this.document).map((table) => this.table(table)),
    ];
    return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  }

  private schema(object: { readonly schema: Id }): string {
    return recordIn(this.document, 'schemas', object.schema)?.name ?? '';
  }

  private label(id: Id): string {
    return (this.labels.get(id) ?? []).map(hclString).join(' ');
  }

  /** `column.id`, or `column["a b"]` where the name is no word of HCL. */
  private reference(kind: string, names: readonly string[]): string {
    return kind + names.map((name) => (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) ? `.${name}` : `[${hclString(name)}]`)).join('');
  }

  private columnsList(table: Table, ids: readonly Id[], prefix: readonly string[] = []): string {
    const names = columnNames(this.document, table, ids);
    const kind = prefix.length === 0 ? 'column' : `${this.reference('table', prefix)}.column`;
    return `[${names.map((name) => this.reference(kind, [name])).join(', ')}]`;
  }

  private type(column: Column): string {
    const { type } = column;
    if (type.kind === 'custom' && this.labels.has(type.type) && (type.dims ?? 0) === 0)
      return this.reference('enum', this.labels.get(type.type) ?? []);
    const text = type.kind === 'custom' ? typeName(this.document, type) : typeText(type);
    const plain = /^[a-z_][a-z0-9_]*(?:\(\d+(?:,\d+)?\))?$/.test(text);
    return plain ? text : `sql(${hclString(text)})`;
  }

  private default(column: Column): readonly string[] {
    if (column.default === undefined || isCounted(column)) return [];
    const plain = plainDefault(column.default, dialectOf(this.document));
    if (plain.kind === 'string') return [`default = ${hclString(plain.value)}`];
    if (plain.kind === 'boolean') return [`default = ${plain.value}`];
    if (plain.kind === 'number' && /^-?\d{1,15}(?:\.\d{1,10})?$/.test(plain.text)) return [`default = ${plain.text}`];
    return plain.kind === 'null' ? [] : [`default = sql(${hclString(column.default.sql)})`];
  }

  private column(column: Column): readonly string[] {
    const { identity, generated } = column;
    const mysql = dialectOf(this.document) === 'mysql' || dialectOf(this.document) === 'mariadb';
    return block(`column ${hclString(column.name)}`, [
      `null = ${column.nullable}`,
      `type = ${this.type(column)}`,
      ...this.default(column),
      ...(identity === undefined
        ? []
        : mysql
          ? ['auto_increment = true']
          : block('identity', [`generated = ${identity.mode === 'always' ? 'ALWAYS' : 'BY_DEFAULT'}`])),
      ...(generated === undefined
        ? []
        : block('as', [`expr = ${hclString(generated.expression)}`, `type = ${generated.stored ? 'STORED' : 'VIRTUAL'}`])),
      ...(column.comment === undefined ? [] : [`comment = ${hclString(column.comment)}`]),
    ]);
  }

  private index(table: Table, index: Index, name: string): readonly string[] {
    const plain = index.elements.every(({ column, order }) => column !== undefined && order === undefined);
    const ids = index.elements.flatMap(({ column }) => column ?? []);
    const on = index.elements.flatMap((element) => {
      const column = element.column === undefined ? undefined : columnNames(this.document, table, [element.column])[0];
      const what =
        column === undefined
          ? `expr = ${hclString(element.expression ?? element.columnName ?? '')}`
          : `column = ${this.reference('column', [column])}`;
      return block('on', [what, ...(element.order === 'desc' ? ['desc = true'] : [])]);
    });
    return block(`index ${name}`, [
      ...(index.unique === true ? ['unique = true'] : []),
      ...(plain ? [`columns = ${this.columnsList(table, ids)}`] : on),
      ...(index.method === undefined
        ? []
        : [`type = ${/^[a-z]+$/i.test(index.method) ? index.method.toUpperCase() : hclString(index.method)}`]),
      ...(index.where === undefined ? [] : [`where = ${hclString(index.where)}`]),
      ...(index.include === undefined ? [] : [`include = ${this.columnsList(table, index.include)}`]),
      ...(index.comment === undefined ? [] : [`comment = ${hclString(index.comment)}`]),
    ]);
  }

  /** A name that no other block of its kind in the table has. @param object what has the name, where it is its own. */
  private own(space: NameSpace, wanted: string, object: string | undefined): string {
    const name = space.take(wanted);
    if (object !== undefined && name !== wanted)
      this.losses.say(object, 'name', `It is called ${name}: Atlas takes each name once in a table.`);
    return name;
  }

  private foreignKey(table: Table, one: Relationship, space: NameSpace): readonly string[] {
    const parent = recordIn(this.document, 'tables', one.parent);
    const label = this.labels.get(one.parent);
    if (parent === undefined || label === undefined || one.childColumns.length === 0) {
      this.losses.say(recordLabel(this.document, 'relationships', one), 'foreign key', 'A table of it is not written.');
      return [];
    }
    const word = (action: string | undefined) => (action ?? 'no action').toUpperCase().replace(' ', '_');
    const wanted = one.name ?? `${table.name}_${columnNames(this.document, table, one.childColumns).join('_')}_fkey`;
    const name = this.own(space, wanted, one.name === undefined ? undefined : recordLabel(this.document, 'relationships', one));
    return block(`foreign_key ${hclString(name)}`, [
      `columns = ${this.columnsList(table, one.childColumns)}`,
      `ref_columns = ${this.columnsList(parent, one.parentColumns, parent.id === table.id ? [] : label)}`,
      `on_delete = ${word(one.onDelete)}`,
      `on_update = ${word(one.onUpdate)}`,
    ]);
  }

  private table(table: Table): readonly string[] {
    const columns = columnsOf(this.document, table);
    if (columns.length === 0)
      this.losses.say(`table ${pathOf(this.document, table)}`, 'table', 'Atlas knows no tables without columns.');
    const primary = table.keys.find((key) => key.kind === 'primary');
    const uniques = table.keys.filter((key) => key.kind === 'unique');
    const path = pathOf(this.document, table);
    const called = (space: NameSpace, kind: string, name: string | undefined, ids: readonly Id[], suffix: string) => {
      const wanted = name ?? [table.name, ...columnNames(this.document, table, ids), suffix].join('_');
      return hclString(this.own(space, wanted, name === undefined ? undefined : `${kind} ${name} of ${path}`));
    };
    // Blocks of different kinds may have the same label.
    const [foreign, unique, indexes, checks] = [new NameSpace(), new NameSpace(), new NameSpace(), new NameSpace()];
    return block(`table ${this.label(table.id)}`, [
      `schema = ${this.reference('schema', [this.schema(table)])}`,
      ...(table.comment === undefined ? [] : [`comment = ${hclString(table.comment)}`]),
      ...columns.flatMap((column) => this.column(column)),
      ...(primary === undefined ? [] : block('primary_key', [`columns = ${this.columnsList(table, primary.columns)}`])),
      ...Object.values(this.document.relationships).flatMap((one) =>
        one.child === table.id ? this.foreignKey(table, one, foreign) : [],
      ),
      ...uniques.flatMap((key) =>
        block(`unique ${called(unique, 'unique key', key.name, key.columns, 'key')}`, [
          `columns = ${this.columnsList(table, key.columns)}`,
        ]),
      ),
      ...table.indexes.flatMap((index) =>
        this.index(
          table,
          index,
          called(
            indexes,
            'index',
            index.name,
            index.elements.flatMap(({ column }) => column ?? []),
            'idx',
          ),
        ),
      ),
      ...table.checks.flatMap((check) =>
        block(`check ${called(checks, 'check', check.name, [], 'check')}`, [`expr = ${hclString(check.expression)}`]),
      ),
    ]);
  }
}

/** A document as a schema of Atlas in HCL. Source: atlasgo.io, "HCL schema". */
export function writeHcl(document: Document): Exchanged {
  const writer = new HclWriter(document);
  const text = writer.write();
  return { files: [{ path: 'schema.hcl', text }], losses: writer.losses.all() };
}
