import type {
  AlterDomainStmt,
  AlterEnumStmt,
  AlterTableCmd,
  AlterTableStmt,
  ColumnDef,
  CompositeTypeStmt,
  CreateDomainStmt,
  CreateEnumStmt,
  CreateRangeStmt,
} from 'libpg-query';
import type { ColumnType } from '#model/column-types.ts';
import type { CompositeType, CustomType, DomainType, Id } from '#model/types.ts';
import { literal } from '../quote.ts';
import { all, as, nameOf, type QualifiedName, qualifiedName, roleName, texts } from './ast.ts';
import { bracketsAfter, type Clause, columnClauses } from './constraints.ts';
import { readDefault } from './expressions.ts';
import { storageParameters } from './options.ts';
import { failed, modelled, type Outcome, skipped, withResidue } from './outcome.ts';
import type { ReadState } from './state.ts';
import type { Statement } from './statement.ts';
import type { Range } from './tokens.ts';
import { readType } from './types.ts';
import type { Writable } from './writable.ts';

type TypeFields<T> = T extends CustomType ? Omit<T, 'id' | 'name' | 'schema'> : never;

function add(statement: Statement, name: QualifiedName, fields: TypeFields<CustomType>): Outcome {
  const { state, outcome } = statement;
  const { id: schema } = state.targetSchema(name);
  const object = `${fields.kind === 'composite' || fields.kind === 'range' ? 'type' : fields.kind} ${state.say(schema, name.name)}`;
  if (state.typeIn(schema, name.name) !== undefined) {
    return failed(`${object} is defined a second time; the first definition is kept`, object);
  }
  const id = state.recordId('types', state.hint(schema, name.name));
  state.records.types.set(id, { ...fields, id, schema, name: name.name } as Writable<CustomType>);
  state.registerType(schema, name.name, id);
  Object.assign(outcome, modelled(object, id));
  return outcome;
}

/** `CREATE TYPE ... AS ENUM` */
export function createEnum(statement: Statement, node: CreateEnumStmt): Outcome {
  const values = texts(node.vals);
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) return failed(`value ${twice} stands in it twice`, `enum ${texts(node.typeName).join('.')}`);
  return add(statement, qualifiedName(texts(node.typeName)), { kind: 'enum', values });
}

/** What names a value of an enum by its text: defaults of its columns, and checks of domains over it. */
function renameValue(state: ReadState, enumId: Id, from: string, to: string): void {
  const [before, after] = [literal(from), literal(to)];
  for (const table of state.records.tables.values()) {
    for (const { type, default: given } of table.columns) {
      if (type.kind !== 'custom' || type.type !== enumId || given?.sql.startsWith(before) !== true) continue;
      given.sql = after + given.sql.slice(before.length);
    }
  }
  for (const domain of state.records.types.values()) {
    if (domain.kind !== 'domain' || domain.base.kind !== 'custom' || domain.base.type !== enumId) continue;
    for (const check of domain.checks) check.expression = check.expression.replaceAll(before, () => after);
    if (domain.default?.sql.startsWith(before) === true) domain.default.sql = after + domain.default.sql.slice(before.length);
  }
}

/** `ALTER TYPE ... ADD VALUE` and `RENAME VALUE` */
export function alterEnum(statement: Statement, node: AlterEnumStmt): Outcome {
  const { state } = statement;
  const name = texts(node.typeName);
  const id = state.typeId(qualifiedName(name));
  const type = id === undefined ? undefined : state.get('types', id);
  const object = `enum ${name.join('.')}`;
  if (type?.kind !== 'enum') return failed(`${object} is not in the text`, object);
  const value = node.newVal ?? '';
  if (type.values.includes(value)) {
    if (node.skipIfNewValExists === true) return skipped('it has this value already', object);
    return failed(`it has the value ${value} already`, object);
  }
  if (node.oldVal !== undefined) {
    if (!type.values.includes(node.oldVal)) return failed(`it has no value ${node.oldVal}`, object);
    type.values = type.values.map((one) => (one === node.oldVal ? value : one));
    renameValue(state, type.id, node.oldVal, value);
  } else {
    const neighbour = node.newValNeighbor === undefined ? -1 : type.values.indexOf(node.newValNeighbor);
    const at = neighbour < 0 ? type.values.length : neighbour + (node.newValIsAfter === true ? 1 : 0);
    type.values.splice(at, 0, value);
  }
  return modelled(object, type.id);
}

function applyDomainClause(statement: Statement, domain: Writable<DomainType>, clause: Clause): void {
  const { state, source, outcome } = statement;
  const { node } = clause;
  if (node.contype === 'CONSTR_NOTNULL') {
    domain.notNull = true;
    if (node.conname !== undefined) withResidue(outcome, `the name ${node.conname} of its NOT NULL constraint is not kept`);
  } else if (node.contype === 'CONSTR_NULL') delete domain.notNull;
  else if (node.contype === 'CONSTR_DEFAULT') {
    const at = source.find('DEFAULT', clause.range.first, clause.range.last, 0);
    domain.default = readDefault(node.raw_expr, source, { first: at + 1, last: clause.range.last });
  } else if (node.contype === 'CONSTR_CHECK') {
    domain.checks.push({
      id: state.domainCheckId(domain.schema, domain.name, node.conname ?? `check ${domain.checks.length + 1}`),
      ...(node.conname === undefined ? {} : { name: node.conname }),
      expression: bracketsAfter(statement, clause.range, 'CHECK'),
      ...(clause.added === true && node.skip_validation === true ? { notValid: true } : {}),
    });
  }
}

/** `CREATE DOMAIN` */
export function createDomain(statement: Statement, node: CreateDomainStmt): Outcome {
  const { state, source } = statement;
  const name = qualifiedName(texts(node.domainname));
  const base = readType(state, node.typeName, source);
  const outcome = add(statement, name, { kind: 'domain', base, checks: [] });
  const domain = outcome.record === undefined ? undefined : state.get('types', outcome.record);
  if (domain?.kind !== 'domain' || outcome.state === 'error') return outcome;
  let limit: number | undefined;
  if (node.collClause !== undefined) {
    limit = source.at(node.collClause.location ?? 0);
    domain.collation = source.slice({ first: limit + 1, last: limit + 2 * texts(node.collClause.collname).length - 1 });
  }
  const range: Range = { first: 0, last: source.tokens.length - 1 };
  for (const clause of columnClauses(statement, node.constraints, range, limit)) applyDomainClause(statement, domain, clause);
  return outcome;
}

/** `ALTER DOMAIN` */
export function alterDomain(statement: Statement, node: AlterDomainStmt): Outcome {
  const { state, source, outcome } = statement;
  const name = texts(node.typeName);
  const id = state.typeId(qualifiedName(name));
  const domain = id === undefined ? undefined : state.get('types', id);
  const object = `domain ${name.join('.')}`;
  if (domain?.kind !== 'domain') return failed(`${object} is not in the text`, object);
  Object.assign(outcome, modelled(object, domain.id));
  const last = source.tokens.length - 1;
  if (node.subtype === 'T' && node.def === undefined) delete domain.default;
  else if (node.subtype === 'T') {
    domain.default = readDefault(node.def, source, { first: source.find('DEFAULT', 0) + 1, last });
  } else if (node.subtype === 'N') delete domain.notNull;
  else if (node.subtype === 'O') domain.notNull = true;
  else if (node.subtype === 'C') {
    const constraint = as(node.def, 'Constraint');
    const first = source.find('ADD', 0) + 1;
    if (constraint !== undefined) applyDomainClause(statement, domain, { node: constraint, range: { first, last }, added: true });
  } else if (node.subtype === 'X') domain.checks = domain.checks.filter((check) => check.name !== node.name);
  else if (node.subtype === 'V') {
    for (const check of domain.checks) if (check.name === node.name) delete check.notValid;
  }
  return outcome;
}

type Attribute = CompositeType['attributes'][number];

function attribute(statement: Statement, typeName: string, node: ColumnDef): Attribute {
  const { state, source } = statement;
  const name = node.colname ?? '';
  const at = node.collClause === undefined ? -1 : source.at(node.collClause.location ?? 0);
  return {
    id: state.attributeId(typeName, name),
    name,
    type: readType(state, node.typeName, source),
    ...(at < 0 ? {} : { collation: source.slice({ first: at + 1, last: at + 2 * texts(node.collClause?.collname).length - 1 }) }),
  };
}

/** `CREATE TYPE ... AS (...)` */
export function createComposite(statement: Statement, node: CompositeTypeStmt): Outcome {
  const name = nameOf(node.typevar);
  const attributes = all(node.coldeflist, 'ColumnDef').map((column) => attribute(statement, name.name, column));
  return add(statement, name, { kind: 'composite', attributes });
}

/** `CREATE TYPE ... AS RANGE (...)` */
export function createRange(statement: Statement, node: CreateRangeStmt): Outcome {
  const { state, source } = statement;
  const subtype = all(node.params, 'DefElem').find((option) => option.defname === 'subtype');
  const parameters = storageParameters(node.params, source).filter((one) => one.name !== 'subtype');
  const type: ColumnType = readType(state, as(subtype?.arg, 'TypeName'), source);
  return add(statement, qualifiedName(texts(node.typeName)), { kind: 'range', subtype: type, parameters });
}

function alterAttribute(statement: Statement, type: Writable<CompositeType>, command: AlterTableCmd): string | undefined {
  const def = as(command.def, 'ColumnDef');
  const at = type.attributes.findIndex((one) => one.name === (command.name ?? def?.colname));
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (def !== undefined) type.attributes.push(attribute(statement, type.name, def) as Writable<Attribute>);
      return undefined;
    case 'AT_DropColumn':
      if (at >= 0) type.attributes.splice(at, 1);
      return at < 0 && command.missing_ok !== true ? `it has no attribute ${command.name}` : undefined;
    case 'AT_AlterColumnType': {
      const old = type.attributes[at];
      if (old === undefined || def === undefined) return `it has no attribute ${command.name}`;
      const changed = attribute(statement, type.name, { ...def, colname: old.name });
      type.attributes[at] = { ...(changed as Writable<Attribute>), id: old.id };
      return undefined;
    }
    case 'AT_ChangeOwner':
      type.owner = roleName(command.newowner);
      return undefined;
    default:
      return 'the model has no field for it';
  }
}

/** `ALTER TYPE` of a composite type: its attributes. */
export function alterComposite(statement: Statement, node: AlterTableStmt): Outcome {
  const { state, outcome } = statement;
  const name = nameOf(node.relation);
  const id = state.typeId(name);
  const type = id === undefined ? undefined : state.get('types', id);
  const object = `type ${name.name}`;
  if (type?.kind !== 'composite') return failed(`${object} is not a composite type of the text`, object);
  Object.assign(outcome, modelled(object, type.id));
  for (const command of all(node.cmds, 'AlterTableCmd')) {
    const problem = alterAttribute(statement, type, command);
    if (problem !== undefined) withResidue(outcome, problem);
  }
  return outcome;
}
