import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { plainDefault } from '../common/defaults.ts';
import { jsComment, jsString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf } from '../common/losses.ts';
import { asciiWord, camelCase, NameSpace, pascalCase, singular } from '../common/names.ts';
import { isCounted, type Portable, portableType } from '../common/portable.ts';
import { typeText } from '../common/type-text.ts';
import type { Exchanged } from '../exchange.ts';
import {
  type CodePlan,
  dialectOf,
  ownsSequence,
  type PlannedEnum,
  type PlannedRelation,
  type PlannedTable,
  planCode,
} from './plan.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'enum type', 'table comment', 'column comment', 'not null', 'default', 'identity', 'generated'] as const),
  ...(['primary key', 'primary key name', 'unique key', 'unique key name', 'check', 'index', 'partial index'] as const),
  ...(['foreign key', 'foreign key name', 'foreign key action', 'foreign key deferral'] as const),
  ...(['unique index', 'enum type name', 'unused enum type'] as const),
]);

const RESERVED = new Set(
  'Check Column Entity Index JoinColumn ManyToOne OneToMany OneToOne PrimaryColumn PrimaryGeneratedColumn Unique Relation ColumnType Object String Number Boolean Date Array Buffer Uint8Array Symbol Error Map Set Promise'.split(
    ' ',
  ),
);

const SCALARS: { readonly [K in Portable['kind']]?: string } = {
  float: 'number',
  boolean: 'boolean',
  timestamp: 'Date',
  json: 'unknown',
  binary: 'Uint8Array',
};

/** What a value is in TypeScript: numbers that JavaScript would round are texts. */
function scalarOf(type: Portable): string {
  if (type.kind === 'array') return `${scalarOf(type.of)}[]`;
  if (type.kind === 'integer') return type.bits === 64 ? 'string' : 'number';
  return SCALARS[type.kind] ?? 'string';
}

class TypeOrmWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly dialect: Dialect;
  private readonly plan: CodePlan;
  private readonly imports = new Set<string>(['Entity']);

  constructor(document: Document) {
    this.document = document;
    this.dialect = dialectOf(document);
    this.losses = new Losses(lossesBeyond(document, SAYS, 'TypeORM'));
    const naming = {
      classOf: (name: string) => pascalCase(singular(name)),
      fieldOf: camelCase,
      reservedClasses: RESERVED,
      // What every object has already; in small letters, as fields differ by more than case.
      reservedFields: new Set(
        'constructor __proto__ hasownproperty tostring valueof isprototypeof propertyisenumerable tolocalestring'.split(' '),
      ),
    };
    this.plan = planCode(document, naming, this.losses);
  }

  write(): string {
    const enums = this.plan.enums.map((one) => this.enum(one));
    const classes = this.plan.tables.map((planned) => this.entity(planned));
    const head = [
      `import { ${[...this.imports].sort().join(', ')} } from 'typeorm';`,
      "import type { ColumnType, Relation } from 'typeorm';",
    ];
    return `${[head.join('\n'), ...enums, ...classes].join('\n\n')}\n`;
  }

  private use(name: string): string {
    this.imports.add(name);
    return `@${name}`;
  }

  private enum({ name, values }: PlannedEnum): string {
    const space = new NameSpace();
    const lines = values.map((value) => `  ${space.take(pascalCase(asciiWord(value, 'v')))} = ${jsString(value)},`);
    return `export enum ${name} {\n${lines.join('\n')}\n}`;
  }

  private doc(text: string | undefined, indent: string): string {
    if (text === undefined || text.trim() === '') return '';
    return `${indent}/** ${jsComment(text).trim().split('\n').join(`\n${indent} * `)} */\n`;
  }

  private options(planned: PlannedTable, column: Column): readonly string[] {
    const { type } = column;
    const found: string[] = [`name: ${jsString(column.name)}`];
    const of = this.plan.enumOf(planned.table, column);
    if (of !== undefined) {
      found.push("type: 'enum'", `enum: ${of.name}`);
      if (of.type !== undefined) found.push(`enumName: ${jsString(of.type.name)}`);
      if (of.type !== undefined && of.type.schema !== planned.table.schema)
        this.losses.say(
          `column ${pathOf(this.document, planned.table)}.${column.name}`,
          'type',
          `TypeORM looks for ${of.type.name} in the schema of the table, not in ${schemaOf(this.document, of.type) ?? 'its own'}.`,
        );
    } else {
      const domain = type.kind === 'custom' ? this.document.types[type.type] : undefined;
      const own = domain?.kind === 'domain' ? domain.base : type;
      if (domain?.kind === 'domain')
        this.losses.say(
          `column ${pathOf(this.document, planned.table)}.${column.name}`,
          'domain',
          `It is written as what ${domain.name} is made of.`,
        );
      const text = own.kind === 'custom' ? typeName(this.document, own) : typeText({ ...own, args: [], dims: 0 });
      // Serial columns are whole numbers that are generated.
      const name = text.replace(
        /^(small|big)?serial[248]?$/,
        (_all, size: string | undefined) => `${size === undefined ? 'integer' : `${size}int`}`,
      );
      found.push(`type: ${jsString(name || 'blob')} as unknown as ColumnType`);
      const args = own.kind === 'custom' ? [] : (own.args ?? []);
      const portable = portableType(this.document, own);
      const base = portable.kind === 'array' ? portable.of : portable;
      const sized = base.kind === 'char' || base.kind === 'varchar' || base.kind === 'binary' || base.kind === 'bits';
      if ((sized && args[0] !== undefined) || /^max$/i.test(args[0] ?? '')) found.push(`length: ${jsString(args[0] ?? '')}`);
      else if (base.kind === 'set') found.push(`enum: [${base.values.map(jsString).join(', ')}]`);
      else if (args.every((arg) => /^\d+$/.test(arg)) && args.length > 0)
        found.push(`precision: ${args[0]}`, ...(args[1] === undefined ? [] : [`scale: ${args[1]}`]));
      else if (args.length > 0 && /^geo(?:metry|graphy)$/.test(name) && /^\d+$/.test(args[1] ?? '0'))
        found.push(`spatialFeatureType: ${jsString(args[0] ?? '')}`, ...(args[1] === undefined ? [] : [`srid: ${args[1]}`]));
      else if (args.length > 0)
        this.losses.say(
          `column ${pathOf(this.document, planned.table)}.${column.name}`,
          'type',
          `${typeName(this.document, type)} is written as ${name}: TypeORM has no word for what stands in parentheses.`,
        );
      if (base.kind === 'integer' && base.unsigned === true && /unsigned/.test(name)) found.push('unsigned: true');
    }
    if ((type.dims ?? 0) > 0) found.push('array: true');
    if (column.nullable) found.push('nullable: true');
    if (column.comment !== undefined) found.push(`comment: ${jsString(column.comment)}`);
    if (column.generated !== undefined)
      found.push(
        `asExpression: ${jsString(column.generated.expression)}`,
        `generatedType: '${column.generated.stored ? 'STORED' : 'VIRTUAL'}'`,
      );
    return found;
  }

  private default(planned: PlannedTable, column: Column): readonly string[] {
    if (column.default === undefined || column.generated !== undefined) return [];
    const plain = plainDefault(column.default, this.dialect);
    const of = this.plan.enumOf(planned.table, column);
    if ((column.type.dims ?? 0) === 0) {
      if (plain.kind === 'string' && (of === undefined || of.values.includes(plain.value)))
        return [`default: ${jsString(plain.value)}`];
      if (plain.kind === 'number' && /^-?\d{1,9}(?:\.\d{1,9})?$/.test(plain.text)) return [`default: ${Number(plain.text)}`];
      if (plain.kind === 'boolean') return [`default: ${plain.value}`];
    }
    return plain.kind === 'null' ? ['default: null'] : [`default: () => ${jsString(column.default.sql)}`];
  }

  private column(planned: PlannedTable, column: Column): string {
    const key = planned.table.keys.find((one) => one.kind === 'primary');
    const primary = key?.columns.includes(column.id) === true;
    const counted =
      isCounted(column) || (ownsSequence(this.document, planned.table, column) && column.default?.sql.includes('nextval') === true);
    const options = [...this.options(planned, column), ...(counted ? [] : this.default(planned, column))];
    if (primary && key?.name !== undefined) options.push(`primaryKeyConstraintName: ${jsString(key.name)}`);
    if (counted && !primary) options.push("generated: 'increment'");
    const body = `{ ${options.filter((one) => !(primary && one === 'nullable: true')).join(', ')} }`;
    const whole = portableType(this.document, column.type).kind === 'integer';
    if (counted && primary && !whole)
      this.losses.say(
        `column ${pathOf(this.document, planned.table)}.${column.name}`,
        'identity',
        'TypeORM counts whole numbers only.',
      );
    const of = this.plan.enumOf(planned.table, column);
    const type =
      of === undefined ? scalarOf(portableType(this.document, column.type)) : `${of.name}${'[]'.repeat(column.type.dims ?? 0)}`;
    const word = primary ? 'PrimaryColumn' : 'Column';
    const decorator =
      counted && primary && whole ? `${this.use(word)}({ ...${body}, generated: 'increment' })` : `${this.use(word)}(${body})`;
    return `${this.doc(column.comment, '  ')}  ${decorator}\n  ${planned.fields.get(column.id)}!: ${type}${column.nullable && !primary ? ' | null' : ''};`;
  }

  private relation(one: PlannedRelation): string {
    const { relationship, child, parent, single, mandatory } = one;
    const name = (planned: PlannedTable, id: Id | undefined) => planned.columns.find((column) => column.id === id)?.name ?? '';
    const pairs = relationship.childColumns.map((id, at) => {
      const constraint = relationship.name === undefined ? '' : `, foreignKeyConstraintName: ${jsString(relationship.name)}`;
      return `{ name: ${jsString(name(child, id))}, referencedColumnName: ${jsString(parent.fields.get(relationship.parentColumns[at] ?? '') ?? '')}${constraint} }`;
    });
    const action = (key: string, value: string | undefined) =>
      value === undefined ? [] : [`${key}: '${value.toUpperCase()}' as const`];
    const options = [
      `nullable: ${!mandatory}`,
      ...action('onDelete', relationship.onDelete),
      ...action('onUpdate', relationship.onUpdate),
      ...(relationship.deferral === undefined
        ? []
        : [`deferrable: '${relationship.deferral === 'deferrable' ? 'INITIALLY IMMEDIATE' : 'INITIALLY DEFERRED'}' as const`]),
    ];
    const word = this.use(single ? 'OneToOne' : 'ManyToOne');
    const join = `${this.use('JoinColumn')}([${pairs.join(', ')}])`;
    const head = `${word}(() => ${parent.className}, (other) => other.${one.back}, { ${options.join(', ')} })`;
    return `  ${head}\n  ${join}\n  ${one.field}!: Relation<${parent.className}>${mandatory ? '' : ' | null'};`;
  }

  private back({ child, field, back, single }: PlannedRelation): string {
    const word = this.use(single ? 'OneToOne' : 'OneToMany');
    const type = single ? `Relation<${child.className}> | null` : `Relation<${child.className}>[]`;
    return `  ${word}(() => ${child.className}, (other) => other.${field})\n  ${back}!: ${type};`;
  }

  private decorators(planned: PlannedTable): readonly string[] {
    const { table } = planned;
    const found: string[] = [];
    const fields = (ids: readonly Id[]) =>
      `[${ids
        .flatMap((id) => planned.fields.get(id) ?? [])
        .map(jsString)
        .join(', ')}]`;
    for (const key of table.keys)
      if (key.kind === 'unique')
        found.push(`${this.use('Unique')}(${key.name === undefined ? '' : `${jsString(key.name)}, `}${fields(key.columns)})`);
    for (const index of table.indexes) {
      const where = `index ${index.name ?? '(unnamed)'} of ${pathOf(this.document, table)}`;
      const ids = index.elements.flatMap(({ column }) => column ?? []);
      if (ids.length < index.elements.length) {
        this.losses.say(where, 'expression index', 'TypeORM has no indexes on expressions: it is left out.');
        continue;
      }
      const options = [
        ...(index.unique === true ? ['unique: true'] : []),
        ...(index.where === undefined ? [] : [`where: ${jsString(index.where)}`]),
      ];
      const name = index.name === undefined ? '' : `${jsString(index.name)}, `;
      found.push(`${this.use('Index')}(${name}${fields(ids)}${options.length === 0 ? '' : `, { ${options.join(', ')} }`})`);
    }
    for (const check of table.checks)
      found.push(
        `${this.use('Check')}(${check.name === undefined ? '' : `${jsString(check.name)}, `}${jsString(check.expression)})`,
      );
    return found;
  }

  private entity(planned: PlannedTable): string {
    const { table, className } = planned;
    const schema = schemaOf(this.document, table);
    const options = [
      `name: ${jsString(table.name)}`,
      ...(schema === undefined
        ? []
        : [`${this.dialect === 'mysql' || this.dialect === 'mariadb' ? 'database' : 'schema'}: ${jsString(schema)}`]),
      ...(table.comment === undefined ? [] : [`comment: ${jsString(table.comment)}`]),
    ];
    if (!table.keys.some((key) => key.kind === 'primary'))
      this.losses.say(`table ${pathOf(this.document, table)}`, 'model', 'TypeORM needs a primary key to load an entity.');
    const members = [
      ...planned.columns.map((column) => this.column(planned, column)),
      ...planned.relations.map((one) => this.relation(one)),
      ...planned.backs.map((one) => this.back(one)),
    ];
    const head = [`@Entity({ ${options.join(', ')} })`, ...this.decorators(planned)].join('\n');
    return `${this.doc(table.comment, '')}${head}\nexport class ${className} {\n${members.join('\n\n')}\n}`;
  }
}

/** A document as entities of TypeORM. Source: typeorm.io, version 1.1. */
export function writeTypeOrm(document: Document): Exchanged {
  const writer = new TypeOrmWriter(document);
  const text = writer.write();
  return { files: [{ path: 'entities.ts', text }], losses: writer.losses.all() };
}
