import { recordIn } from '../collections.ts';
import type { Id, Settings } from '../types.ts';
import { removeRecords } from './cascade.ts';
import { defineCommand } from './define.ts';
import { missing, nameOf, problem } from './lookup.ts';
import { recordCommands, type SetRecordArgs } from './record-commands.ts';
import { usesOfTypes } from './types.ts';

export const schemaCommands = recordCommands({ collection: 'schemas', noun: 'schema' });
export const sequenceCommands = recordCommands({ collection: 'sequences', noun: 'sequence' });
export const viewCommands = recordCommands({ collection: 'views', noun: 'view' });
export const routineCommands = recordCommands({ collection: 'routines', noun: 'routine' });
export const triggerCommands = recordCommands({ collection: 'triggers', noun: 'trigger' });
export const verbatimCommands = recordCommands({ collection: 'verbatim', noun: 'statement' });
export const waiverCommands = recordCommands({ collection: 'waivers', noun: 'waiver' });
export const decisionCommands = recordCommands({ collection: 'decisions', noun: 'decision' });
export const queryCommands = recordCommands({ collection: 'queries', noun: 'query', nouns: 'queries' });
export const changeCommands = recordCommands({ collection: 'changes', noun: 'change' });

const settings = recordCommands({ collection: 'settings', noun: 'settings' });

export type SetSettingsArgs = Pick<SetRecordArgs<Settings>, 'patch'>;

/** Changes the model's name, dialect or target version. */
export const setSettings = defineCommand<SetSettingsArgs>({
  label: (_document, { patch }) => (patch.name === undefined ? 'Change settings' : `Rename the model to ${patch.name}`),
  run: (draft, { patch }, context) => settings.set.run(draft, { id: 'settings', patch }, context),
});

export interface RemoveSchemasArgs {
  readonly ids: readonly Id[];
  /** Also removes everything in them; without it only empty schemas are removed. */
  readonly withContents?: boolean;
}

export const removeSchemas = defineCommand<RemoveSchemasArgs>({
  label: (document, { ids }) =>
    ids.length === 1 ? `Remove schema ${nameOf(document, ids[0] as Id)}` : `Remove ${ids.length} schemas`,
  run(draft, { ids, withContents }, context) {
    const { before } = context;
    const lost = ids.find((id) => recordIn(before, 'schemas', id) === undefined);
    if (lost !== undefined) return missing('schema', lost);
    const gone = new Set(ids);
    const contents = (['types', 'sequences', 'tables', 'views', 'routines'] as const).flatMap((collection) =>
      Object.values(before[collection])
        .filter((record) => gone.has(record.schema))
        .map((record) => record.id),
    );
    if (contents.length > 0 && withContents !== true) {
      return problem('schema-not-empty', `The schema holds ${contents.length} objects: move them, or remove them with it.`);
    }
    const inside = new Set(contents);
    const outside = usesOfTypes(before, inside).find((use) => !inside.has(use.record));
    if (outside !== undefined) {
      return problem('type-in-use', `A type of the schema is used by ${nameOf(before, outside.record)}: change that first.`);
    }
    removeRecords(draft, [...ids, ...contents], context);
    return undefined;
  },
});
