import { hasNamelessSchema } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import type { ReadState } from '../../../postgres/read/state.ts';
import type { Ddl, DdlName } from '../ddl.ts';

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
    if (name.schema === undefined || state.findSchema(name.schema) !== undefined) return name;
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
    default:
      return ddl;
  }
}
