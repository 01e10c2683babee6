import type { Column } from '#model/column-types.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Index } from '#model/table-parts.ts';
import type { Deferral, Document, Id } from '#model/types.ts';
import { plainDefault } from '../common/defaults.ts';
import { pythonString } from '../common/escape.ts';
import type { Feature } from '../common/features.ts';
import { Losses, lossesBeyond, pathOf, schemaOf } from '../common/losses.ts';
import { pascalCase, singular } from '../common/names.ts';
import { type Portable, portableType } from '../common/portable.ts';
import { typeLoss } from '../common/type-losses.ts';
import type { Exchanged } from '../exchange.ts';
import { type CodePlan, dialectOf, type PlannedRelation, type PlannedTable, planCode } from './plan.ts';
import { call, counts, docstring, keyword, listOf, PYTHON_WORDS, pythonField } from './python.ts';

const SAYS: ReadonlySet<Feature> = new Set<Feature>([
  ...(['schema', 'enum type', 'table comment', 'column comment', 'not null', 'default', 'identity', 'generated'] as const),
  ...([
    'primary key',
    'primary key order',
    'primary key name',
    'unique key',
    'unique key name',
    'check',
    'index',
    'expression index',
  ] as const),
  ...([
    'foreign key',
    'foreign key name',
    'foreign key action',
    'foreign key deferral',
    'key deferral',
    'unique index',
    'identity always',
    'enum type name',
    'partial index',
    'index method',
    'index include',
    'index order',
    'index nulls',
  ] as const),
]);

const RESERVED = new Set(
  'Base Raw Any Boolean BigInteger CheckConstraint Computed Date DateTime DeclarativeBase Double Enum ForeignKeyConstraint Identity Index Integer Interval JSON JSONB LargeBinary Mapped Numeric PrimaryKeyConstraint Real SmallInteger String CHAR Text Time UniqueConstraint UserDefinedType Uuid ARRAY datetime decimal uuid None True False mapped_column relationship text'.split(
    ' ',
  ),
);

const innermost = (type: Portable): Portable => (type.kind === 'array' ? innermost(type.of) : type);
const dimensions = (type: Portable): number => (type.kind === 'array' ? dimensions(type.of) + 1 : 0);
const arrayOf = (inner: string, dims: number) => call('ARRAY', [inner, dims < 2 ? undefined : `dimensions=${dims}`]);

/** What of a type the words of {@link alchemy} keep; undefined where it keeps the database's own text. */
function kept(type: Portable): Portable | undefined {
  switch (type.kind) {
    case 'integer': {
      const { unsigned: _, ...signed } = type;
      return { ...signed, bits: type.bits === 64 ? 64 : type.bits <= 16 ? 16 : 32 };
    }
    case 'time':
    case 'timestamp':
      return { kind: type.kind, zone: type.zone };
    case 'array': {
      const of = kept(type.of);
      return of === undefined ? undefined : { kind: 'array', of };
    }
    case 'money':
    case 'xml':
    case 'bits':
    case 'enum':
    case 'set':
    case 'other':
      return undefined;
    default:
      return type;
  }
}

/** A type of SQLAlchemy, and what a value of it is in Python. */
function alchemy(type: Portable, sql: string): readonly [text: string, python: string] {
  switch (type.kind) {
    case 'integer':
      return [type.bits === 64 ? 'BigInteger()' : type.bits <= 16 ? 'SmallInteger()' : 'Integer()', 'int'];
    case 'decimal':
      return [
        call('Numeric', [type.precision?.toString(), type.precision === undefined ? undefined : (type.scale ?? 0).toString()]),
        'decimal.Decimal',
      ];
    case 'float':
      return [type.bits === 32 ? 'Real()' : 'Double()', 'float'];
    case 'boolean':
      return ['Boolean()', 'bool'];
    case 'char':
      return [call('CHAR', [type.length?.toString()]), 'str'];
    case 'varchar':
      return [call('String', [type.length?.toString()]), 'str'];
    case 'text':
      return ['Text()', 'str'];
    case 'date':
      return ['Date()', 'datetime.date'];
    case 'time':
      return [call('Time', [type.zone ? 'timezone=True' : undefined]), 'datetime.time'];
    case 'timestamp':
      return [call('DateTime', [type.zone ? 'timezone=True' : undefined]), 'datetime.datetime'];
    case 'interval':
      return ['Interval()', 'datetime.timedelta'];
    case 'uuid':
      return ['Uuid()', 'uuid.UUID'];
    case 'json':
      return [type.binary ? 'JSONB()' : 'JSON()', 'Any'];
    case 'binary':
      return [call('LargeBinary', [type.length?.toString()]), 'bytes'];
    case 'array': {
      // An array of arrays is one of more dimensions.
      const [inner, python] = alchemy(innermost(type), sql);
      return [arrayOf(inner, dimensions(type)), `${'list['.repeat(dimensions(type))}${python}${']'.repeat(dimensions(type))}`];
    }
    default:
      return [`Raw(${pythonString(sql)})`, 'Any'];
  }
}

const HEAD = `from __future__ import annotations

import datetime
import decimal
import uuid
from typing import Any

from sqlalchemy import (
    ARRAY, CHAR, JSON, BigInteger, Boolean, CheckConstraint, Computed, Date, DateTime, Double, Enum, ForeignKeyConstraint,
    Identity, Index, Integer, Interval, LargeBinary, Numeric, PrimaryKeyConstraint, REAL as Real, SmallInteger, String, Text,
    Time, UniqueConstraint, Uuid, text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import UserDefinedType


class Raw(UserDefinedType):
    """A type of the database that SQLAlchemy has no class for."""

    cache_ok = True

    def __init__(self, sql):
        self.sql = sql

    def get_col_spec(self, **_):
        return self.sql


class Base(DeclarativeBase):
    pass`;

class AlchemyWriter {
  readonly losses: Losses;
  private readonly document: Document;
  private readonly plan: CodePlan;

  constructor(document: Document) {
    this.document = document;
    this.losses = new Losses(lossesBeyond(document, SAYS, 'SQLAlchemy'));
    const reservedFields = new Set([...PYTHON_WORDS, 'metadata', 'registry']);
    const naming = {
      classOf: (name: string) => pascalCase(singular(name)),
      fieldOf: pythonField,
      reservedClasses: RESERVED,
      reservedFields,
    };
    this.plan = planCode(document, naming, this.losses);
  }

  write(): string {
    return `${[HEAD, ...this.plan.tables.map((planned) => this.model(planned))].join('\n\n\n')}\n`;
  }

  private type(planned: PlannedTable, column: Column): readonly [string, string] {
    const of = this.plan.enumOf(planned.table, column);
    const dims = column.type.dims ?? 0;
    if (of === undefined) {
      const portable = portableType(this.document, column.type);
      const made = alchemy(portable, typeName(this.document, column.type));
      const keeps = kept(portable);
      const lost = keeps === undefined ? undefined : typeLoss(this.document, column.type, keeps, made[0]);
      if (lost !== undefined) this.losses.say(`column ${pathOf(this.document, planned.table)}.${column.name}`, 'type', lost);
      return made;
    }
    const schema = of.type === undefined ? undefined : schemaOf(this.document, of.type);
    const name = pythonString(of.type?.name ?? of.name);
    const text = call('Enum', [
      ...of.values.map(pythonString),
      `name=${name}`,
      keyword('schema', schema === undefined ? undefined : pythonString(schema)),
    ]);
    return dims === 0 ? [text, 'str'] : [arrayOf(text, dims), `${'list['.repeat(dims)}str${']'.repeat(dims)}`];
  }

  private column(planned: PlannedTable, column: Column): string {
    const key = planned.table.keys.find((one) => one.kind === 'primary');
    const primary = key?.columns.includes(column.id) === true;
    const [type, python] = this.type(planned, column);
    const counted = counts(this.document, planned, column);
    const value = column.default;
    const plain = value === undefined ? undefined : plainDefault(value, dialectOf(this.document));
    const computed = column.generated;
    const args = [
      pythonString(column.name),
      type,
      counted ? call('Identity', [column.identity?.mode === 'always' ? 'always=True' : undefined]) : undefined,
      computed === undefined
        ? undefined
        : `Computed(${pythonString(computed.expression)}, persisted=${computed.stored ? 'True' : 'False'})`,
      primary && !this.constrained(planned) ? 'primary_key=True' : undefined,
      column.nullable && !primary ? 'nullable=True' : primary ? undefined : 'nullable=False',
      value === undefined || counted || computed !== undefined || plain?.kind === 'null'
        ? undefined
        : `server_default=text(${pythonString(escapedColons(value.sql))})`,
      column.comment === undefined ? undefined : `comment=${pythonString(column.comment)}`,
    ];
    return `    ${planned.fields.get(column.id)}: Mapped[${python}${column.nullable && !primary ? ' | None' : ''}] = ${call('mapped_column', args)}`;
  }

  /** Whether the primary key stands as a constraint of its own: for its name, its order, or when it is checked. */
  private constrained({ table, columns }: PlannedTable): boolean {
    const key = table.keys.find((one) => one.kind === 'primary');
    if (key === undefined) return false;
    const own = columns.filter(({ id }) => key.columns.includes(id)).map(({ id }) => id);
    return key.name !== undefined || key.deferral !== undefined || own.join(' ') !== key.columns.join(' ');
  }

  private names({ columns }: PlannedTable, ids: readonly Id[]): string[] {
    return ids.flatMap((id) => columns.find((column) => column.id === id)?.name ?? []);
  }

  private index(planned: PlannedTable, index: Index): string {
    const dialect = {
      mysql: 'mysql',
      mariadb: 'mariadb',
      mssql: 'mssql',
      sqlite: 'sqlite',
      postgresql: 'postgresql',
      oracle: 'oracle',
    }[dialectOf(this.document)];
    const elements = index.elements.map((element) => {
      const name = element.column === undefined ? undefined : this.names(planned, [element.column])[0];
      const tail = `${element.order === 'desc' ? ' DESC' : ''}${element.nulls === undefined ? '' : ` NULLS ${element.nulls.toUpperCase()}`}`;
      if (name === undefined) return `text(${pythonString(`${escapedColons(element.expression ?? '')}${tail}`)})`;
      return tail === '' ? pythonString(name) : `text(${pythonString(`"${name.replaceAll('"', '""')}"${tail}`)})`;
    });
    const args = [
      index.name === undefined ? 'None' : pythonString(index.name),
      ...elements,
      index.unique === true ? 'unique=True' : undefined,
      index.method === undefined ? undefined : `${dialect}_using=${pythonString(index.method)}`,
      index.where === undefined ? undefined : `${dialect}_where=text(${pythonString(escapedColons(index.where))})`,
      index.include === undefined ? undefined : `${dialect}_include=${listOf(this.names(planned, index.include))}`,
    ];
    return call('Index', args);
  }

  private foreignKey({ relationship, child, parent }: PlannedRelation): string {
    const schema = schemaOf(this.document, parent.table);
    const path = schema === undefined ? parent.table.name : `${schema}.${parent.table.name}`;
    const action = (value: string | undefined) => (value === undefined ? undefined : pythonString(value.toUpperCase()));
    return call('ForeignKeyConstraint', [
      listOf(this.names(child, relationship.childColumns)),
      listOf(this.names(parent, relationship.parentColumns).map((name) => `${path}.${name}`)),
      keyword('name', relationship.name === undefined ? undefined : pythonString(relationship.name)),
      keyword('ondelete', action(relationship.onDelete)),
      keyword('onupdate', action(relationship.onUpdate)),
      ...deferred(relationship.deferral),
    ]);
  }

  private args(planned: PlannedTable): string {
    const { table } = planned;
    const lines: string[] = [];
    for (const key of table.keys) {
      const name = keyword('name', key.name === undefined ? undefined : pythonString(key.name));
      const columns = this.names(planned, key.columns).map(pythonString);
      const rest = [...columns, name, ...deferred(key.deferral)];
      if (key.kind === 'unique') lines.push(call('UniqueConstraint', rest));
      else if (this.constrained(planned)) lines.push(call('PrimaryKeyConstraint', rest));
    }
    for (const check of table.checks)
      lines.push(
        call('CheckConstraint', [
          pythonString(escapedColons(check.expression)),
          keyword('name', check.name === undefined ? undefined : pythonString(check.name)),
        ]),
      );
    for (const one of planned.relations) lines.push(this.foreignKey(one));
    for (const index of table.indexes) lines.push(this.index(planned, index));
    const schema = schemaOf(this.document, table);
    const options = [
      ...(schema === undefined ? [] : [`"schema": ${pythonString(schema)}`]),
      ...(table.comment === undefined ? [] : [`"comment": ${pythonString(table.comment)}`]),
    ];
    if (options.length > 0) lines.push(`{${options.join(', ')}}`);
    return lines.length === 0 ? '' : `    __table_args__ = (\n${lines.map((line) => `        ${line},`).join('\n')}\n    )\n`;
  }

  private relation(one: PlannedRelation): string {
    const fields = this.fieldNames(one);
    const type = `${one.parent.className}${one.mandatory ? '' : ' | None'}`;
    const remote = one.parent === one.child ? `, remote_side=${this.remote(one)}` : '';
    return `    ${one.field}: Mapped[${type}] = relationship(back_populates=${pythonString(one.back)}, foreign_keys=[${fields.join(', ')}]${remote})`;
  }

  private remote({ relationship, parent }: PlannedRelation): string {
    return `[${relationship.parentColumns.flatMap((id) => parent.fields.get(id) ?? []).join(', ')}]`;
  }

  private fieldNames({ relationship, child }: PlannedRelation): string[] {
    return relationship.childColumns.flatMap((id) => child.fields.get(id) ?? []);
  }

  private back(one: PlannedRelation): string {
    const type = one.single ? `${one.child.className} | None` : `list[${one.child.className}]`;
    const foreign = pythonString(
      `[${this.fieldNames(one)
        .map((field) => `${one.child.className}.${field}`)
        .join(', ')}]`,
    );
    return `    ${one.back}: Mapped[${type}] = relationship(back_populates=${pythonString(one.field)}, foreign_keys=${foreign})`;
  }

  private model(planned: PlannedTable): string {
    const { table, className } = planned;
    if (!table.keys.some((key) => key.kind === 'primary'))
      this.losses.say(
        `table ${pathOf(this.document, table)}`,
        'model',
        'SQLAlchemy maps a class only to a table with a primary key.',
      );
    const members = [
      ...planned.columns.map((column) => this.column(planned, column)),
      ...planned.relations.map((one) => this.relation(one)),
      ...planned.backs.map((one) => this.back(one)),
    ];
    const head = `class ${className}(Base):\n${docstring(table.comment, '    ')}    __tablename__ = ${pythonString(table.name)}\n${this.args(planned)}`;
    return `${head}\n${members.join('\n')}`;
  }
}

const deferred = (deferral: Deferral | undefined): readonly (string | undefined)[] => [
  deferral === undefined ? undefined : 'deferrable=True',
  deferral === 'initially deferred' ? 'initially="DEFERRED"' : undefined,
];

/** `text()` takes a colon before a name for a parameter. */
function escapedColons(sql: string): string {
  return sql.replaceAll(/(?<![:\\]):(?=\w)/g, '\\:');
}

/** A document as models of SQLAlchemy 2. Source: docs.sqlalchemy.org, version 2. */
export function writeSqlAlchemy(document: Document): Exchanged {
  const writer = new AlchemyWriter(document);
  const text = writer.write();
  return { files: [{ path: 'models.py', text }], losses: writer.losses.all() };
}
