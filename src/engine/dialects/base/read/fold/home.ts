import { hasNamelessSchema } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import type { ReadState } from '../../../postgres/read/state.ts';
import type { Ddl, DdlName } from '../ddl.ts';

/**
 * What the text made with a schema it may also name without one: the user who runs it is connected to that schema. Only when
 * one schema alone has something of the name.
 */
function onlyOne(state: ReadState, name: DdlName): DdlName {
  if (state.relation(name) !== undefined) return name;
  const found = [...state.records.schemas.values()].filter(({ id }) => state.relationIn(id, name.name) !== undefined);
  const [only] = found;
  return only === undefined || found.length > 1 ? name : { schema: only.name, name: name.name };
}

/**
 * What the text made without a schema it may also name with one: that of the user who runs it. So `sales.t` means the `t` of
 * the connection's own schema when the text has no schema `sales`. References between tables are taken as they stand.
 */
export function atHome(state: ReadState, dialect: Dialect, ddl: Ddl): Ddl {
  if (!hasNamelessSchema(dialect)) return ddl;
  if (ddl.kind === 'trigger' && ddl.on.schema === undefined && state.relation(ddl.on) === undefined) {
    // A trigger lives with its table.
    const { schema } = ddl.name;
    const near = { ...(schema === undefined ? {} : { schema }), name: ddl.on.name };
    return state.relation(near) === undefined ? ddl : { ...ddl, on: near };
  }
  const home = (name: DdlName): DdlName => {
    if (name.schema === undefined) return onlyOne(state, name);
    if (state.findSchema(name.schema) !== undefined) return name;
    return state.relation({ name: name.name }) === undefined ? name : { name: name.name };
  };
  switch (ddl.kind) {
    case 'alter table':
      return { ...ddl, name: home(ddl.name) };
    case 'comment':
      return { ...ddl, name: home(ddl.name) };
    case 'create index':
      return { ...ddl, table: home(ddl.table) };
    case 'trigger':
      return { ...ddl, on: home(ddl.on) };
    case 'rename':
      return ddl.what === 'table' || ddl.what === 'view' || ddl.what === 'object' ? { ...ddl, from: home(ddl.from) } : ddl;
    case 'drop':
      return ddl.what === 'table' || ddl.what === 'view' ? { ...ddl, names: ddl.names.map(home) } : ddl;
    default:
      return ddl;
  }
}
