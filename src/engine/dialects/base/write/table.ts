import type { Column } from '#model/column-types.ts';
import type { CheckConstraint } from '#model/table-parts.ts';
import type { Id, Relationship, Remark, Table } from '#model/types.ts';
import { remarksAt, remarksBefore, statement } from './clauses.ts';
import { tableUses } from './features.ts';
import type { CommentTarget, KitScope } from './kit.ts';
import type { BasePlan } from './rules.ts';
import { type SqlText, sqlText } from './text.ts';

const INDENT = '    ';
/** Names longer than this do not push every type to the right. */
const MAX_ALIGNED = 32;

interface Line {
  readonly id: Id;
  readonly text: SqlText;
  /** Parts written within this line, whose remarks it therefore carries. */
  readonly holds: readonly Id[];
}

/** Foreign keys in a lasting order: by the place of their first column, then by id. */
function inColumnOrder(table: Table, links: readonly Relationship[]): readonly Relationship[] {
  const place = new Map(table.columns.map((column, i) => [column.id, i]));
  const of = (link: Relationship) => place.get(link.childColumns[0] ?? '') ?? -1;
  return links.toSorted((a, b) => of(a) - of(b) || (a.id < b.id ? -1 : 1));
}

function columnLines(scope: KitScope, table: Table, links: readonly Relationship[]): Line[] {
  const { kit } = scope;
  const lengths = table.columns.map((one) => scope.ident(one.name).length).filter((length) => length <= MAX_ALIGNED);
  const width = Math.max(0, ...lengths);
  return table.columns.map((column: Column) => {
    scope.checkName(column.name, column.id);
    const carried = kit.carried?.(table, column) ?? [];
    const own = kit.carriedLinks?.(table, column, links) ?? [];
    const holds = [...carried, ...own].map((part) => part.id);
    return { id: column.id, holds, text: kit.column(scope, table, column, width, carried, own) };
  });
}

/** Whether the target can hold a foreign key at all. */
function canWrite(scope: KitScope, link: Relationship): boolean {
  const unsaid =
    (link.period === true && !scope.says('period foreign key')) || (link.notEnforced === true && !scope.says('not enforced'));
  return !unsaid;
}

function constraintLines(scope: KitScope, table: Table, links: readonly Relationship[]): Line[] {
  const { kit } = scope;
  const carried = new Set(table.columns.flatMap((column) => kit.carried?.(table, column) ?? []).map((key) => key.id));
  const lines: Line[] = [];
  const add = (id: Id, sql: string | undefined) => {
    if (sql !== undefined) lines.push({ id, holds: [], text: sqlText(sql) });
  };
  for (const key of table.keys) {
    if (!carried.has(key.id) && kit.isLateKey?.(table, key) !== true) add(key.id, kit.key(scope, table, key));
  }
  if (kit.indexes === 'inline') for (const index of table.indexes) add(index.id, kit.index(scope, { ...table, table }, index));
  for (const check of table.checks) {
    if (scope.says('check') && !isLate(scope, table, check)) add(check.id, kit.check(scope, table, check));
  }
  const inColumns = new Set(table.columns.flatMap((column) => kit.carriedLinks?.(table, column, links) ?? []));
  for (const link of links) if (!inColumns.has(link)) add(link.id, kit.foreignKey(scope, link));
  return lines;
}

function tableBody(scope: KitScope, table: Table, links: readonly Relationship[]): SqlText {
  const lines = [...columnLines(scope, table, links), ...constraintLines(scope, table, links)];
  const linkRemarks = links.flatMap((link) => (link.remarks ?? []).map((remark): Remark => ({ ...remark, at: link.id })));
  const remarks = [...(table.remarks ?? []), ...linkRemarks];
  const further = scope.kit.lines?.(scope, table) ?? [];
  const text = sqlText();
  const own = (line: Line, trailing: boolean) => [line.id, ...line.holds].flatMap((id) => remarksAt(scope, remarks, id, trailing));
  lines.forEach((line, i) => {
    for (const remark of own(line, false)) text.add(`\n${INDENT}${remark}`);
    text.add(`\n${INDENT}`).part(line.id, line.text);
    if (i < lines.length - 1 || further.length > 0) text.add(',');
    for (const remark of own(line, true)) text.add(` ${remark}`);
  });
  if (further.length > 0) text.add(`\n${INDENT}${further.join(`,\n${INDENT}`)}`);
  for (const remark of remarksAt(scope, table.remarks, 'end', false)) text.add(`\n${INDENT}${remark}`);
  return text.sql === '' ? text : text.add('\n');
}

function createTable(scope: KitScope, table: Table, inline: readonly Relationship[]): SqlText {
  const { kit } = scope;
  scope.checkName(table.name);
  const body = tableBody(scope, table, inline);
  const text = sqlText(kit.tableHead(scope, table));
  if (body.sql !== '' || kit.bareWhenEmpty !== true) text.add(' (').add(body).add(')');
  text.add(kit.tableTail(scope, table));
  const out = sqlText(remarksBefore(scope, table.remarks, 'before')).add(kit.ended(text, false));
  for (const remark of remarksAt(scope, table.remarks, 'end', true)) out.add(` ${remark}`);
  return out;
}

function writeLateKeys(scope: KitScope, table: Table): void {
  const { kit } = scope;
  for (const key of table.keys) {
    if (kit.isLateKey?.(table, key) !== true) continue;
    const sql = sqlText(`ALTER TABLE ${scope.nameIn(table.schema, table.name)}\n${INDENT}ADD `);
    const text = statement(scope, table.remarks, sql.part(key.id, kit.key(scope, table, key)), false, key.id);
    scope.put('follow', 'constraint', `key:${key.id}`, text, key.id);
  }
}

function writeForeignKey(scope: KitScope, table: Table, link: Relationship): void {
  const sql = scope.kit.foreignKey(scope, link);
  if (sql === undefined) return;
  const add = scope.kit.later?.(link) ?? 'ADD';
  const text = sqlText(`ALTER TABLE ${scope.nameIn(table.schema, table.name)}\n${INDENT}${add} `).part(link.id, sql);
  const owner = { collection: 'relationships' as const, record: link.id };
  scope.putFor(owner, 'constraint', 'constraint', 'constraint', statement(scope, link.remarks, text));
}

/** A check that cannot stand in its table, or comes after one that cannot: checks keep their order. */
function isLate({ kit }: KitScope, { checks }: Table, check: CheckConstraint): boolean {
  return checks.slice(0, checks.indexOf(check) + 1).some((one) => kit.later?.(one) !== undefined);
}

function writeLateCheck(scope: KitScope, table: Table, check: CheckConstraint): void {
  const add = scope.kit.later?.(check) ?? 'ADD';
  const sql = isLate(scope, table, check) && scope.says('check') ? scope.kit.check(scope, table, check) : undefined;
  if (sql === undefined) return;
  const text = sqlText(`ALTER TABLE ${scope.nameIn(table.schema, table.name)}\n${INDENT}${add} `).part(check.id, sql);
  const out = statement(scope, table.remarks, text, false, check.id);
  scope.put('constraint', 'constraint', `constraint:${check.id}`, out, check.id);
}

/** Writes a statement that sets a comment, where the kit has one for it. */
export function writeComment(
  scope: KitScope,
  target: CommentTarget,
  comment: string | undefined,
  part?: Id,
  slot: 'follow' | 'comment' = 'follow',
): void {
  if (comment === undefined) return;
  const sql = scope.kit.comment?.(scope, target, comment);
  if (sql === undefined) return;
  const key = part === undefined ? 'comment' : `comment:${part}`;
  scope.put(slot, 'comment', key, scope.kit.ended(sqlText(sql), false), part);
}

function writeComments(scope: KitScope, table: Table, links: readonly Relationship[], inline: readonly Relationship[]): void {
  const at = { schema: table.schema, on: table.name };
  writeComment(scope, { kind: 'table', name: table.name, schema: table.schema }, table.comment);
  for (const one of table.columns) writeComment(scope, { kind: 'column', name: one.name, ...at }, one.comment, one.id);
  for (const one of table.keys) writeComment(scope, { kind: 'key', name: one.name ?? '', ...at }, one.comment, one.id);
  for (const one of table.checks) {
    const slot = isLate(scope, table, one) ? 'comment' : 'follow';
    writeComment(scope, { kind: 'check', name: one.name ?? '', ...at }, one.comment, one.id, slot);
  }
  for (const link of links) {
    if (link.comment === undefined) continue;
    const sql = scope.kit.comment?.(scope, { kind: 'foreign key', name: link.name ?? '', ...at }, link.comment);
    if (sql === undefined) continue;
    const owner = { collection: 'relationships' as const, record: link.id };
    const slot = inline.includes(link) ? 'follow' : 'comment';
    scope.putFor(owner, slot, 'comment', 'comment', scope.kit.ended(sqlText(sql), false));
  }
}

/** Writes an index as a statement of its own, with its comment. */
export function writeIndexes(
  scope: KitScope,
  on:
    | Table
    | {
        readonly id: Id;
        readonly schema: Id;
        readonly name: string;
        readonly indexes: Table['indexes'];
        readonly remarks?: readonly Remark[];
      },
): void {
  const indexed = 'columns' in on && 'keys' in on ? { ...on, table: on } : on;
  for (const index of on.indexes) {
    const sql = scope.kit.index(scope, indexed, index);
    if (sql === undefined) continue;
    const text = statement(scope, on.remarks, sqlText().part(index.id, sql), false, index.id);
    scope.put('follow', 'index', `index:${index.id}`, text, index.id);
    writeComment(scope, { kind: 'index', name: index.name ?? '', schema: on.schema, on: on.name }, index.comment, index.id);
  }
}

/**
 * Writes a table with everything that is its own: columns, constraints, indexes, comments.
 * @param links the foreign keys it is the child of.
 */
export function writeTable(scope: KitScope, table: Table, links: readonly Relationship[], plan: BasePlan): void {
  const { kit } = scope;
  scope.tell(tableUses(table, links));
  const written = inColumnOrder(table, links).filter((link) => canWrite(scope, link));
  const inline = written.filter((link) => plan.inline.has(link.id) && kit.later?.(link) === undefined);
  scope.put('here', 'create', 'create', createTable(scope, table, inline));
  if (kit.indexes === 'statement') writeIndexes(scope, table);
  writeLateKeys(scope, table);
  writeComments(scope, table, written, inline);
  for (const check of table.checks) writeLateCheck(scope, table, check);
  for (const link of written) if (!inline.includes(link)) writeForeignKey(scope, table, link);
  kit.further?.table?.(scope, table, written);
}
