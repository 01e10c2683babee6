import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Table } from '#model/types.ts';
import { fileStem } from '../../documents/set.ts';
import { dialectOf, isUnique } from '../code/plan.ts';
import { yamlString } from '../common/escape.ts';
import { type Feature, Losses, lossesBeyond, pathOf, schemaOf, tablesOf } from '../common/losses.ts';
import { asciiWord, NameSpace } from '../common/names.ts';
import { portableType } from '../common/portable.ts';
import type { Exchanged } from '../exchange.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>(['schema', 'table comment', 'column comment', 'not null']);

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
      const schema = recordIn(this.document, 'schemas', tables[0]?.schema ?? '')?.name ?? 'public';
      lines.push(`  - name: ${yamlString(name)}`, `    schema: ${yamlString(schema)}`, '    tables:');
      for (const table of tables) {
        lines.push(`      - name: ${yamlString(table.name)}`);
        if (table.comment !== undefined) lines.push(`        description: ${yamlString(table.comment)}`);
      }
    }
    return `${lines.join('\n')}\n`;
  }

  private identifier(name: string): string {
    const dialect = dialectOf(this.document);
    if (/^[a-z_][a-z0-9_]*$/.test(name)) return name;
    if (dialect === 'mysql' || dialect === 'mariadb') return `\`${name.replaceAll('`', '``')}\``;
    return dialect === 'mssql' ? `[${name.replaceAll(']', ']]')}]` : `"${name.replaceAll('"', '""')}"`;
  }

  /** What dbt's templates would take for their own. */
  private raw(text: string): string {
    return /\{[{%#]|[%#}]\}/.test(text) ? `{{ ${JSON.stringify(text)} }}` : text;
  }

  private model(table: Table): string {
    const columns = columnsOf(this.document, table).map(({ name }) => `    ${this.raw(this.identifier(name))}`);
    const list = columns.length === 0 ? '    *' : columns.join(',\n');
    return `select\n${list}\nfrom {{ source(${JSON.stringify(this.sourceOf(table))}, ${JSON.stringify(table.name)}) }}\n`;
  }

  private tests(table: Table, column: Column): readonly string[] {
    const primary = table.keys.some((key) => key.kind === 'primary' && key.columns.includes(column.id));
    const lines: string[] = [];
    if (!column.nullable || primary) lines.push('- not_null');
    if (isUnique(table, [column.id])) lines.push('- unique');
    const type = portableType(this.document, column.type);
    if (type.kind === 'enum' && type.values.length > 0)
      lines.push('- accepted_values:', '    arguments:', `      values: [${type.values.map(yamlString).join(', ')}]`);
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
        `      field: ${yamlString(field.name)}`,
      );
    }
    return lines;
  }

  private schema(): string {
    const lines = ['version: 2', 'models:'];
    for (const { table, model } of this.tables) {
      lines.push(`  - name: ${yamlString(model)}`);
      if (table.comment !== undefined) lines.push(`    description: ${yamlString(table.comment)}`);
      const columns = columnsOf(this.document, table);
      if (columns.length > 0) lines.push('    columns:');
      for (const column of columns) {
        const type = typeName(this.document, column.type);
        lines.push(`      - name: ${yamlString(column.name)}`);
        if (type !== '') lines.push(`        data_type: ${yamlString(type)}`);
        if (column.comment !== undefined) lines.push(`        description: ${yamlString(column.comment)}`);
        const tests = this.tests(table, column);
        if (tests.length > 0) lines.push('        data_tests:', ...tests.map((line) => `          ${line}`));
      }
      for (const one of linksOf(this.document).byChild.get(table.id) ?? [])
        if (one.childColumns.length > 1)
          this.losses.say(
            `table ${pathOf(this.document, table)}`,
            'foreign key',
            'A test of dbt follows one column: a foreign key of several is left out.',
          );
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
