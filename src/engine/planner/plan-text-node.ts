/** The first line of a node in the text form of EXPLAIN (PostgreSQL, `explain.c`), as the properties of the JSON form. */

export type Properties = Record<string, unknown>;

/** A name as EXPLAIN prints it, quoted where it must be. @returns the name and where it ends */
function nameAt(text: string, at: number): { readonly name: string; readonly end: number } {
  if (text[at] !== '"') {
    let end = at;
    while (end < text.length && text[end] !== ' ' && text[end] !== '.') end += 1;
    return { name: text.slice(at, end), end };
  }
  let name = '';
  let end = at + 1;
  while (end < text.length) {
    if (text[end] === '"' && text[end + 1] !== '"') return { name, end: end + 1 };
    if (text[end] === '"') end += 1;
    name += text[end];
    end += 1;
  }
  return { name, end };
}

/** `schema.name alias`; the alias is told only where it is not the name. */
function target(text: string): { readonly schema?: string; readonly name: string; readonly alias: string } {
  const first = nameAt(text, 0);
  const second = text[first.end] === '.' ? nameAt(text, first.end + 1) : undefined;
  const name = second?.name ?? first.name;
  const end = second?.end ?? first.end;
  const alias = text[end] === ' ' ? nameAt(text, end + 1).name : name;
  return { ...(second === undefined ? {} : { schema: first.name }), name, alias };
}

/** Scans of what is no table of the database, with what their target is called in the JSON form. */
const NO_TABLES: Readonly<Record<string, string>> = {
  'Function Scan': 'Function Name',
  'Table Function Scan': 'Table Function Name',
  'CTE Scan': 'CTE Name',
  'WorkTable Scan': 'CTE Name',
  'Named Tuplestore Scan': 'Tuplestore Name',
};
const ALIAS_ONLY: ReadonlySet<string> = new Set(['Values Scan', 'Subquery Scan']);
const OPERATIONS: ReadonlySet<string> = new Set(['Insert', 'Update', 'Delete', 'Merge']);

function reading(type: string, of: string): Properties {
  if (type === 'Bitmap Index Scan') return { 'Node Type': type, 'Index Name': nameAt(of, 0).name };
  const { schema, name, alias } = target(of);
  const where = schema === undefined ? {} : { Schema: schema };
  if (OPERATIONS.has(type)) return { 'Node Type': 'ModifyTable', Operation: type, 'Relation Name': name, Alias: alias, ...where };
  if (ALIAS_ONLY.has(type)) return { 'Node Type': type, Alias: alias };
  const other = Object.hasOwn(NO_TABLES, type) ? NO_TABLES[type] : undefined;
  return { 'Node Type': type, [other ?? 'Relation Name']: name, Alias: alias, ...where };
}

/** `Index Scan Backward using a_b on a`. */
function indexed(type: string, rest: string): Properties {
  const backward = type.endsWith(' Backward');
  const { name, end } = nameAt(rest, 0);
  const of = rest.startsWith(' on ', end) ? reading('Index Scan', rest.slice(end + 4)) : {};
  return {
    ...of,
    'Node Type': backward ? type.slice(0, -' Backward'.length) : type,
    'Index Name': name,
    'Scan Direction': backward ? 'Backward' : 'Forward',
  };
}

const AGGREGATES: Readonly<Record<string, string>> = {
  Aggregate: 'Plain',
  GroupAggregate: 'Sorted',
  HashAggregate: 'Hashed',
  MixedAggregate: 'Mixed',
};

function plain(name: string): Properties {
  const strategy = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
  if (strategy !== undefined) return { 'Node Type': 'Aggregate', Strategy: strategy };
  const setop = /^(Hash)?SetOp( \w+)*$/.exec(name);
  if (setop !== null) {
    const strategy = setop[1] === undefined ? 'Sorted' : 'Hashed';
    return { 'Node Type': 'SetOp', Strategy: strategy, Command: name.slice(name.indexOf('SetOp') + 6) };
  }
  const join = /^(?:(Hash|Merge)|(Nested Loop))( (?:Left|Full|Right|Semi|Anti|Right Anti|Right Semi))?( Join)?$/.exec(name);
  if (join === null || (join[1] !== undefined && join[4] === undefined)) return { 'Node Type': name };
  const type = join[1] === undefined ? 'Nested Loop' : `${join[1]} Join`;
  return { 'Node Type': type, 'Join Type': join[3]?.trim() ?? 'Inner' };
}

const PREFIXES: readonly (readonly [string, Properties])[] = [
  ['Async ', { 'Async Capable': true }],
  ['Parallel ', { 'Parallel Aware': true }],
  ['Partial ', { 'Partial Mode': 'Partial' }],
  ['Finalize ', { 'Partial Mode': 'Finalize' }],
];

/** Node types of PostgreSQL 9.6 to 18, as the JSON form names them. */
const TYPES: ReadonlySet<string> = new Set([
  ...['Seq Scan', 'Sample Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Index Scan', 'Bitmap Heap Scan', 'Tid Scan'],
  ...['Tid Range Scan', 'Subquery Scan', 'Function Scan', 'Table Function Scan', 'Values Scan', 'CTE Scan', 'WorkTable Scan'],
  ...['Named Tuplestore Scan', 'Foreign Scan', 'Custom Scan', 'Nested Loop', 'Hash Join', 'Merge Join', 'Hash', 'Sort'],
  ...['Incremental Sort', 'Group', 'Aggregate', 'WindowAgg', 'Unique', 'SetOp', 'LockRows', 'Limit', 'Append', 'Merge Append'],
  ...['Recursive Union', 'BitmapAnd', 'BitmapOr', 'Gather', 'Gather Merge', 'Result', 'ProjectSet', 'ModifyTable'],
  ...['Materialize', 'Memoize'],
]);

/** Whether it is a node that PostgreSQL itself has. */
export function isKnownNode(properties: Properties): boolean {
  return TYPES.has(String(properties['Node Type']));
}

/** What a node is, from its line without costs. */
export function nodeName(text: string): Properties {
  let name = text;
  const said: Properties = {};
  for (const [prefix, properties] of PREFIXES) {
    if (!name.startsWith(prefix)) continue;
    Object.assign(said, properties);
    name = name.slice(prefix.length);
  }
  const custom = /^Custom Scan \(([^)]*)\)/.exec(name);
  if (custom !== null) {
    const of = name.startsWith(' on ', custom[0].length) ? reading('Custom Scan', name.slice(custom[0].length + 4)) : {};
    return { ...said, ...of, 'Node Type': 'Custom Scan', 'Custom Plan Provider': custom[1] };
  }
  const using = name.indexOf(' using ');
  if (using > 0) return { ...said, ...indexed(name.slice(0, using), name.slice(using + 7)) };
  const on = name.indexOf(' on ');
  if (on > 0) return { ...said, ...reading(name.slice(0, on), name.slice(on + 4)) };
  return { ...said, ...plain(name) };
}

/** Longer than any figures. */
const LONGEST = 400;

/** Costs and what happened, in brackets behind the name. @returns undefined when they are not as EXPLAIN prints them */
export function nodeFigures(text: string): Properties | undefined {
  const figures: Properties = {};
  let left = text.trim();
  if (left.length > LONGEST) return undefined;
  const cost = /^\(cost=([\d.]+)\.\.([\d.]+) rows=(\d+) width=(\d+)\)/.exec(left);
  if (cost !== null) {
    const [whole, startup, total, rows, width] = cost;
    Object.assign(figures, {
      'Startup Cost': Number(startup),
      'Total Cost': Number(total),
      'Plan Rows': Number(rows),
      'Plan Width': Number(width),
    });
    left = left.slice(whole.length).trim();
  }
  const actual = /^\(actual (?:time=([\d.]+)\.\.([\d.]+) )?rows=([\d.]+) loops=(\d+)\)/.exec(left);
  if (actual !== null) {
    const [whole, startup, total, rows, loops] = actual;
    Object.assign(figures, { 'Actual Rows': Number(rows), 'Actual Loops': Number(loops) });
    if (total !== undefined) Object.assign(figures, { 'Actual Startup Time': Number(startup), 'Actual Total Time': Number(total) });
    left = left.slice(whole.length).trim();
  }
  if (left.startsWith('(never executed)')) {
    Object.assign(figures, { 'Actual Rows': 0, 'Actual Loops': 0 });
    left = left.slice('(never executed)'.length).trim();
  }
  return left === '' ? figures : undefined;
}
