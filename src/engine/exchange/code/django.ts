import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index } from '#model/table-parts.ts';
import type { Dialect, Document, Id, ReferentialAction } from '#model/types.ts';
import { recordLabel } from '../../sql/describe-record.ts';
import { plainDefault } from '../common/defaults.ts';
import { pythonString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf } from '../common/losses.ts';
import { NameSpace, pascalCase, singular } from '../common/names.ts';
import { type Portable, portableType } from '../common/portable.ts';
import { typeLoss } from '../common/type-losses.ts';
import type { Exchanged } from '../exchange.ts';
import { type CodePlan, dialectOf, type PlannedRelation, type PlannedTable, planCode } from './plan.ts';
import { call, counts, docstring, keyword, listOf, PYTHON_WORDS, pythonField } from './python.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'table comment', 'column comment', 'not null', 'default', 'identity', 'unique key', 'unique key name'] as const),
  ...(['primary key', 'primary key order', 'index', 'unique index', 'index order', 'partial index'] as const),
  ...(['foreign key', 'foreign key action', 'enum type'] as const),
]);

const RESERVED_FIELDS = new Set([
  ...PYTHON_WORDS,
  ...'pk objects check clean save delete full_clean refresh_from_db serializable_value validate_unique meta adelete asave'.split(
    ' ',
  ),
]);

const ACTIONS: Readonly<Record<ReferentialAction, string>> = {
  cascade: 'CASCADE',
  restrict: 'RESTRICT',
  'set null': 'SET_NULL',
  'set default': 'SET_DEFAULT',
  'no action': 'DO_NOTHING',
};

/** The class of a field with its own arguments. */
function fieldOf(type: Portable, counted: boolean): readonly [string, readonly string[]] | undefined {
  switch (type.kind) {
    case 'integer':
      if (counted) return [type.bits === 64 ? 'BigAutoField' : type.bits <= 16 ? 'SmallAutoField' : 'AutoField', []];
      return [type.bits === 64 ? 'BigIntegerField' : type.bits <= 16 ? 'SmallIntegerField' : 'IntegerField', []];
    case 'decimal':
      return [
        'DecimalField',
        [`max_digits=${type.precision ?? 38}`, `decimal_places=${type.scale ?? (type.precision === undefined ? 10 : 0)}`],
      ];
    case 'money':
      return ['DecimalField', ['max_digits=19', 'decimal_places=4']];
    case 'float':
      return ['FloatField', []];
    case 'boolean':
      return ['BooleanField', []];
    case 'char':
    case 'varchar':
      return type.length === undefined ? ['TextField', []] : ['CharField', [`max_length=${type.length}`]];
    case 'text':
    case 'xml':
      return ['TextField', []];
    case 'date':
      return ['DateField', []];
    case 'time':
      return ['TimeField', []];
    case 'timestamp':
      return ['DateTimeField', []];
    case 'interval':
      return ['DurationField', []];
    case 'uuid':
      return ['UUIDField', []];
    case 'json':
      return ['JSONField', []];
    case 'binary':
      return ['BinaryField', []];
    default:
      return undefined;
  }
}

/** What of a type the fields of {@link fieldOf} keep. */
function kept(type: Portable, dialect: Dialect): Portable {
  switch (type.kind) {
    case 'integer':
      return { kind: 'integer', bits: type.bits === 64 ? 64 : type.bits <= 16 ? 16 : 32 };
    case 'decimal':
      return type.precision === undefined ? { ...type, precision: 38, scale: 10 } : type;
    case 'money':
      return { kind: 'decimal', precision: 19, scale: 4 };
    case 'float':
      return { kind: 'float', bits: 64 };
    case 'char':
      return type.length === undefined ? { kind: 'text' } : { kind: 'varchar', length: type.length };
    case 'varchar':
      return type.length === undefined ? { kind: 'text' } : type;
    case 'xml':
      return { kind: 'text' };
    case 'time':
      return { kind: 'time', zone: false };
    // Source: Django's database backends, `data_types`.
    case 'timestamp':
      if (dialect === 'mysql' || dialect === 'mariadb') return { kind: 'timestamp', zone: false, precision: 6 };
      return { kind: 'timestamp', zone: dialect === 'postgresql' };
    case 'json':
      return { kind: 'json', binary: true };
    case 'binary':
      return { kind: 'binary' };
    default:
      return type;
  }
}

class DjangoWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly plan: CodePlan;

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'Django'));
    const naming = {
      classOf: (name: string) => pascalCase(singular(name)),
      fieldOf: pythonField,
      reservedClasses: new Set(['RawField', 'None', 'True', 'False']),
      reservedFields: RESERVED_FIELDS,
    };
    this.plan = planCode(document, naming, this.losses);
  }

  write(): string {
    const head = `from django.db import models
from django.db.models.expressions import RawSQL


class RawField(models.Field):
    """A type of the database that Django has no field for."""

    def __init__(self, *args, sql="text", **kwargs):
        self.sql = sql
        super().__init__(*args, **kwargs)

    def db_type(self, connection):
        return self.sql

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sql": self.sql}`;
    return `${[head, ...this.plan.tables.map((planned) => this.model(planned))].join('\n\n\n')}\n`;
  }

  /** The relation that a column alone makes: it takes the column's place. */
  private relationOf(planned: PlannedTable, column: Column): PlannedRelation | undefined {
    return planned.relations.find(
      ({ relationship: { childColumns } }) => childColumns.length === 1 && childColumns[0] === column.id,
    );
  }

  private common(planned: PlannedTable, column: Column): readonly (string | undefined)[] {
    const key = planned.table.keys.find((one) => one.kind === 'primary');
    const primary = key?.columns.length === 1 && key.columns[0] === column.id;
    const value = column.default;
    const plain = value === undefined ? undefined : plainDefault(value, dialectOf(this.document));
    const raw = value === undefined || plain?.kind === 'null' || counts(this.document, planned, column) ? undefined : value.sql;
    return [
      primary ? 'primary_key=True' : undefined,
      column.nullable && !primary ? 'null=True' : undefined,
      column.nullable && !primary ? 'blank=True' : undefined,
      raw === undefined || column.generated !== undefined ? undefined : `db_default=RawSQL(${pythonString(raw)}, [])`,
      `db_column=${pythonString(column.name)}`,
      keyword('db_comment', column.comment === undefined ? undefined : pythonString(column.comment)),
    ];
  }

  private field(planned: PlannedTable, column: Column): string {
    const where = `column ${pathOf(this.document, planned.table)}.${column.name}`;
    const relation = this.relationOf(planned, column);
    if (relation !== undefined) return this.foreignKey(planned, column, relation);
    const name = planned.fields.get(column.id);
    const of = this.plan.enumOf(planned.table, column);
    const common = this.common(planned, column);
    if (of !== undefined && (column.type.dims ?? 0) === 0) {
      const choices = `choices=[${of.values.map((value) => `(${pythonString(value)}, ${pythonString(value)})`).join(', ')}]`;
      const longest = Math.max(...of.values.map((value) => value.length), 1);
      this.losses.say(where, 'enum type', 'Django keeps the values in the code: the column is a text.');
      return `    ${name} = ${call('models.CharField', [`max_length=${longest}`, choices, ...common])}`;
    }
    const counted = counts(this.document, planned, column);
    const primary = common[0] !== undefined;
    if (counted && !primary) this.losses.say(where, 'identity', 'Django lets only a primary key count by itself.');
    const found = fieldOf(portableType(this.document, column.type), counted && primary);
    if (found === undefined)
      return `    ${name} = ${call('RawField', [`sql=${pythonString(typeName(this.document, column.type) || 'blob')}`, ...common])}`;
    const lost = typeLoss(
      this.document,
      column.type,
      kept(portableType(this.document, column.type), dialectOf(this.document)),
      call(found[0], found[1]),
    );
    if (lost !== undefined) this.losses.say(where, 'type', lost);
    return `    ${name} = ${call(`models.${found[0]}`, [...found[1], ...common])}`;
  }

  private foreignKey(planned: PlannedTable, column: Column, one: PlannedRelation): string {
    const { relationship, parent, single } = one;
    const object = recordLabel(this.document, 'relationships', relationship);
    const to = parent === planned ? 'self' : parent.className;
    const target = parent.fields.get(relationship.parentColumns[0] ?? '');
    const key = parent.table.keys.find((other) => other.kind === 'primary')?.columns ?? [];
    const own = key.length === 1 && key[0] === relationship.parentColumns[0];
    if (relationship.onUpdate !== undefined)
      this.losses.say(object, 'foreign key action', 'Django does not say what an update of the key does.');
    if (relationship.onDelete !== undefined && relationship.onDelete !== 'no action')
      this.losses.say(object, 'foreign key action', 'Django does it in the code, not in the database.');
    const args = [
      pythonString(to),
      `on_delete=models.${ACTIONS[relationship.onDelete ?? 'no action']}`,
      own || target === undefined ? undefined : `to_field=${pythonString(target)}`,
      `related_name=${pythonString(one.back)}`,
      ...this.common(planned, column),
    ];
    return `    ${one.field} = ${call(`models.${single ? 'OneToOneField' : 'ForeignKey'}`, args)}`;
  }

  /** A column's name as constraints and indexes call it: the relation that has its place, or its field. */
  private nameOf(planned: PlannedTable, id: Id): string {
    const column = planned.columns.find((one) => one.id === id);
    return (column === undefined ? undefined : this.relationOf(planned, column)?.field) ?? planned.fields.get(id) ?? '';
  }

  private index(planned: PlannedTable, index: Index, names: NameSpace): string | undefined {
    const where = `index ${index.name ?? '(unnamed)'} of ${pathOf(this.document, planned.table)}`;
    if (index.elements.some(({ column }) => column === undefined)) {
      this.losses.say(where, 'expression index', 'Django takes no SQL for an expression: it is left out.');
      return undefined;
    }
    if (index.where !== undefined) {
      this.losses.say(where, 'partial index', 'Django takes no SQL for a condition: it is left out.');
      return undefined;
    }
    const fields = index.elements.map(({ column, order }) => `${order === 'desc' ? '-' : ''}${this.nameOf(planned, column ?? '')}`);
    if (index.unique === true) {
      this.losses.say(where, 'unique index', 'Django does not tell a unique index from a unique constraint.');
      if (fields.some((field) => field.startsWith('-')))
        this.losses.say(where, 'index order', 'A unique constraint of Django has no order.');
      const plain = fields.map((field) => field.replace(/^-/, ''));
      const name = names.take(index.name ?? `${planned.table.name}_unique`);
      return call('models.UniqueConstraint', [`fields=${listOf(plain)}`, `name=${pythonString(name)}`]);
    }
    const name = this.indexName(planned, index, names);
    if (index.name !== undefined && name !== index.name)
      this.losses.say(where, 'index name', `Django takes 30 characters that do not begin with _ or a digit: it is called ${name}.`);
    return call('models.Index', [`fields=${listOf(fields)}`, `name=${pythonString(name)}`]);
  }

  /** A name that Django takes: at most 30 characters, not beginning with `_` or a digit. */
  private indexName({ table }: PlannedTable, { name }: Index, names: NameSpace): string {
    const wanted = (name ?? `${table.name}_idx`).replace(/^(?=[_0-9])/, 'i');
    for (let number = 1; ; number++) {
      const tail = number === 1 ? '' : `_${number}`;
      const cut = `${[...wanted].slice(0, 30 - tail.length).join('')}${tail}`;
      if (!names.has(cut)) return names.take(cut);
    }
  }

  private meta(planned: PlannedTable): string {
    const { table } = planned;
    const schema = schemaOf(this.document, table);
    const path = schema === undefined ? pythonString(table.name) : pythonString(`${schema}"."${table.name}`);
    const uniques = table.keys.filter((key) => key.kind === 'unique');
    const names = new NameSpace();
    const constraints = uniques.map((key) => {
      const name = names.take(key.name ?? `${table.name}_unique`);
      return call('models.UniqueConstraint', [
        `fields=${listOf(key.columns.map((id) => this.nameOf(planned, id)))}`,
        `name=${pythonString(name)}`,
      ]);
    });
    const indexes: string[] = [];
    for (const index of table.indexes) {
      const text = this.index(planned, index, names);
      if (text !== undefined) (index.unique === true ? constraints : indexes).push(text);
    }
    const block = (name: string, lines: readonly string[]) =>
      lines.length === 0 ? [] : [`${name} = [\n${lines.map((line) => `            ${line},`).join('\n')}\n        ]`];
    const lines = [
      `db_table = ${path}`,
      ...(table.comment === undefined ? [] : [`db_table_comment = ${pythonString(table.comment)}`]),
      ...(table.keys.some((key) => key.kind === 'primary') ? [] : ['managed = False']),
      ...block('constraints', constraints),
      ...block('indexes', indexes),
    ];
    return `    class Meta:\n${lines.map((line) => `        ${line}`).join('\n')}`;
  }

  private model(planned: PlannedTable): string {
    const { table, className } = planned;
    const path = pathOf(this.document, table);
    const key = table.keys.find((one) => one.kind === 'primary');
    if (key === undefined)
      this.losses.say(
        `table ${path}`,
        'model',
        'Django needs a primary key: it is written as a table that Django does not manage.',
      );
    for (const one of planned.relations) {
      if (one.relationship.childColumns.length > 1)
        this.losses.say(
          recordLabel(this.document, 'relationships', one.relationship),
          'foreign key',
          'Django has no foreign keys of several columns.',
        );
    }
    const several = key !== undefined && key.columns.length > 1;
    const composite = several
      ? [
          `    pk = ${call(
            'models.CompositePrimaryKey',
            key.columns.map((id) => pythonString(this.nameOf(planned, id))),
          )}`,
        ]
      : [];
    const fields = planned.columns.map((column) => this.field(planned, column));
    return `class ${className}(models.Model):\n${docstring(table.comment, '    ')}${[...composite, ...fields].join('\n')}\n\n${this.meta(planned)}`;
  }
}

/** A document as models of Django. Source: docs.djangoproject.com, version 5.2. */
export function writeDjango(document: Document): Exchanged {
  const writer = new DjangoWriter(document);
  const text = writer.write();
  return { files: [{ path: 'models.py', text }], losses: writer.losses.all() };
}
