import { lexSql, type Token, tokenName } from '#engine/dialects/base/lex.ts';
import { quotedName } from '#engine/dialects/base/quote.ts';
import { nameKey } from '#engine/dialects/base/traits.ts';
import { TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { splitSql } from '#engine/sql/split.ts';
import { viewColumns } from '#engine/workload/view-columns.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Dialect, Document, Table, View } from '#model/types.ts';

/** Something that could stand at the caret. */
export interface Suggested {
  readonly kind: 'table' | 'view' | 'column' | 'type' | 'keyword';
  /** What is put there; also what is shown. */
  readonly text: string;
  readonly note: string;
}

export interface Completion {
  /** UTF-16 offset where the word begins that is replaced. */
  readonly start: number;
  readonly items: readonly Suggested[];
}

/** Words after which a table is named. */
const BEFORE_TABLE = new Set(['REFERENCES', 'TABLE', 'INTO', 'FROM', 'JOIN', 'UPDATE', 'ONLY']);
/** Words after which a list of the statement's own columns opens. */
const BEFORE_COLUMNS = new Set(['KEY', 'UNIQUE', 'CHECK', 'CLUSTERED', 'NONCLUSTERED']);

function plain(name: string, dialect: Dialect): string {
  const fits =
    dialect === 'oracle' ? /^[A-Z][A-Z0-9_$#]*$/ : dialect === 'postgresql' ? /^[a-z_][a-z0-9_]*$/ : /^[A-Za-z_][A-Za-z0-9_]*$/;
  return fits.test(name) ? name : quotedName(name, dialect);
}

class Completer {
  private readonly document: Document;
  private readonly dialect: Dialect;
  private readonly keywords: readonly string[];
  private readonly before: readonly Token[];
  private readonly all: readonly Token[];

  constructor(document: Document, dialect: Dialect, keywords: readonly string[], all: readonly Token[], before: readonly Token[]) {
    this.document = document;
    this.dialect = dialect;
    this.keywords = keywords;
    this.all = all;
    this.before = before;
  }

  items(): readonly Suggested[] {
    const last = this.before.at(-1);
    if (last?.word === '.') return this.afterDot();
    if (last !== undefined && (BEFORE_TABLE.has(last.word) || (last.word === 'ON' && this.begins('CREATE')))) return this.tables();
    const opened = this.opened();
    if (opened !== undefined) return opened;
    return [...this.columnsNamed(), ...this.words()];
  }

  private begins(word: string): boolean {
    return this.all[0]?.word === word;
  }

  private find(token: Token | undefined): Table | View | undefined {
    if (token === undefined) return undefined;
    const key = nameKey(tokenName(token, this.dialect), this.dialect);
    const { tables, views } = this.document;
    return [...Object.values(tables), ...Object.values(views)].find((one) => nameKey(one.name, this.dialect) === key);
  }

  private columns(table: Table | View): readonly Suggested[] {
    if ('query' in table) {
      const names = viewColumns(this.document, table, this.dialect);
      return names.map((name) => ({ kind: 'column', text: plain(name, this.dialect), note: table.name }));
    }
    return columnsOf(this.document, table).map((column) => ({
      kind: 'column',
      text: plain(column.name, this.dialect),
      note: `${table.name} · ${typeName(this.document, column.type)}`,
    }));
  }

  private tables(schema?: string): readonly Suggested[] {
    const { document, dialect } = this;
    const home = (id: string) => document.schemas[id];
    const of = (kind: 'table' | 'view', records: Readonly<Record<string, { readonly name: string; readonly schema: string }>>) =>
      Object.values(records)
        .filter((one) => schema === undefined || nameKey(home(one.schema)?.name ?? '', dialect) === schema)
        .map((one): Suggested => {
          const own = home(one.schema);
          const path = schema === undefined && own !== undefined && own.implicit !== true ? `${plain(own.name, dialect)}.` : '';
          return { kind, text: `${path}${plain(one.name, dialect)}`, note: kind };
        });
    return [...of('table', document.tables), ...of('view', document.views)].sort((a, b) => (a.text < b.text ? -1 : 1));
  }

  private afterDot(): readonly Suggested[] {
    const named = this.before.at(-2);
    const table = this.find(named);
    if (table !== undefined) return this.columns(table);
    return named === undefined ? [] : this.tables(nameKey(tokenName(named, this.dialect), this.dialect));
  }

  /** What the bracket the caret is in holds. */
  private opened(): readonly Suggested[] | undefined {
    let depth = 0;
    let at = this.before.length - 1;
    for (; at >= 0; at--) {
      const { word } = this.before[at] as Token;
      if (word === ')') depth++;
      else if (word === '(' && depth-- === 0) break;
    }
    if (at < 0) return undefined;
    const [name, word] = [this.before[at - 1], this.before[at - 2]];
    if (word?.word === 'REFERENCES' || (word?.word === 'ON' && this.begins('CREATE')) || word?.word === 'INTO') {
      const table = this.find(name);
      return table === undefined ? undefined : this.columns(table);
    }
    if (name !== undefined && (BEFORE_COLUMNS.has(name.word) || BEFORE_COLUMNS.has(word?.word ?? ''))) return this.own();
    return this.inBody(at);
  }

  /** In the body of CREATE TABLE a type follows the name of a column. */
  private inBody(open: number): readonly Suggested[] | undefined {
    const isTable = this.all.slice(0, 6).some(({ word }) => word === 'TABLE') && this.begins('CREATE');
    if (!isTable || this.before.slice(0, open).some(({ word }) => word === '(')) return undefined;
    const since = this.before.slice(open + 1);
    const item = since.slice(since.findLastIndex(({ word }) => word === ',') + 1);
    return item.length === 1 && item[0]?.word !== 'CONSTRAINT' ? this.types() : undefined;
  }

  private types(): readonly Suggested[] {
    const listed = (TYPE_LISTS[this.dialect] ?? []).map(({ name, note }): Suggested => ({ kind: 'type', text: name, note }));
    const own = Object.values(this.document.types).map(
      ({ name, kind }): Suggested => ({ kind: 'type', text: plain(name, this.dialect), note: kind }),
    );
    return [...own, ...listed];
  }

  /** Columns that the statement itself names, at the beginning of its items. */
  private own(): readonly Suggested[] {
    const table = this.all.map((token) => this.find(token)).find((one) => one !== undefined);
    const known = table === undefined ? [] : this.columns(table);
    const names: Suggested[] = [];
    let depth = 0;
    for (const [at, token] of this.all.entries()) {
      if (token.word === '(') depth++;
      else if (token.word === ')') depth--;
      const previous = this.all[at - 1]?.word;
      const begins = depth === 1 && (previous === '(' || previous === ',') && (token.kind === 'word' || token.kind === 'quoted');
      if (begins && !/^(?:CONSTRAINT|PRIMARY|UNIQUE|FOREIGN|CHECK|KEY|INDEX|EXCLUDE)$/.test(token.word)) {
        names.push({ kind: 'column', text: token.text, note: 'of this table' });
      }
    }
    const seen = new Set(names.map((one) => one.text));
    return [...names, ...known.filter((one) => !seen.has(one.text))];
  }

  private columnsNamed(): readonly Suggested[] {
    const tables = new Set(
      this.all.flatMap((token) => (token.kind === 'word' || token.kind === 'quoted' ? (this.find(token) ?? []) : [])),
    );
    return [...tables].flatMap((table) => this.columns(table));
  }

  private words(): readonly Suggested[] {
    return this.keywords.map((word) => ({ kind: 'keyword', text: word.toUpperCase(), note: '' }));
  }
}

/** The statement the caret is in: also behind its last word, while nothing ends it. */
function statementAt(text: string, dialect: Dialect, offset: number): { readonly from: number; readonly to: number } {
  const spans = splitSql(text, dialect).filter((one) => one.kind !== 'gap' && one.kind !== 'meta');
  const last = spans.findLast((one) => one.start <= offset);
  if (last === undefined) return { from: offset, to: offset };
  if (last.end >= offset) return { from: last.start, to: last.end };
  return text[last.end - 1] === ';' ? { from: offset, to: offset } : { from: last.start, to: offset };
}

/**
 * What could stand at a place of SQL text: tables where one is named, columns of the table in question, types after a
 * column's name, and words of the language.
 * @param keywords of the dialect, lower case. @param offset UTF-16 offset of the caret.
 */
export function completeSql(
  document: Document,
  dialect: Dialect,
  keywords: readonly string[],
  text: string,
  offset: number,
): Completion {
  const { from, to } = statementAt(text, dialect, offset);
  const all = lexSql(text.slice(from, to), dialect).tokens;
  const typing = all.find((token) => token.kind === 'word' && from + token.start < offset && from + token.end >= offset);
  const start = typing === undefined ? offset : from + typing.start;
  const before = all.filter((token) => from + token.end <= start);
  const rest = all.filter((token) => token !== typing);
  return { start, items: new Completer(document, dialect, keywords, rest, before).items() };
}
