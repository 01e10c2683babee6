/** What a way out and in again really loses of a document, against what the writer declares lost: both must be the same. */
import { recordLabel } from '#engine/sql/describe-record.ts';
import { planImport } from '#engine/sql/plan-import.ts';
import type { Loss } from '#engine/sql/receipt.ts';
import { sameValue } from '#lib/same.ts';
import { recordIn } from '#model/collections.ts';
import type { Document, Table } from '#model/types.ts';
import { comparable } from './exchange-documents.ts';

/** An object that is not what it was, by the names that losses may call it, with its fields that differ; none: it is gone. */
interface Difference {
  readonly objects: readonly string[];
  readonly fields: readonly string[];
  readonly text: string;
}

/** The fields of records that a feature is about; a feature that is not here may be about any. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'table comment': ['comment'],
  'column comment': ['comment'],
  'type comment': ['comment'],
  'index comment': ['comment'],
  'constraint comment': ['comment'],
  comment: ['comment'],
  owner: ['owner'],
  remark: ['remarks'],
  residue: ['residue'],
  parameters: ['parameters'],
  partitioning: ['partitioning'],
  default: ['default'],
  'default name': ['defaultName'],
  'on update': ['onUpdate'],
  identity: ['identity', 'default', 'type'],
  'identity always': ['identity'],
  'identity options': ['identity'],
  generated: ['generated'],
  collation: ['collation'],
  charset: ['charset'],
  'invisible column': ['invisible'],
  'not null': ['nullable'],
  'not null name': ['notNullName'],
  type: ['type'],
  domain: ['type', 'default', 'nullable'],
  'primary key name': ['name'],
  'unique key name': ['name'],
  'primary key order': ['columns'],
  'key include': ['include'],
  'nulls not distinct': ['nullsNotDistinct'],
  'key deferral': ['deferral'],
  'partial index': ['where'],
  'index method': ['method'],
  'index include': ['include'],
  'index order': ['elements'],
  'index nulls': ['elements'],
  'operator class': ['elements'],
  'index collation': ['elements'],
  'index prefix': ['elements'],
  'check state': ['noInherit', 'notValid', 'notEnforced'],
  'foreign key name': ['name'],
  'foreign key action': ['onDelete', 'onUpdate'],
  'foreign key action columns': ['onDeleteColumns'],
  'foreign key match': ['match'],
  'foreign key deferral': ['deferral'],
  'foreign key state': ['notValid', 'notEnforced'],
};

const LISTS = ['columns', 'keys', 'checks', 'indexes', 'exclusions', 'policies', 'dependencies'] as const;
type List = (typeof LISTS)[number];
type Part = { readonly id: string; readonly name?: string } & object;

function changedFields(was: object, is: object, but: readonly string[]): readonly string[] {
  const value = (record: object, key: string) => (record as Readonly<Record<string, unknown>>)[key];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !but.includes(key));
  return keys.filter((key) => !sameValue(value(was, key), value(is, key)));
}

function nameOf(list: List, part: Part, path: string): string {
  if (list === 'columns') return `column ${path}.${part.name}`;
  if (list === 'policies') return `policy ${part.name} on ${path}`;
  const kind = 'kind' in part ? `${part.kind} key` : { checks: 'check', indexes: 'index', exclusions: 'exclusion' }[list as string];
  return `${kind ?? list} ${part.name ?? '(unnamed)'} of ${path}`;
}

/** What a part is apart from its name, by which it is found again when that is lost. */
function signature(part: Part): string {
  const { id: _id, name: _name, ...rest } = part;
  const { kind, columns, expression } = rest as { kind?: string; columns?: unknown; expression?: string };
  return JSON.stringify([kind, columns, expression, 'elements' in rest ? rest.elements : undefined]);
}

function partDifferences(list: List, was: Table, is: Table, path: string, nameless: ReadonlySet<string>): Difference[] {
  const left = [...(is[list] as readonly Part[])];
  const take = (test: (part: Part) => boolean) => {
    const at = left.findIndex(test);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const olds = was[list] as readonly Part[];
  const pairs = new Map(olds.map((part) => [part, take(({ id }) => id === part.id)]));
  for (const [part, found] of pairs)
    if (found === undefined)
      pairs.set(
        part,
        take((one) => signature(one) === signature(part)),
      );
  const changed = [...pairs].flatMap(([part, found]): Difference[] => {
    const object = nameOf(list, part, path);
    const objects = nameless.has(part.id)
      ? [object, nameOf(list, { id: part.id, ...('kind' in part ? { kind: part.kind } : {}) }, path)]
      : [object];
    if (found === undefined) return [{ objects, fields: [], text: `${object}: gone` }];
    const fields = changedFields(part, found, ['id']);
    const pick = (one: object) => JSON.stringify(fields.map((field) => (one as Readonly<Record<string, unknown>>)[field]));
    const text = `${object}: ${fields.join(', ')}: ${pick(part)} -> ${pick(found)}`;
    return fields.length === 0 ? [] : [{ objects, fields, text }];
  });
  // A unique index may come back as a unique constraint: said of the index.
  const aliases = (part: Part) => [nameOf(list, part, path), `index ${part.name} of ${path}`, `index (unnamed) of ${path}`];
  const added = left.map((part) => ({ objects: aliases(part), fields: [], text: `${nameOf(list, part, path)}: new` }));
  return [...changed, ...added];
}

function differences(before: Document, after: Document, given: Document): readonly Difference[] {
  const parts = Object.values(given.tables).flatMap(({ keys, checks, indexes, exclusions }) => [
    ...keys,
    ...checks,
    ...indexes,
    ...exclusions,
  ]);
  const nameless = new Set(parts.filter(({ name }) => name === undefined).map(({ id }) => id));
  return planImport(before, after).items.flatMap(({ state, collection, label, before: was, after: is }): Difference[] => {
    if (state === 'same') return [];
    const objects = [label, ...(was === undefined ? [] : [recordLabel(before, collection, was)])];
    const link = was === undefined ? undefined : recordIn(given, 'relationships', was.id);
    if (link !== undefined) objects.push(recordLabel(given, 'relationships', link));
    // Relationships without a key are what no SQL says: they are not compared.
    const isIdea = (one: object | undefined) => one !== undefined && 'childColumns' in one && sameValue(one.childColumns, []);
    if (was === undefined && isIdea(is) && Object.values(given.relationships).some(isIdea)) return [];
    // A line that leads nowhere is called as the columns that it stood for.
    if (was === undefined) objects.push(label.replace(/^foreign key (.*) of /, 'foreign key ($1) of '));
    if (was === undefined || is === undefined) return [{ objects, fields: [], text: `${label}: ${state}` }];
    const fields = changedFields(was, is, ['id', 'declared', ...LISTS]);
    const text = `${label}: ${fields.map((field) => `${field}: ${JSON.stringify((was as unknown as Record<string, unknown>)[field])} -> ${JSON.stringify((is as unknown as Record<string, unknown>)[field])}`).join(', ')}`;
    const own =
      fields.length === 0 || (fields.join() === 'name' && link !== undefined && link.name === undefined)
        ? []
        : [{ objects, fields, text }];
    if (collection !== 'tables') return own;
    const path = label.replace(/^\w+ /, '');
    return [...own, ...LISTS.flatMap((list) => partDifferences(list, was as Table, is as Table, path, nameless))];
  });
}

export interface Account {
  /** Differences that no loss declares. */
  readonly unsaid: readonly string[];
  /** Losses of what is not different. */
  readonly unreal: readonly string[];
}

const about = ({ feature }: Loss, fields: readonly string[]) => {
  const own = Object.hasOwn(FIELDS, feature) ? FIELDS[feature] : undefined;
  return own === undefined || fields.length === 0 ? undefined : fields.filter((field) => own.includes(field));
};

/** Compares what is declared lost with what is lost, object by object and field by field. */
export function account(before: Document, after: Document, losses: readonly Loss[]): Account {
  const [was, is] = comparable(before, after, losses);
  const found = differences(was, is, before);
  // A schema that is lost is not in the names of what stood in it.
  const homeless = losses.filter(({ feature }) => feature === 'schema').map(({ object }) => object.replace(/^schema /, ''));
  const without = (object: string) => homeless.reduce((name, schema) => name.replace(`${schema}.`, ''), object);
  // What is inherited stands in the table itself afterwards.
  const heirs = losses.filter(({ feature }) => feature === 'inheritance').map(({ object }) => object.replace(/^table /, ''));
  // A column that is called otherwise is another one to the keys on it.
  const renamed = losses.flatMap(({ object, feature }) => (feature === 'name' ? [/^column (.*)\./s.exec(object)?.[1] ?? ''] : []));
  const byObject = new Map<string, Loss[]>();
  for (const loss of losses) byObject.set(without(loss.object), [...(byObject.get(without(loss.object)) ?? []), loss]);
  const unsaid = found.flatMap(({ objects, fields, text }) => {
    if (heirs.some((heir) => objects.some((object) => object.includes(heir)))) return [];
    if (
      (/^(?:foreign|unique|primary) key /.test(objects[0] ?? '') || fields.some((field) => /[cC]olumns$/.test(field))) &&
      renamed.some((path) => objects.some((object) => object.endsWith(` of ${path}`)))
    )
      return [];
    const said = objects.flatMap((object) => byObject.get(object) ?? []);
    if (said.length === 0) return [text];
    const rest = fields.filter((field) => !said.some((loss) => about(loss, [field])?.length !== 0));
    return rest.length === 0 ? [] : [`${text} (${rest.join(', ')})`];
  });
  // What is gone is gone with everything in it.
  const gone = found.flatMap(({ objects: [label = ''], fields }) =>
    fields.length === 0 && label.startsWith('table ') ? [label.slice(6)] : [],
  );
  const unreal = losses.flatMap((loss) => {
    // What no SQL says is kept by an import; what a tool will not do with a table is no loss of the table.
    if (loss.feature === 'conceptual relationship' || loss.feature === 'model') return [];
    if (loss.object === 'the document' || homeless.includes(loss.object.replace(/^schema /, ''))) return [];
    if (gone.some((path) => loss.object.includes(` of ${path}`) || loss.object.startsWith(`column ${path}.`))) return [];
    const hit = found.filter(({ objects }) => objects.includes(without(loss.object)));
    const real = hit.some(({ fields }) => about(loss, fields)?.length !== 0);
    return real ? [] : [`${loss.object}: ${loss.feature}: ${loss.reason}`];
  });
  return { unsaid, unreal };
}
