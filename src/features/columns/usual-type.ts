import type { ColumnType } from '#model/column-types.ts';

const BY_NAME: readonly { readonly name: RegExp; readonly type: string; readonly args?: readonly string[] }[] = [
  { name: /^(id|.*_id|.*Id)$/, type: 'bigint' },
  { name: /^(uuid|guid|.*_(uuid|guid))$/i, type: 'uuid' },
  { name: /(_at|_ts|At|timestamp)$/, type: 'timestamptz' },
  { name: /(^date|_date|_on|birthday|Date)$/, type: 'date' },
  {
    name: /^(is|has|can|was|allow|allows|should)_|^(is|has|can)[A-Z]|^(active|enabled|deleted|archived|verified|published)$/,
    type: 'boolean',
  },
  { name: /(^|_)(price|amount|total|subtotal|cost|fee|balance|salary|discount|tax)$/i, type: 'numeric', args: ['12', '2'] },
  {
    name: /(^|_)(count|quantity|qty|position|rank|year|age|number_of_\w+|stock|size|duration|version|priority|rating)$/i,
    type: 'integer',
  },
  { name: /(^|_)(settings|metadata|meta|payload|attributes|json|config|options)$/i, type: 'jsonb' },
  { name: /(^|_)(lat|latitude|lng|lon|longitude)$/i, type: 'double precision' },
  { name: /^ip(_address)?$|_ip$/i, type: 'inet' },
];

/** The type most columns of this name have; a person sees and can change it. `text` where the name says nothing. */
export function usualType(name: string): ColumnType {
  const found = BY_NAME.find((one) => one.name.test(name));
  if (found === undefined) return { kind: 'builtin', name: 'text' };
  return { kind: 'builtin', name: found.type, ...(found.args === undefined ? {} : { args: found.args }) };
}
