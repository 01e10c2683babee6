import type { Finding } from '#engine/finding.ts';
import type { FuzzyText } from '#lib/fuzzy.ts';
import type { Id, Ref } from '#model/types.ts';
import type { Action } from '#state/actions.ts';
import type { IconName } from '#ui/icons.ts';

export type Kind =
  | 'table'
  | 'column'
  | 'view'
  | 'relationship'
  | 'index'
  | 'type'
  | 'other'
  | 'schema'
  | 'diagram'
  | 'area'
  | 'tag'
  | 'note'
  | 'finding'
  | 'action'
  | 'setting'
  | 'help';

/** Something the command box can find. */
export interface Item {
  /** Unique among all. */
  readonly key: string;
  readonly kind: Kind;
  readonly text: FuzzyText;
  /** Another text it is found by: with its schema, or other words for it. */
  readonly also?: FuzzyText;
  /** What it leads to, when it is something of the model. */
  readonly ref?: Ref;
  readonly action?: Action;
  readonly finding?: Finding;
  readonly diagram?: Id;
  readonly tag?: string;
  /** For help: what the field then begins with. */
  readonly prefix?: string;
  /** Quiet text at the end, where the item itself knows it. */
  readonly hint?: string;
}

export const GROUP: Readonly<Record<Kind, string>> = {
  table: 'Tables',
  column: 'Columns',
  view: 'Views',
  relationship: 'Relationships',
  index: 'Indexes',
  type: 'Types',
  other: 'Other objects',
  schema: 'Schemas',
  diagram: 'Diagrams',
  area: 'Areas',
  tag: 'Tags',
  note: 'Notes',
  finding: 'Findings',
  action: 'Actions',
  setting: 'Settings',
  help: 'What can be typed',
};

export const ICON: Readonly<Record<Kind, IconName>> = {
  table: 'Table2',
  column: 'Columns3',
  view: 'Eye',
  relationship: 'Link',
  index: 'ListOrdered',
  type: 'Tag',
  other: 'Box',
  schema: 'Database',
  diagram: 'Map',
  area: 'Frame',
  tag: 'Tag',
  note: 'StickyNote',
  finding: 'ListChecks',
  action: 'Command',
  setting: 'Settings',
  help: 'CircleHelp',
};

/** Points a kind has before any letter counts: people look for tables more than for indexes. */
export const WEIGHT: Readonly<Record<Kind, number>> = {
  table: 5,
  view: 4,
  action: 3,
  setting: 2,
  diagram: 3,
  area: 1,
  tag: 0,
  type: 1,
  other: 0,
  schema: 2,
  column: 0,
  relationship: -2,
  index: -3,
  note: -3,
  finding: -5,
  help: 0,
};

/** Kinds whose names are code. */
export const MONO: ReadonlySet<Kind> = new Set(['table', 'column', 'view', 'relationship', 'index', 'type', 'other', 'schema']);
