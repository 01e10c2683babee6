import { ok, type Result } from '#lib/result.ts';
import type { Column, ColumnType, Default } from '#model/column-types.ts';
import type { Dialect, ReferentialAction } from '#model/types.ts';
import type { ReadResult, SqlFile } from '../../sql/read.ts';
import { DocumentBuilder, type TableDraft } from '../common/build.ts';
import { defaultFromSql } from '../common/defaults.ts';
import { COUNTED, dialectNamed } from '../common/dialects.ts';
import { documentName, ReceiptBuilder } from '../common/receipts.ts';
import { sqlBoolean, sqlLiteral } from '../common/sql-literal.ts';
import { typeFromText } from '../common/type-text.ts';
import { dedented } from './lex.ts';
import { parseDbml } from './parse.ts';
import type {
  DbmlBody,
  DbmlColumn,
  DbmlElement,
  DbmlEnd,
  DbmlEnum,
  DbmlGroup,
  DbmlIndex,
  DbmlReference,
  DbmlSetting,
  DbmlTable,
  DbmlValue,
  Relation,
} from './tree.ts';

/** Stops what is being read: where it is wrong, and why. */
interface Fault {
  readonly at: number;
  readonly message: string;
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'cascade',
  restrict: 'restrict',
  'set null': 'set null',
  'set default': 'set default',
};

const find = (settings: readonly DbmlSetting[], ...names: string[]) => settings.find(({ name }) => names.includes(name));

function defaultOf({ kind, text }: DbmlValue, dialect: Dialect): Default {
  if (kind === 'expression') return defaultFromSql(text, dialect);
  if (kind === 'text' || kind === 'name') return { kind: 'literal', sql: sqlLiteral(text, dialect) };
  const bare = text.replaceAll(' ', '');
  if (/^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(bare)) return { kind: 'literal', sql: bare };
  const word = text.toLowerCase();
  if (word === 'null') return { kind: 'null', sql: 'NULL' };
  if (word === 'true' || word === 'false') return { kind: 'literal', sql: sqlBoolean(word === 'true', dialect) };
  // A value of an enum, such as status.active.
  return { kind: 'literal', sql: sqlLiteral(text.slice(text.lastIndexOf('.') + 1), dialect) };
}

class DbmlFold {
  private readonly builder: DocumentBuilder;
  private readonly receipt: ReceiptBuilder;
  private readonly elements: readonly DbmlElement[];
  private readonly dialect: Dialect;
  private readonly aliases = new Map<string, readonly string[]>();
  private readonly partials = new Map<string, DbmlTable>();
  /** References inside tables: they wait until all tables are there. */
  private readonly inline: { readonly object: string; readonly reference: DbmlReference; readonly table: DbmlTable }[] = [];
  private readonly faults = new Map<DbmlElement, Fault>();

  constructor(file: SqlFile) {
    this.elements = parseDbml(file.text);
    const project = this.elements.find((element) => element.kind === 'project');
    const named = project?.database === undefined ? undefined : dialectNamed(project.database);
    this.dialect = named ?? 'postgresql';
    this.builder = new DocumentBuilder(project?.name ?? documentName(file), this.dialect);
    this.receipt = new ReceiptBuilder(file);
    if (project?.database !== undefined && named === undefined)
      this.receipt.lost(`database ${project.database}`, 'dialect', 'There is no such dialect here: it was read as PostgreSQL.');
  }

  run(): ReadResult {
    for (const element of this.elements) {
      if (element.kind === 'partial') this.partials.set(element.path.join('.'), element);
      if (element.kind === 'table' && element.alias !== undefined) this.aliases.set(element.alias, element.path);
    }
    this.each('enum', (element) => this.enum(element));
    this.each('table', (element) => this.table(element));
    this.each('ref', (element) => {
      for (const reference of element.references) {
        const fault = this.reference(reference, element.name, `reference ${element.name ?? ''}`.trim());
        if (fault !== undefined) return fault;
      }
      return undefined;
    });
    for (const { object, reference, table } of this.inline) {
      const fault = this.reference(reference, undefined, object);
      if (fault !== undefined && !this.faults.has(table)) this.faults.set(table, fault);
    }
    this.each('group', (element) => this.group(element));
    for (const element of this.elements) this.say(element);
    return this.receipt.result(this.builder.finish());
  }

  private each<K extends DbmlElement['kind']>(
    kind: K,
    fold: (element: Extract<DbmlElement, { kind: K }>) => Fault | undefined,
  ): void {
    for (const element of this.elements) {
      if (element.kind !== kind) continue;
      const fault = fold(element as Extract<DbmlElement, { kind: K }>);
      if (fault !== undefined) this.faults.set(element, fault);
    }
  }

  private say(element: DbmlElement): void {
    const { start, end } = element;
    const fault = element.kind === 'broken' ? element : this.faults.get(element);
    const object = objectOf(element);
    const named = object === undefined ? {} : { object };
    if (fault !== undefined) this.receipt.statement(start, end, { state: 'error', ...named, reason: fault.message, at: fault.at });
    else if (element.kind === 'ignored')
      this.receipt.statement(start, end, { state: 'skipped', object: element.what, reason: element.reason });
    else {
      const record = element.kind === 'table' ? this.draft(element.path)?.id : undefined;
      this.receipt.statement(start, end, { state: 'modelled', ...named, ...(record === undefined ? {} : { record }) });
    }
  }

  private enum({ path, values, start }: DbmlEnum): Fault | undefined {
    const { schema, name } = split(path);
    if (values.some(({ noted }) => noted))
      this.receipt.lost(`enum ${name}`, 'value comment', 'The model has no comments on the values of an enum.');
    // Where enums are no types, they are written into the columns that name them.
    const id = this.builder.id('type', path.join('.'));
    const record = {
      id,
      kind: 'enum' as const,
      schema: this.builder.schema(schema).id,
      name,
      values: [...new Set(values.map((one) => one.name))],
    };
    const problem = this.builder.type(schema, record);
    return problem === undefined ? undefined : { at: start, message: problem };
  }

  /** A table by its path or its alias. */
  private draft(path: readonly string[]): TableDraft | undefined {
    const [only] = path;
    const real = path.length === 1 && only !== undefined ? (this.aliases.get(only) ?? path) : path;
    const { schema, name } = split(real);
    return this.builder.findTable(schema, name);
  }

  private table(element: DbmlTable): Fault | undefined {
    const { schema, name } = split(element.path);
    const table = this.builder.table(schema, name);
    if (typeof table === 'string') return { at: element.start, message: table };
    const object = `table ${element.path.join('.')}`;
    let fault = this.members(table, element, element.body, new Set());
    const note = element.body.note ?? find(element.settings, 'note')?.value?.text;
    if (note !== undefined && dedented(note) !== '') table.comment = dedented(note);
    for (const { name: setting } of element.settings)
      if (setting !== 'note') this.receipt.lost(object, 'setting', `${setting}: how another tool draws the table.`);
    for (const body of this.bodies(element)) {
      for (const index of body.indexes) fault = this.first(object, fault, this.index(table, index));
      for (const { expression, settings } of body.checks) this.check(table, expression, find(settings, 'name')?.value?.text);
      for (const what of body.ignored) this.receipt.lost(object, what, 'It is no part of a schema.');
    }
    return fault;
  }

  /** The body of a table and of the partials in it. */
  private bodies(element: DbmlTable, seen: ReadonlySet<string> = new Set()): DbmlBody[] {
    const inner = element.body.members.flatMap((member) => {
      const partial = member.kind === 'partial' && !seen.has(member.name) ? this.partials.get(member.name) : undefined;
      return partial === undefined ? [] : this.bodies(partial, new Set([...seen, partial.path.join('.')]));
    });
    return [...inner, element.body];
  }

  /** Columns in order; those of a partial stand where it is named, unless the table has one of that name itself. */
  private members(table: TableDraft, element: DbmlTable, body: DbmlBody, seen: ReadonlySet<string>): Fault | undefined {
    let first: Fault | undefined;
    const own = new Set(element.body.members.flatMap((member) => (member.kind === 'column' ? [member.name] : [])));
    for (const member of body.members) {
      let fault: Fault | undefined;
      if (member.kind === 'partial') {
        const partial = this.partials.get(member.name);
        if (partial === undefined) fault = { at: member.at, message: `There is no partial ${member.name}.` };
        else if (!seen.has(member.name)) fault = this.members(table, element, partial.body, new Set([...seen, member.name]));
      } else if (body === element.body || !own.has(member.name)) fault = this.column(table, element, member);
      first = this.first(`table ${element.path.join('.')}`, first, fault);
    }
    return first;
  }

  /** The first fault is the statement's own; what else is wrong is lost, and the rest still comes in. */
  private first(object: string, known: Fault | undefined, fault: Fault | undefined): Fault | undefined {
    if (known !== undefined && fault !== undefined) {
      const { line, column } = this.receipt.place(fault.at);
      this.receipt.lost(object, 'statement', `Line ${line}, column ${column}: ${fault.message}`);
    }
    return known ?? fault;
  }

  private type({ schema, name, dims }: DbmlColumn['type']): ColumnType {
    const found = this.builder.findType(schema, name);
    if (found?.kind === 'enum') {
      if (this.dialect === 'postgresql') return { kind: 'custom', type: found.id, ...(dims === 0 ? {} : { dims }) };
      const values = found.values.map((value) => sqlLiteral(value, this.dialect));
      if (this.dialect === 'mysql' || this.dialect === 'mariadb') return { kind: 'builtin', name: 'enum', args: values };
      return typeFromText('varchar(255)', this.dialect);
    }
    return typeFromText(`${schema === undefined ? '' : `${schema}.`}${name}${'[]'.repeat(dims)}`, this.dialect);
  }

  private column(table: TableDraft, element: DbmlTable, { name, type, settings, at }: DbmlColumn): Fault | undefined {
    const value = find(settings, 'default')?.value;
    const note = find(settings, 'note')?.value?.text;
    const primary = find(settings, 'pk', 'primary key') !== undefined;
    const read = this.type(type);
    const serial = read.kind === 'builtin' && read.name.endsWith('serial');
    const counted = find(settings, 'increment') !== undefined && !serial;
    const column: Omit<Column, 'id'> = {
      name,
      type: read,
      nullable: !primary && find(settings, 'not null') === undefined,
      ...(value === undefined || counted ? {} : { default: defaultOf(value, this.dialect) }),
      ...(counted ? { identity: COUNTED[this.dialect] } : {}),
      ...(note === undefined || dedented(note) === '' ? {} : { comment: dedented(note) }),
    };
    const made = this.builder.column(table, column);
    if (typeof made === 'string') return { at, message: made };
    if (primary) this.primary(table, made.id);
    if (find(settings, 'unique') !== undefined) this.builder.key(table, { kind: 'unique', columns: [made.id] });
    for (const setting of settings) this.setting(table, element, name, setting);
    return undefined;
  }

  /** Several columns marked `pk` are one key. */
  private primary(table: TableDraft, column: string): void {
    const key = table.keys.find((one) => one.kind === 'primary');
    if (key === undefined) this.builder.key(table, { kind: 'primary', columns: [column] });
    else key.columns = [...key.columns, column];
  }

  private setting(table: TableDraft, element: DbmlTable, column: string, { name, value, ref, at }: DbmlSetting): void {
    const known = ['pk', 'primary key', 'not null', 'null', 'unique', 'increment', 'default', 'note'];
    if (name === 'check' && value !== undefined) this.check(table, value.text, undefined);
    else if (ref !== undefined) {
      const own: DbmlEnd = { path: element.path, columns: [column], at };
      // Of `-` inside a table, the column it stands at holds the key, as it does at the right end of `-` outside.
      const swapped = ref.relation === '-';
      const reference = swapped
        ? { left: ref.end, relation: ref.relation, right: own, settings: [] }
        : { left: own, relation: ref.relation, right: ref.end, settings: [] };
      this.inline.push({ object: `reference of ${table.name}.${column}`, reference, table: element });
    } else if (!known.includes(name))
      this.receipt.lost(`column ${table.name}.${column}`, 'setting', `DBML's ${name || 'setting'} is not known here.`);
  }

  private check(table: TableDraft, expression: string, name: string | undefined): void {
    const id = this.builder.partId('checks', table, name ?? expression.slice(0, 20));
    table.checks.push({ id, expression, ...(name === undefined ? {} : { name }) });
  }

  private index(table: TableDraft, { elements, settings }: DbmlIndex): Fault | undefined {
    const name = find(settings, 'name')?.value?.text;
    const named = name === undefined || name === '' ? {} : { name };
    const note = find(settings, 'note')?.value?.text;
    const method = find(settings, 'type')?.value?.text.toLowerCase();
    const columns: string[] = [];
    const parts: { column?: string; expression?: string }[] = [];
    for (const { kind, text, at } of elements) {
      const column = kind === 'column' ? this.builder.findColumn(table, text) : undefined;
      if (kind === 'column' && column === undefined) return { at, message: `Table ${table.name} has no column ${text}.` };
      if (column !== undefined) columns.push(column.id);
      parts.push(column === undefined ? { expression: text } : { column: column.id });
    }
    const plain = columns.length === elements.length;
    const unique = find(settings, 'unique') !== undefined;
    const comment = note === undefined || dedented(note) === '' ? {} : { comment: dedented(note) };
    if (plain && find(settings, 'pk', 'primary key') !== undefined) {
      table.keys = table.keys.filter((key) => key.kind !== 'primary');
      this.builder.key(table, { kind: 'primary', columns, ...named, ...comment });
    } else if (plain && unique && method === undefined && new Set(columns).size === columns.length)
      this.builder.key(table, { kind: 'unique', columns, ...named, ...comment });
    else {
      const id = this.builder.partId('indexes', table, name ?? columns.join(','));
      const kept = method === undefined || method === 'btree' ? {} : { method };
      table.indexes.push({ id, ...named, elements: parts, ...(unique ? { unique } : {}), ...kept, ...comment });
    }
    return undefined;
  }

  private end({ path, columns, at }: DbmlEnd): { table: TableDraft; ids: string[] } | Fault {
    const table = this.draft(path);
    if (table === undefined) return { at, message: `There is no table ${path.join('.') || columns.join(', ')}.` };
    const ids: string[] = [];
    for (const name of columns) {
      const column = this.builder.findColumn(table, name);
      if (column === undefined) return { at, message: `Table ${table.name} has no column ${name}.` };
      ids.push(column.id);
    }
    return { table, ids };
  }

  private reference(
    { left, relation, right, settings }: DbmlReference,
    name: string | undefined,
    object: string,
  ): Fault | undefined {
    const ends = [this.end(left), this.end(right)] as const;
    for (const end of ends) if ('message' in end) return end;
    const [a, b] = ends as readonly [Exclude<(typeof ends)[0], Fault>, Exclude<(typeof ends)[1], Fault>];
    if (relation === '<>') {
      const nothing = { childColumns: [], parentColumns: [], manyToMany: true };
      this.builder.relationship(
        { child: a.table.id, parent: b.table.id, ...nothing, ...(name === undefined ? {} : { name }) },
        object,
      );
      return undefined;
    }
    if (a.ids.length !== b.ids.length)
      return { at: left.at, message: 'A reference joins as many columns of one table as of the other.' };
    const [child, parent] = holdsKey(relation) === 'left' ? [a, b] : [b, a];
    this.builder.relationship(
      {
        ...(name === undefined ? {} : { name }),
        child: child.table.id,
        parent: parent.table.id,
        childColumns: child.ids,
        parentColumns: parent.ids,
        ...action('onDelete', find(settings, 'delete')),
        ...action('onUpdate', find(settings, 'update')),
      },
      `${child.table.name}.${child.ids.join(',')}`,
    );
    if (find(settings, 'color') !== undefined) this.receipt.lost(object, 'setting', 'color: how another tool draws the reference.');
    return undefined;
  }

  private group({ name, members }: DbmlGroup): Fault | undefined {
    for (const { path, at } of members) {
      const table = this.draft(path);
      if (table === undefined) return { at, message: `There is no table ${path.join('.')}.` };
      table.tags = [...new Set([...(table.tags ?? []), name])];
    }
    return undefined;
  }
}

function holdsKey(relation: Exclude<Relation, '<>'>): 'left' | 'right' {
  return relation === '>' ? 'left' : 'right';
}

function action(key: 'onDelete' | 'onUpdate', setting: DbmlSetting | undefined): { [K in typeof key]?: ReferentialAction } {
  const word = setting?.value?.text.toLowerCase() ?? '';
  return Object.hasOwn(ACTIONS, word) ? { [key]: ACTIONS[word] } : {};
}

/** DBML calls the schema of names without one `public`. */
function split(path: readonly string[]): { readonly schema?: string; readonly name: string } {
  const name = path.at(-1) ?? '';
  const schema = path.slice(0, -1).join('.');
  return schema === '' || schema === 'public' ? { name } : { schema, name };
}

function objectOf(element: DbmlElement): string | undefined {
  if (element.kind === 'table' || element.kind === 'enum') return `${element.kind} ${element.path.join('.')}`;
  if (element.kind === 'partial') return `table partial ${element.path.join('.')}`;
  if (element.kind === 'ref') return `reference ${element.name ?? element.references[0]?.left.path.join('.') ?? ''}`.trim();
  if (element.kind === 'group') return `group ${element.name}`;
  return element.kind === 'project' ? `project ${element.name ?? ''}`.trim() : undefined;
}

/**
 * Reads DBML into a document of the dialect that its project names, else of PostgreSQL. Each element is a statement of the
 * receipt; one that is wrong is an error with its place and takes no other with it.
 */
export function readDbml(file: SqlFile): Result<ReadResult> {
  return ok(new DbmlFold(file).run());
}
