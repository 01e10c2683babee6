import type { RefactorKind } from './subject.ts';

/** What each refactoring is called, and what it does. */
export const REFACTORINGS: {
  readonly [K in RefactorKind]: {
    readonly title: string;
    readonly what: string;
    readonly icon: string;
    readonly keywords: readonly string[];
  };
} = {
  extract: {
    title: 'Extract a table',
    what: 'Chosen columns become a table of their own, with a foreign key in place.',
    icon: 'SquarePlus',
    keywords: ['split', 'normalize', 'vertical', 'lookup', 'refactor'],
  },
  inline: {
    title: 'Fold a table into another',
    what: 'The reverse of extracting: its columns come to the table that it hangs on.',
    icon: 'Minimize2',
    keywords: ['inline', 'merge', 'denormalize', 'refactor'],
  },
  move: {
    title: 'Move columns along a foreign key',
    what: 'To the parent or to the child, with what stands on them.',
    icon: 'MoveRight',
    keywords: ['refactor', 'parent', 'child'],
  },
  enumToLookup: {
    title: 'Convert an enum to a lookup table',
    what: 'Its values become rows, its columns foreign keys.',
    icon: 'Table2',
    keywords: ['reference table', 'refactor', 'type'],
  },
  lookupToEnum: {
    title: 'Convert a lookup table to an enum',
    what: 'Its rows become values, foreign keys to it columns of the type.',
    icon: 'List',
    keywords: ['reference table', 'refactor', 'type'],
  },
  surrogate: {
    title: 'Add a surrogate key',
    what: 'A key without meaning; the old one stays unique.',
    icon: 'KeyRound',
    keywords: ['identity', 'uuid', 'id', 'primary', 'refactor'],
  },
  standard: {
    title: 'Add audit and soft-delete columns',
    what: 'The same columns for many tables at once.',
    icon: 'History',
    keywords: ['created_at', 'updated_at', 'deleted_at', 'timestamps', 'refactor'],
  },
};
