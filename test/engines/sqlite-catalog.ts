type Query = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const OBJECTS = `SELECT type, name, tbl_name AS about, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;
const TABLES = `(SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\') m`;
/** Indexes that SQLite makes for keys are named by their place, which is no name a person gave. */
const INDEX_NAME = `CASE WHEN i.name LIKE 'sqlite\\_autoindex\\_%' ESCAPE '\\' THEN '(made for a key)' ELSE i.name END`;

/** What PRAGMAs tell, each row a line. How many columns a view has SQLite only counts when somebody asks it of the view. */
const QUERIES: readonly string[] = [
  `SELECT printf('table %s type=%s columns=%d without rowid=%d strict=%d', name, type, iif(type = 'view', -1, ncol), wr, strict) AS line
   FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
  `SELECT printf('column %s.%s at=%d type=%s notnull=%d default=%s key=%d hidden=%d', m.name, c.name, c.cid, c.type, c."notnull", coalesce(c.dflt_value, '(null)'), c.pk, c.hidden) AS line
   FROM ${TABLES} JOIN pragma_table_xinfo(m.name) c`,
  `SELECT printf('foreign key of %s to %s on update=%s on delete=%s match=%s columns=%s', name, "table", on_update, on_delete, "match", group_concat(pair, ', ')) AS line
   FROM (SELECT m.name, f.id, f."table", f.on_update, f.on_delete, f."match",
         f."from" || ' -> ' || coalesce(f."to", (SELECT p.name FROM pragma_table_xinfo(f."table") p WHERE p.pk = f.seq + 1), '(key)') AS pair
         FROM ${TABLES} JOIN pragma_foreign_key_list(m.name) f ORDER BY m.name, f.id, f.seq)
   GROUP BY name, id`,
  `SELECT printf('index %s on %s unique=%d origin=%s partial=%d parts=%s', name, about, "unique", origin, partial, group_concat(part, ', ')) AS line
   FROM (SELECT m.name AS about, ${INDEX_NAME} AS name, i.seq, i."unique", i.origin, i.partial,
         coalesce(x.name, '(expression)') || CASE x."desc" WHEN 1 THEN ' DESC' ELSE '' END || ' ' || x.coll AS part
         FROM ${TABLES} JOIN pragma_index_list(m.name) i JOIN pragma_index_xinfo(i.name) x WHERE x.key = 1 ORDER BY m.name, i.seq, x.seqno)
   GROUP BY about, seq`,
];

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|\S/g;

/** The tokens of a text: words in capitals, names without their quotes, nothing of white space and comments. */
function tokensOf(sql: string): string[] {
  return (sql.match(TOKEN) ?? []).flatMap((token) => {
    if (/^(?:\s|--|\/\*)/.test(token)) return [];
    const close = token[0] === '[' ? ']' : token[0];
    const held = /^["`[]/.test(token) ? token.slice(1, -1).replaceAll(`${close}${close}`, String(close)) : token;
    return [token[0] === "'" ? token : held.toUpperCase()];
  });
}

/** What brackets hold that open at `from`, as one text, and where they close. */
function bracket(tokens: readonly string[], from: number): { text: string; end: number } {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at] === '(') depth++;
    else if (tokens[at] === ')' && --depth === 0) return { text: tokens.slice(from + 1, at).join(' '), end: at };
  }
  return { text: tokens.slice(from).join(' '), end: tokens.length };
}

const OF_COLUMN = new Set(['COLLATE', 'CONFLICT']);

/** When a foreign key is checked. `NOT DEFERRABLE` says what is so without it. */
function deferralOf(tokens: readonly string[], at: number): string | undefined {
  if (tokens[at - 1] === 'NOT') return undefined;
  return tokens[at + 1] === 'INITIALLY' ? `INITIALLY ${tokens[at + 2]}` : 'DEFERRABLE';
}

/** A trigger runs BEFORE when it says no time, and FOR EACH ROW whether it says so or not. */
function triggerTokens(tokens: readonly string[]): string[] {
  const begins = tokens.indexOf('BEGIN');
  const head = tokens.slice(0, begins);
  const each = head.findIndex((token, at) => token === 'FOR' && head[at + 1] === 'EACH' && head[at + 2] === 'ROW');
  const without = each < 0 ? head : [...head.slice(0, each), ...head.slice(each + 3)];
  const event = without.findIndex((token, at) => at > 2 && /^(?:INSERT|UPDATE|DELETE)$/.test(token));
  const timed = /^(?:BEFORE|AFTER|OF)$/.test(without[event - 1] ?? '');
  return [...without.slice(0, event), ...(timed ? [] : ['BEFORE']), ...without.slice(event), ...tokens.slice(begins)];
}

/** What no PRAGMA tells of a table: checks, generated values, collations, conflict clauses, deferral, names of constraints. */
function clausesOf(table: string, sql: string): string[] {
  const tokens = tokensOf(sql);
  const lines: string[] = [];
  let name = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string;
    if (token === 'CONSTRAINT') name = tokens[at + 1] as string;
    else if ((token === 'CHECK' || token === 'AS') && tokens[at + 1] === '(') {
      const { text, end } = bracket(tokens, at + 1);
      const tail = token === 'AS' ? ` ${tokens[end + 1] === 'STORED' ? 'STORED' : 'VIRTUAL'}` : '';
      lines.push(`${token === 'AS' ? 'generated' : 'check'} of ${table} ${name}: ${text}${tail}`);
      [at, name] = [end, ''];
    } else if (token === 'PRIMARY' || token === 'UNIQUE' || token === 'REFERENCES' || token === 'FOREIGN') {
      // A foreign key of one column may stand with its column or apart.
      if (name !== '') lines.push(`constraint of ${table}: ${name} ${token === 'REFERENCES' ? 'FOREIGN' : token}`);
      name = '';
    } else if (token === 'AUTOINCREMENT') lines.push(`autoincrement of ${table}`);
    else if (token === 'DEFERRABLE') {
      const deferral = deferralOf(tokens, at);
      if (deferral !== undefined) lines.push(`deferral of ${table}: ${deferral}`);
    } else if (OF_COLUMN.has(token)) lines.push(`${token} of ${table}: ${tokens[at + 1]}`);
  }
  return lines;
}

/**
 * What SQLite's catalog says, as sorted lines: PRAGMAs, and of the text of `sqlite_schema` what they do not tell. Views,
 * triggers and indexes count as their tokens, so that white space, comments and quotes around names do not matter.
 */
export async function sqliteCatalog(query: Query): Promise<string[]> {
  const lines: string[] = [];
  for (const sql of QUERIES) for (const { line } of await query(sql)) lines.push(String(line));
  for (const { type, name, about, sql } of await query(OBJECTS)) {
    if (type === 'table') lines.push(...clausesOf(String(name), String(sql ?? '')));
    else {
      const tokens = tokensOf(String(sql ?? ''));
      const said = type === 'trigger' ? triggerTokens(tokens) : tokens;
      lines.push(`${String(type)} ${String(name)} on ${String(about)}: ${said.join(' ')}`);
    }
  }
  return lines.toSorted();
}
