import type { Result } from '#lib/result.ts';
import { ok } from '#lib/result.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { runCommands } from '#model/commands/run.ts';
import { missingPlacements } from '#model/derive/place.ts';
import type { Dialect, Document } from '#model/types.ts';
import { postgresReshaping } from '../dialects/postgres/reshape/carry.ts';
import { consequencesOf } from '../refactor/consequences.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { meaningOfReshape } from './meaning.ts';
import { modelArray, modelElements, modelList, modelRepeating } from './model/children.ts';
import { modelClones, modelLookup } from './model/kinds.ts';
import type { Modelled, Tools } from './model/parts.ts';
import { modelEav, modelPolymorphic } from './model/references.ts';
import type { Reshape, Reshaped, ReshapeOptions, ReshapePlan } from './types.ts';

function modelled(tools: Tools, asked: Reshape): Result<Modelled> {
  switch (asked.kind) {
    case 'repeating':
      return modelRepeating(tools, asked);
    case 'list':
      return modelList(tools, asked);
    case 'array':
      return modelArray(tools, asked);
    case 'elements':
      return modelElements(tools, asked);
    case 'polymorphic':
      return modelPolymorphic(tools, asked);
    case 'eav':
      return modelEav(tools, asked);
    case 'lookup':
      return modelLookup(tools, asked);
    case 'clones':
      return modelClones(tools, asked);
  }
}

/** Makes the SQL of one dialect. @param broken what names that end: it has to be changed before. */
type Carrier = typeof postgresReshaping;

const CARRIERS: Readonly<Partial<Record<Dialect, Carrier>>> = { postgresql: postgresReshaping };

/**
 * Works out the refactoring of a smell without doing it, as `planRefactoring` does for other changes: the calls (one undo
 * step), the document they lead to, what they take along, break or mean, and the SQL for a database with rows, which the
 * calls also keep in the document.
 * @returns why it cannot be done, when the model has changed since it was offered or something stands in its way.
 */
export function planReshape(document: Document, parser: PgParser, asked: Reshape, options: ReshapeOptions): Result<ReshapePlan> {
  const tools: Tools = { document, parser, ids: options.ids };
  const model = modelled(tools, asked);
  if (!model.ok) return model;
  const { label, calls: steps, made } = model.value;
  const dry = runCommands(document, steps, options.ids);
  if (!dry.ok) return dry;
  const after = dry.value.document;
  const consequences = consequencesOf(document, after, parser);
  const { dialect = 'postgresql', version = 18 } = document.settings['settings'] ?? {};
  const broken = consequences.filter(({ kind }) => kind === 'breaks').map(({ text }) => text);
  const reshaped: Reshaped = { before: document, after, asked, made };
  const rows = CARRIERS[dialect]?.(reshaped, broken);
  const fresh = Object.keys(after.tables).filter((id) => !Object.hasOwn(document.tables, id));
  const places = missingPlacements(after, options.diagram).flatMap(({ object, x, y }) =>
    fresh.includes(object) ? [{ object, x, y }] : [],
  );
  const changed = Object.values(document.tables).flatMap((table) => (after.tables[table.id] === table ? [] : [table.id]));
  const calls: CommandCall[] = [
    ...steps,
    ...(places.length === 0 ? [] : [{ name: 'placeObjects' as const, args: { diagram: options.diagram, places } }]),
  ];
  const meaning = meaningOfReshape(document, asked);
  if (rows === undefined) {
    const ran = runCommands(document, calls, options.ids);
    if (!ran.ok) return ran;
    return ok({ calls, label, after: ran.value.document, consequences: [...meaning, ...consequences] });
  }
  const { forward, back, rejoining } = rows;
  const change = {
    title: label,
    kind: 'refactoring' as const,
    date: options.date,
    dialect,
    version,
    about: [...changed, ...fresh],
    forward,
    back,
  };
  const all: CommandCall[] = [...calls, { name: 'addChange', args: { record: change } }];
  const ran = runCommands(document, all, options.ids);
  if (!ran.ok) return ran;
  return ok({ calls: all, label, after: ran.value.document, consequences: [...meaning, ...consequences], change, rejoining });
}
