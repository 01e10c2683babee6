import { TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { recordIn } from '#model/collections.ts';
import type { Dialect, Document, Id } from '#model/types.ts';
import { BUILTIN_TYPES, EXTENSION_TYPES } from './builtin-types.ts';
import { dialectOf } from './listed-type.ts';
import { typeText } from './type-text.ts';

/** One line of the type field's list. */
export interface TypeOption {
  /** What is put into the field. */
  readonly text: string;
  readonly group: string;
  readonly note: string;
}

/** Types people choose most, offered first before anything is typed. */
const USUAL = ['bigint', 'integer', 'text', 'varchar', 'boolean', 'timestamptz', 'date', 'numeric', 'uuid', 'jsonb'];

interface Candidate extends TypeOption {
  readonly spellings: readonly string[];
  /** Smaller = offered earlier among equals. */
  readonly weight: number;
}

const BUILTIN: readonly Candidate[] = BUILTIN_TYPES.map((type, at) => {
  const usual = USUAL.indexOf(type.name);
  return {
    text: type.name,
    group: type.group,
    note: type.note,
    spellings: [type.name, ...(type.aliases ?? [])],
    weight: usual < 0 ? 100 + at : usual,
  };
});

const EXTENSIONS: readonly Candidate[] = EXTENSION_TYPES.map((type, at) => ({
  text: type.name,
  group: 'Extension',
  note: `of the extension ${type.extension}`,
  spellings: [type.name],
  weight: 300 + at,
}));

const LISTED = new Map<Dialect, readonly Candidate[]>();

/** The types of a dialect, in the order of their list. */
function listed(dialect: Dialect): readonly Candidate[] {
  const known = LISTED.get(dialect);
  if (known !== undefined) return known;
  const types = TYPE_LISTS[dialect];
  const made =
    types === undefined
      ? [...BUILTIN, ...EXTENSIONS]
      : types.map(({ name, group, note, aliases }, at) => ({
          text: name,
          group,
          note,
          spellings: [name.toLowerCase(), ...(aliases ?? [])],
          weight: at,
        }));
  LISTED.set(dialect, made);
  return made;
}

const KIND_NOTE = { enum: 'enum', domain: 'domain', composite: 'composite', range: 'range', written: 'type' } as const;

const memo = new WeakMap<Document['types'], Map<Id | undefined, readonly Candidate[]>>();

function customCandidates(document: Document, schema: Id | undefined): readonly Candidate[] {
  let bySchema = memo.get(document.types);
  if (bySchema === undefined) {
    bySchema = new Map();
    memo.set(document.types, bySchema);
  }
  const known = bySchema.get(schema);
  if (known !== undefined) return known;
  const made = Object.values(document.types).map((type) => ({
    text: typeText(document, { kind: 'custom', type: type.id }, schema),
    group: 'This document',
    note:
      type.kind === 'enum'
        ? `enum: ${type.values.slice(0, 4).join(', ')}${type.values.length > 4 ? ' …' : ''}`
        : KIND_NOTE[type.kind],
    spellings: [type.name.toLowerCase(), `${recordIn(document, 'schemas', type.schema)?.name ?? ''}.${type.name}`.toLowerCase()],
    weight: type.schema === schema ? 20 : 30,
  }));
  bySchema.set(schema, made);
  return made;
}

/** 0 = the whole name, 1 = its beginning, 2 = the beginning of a later word, 3 = within; undefined = no match. */
function match(spellings: readonly string[], query: string): number | undefined {
  let best: number | undefined;
  for (const spelling of spellings) {
    const at = spelling.indexOf(query);
    if (at < 0) continue;
    const rank = spelling === query ? 0 : at === 0 ? 1 : /[\s._]/.test(spelling[at - 1] ?? '') ? 2 : 3;
    if (best === undefined || rank < best) best = rank;
  }
  return best;
}

/**
 * Types that fit what is typed so far, best first: whole names, then beginnings, then the rest; the usual ones of a rank
 * first. What follows the name (`(10`, `[]`) does not narrow the list and is kept: `varc[]` offers `varchar[]`.
 */
export function completeType(document: Document, typed: string, schema?: Id, most = 40): readonly TypeOption[] {
  const cut = typed.search(/[([]/);
  const query = (cut < 0 ? typed : typed.slice(0, cut)).trim().toLowerCase().replaceAll('"', '');
  const tail = cut < 0 ? '' : typed.slice(cut).trim();
  const found: { candidate: Candidate; rank: number }[] = [];
  for (const candidate of [...customCandidates(document, schema), ...listed(dialectOf(document))]) {
    const rank = query === '' ? 1 : match(candidate.spellings, query);
    if (rank !== undefined) found.push({ candidate, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || a.candidate.weight - b.candidate.weight)
    .slice(0, most)
    .map(({ candidate }) => ({ text: candidate.text + tail, group: candidate.group, note: candidate.note }));
}
