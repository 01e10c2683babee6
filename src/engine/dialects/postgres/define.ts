import type { Collection } from '#model/types.ts';
import type { DefinedColumn, Definition, LanguageProblem } from '../../sql/language.ts';
import type { PgParser } from '../../sql/parser-port.ts';

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

/** What one statement defines, by PostgreSQL's own grammar. */
export function definePostgres(
  parser: PgParser,
  sql: string,
): { readonly definition?: Definition; readonly problem?: LanguageProblem } {
  const parsed = parser.parse(sql);
  if (!parsed.ok) return { problem: { message: parsed.message, position: parsed.position } };
  const statement = node(parsed.tree.stmts[0]?.stmt);
  const kind = Object.keys(statement)[0] ?? '';
  const read = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  const definition = read?.(node(statement[kind]));
  return definition === undefined ? {} : { definition };
}
