import { castTo } from './casts.ts';
import { FAMILY } from './functions.ts';
import type { Printer } from './print.ts';
import type { Call, Expr } from './tree.ts';

/** GROUP_CONCAT, STRING_AGG and LISTAGG: the texts of a group in one. Undefined: the call is none of them. */
export function joinedTexts(printer: Printer, call: Call): string | undefined {
  if (!['group_concat', 'string_agg', 'listagg'].includes(call.name)) return undefined;
  const last = call.args.at(-1);
  const hasSeparator = call.args.length > 1;
  const separator: Expr = hasSeparator && last !== undefined ? last : { is: 'string', value: call.name === 'listagg' ? '' : ',' };
  const values = hasSeparator ? call.args.slice(0, -1) : call.args;
  const [first] = values;
  if (call.cut === true && printer.to !== 'oracle')
    printer.notes.add('Texts of a group that are too long are joined whole, not cut.');
  if (first === undefined || (values.length > 1 && FAMILY[printer.from] !== 'my')) return printer.fail(call.name);
  const one =
    values.length > 1
      ? { text: printer.concat(values), plain: true }
      : { text: printer.value(first), plain: printer.kind(first) === 'text' };
  const order = call.order === undefined ? '' : ` ORDER BY ${printer.sort(call.order)}`;
  const distinct = call.distinct === true ? 'DISTINCT ' : '';
  const text = one.plain
    ? one.text
    : castTo(printer, first, { name: 'text', args: [], dims: 0, own: false }, { is: 'text', unit: 'characters' });
  if (FAMILY[printer.to] === 'my') return `GROUP_CONCAT(${distinct}${one.text}${order} SEPARATOR ${printer.value(separator)})`;
  if (printer.to === 'postgresql') {
    const [sorted] = call.order ?? [];
    if (distinct === '' || sorted === undefined || (call.order?.length === 1 && printer.value(sorted.of) === text))
      return `STRING_AGG(${distinct}${text}, ${printer.value(separator)}${order})`;
    printer.notes.add('Distinct texts of a group are joined in their own order: PostgreSQL sorts them by nothing else.');
    return `STRING_AGG(DISTINCT ${text}, ${printer.value(separator)} ORDER BY ${text})`;
  }
  if (printer.to === 'sqlite') {
    if (order !== '' || (distinct !== '' && !(separator.is === 'string' && separator.value === ',')))
      return printer.fail('the order or separator of GROUP_CONCAT');
    return distinct === '' ? `GROUP_CONCAT(${one.text}, ${printer.value(separator)})` : `GROUP_CONCAT(DISTINCT ${one.text})`;
  }
  if (distinct !== '') return printer.fail('DISTINCT inside an aggregate of texts');
  const name = printer.to === 'mssql' ? 'STRING_AGG' : 'LISTAGG';
  const cut = call.cut === true && printer.to === 'oracle' ? ' ON OVERFLOW TRUNCATE' : '';
  return `${name}(${text}, ${printer.value(separator)}${cut})${order === '' ? '' : ` WITHIN GROUP (${order.trim()})`}`;
}
