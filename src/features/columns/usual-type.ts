import type { ColumnType } from '#model/column-types.ts';
import type { Usual, UsualKind } from '#model/usual-types.ts';

const BY_NAME: readonly { readonly name: RegExp; readonly kind: UsualKind }[] = [
  { name: /^(id|.*_id|.*Id)$/, kind: 'bigint' },
  { name: /^(uuid|guid|.*_(uuid|guid))$/i, kind: 'uuid' },
  { name: /(_at|_ts|At|timestamp)$/, kind: 'moment' },
  { name: /(^date|_date|_on|birthday|Date)$/, kind: 'date' },
  {
    name: /^(is|has|can|was|allow|allows|should)_|^(is|has|can)[A-Z]|^(active|enabled|deleted|archived|verified|published)$/,
    kind: 'boolean',
  },
  { name: /(^|_)(price|amount|total|subtotal|cost|fee|balance|salary|discount|tax)$/i, kind: 'decimal' },
  {
    name: /(^|_)(count|quantity|qty|position|rank|year|age|number_of_\w+|stock|size|duration|version|priority|rating)$/i,
    kind: 'integer',
  },
  { name: /(^|_)(settings|metadata|meta|payload|attributes|json|config|options)$/i, kind: 'json' },
  { name: /(^|_)(lat|latitude|lng|lon|longitude)$/i, kind: 'double' },
  { name: /^ip(_address)?$|_ip$/i, kind: 'inet' },
];

/** The type most columns of this name have; a person sees and can change it. The one of texts where the name says nothing. */
export function usualType(name: string, { types }: Usual): ColumnType {
  return types[BY_NAME.find((one) => one.name.test(name))?.kind ?? 'text'];
}
