import type { Column, ColumnType, Identity } from '#model/column-types.ts';
import type { CheckConstraint } from '#model/table-parts.ts';
import type { Id, Ref, Remark, Table } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { moveDefault, needsTruth } from './defaults.ts';
import { stripped } from './drop.ts';
import type { Holding } from './holdings.ts';
import type { Ledger } from './ledger.ts';
import { type Fates, tableNames, translate } from './scope.ts';
import { checkText, enumIdFor, holdsOf, moveType } from './typing.ts';

/** What the columns of a table bring along besides themselves. */
export interface ColumnYield {
  readonly columns: readonly Column[];
  readonly checks: readonly CheckConstraint[];
  readonly enums: readonly { readonly id: Id; readonly column: Id; readonly values: readonly string[]; readonly name: string }[];
  readonly remarks: readonly Remark[];
}

interface Work {
  readonly ledger: Ledger;
  readonly table: Table;
  readonly fates: Fates;
  readonly checks: CheckConstraint[];
  readonly enums: { id: Id; column: Id; values: readonly string[]; name: string }[];
  readonly remarks: Remark[];
  /** The name of a constraint of the table in the target. */
  readonly nameOf: (name: string) => string;
  /** A column has the table's numbers already: only PostgreSQL gives them to several. */
  numbered: boolean;
}

/** The numbers that the engine gives, in the target's way; undefined: it gives none, which is told. */
function moveIdentity({ ledger, table }: Work, column: Column, identity: Identity, used: boolean): Identity | undefined {
  const { to, from } = ledger;
  const at: Ref = { record: table.id, part: column.id };
  const object = ledger.object(table, column.name);
  const reason = `${ledger.label} numbers the rows of a table in one column only, which is ${to === 'sqlite' ? 'its INTEGER primary key' : 'a key'}.`;
  const single = table.keys.some(({ kind, columns }) => kind === 'primary' && columns.length === 1 && columns[0] === column.id);
  const leads =
    table.keys.some(({ columns }) => columns[0] === column.id) ||
    table.indexes.some(({ elements }) => elements[0]?.column === column.id);
  const possible = to === 'postgresql' || (!used && (to === 'sqlite' ? single : to === 'mysql' || to === 'mariadb' ? leads : true));
  if (!possible) {
    ledger.lose(
      { id: 'value:identity', group: 'value', what: 'numbers given by the engine', from: 'identity', reason },
      { object, at },
    );
    return undefined;
  }
  const always = to === 'mssql' || (identity.mode === 'always' && (to === 'postgresql' || to === 'oracle'));
  const keepsOptions = to === 'postgresql' || to === 'oracle' || to === 'mssql';
  const { start, increment, ...others } = identity.options ?? {};
  const given = keepsOptions
    ? to === 'mssql'
      ? start === undefined && increment === undefined
        ? {}
        : { start: start ?? '1', increment: increment ?? '1' }
      : (identity.options ?? {})
    : {};
  const left = keepsOptions ? (to === 'mssql' ? others : {}) : (identity.options ?? {});
  for (const [name, value] of Object.entries(left)) {
    // The first number and what a sequence has by itself need no words.
    if ((name === 'start' || name === 'increment' || name === 'min' || name === 'cache') && String(value) === '1') continue;
    if (value === 'none' || value === false || name === 'cache' || name === 'type') continue;
    ledger.lose(
      {
        id: 'value:identity-options',
        group: 'value',
        what: 'options of numbering',
        from: `${name} ${value}`,
        reason: `${ledger.label} has no words for this option: set the next number after the load.`,
      },
      { object, at, sql: `${name} ${value}` },
    );
  }
  const forms = {
    postgresql: 'GENERATED AS IDENTITY',
    mysql: 'AUTO_INCREMENT',
    mariadb: 'AUTO_INCREMENT',
    sqlite: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    mssql: 'IDENTITY',
    oracle: 'GENERATED AS IDENTITY',
  };
  const same = (identity.mode === 'always') === always;
  ledger.tell(
    {
      id: 'value:identity',
      group: 'value',
      what: 'numbers given by the engine',
      from: from === 'postgresql' ? 'identity, serial' : forms[from],
      to: forms[to],
      verdict: same ? 'faithful' : 'approximate',
      reason: same
        ? 'The next number must be set after the rows are loaded.'
        : always
          ? 'Rows with numbers of their own need a switch for the load (SET IDENTITY_INSERT).'
          : 'Rows may bring numbers of their own.',
    },
    at,
  );
  return { mode: always ? 'always' : 'by default', ...(Object.keys(given).length === 0 ? {} : { options: given }) };
}

function typeOf(
  work: Work,
  column: Column,
  holding: Holding,
): { type: ColumnType; name: string; checks: ReturnType<typeof moveType>['checks'] } {
  const { ledger, table } = work;
  const at: Ref = { record: table.id, part: column.id };
  const made = moveType(ledger, column.type, at, { keyed: holding.keyed, identity: holding.numbered }, holding.common);
  if (made.enumValues === undefined) {
    const { type } = made;
    return { type, name: type.kind === 'builtin' ? type.name : '', checks: made.checks };
  }
  const id = enumIdFor(table.id, column.id);
  work.enums.push({ id, column: column.id, values: made.enumValues, name: `${table.name}_${column.name}` });
  return { type: { kind: 'custom', type: id }, name: '', checks: made.checks };
}

/** A domain's checks and default, which its column takes over. */
function fromDomains(work: Work, column: Column): { notNull: boolean; column: Column } {
  const { ledger, table } = work;
  let notNull = false;
  let moved = column;
  for (const domain of holdsOf(ledger, column.type).domains) {
    notNull ||= domain.notNull === true;
    if (moved.default === undefined && domain.default !== undefined) moved = { ...moved, default: domain.default };
    domain.checks.forEach((check, at) => {
      const fate = work.fates.columns.get(table.id)?.get(column.id);
      const said = translate(
        ledger,
        {
          column: (path) =>
            path.length === 1 && path[0]?.name.toLowerCase() === 'value' && fate !== undefined
              ? { path: [fate.name], holds: fate.holds, was: fate.was }
              : undefined,
        },
        check.expression,
        { record: table.id, part: column.id },
        'condition',
      );
      if ('problem' in said) {
        ledger.lose(
          {
            id: 'constraint:domain-check',
            group: 'constraint',
            what: 'check of a domain',
            from: check.expression,
            reason: said.problem,
          },
          {
            object: ledger.object(table, column.name),
            at: { record: table.id, part: column.id },
            reason: said.problem,
            sql: check.expression,
          },
        );
      } else work.checks.push({ id: `chk_${column.id.replace(/^col_/, '')}_d${at}`, expression: said.sql });
    });
  }
  return { notNull, column: moved };
}

function isIndexed(table: Table, { id, name }: Column): boolean {
  const speaks = (sql: string | undefined) => sql?.toLowerCase().includes(name.toLowerCase()) === true;
  return table.indexes.some(
    ({ elements, include, where }) =>
      elements.some((one) => one.column === id || speaks(one.expression)) || include?.includes(id) === true || speaks(where),
  );
}

/** @param plain it is in no key, index or foreign key, and of a type of the system: PostgreSQL 18 has others stored only (5.4). */
function generatedOf({ ledger, table, fates }: Work, column: Column, plain: boolean): Column['generated'] {
  const { generated } = column;
  if (generated === undefined) return undefined;
  const at: Ref = { record: table.id, part: column.id };
  const truth = needsTruth(ledger, fates.columns.get(table.id)?.get(column.id)?.holds);
  const said = ledger.related
    ? { sql: generated.expression }
    : translate(ledger, tableNames(ledger, fates, table), generated.expression, at, truth ? 'condition' : 'value');
  if ('problem' in said) {
    ledger.lose(
      { id: 'value:generated', group: 'value', what: 'generated column', from: generated.expression, reason: said.problem },
      {
        object: ledger.object(table, column.name),
        at,
        reason: `${said.problem} It becomes an ordinary column.`,
        sql: generated.expression,
      },
    );
    return undefined;
  }
  const virtual = ledger.to === 'oracle';
  const storedOnly = ledger.to === 'postgresql' && (ledger.version < 18 || !plain);
  const stored = virtual ? false : storedOnly || generated.stored;
  ledger.tell(
    {
      id: 'value:generated',
      group: 'value',
      what: 'generated column',
      from: generated.stored ? 'STORED' : 'VIRTUAL',
      to: stored ? 'STORED' : 'VIRTUAL',
      verdict: stored === generated.stored ? 'faithful' : 'approximate',
      reason:
        stored === generated.stored
          ? 'Computed in the same way.'
          : stored
            ? 'Computed when a row is written, and stored.'
            : 'Computed when it is read.',
    },
    at,
  );
  return { expression: said.sql, stored };
}

/** Collations of MySQL that compare bytes are PostgreSQL's "C": the order of UTF-8 is that of the characters' numbers. */
function binaryCollation({ from, to, related }: Ledger, { collation }: Column, type: ColumnType): string | undefined {
  const text = type.kind === 'builtin' && /^(?:varchar|char|text)$/.test(type.name);
  const mysql = from === 'mysql' || from === 'mariadb';
  return !related && mysql && to === 'postgresql' && text && /_bin$/i.test(collation ?? '') ? '"C"' : undefined;
}

function tellBinary(ledger: Ledger, { collation }: Column, at: Ref): void {
  ledger.tell(
    {
      id: 'value:binary-collation',
      group: 'value',
      what: 'collation that compares bytes',
      from: collation ?? '',
      to: 'COLLATE "C"',
      verdict: 'faithful',
      reason: 'Case counts, and the order is that of the bytes. MySQL ignores blanks at the end besides (PAD SPACE).',
    },
    at,
  );
}

const COMMENTLESS = new Set(['sqlite']);

function moveColumn(work: Work, given: Column, holding: Holding): Column {
  const { ledger, table, fates } = work;
  const at: Ref = { record: table.id, part: given.id };
  const object = ledger.object(table, given.name);
  const name = fates.columns.get(table.id)?.get(given.id)?.name ?? given.name;
  const domain = fromDomains(work, given);
  const identity = holding.identity === undefined ? undefined : moveIdentity(work, given, holding.identity, work.numbered);
  if (identity !== undefined) work.numbered = true;
  const typed = typeOf(work, given, holding);
  const named = given.notNullName !== undefined && ledger.to === 'postgresql' && ledger.version >= 18;
  const binary = binaryCollation(ledger, given, typed.type);
  const own = [
    ...(['storage', 'compression', 'statistics', 'defaultName', 'charset', 'residue'] as const),
    ...(named ? [] : (['notNullName'] as const)),
    ...(binary === undefined ? (['collation'] as const) : []),
  ];
  const kept = ledger.related ? given : (stripped(ledger, given, own, object, at) as Column);
  if (binary !== undefined) tellBinary(ledger, given, at);
  const { identity: _i, default: _d, generated: _g, onUpdate: _u, comment, type: _t, invisible, ...rest } = kept;
  const generated = generatedOf(work, given, !holding.keyed && !isIndexed(table, given) && typed.type.kind === 'builtin');
  const value =
    identity === undefined && generated === undefined && given.generated === undefined
      ? moveDefault(ledger, table, domain.column, holding.common, typed.name)
      : undefined;
  typed.checks?.forEach((check, index) => {
    if (generated !== undefined && check.is === 'json') return;
    work.checks.push({
      id: `chk_${given.id.replace(/^col_/, '')}_t${index}`,
      expression: checkText(check, quotedName(name, ledger.to), ledger),
    });
  });
  const seen = invisible === true && !['mysql', 'mariadb', 'oracle'].includes(ledger.to);
  if (seen) stripped(ledger, { invisible: true }, ['invisible'], object, at);
  if (comment !== undefined && COMMENTLESS.has(ledger.to)) {
    work.remarks.push({
      at: given.id,
      text: comment
        .split('\n')
        .map((line) => `-- ${line}`)
        .join('\n'),
    });
    tellRemark(ledger, at);
  }
  return {
    ...rest,
    ...(binary === undefined ? {} : { collation: binary }),
    ...(named ? { notNullName: work.nameOf(given.notNullName ?? '') } : {}),
    name,
    type: typed.type,
    nullable: given.nullable && !domain.notNull,
    ...(value === undefined ? {} : { default: value }),
    ...(identity === undefined ? {} : { identity }),
    ...(generated === undefined ? {} : { generated }),
    ...(given.onUpdate !== undefined && ledger.related ? { onUpdate: given.onUpdate } : {}),
    ...(comment !== undefined && !COMMENTLESS.has(ledger.to) ? { comment } : {}),
    ...(invisible === true && !seen ? { invisible } : {}),
  };
}

/** SQLite keeps a table's text as it is: comments on tables and columns stand in it as remarks. */
export function tellRemark(ledger: Ledger, at: Ref): void {
  ledger.tell(
    {
      id: 'object:remark',
      group: 'object',
      what: 'comment on a table or column',
      from: 'COMMENT',
      to: '-- ...',
      verdict: 'approximate',
      reason: 'SQLite has no comments on objects: they stand as remarks in the text, which it keeps.',
    },
    at,
  );
}

/** The columns of a table in the target, with what they bring along. @param nameOf the target's name for a constraint of the table. */
export function moveColumns(
  ledger: Ledger,
  table: Table,
  fates: Fates,
  holding: (column: Id) => Holding | undefined,
  nameOf: (name: string) => string,
): ColumnYield {
  const work: Work = { ledger, table, fates, checks: [], enums: [], remarks: [], nameOf, numbered: false };
  const columns = table.columns.map((column) => {
    const known = holding(column.id);
    return known === undefined ? column : moveColumn(work, column, known);
  });
  return { columns, checks: work.checks, enums: work.enums, remarks: work.remarks };
}
