import type { Collection } from '#model/types.ts';
import type { PgParser } from '../parser-port.ts';
import { type Span, splitSql } from '../split.ts';

export interface DefinedColumn {
  readonly name: string;
  /** Equal for equal types. */
  readonly type: string;
}

/** What a CREATE statement defines, by name. */
export interface Definition {
  readonly collection: Collection;
  /** `public` when the text names none. */
  readonly schema: string;
  readonly name: string;
  /** A table's columns in order. */
  readonly columns?: readonly DefinedColumn[];
}

/** One statement of a text. */
export interface TypedStatement {
  /** UTF-16 offsets of the code in the text. */
  readonly span: Span;
  readonly sql: string;
  readonly definition?: Definition;
  /** Why it cannot be parsed, and where in the text. */
  readonly problem?: { readonly message: string; readonly position: number };
}

type Node = Readonly<Record<string, unknown>>;

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function strings(list: unknown): string[] {
  return Array.isArray(list) ? list.flatMap((one) => text(node(node(one)['String'])['sval']) ?? []) : [];
}

function ofRange(collection: Collection, relation: unknown, columns?: readonly DefinedColumn[]): Definition | undefined {
  const { relname, schemaname } = node(relation);
  const name = text(relname);
  if (name === undefined) return undefined;
  return { collection, schema: text(schemaname) ?? 'public', name, ...(columns === undefined ? {} : { columns }) };
}

function ofNames(collection: Collection, names: unknown): Definition | undefined {
  const path = strings(names);
  const name = path.at(-1);
  return name === undefined ? undefined : { collection, schema: path.at(-2) ?? 'public', name };
}

function columnsOf(elements: unknown): DefinedColumn[] {
  return (Array.isArray(elements) ? elements : []).flatMap((one) => {
    const { colname, typeName } = node(node(one)['ColumnDef']);
    const name = text(colname);
    const type = JSON.stringify(typeName, (key, value: unknown) => (key === 'location' ? undefined : value)) ?? '';
    return name === undefined ? [] : [{ name, type }];
  });
}

const READERS: Readonly<Record<string, (body: Node) => Definition | undefined>> = {
  CreateStmt: (body) => ofRange('tables', body['relation'], columnsOf(body['tableElts'])),
  ViewStmt: (body) => ofRange('views', body['view']),
  CreateTableAsStmt: (body) =>
    body['objtype'] === 'OBJECT_MATVIEW'
      ? ofRange('views', node(body['into'])['rel'])
      : ofRange('tables', node(body['into'])['rel']),
  CreateEnumStmt: (body) => ofNames('types', body['typeName']),
  CreateDomainStmt: (body) => ofNames('types', body['domainname']),
  CreateRangeStmt: (body) => ofNames('types', body['typeName']),
  CompositeTypeStmt: (body) => ofRange('types', body['typevar']),
  CreateSeqStmt: (body) => ofRange('sequences', body['sequence']),
  CreateFunctionStmt: (body) => ofNames('routines', body['funcname']),
  DefineStmt: (body) => (body['kind'] === 'OBJECT_AGGREGATE' ? ofNames('routines', body['defnames']) : undefined),
  CreateSchemaStmt: (body) => {
    const name = text(body['schemaname']);
    return name === undefined ? undefined : { collection: 'schemas', schema: '', name };
  },
};

function parseOne(sql: string, span: Span, parser: PgParser): TypedStatement {
  if (span.unterminated !== undefined) {
    const { what, at } = span.unterminated;
    return { span, sql, problem: { message: `The ${what} that begins here never ends.`, position: at } };
  }
  if (span.kind !== 'statement') return { span, sql };
  const parsed = parser.parse(sql);
  if (!parsed.ok) return { span, sql, problem: { message: parsed.message, position: span.start + parsed.position } };
  const statement = node(parsed.tree.stmts[0]?.stmt);
  const kind = Object.keys(statement)[0] ?? '';
  const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  const definition = read?.(node(statement[kind]));
  return { span, sql, ...(definition === undefined ? {} : { definition }) };
}

/** The statements of a text, each parsed by itself, with what they define. */
export function statementsOf(source: string, parser: PgParser): TypedStatement[] {
  return splitSql(source, 'postgresql')
    .filter((span) => span.kind !== 'gap' || span.unterminated !== undefined)
    .map((span) => parseOne(source.slice(span.start, span.end), span, parser));
}

export function sameDefinition(a: Definition, b: Definition): boolean {
  return a.collection === b.collection && a.schema === b.schema && a.name === b.name;
}
