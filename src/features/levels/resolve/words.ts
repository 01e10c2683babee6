import type { Subject } from './subject.ts';

/** What the dialog says for each fact. */
export const WORDS: {
  readonly [K in Subject['kind']]: { readonly title: string; readonly what: string; readonly action: string };
} = {
  'new-hierarchy': {
    title: 'Subtype hierarchy',
    what: 'Each subtype is a kind of its supertype. The concept keeps that, whatever tables make it.',
    action: 'Apply',
  },
  hierarchy: {
    title: 'Subtype hierarchy',
    what: 'Choose which tables make it. The concept keeps supertype and subtypes as they are.',
    action: 'Apply',
  },
  attribute: {
    title: 'Give the values a table',
    what: 'One row for each value. The concept keeps one attribute with several values.',
    action: 'Make the table',
  },
  column: {
    title: 'Several values',
    what: 'One thing may have several values of this attribute.',
    action: 'Apply',
  },
  'many-to-many': {
    title: 'Resolve many-to-many',
    what: 'A junction table holds the pairs. The concept keeps the relationship.',
    action: 'Make the table',
  },
  relationship: {
    title: 'Make a foreign key',
    what: 'The child gets columns for the key of its parent.',
    action: 'Make the foreign key',
  },
  'take-back': {
    title: 'Take the resolution back',
    what: 'What realises the fact goes; tables and columns that the concept kept come back.',
    action: 'Take it back',
  },
};
