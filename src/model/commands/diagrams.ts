import type { Problem } from '#lib/result.ts';
import { recordIn } from '../collections.ts';
import { diagramsInOrder } from '../derive/diagrams.ts';
import { type Diagram, placementId } from '../layout-types.ts';
import type { Document, Id } from '../types.ts';
import { nameFault } from '../validate-notes.ts';
import { defineCommand } from './define.ts';
import { draftOf, freeName, missing, nameOf, problem, put, takeId } from './lookup.ts';
import { recordCommands } from './record-commands.ts';

function nameProblem(name: string): Problem | undefined {
  if (name.trim() === '') return problem('name-unusable', 'A diagram needs a name: type at least one character.');
  const fault = nameFault(name);
  return fault === undefined ? undefined : problem('name-unusable', fault);
}

export const diagramCommands = recordCommands({
  collection: 'diagrams',
  noun: 'diagram',
  settle: (_draft, diagram, { before }) =>
    recordIn(before, 'diagrams', diagram.id)?.name === diagram.name ? undefined : nameProblem(diagram.name),
});

/** Removes diagrams with all that stands on them. The model stays, and so does at least one diagram. */
export const removeDiagrams = defineCommand<Parameters<typeof diagramCommands.remove.run>[1]>({
  label: diagramCommands.remove.label,
  run(draft, args, context) {
    const goes = new Set(args.ids);
    if (Object.keys(context.before.diagrams).every((id) => goes.has(id))) {
      return problem('last-diagram', 'The last diagram cannot be removed: a model has at least one.');
    }
    return diagramCommands.remove.run(draft, args, context);
  },
});

export interface DuplicateDiagramArgs {
  readonly id: Id;
  /** Absent = the old name with a number after it. */
  readonly name?: string;
  /** Id of the copy; absent = a new one. */
  readonly as?: Id;
}

function copyName(document: Document, name: string): string {
  const taken = new Set(Object.values(document.diagrams).map((one) => one.name));
  return freeName(`${name} copy`, (one) => taken.has(one));
}

/** Copies a diagram with its places, routes, areas and notes; the copy comes right after it. */
export const duplicateDiagram = defineCommand<DuplicateDiagramArgs>({
  label: (document, { id }) => `Duplicate diagram ${nameOf(document, id)}`,
  run(draft, args, { before, ids }) {
    const old = recordIn(before, 'diagrams', args.id);
    if (old === undefined) return missing('diagram', args.id);
    const name = args.name ?? copyName(before, old.name);
    const fault = nameProblem(name);
    if (fault !== undefined) return fault;
    const diagram = takeId(before, args.as, () => ids.next('diagram', name));
    const copy: Diagram = { ...old, id: diagram, name };
    put(draft, 'diagrams', copy);
    for (const one of Object.values(before.placements)) {
      if (one.diagram === old.id) put(draft, 'placements', { ...one, id: placementId(diagram, one.object), diagram });
    }
    for (const one of Object.values(before.routes)) {
      if (one.diagram === old.id) put(draft, 'routes', { ...one, id: placementId(diagram, one.relationship), diagram });
    }
    for (const one of Object.values(before.areas)) {
      if (one.diagram === old.id)
        put(draft, 'areas', { ...one, id: takeId(before, undefined, () => ids.next('area', one.name)), diagram });
    }
    for (const one of Object.values(before.notes)) {
      if (one.diagram === old.id)
        put(draft, 'notes', { ...one, id: takeId(before, undefined, () => ids.next('note', 'note')), diagram });
    }
    const order = diagramsInOrder(before).map((one) => one.id);
    order.splice(order.indexOf(old.id) + 1, 0, diagram);
    order.forEach((id, at) => {
      const one = draftOf(draft, 'diagrams', id);
      if (one !== undefined) one.order = at;
    });
    return undefined;
  },
});

export interface OrderDiagramsArgs {
  /** The diagrams in their new order; those not named follow as they were. */
  readonly ids: readonly Id[];
}

/** Puts the diagrams in another order. */
export const orderDiagrams = defineCommand<OrderDiagramsArgs>({
  label: () => 'Reorder the diagrams',
  run(draft, { ids }, { before }) {
    const lost = ids.find((id) => recordIn(before, 'diagrams', id) === undefined);
    if (lost !== undefined) return missing('diagram', lost);
    const rest = diagramsInOrder(before).flatMap((one) => (ids.includes(one.id) ? [] : [one.id]));
    [...new Set(ids), ...rest].forEach((id, at) => {
      const one = draftOf(draft, 'diagrams', id);
      if (one !== undefined && one.order !== at) one.order = at;
    });
    return undefined;
  },
});
