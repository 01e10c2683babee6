import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { DEFAULT_SCHEMA, hasNamelessSchema } from '#model/create.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Table } from '#model/types.ts';
import { quotedName } from '../../dialects/base/quote.ts';
import { fileStem } from '../../documents/set.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { dialectOf, isUnique } from '../code/plan.ts';
import { wellFormed, yamlString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf, tablesOf } from '../common/losses.ts';
import { asciiWord, NameSpace } from '../common/names.ts';
import { portableType } from '../common/portable.ts';
import type { Exchanged } from '../exchange.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'table comment', 'column comment', 'not null', 'enum type', 'enum type name'] as const),
  // Of one column, as tests; of several they are said to be lost.
  ...(['primary key', 'unique key', 'foreign key'] as const),
]);

/** What dbt's templates would take for their own, anywhere in its files. Source: docs.getdbt.com, "Jinja". */
function raw(text: string): string {
  return /[{][{%#]|[%#}][}]/.test(text) ? `{{ ${JSON.stringify(wellFormed(text))} }}` : text;
}

const yaml = (text: string): string => yamlString(raw(text));

interface Named {
  readonly table: Table;
  /** Of the model that stages it. */
  readonly model: string;
}

class DbtWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly source: string;
  private readonly tables: readonly Named[];

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'dbt'));
    this.source = fileStem(recordIn(document, 'settings', 'settings')?.name ?? 'database').replaceAll('-', '_');
    const space = new NameSpace({ caseMatters: false });
    this.tables = tablesOf(document).map((table) => {
      const model = space.take(`stg_${asciiWord(`${schemaOf(document, table) ?? ''}_${table.name}`).toLowerCase()}`);
      return { table, model };
    });
  }

  files(): Exchanged['files'] {
    const models = this.tables.map(({ table, model }) => ({ path: `models/staging/${model}.sql`, text: this.model(table) }));
    return [
      { path: 'models/staging/_schema.yml', text: this.schema() },
      { path: 'models/staging/_sources.yml', text: this.sources() },
      ...models.sort((a, b) => (a.path < b.path ? -1 : 1)),
    ];
  }

  private sourceOf(table: Table): string {
    const schema = schemaOf(this.document, table);
    return schema === undefined ? this.source : `${this.source}_${schema}`;
  }

  private sources(): string {
    const groups = new Map<string, Table[]>();
    for (const { table } of this.tables) groups.set(this.sourceOf(table), [...(groups.get(this.sourceOf(table)) ?? []), table]);
    const lines = ['version: 2', 'sources:'];
    for (const [name, tables] of groups) {
      lines.push(`  - name: ${yaml(name)}`, `    schema: ${this.schemaName(tables[0])}`, '    quoting:', '      identifier: true');
      lines.push('    tables:');
      for (const table of tables) {
        lines.push(`      - name: ${yaml(table.name)}`);
        if (table.comment !== undefined) lines.push(`        description: ${yaml(table.comment)}`);
      }
    }
    return `${lines.join('\n')}\n`;
  }

  /** The schema that a source is in; where names without one mean the connection's, that one. */
  private schemaName(table: Table | undefined): string {
    const schema = recordIn(this.document, 'schemas', table?.schema ?? '');
    const nameless = schema?.implicit === true && hasNamelessSchema(dialectOf(this.document));
    return nameless ? yamlString('{{ target.schema }}') : yaml(schema?.name ?? DEFAULT_SCHEMA[dialectOf(this.document)]);
  }

  /** A column's name as SQL of the source's database; in quotes unless it cannot be a word of any. */
  private identifier(name: string): string {
    return quotedName(name, dialectOf(this.document));
  }

  private typeName({ type }: Column): string {
    const found = type.kind === 'custom' ? recordIn(this.document, 'types', type.type) : undefined;
    const schema = found === undefined ? undefined : schemaOf(this.document, found);
    return `${schema === undefined ? '' : `${schema}.`}${typeName(this.document, type)}`;
  }

  private model(table: Table): string {
    const columns = columnsOf(this.document, table).map(({ name }) => `    ${raw(this.identifier(name))}`);
    const list = columns.length === 0 ? '    *' : columns.join(',\n');
    const text = (name: string) => JSON.stringify(wellFormed(name));
    return `select\n${list}\nfrom {{ source(${text(this.sourceOf(table))}, ${text(table.name)}) }}\n`;
  }

  private tests(table: Table, column: Column): readonly string[] {
    const primary = table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id));
    const lines: string[] = [];
    if (!column.nullable || primary) lines.push('- not_null');
    if (isUnique(table, [column.id])) lines.push('- unique');
    const type = portableType(this.document, column.type);
    if (type.kind === 'enum' && type.values.length > 0)
      lines.push('- accepted_values:', '    arguments:', `      values: [${type.values.map(yaml).join(', ')}]`);
    for (const one of linksOf(this.document).byChild.get(table.id) ?? []) {
      const parent = this.tables.find(({ table: other }) => other.id === one.parent);
      const field =
        parent === undefined ? undefined : columnsOf(this.document, parent.table).find(({ id }) => id === one.parentColumns[0]);
      if (one.childColumns.length !== 1 || one.childColumns[0] !== column.id || parent === undefined || field === undefined)
        continue;
      lines.push(
        '- relationships:',
        '    arguments:',
        `      to: ${yamlString(`ref('${parent.model}')`)}`,
        `      field: ${yaml(this.identifier(field.name))}`,
      );
    }
    return lines;
  }

  /** Keys of several columns, and what else a test of one column does not say. */
  private several(table: Table): void {
    const path = pathOf(this.document, table);
    for (const key of table.keys) {
      const object = `${key.kind === 'primary' ? 'primary key' : 'unique key'} ${key.name ?? '(unnamed)'} of ${path}`;
      if (key.columns.length > 1)
        this.losses.say(object, key.kind === 'primary' ? 'primary key' : 'unique key', 'A test of dbt follows one column.');
      else if (key.kind === 'primary')
        this.losses.say(object, 'primary key', 'dbt tells it as a column that is unique and never null.');
    }
    for (const one of linksOf(this.document).byChild.get(table.id) ?? []) {
      const written = one.childColumns.length === 1 && this.tables.some(({ table: other }) => other.id === one.parent);
      if (!written)
        this.losses.say(
          recordLabel(this.document, 'relationships', one),
          'foreign key',
          'A test of dbt follows one column of a table.',
        );
    }
  }

  private schema(): string {
    const lines = ['version: 2', 'models:'];
    for (const { table, model } of this.tables) {
      lines.push(`  - name: ${yamlString(model)}`);
      if (table.comment !== undefined) lines.push(`    description: ${yaml(table.comment)}`);
      const columns = columnsOf(this.document, table);
      if (columns.length > 0) lines.push('    columns:');
      for (const column of columns) {
        const type = this.typeName(column);
        lines.push(`      - name: ${yaml(column.name)}`, '        quote: true');
        if (type !== '') lines.push(`        data_type: ${yaml(type)}`);
        if (column.comment !== undefined) lines.push(`        description: ${yaml(column.comment)}`);
        const tests = this.tests(table, column);
        if (tests.length > 0) lines.push('        data_tests:', ...tests.map((line) => `          ${line}`));
      }
      this.several(table);
    }
    return `${lines.join('\n')}\n`;
  }
}

/** A document as a dbt project's sources, staging models and tests. Source: docs.getdbt.com, "Model properties", "Data tests". */
export function writeDbt(document: Document): Exchanged {
  const writer = new DbtWriter(document);
  const files = writer.files();
  return { files, losses: writer.losses.all() };
}
