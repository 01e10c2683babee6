import type { Dialect } from '#model/types.ts';

/** What everything outside a dialect's own folder may ask of it. */
export interface Traits {
  /** Name of the product. */
  readonly label: string;
  /** What happens to the letters of a name without quotes. */
  readonly folds: 'lower' | 'upper' | 'keep';
  /** Whether two names that differ in case only are different names, for columns. */
  readonly caseMatters: boolean;
  /** How much of a name the engine takes, and what it counts. */
  readonly nameLimit: { readonly size: number; readonly unit: 'bytes' | 'characters' };
  /** Dropping a column takes it out of the keys and indexes that hold others too; elsewhere they go with it. */
  readonly dropsColumnFromIndexes: boolean;
  /** A type made from another may say that its columns are NOT NULL, where they do not say it themselves. */
  readonly typesSayNull: boolean;
  /** Objects beside tables and views that the model can make here; others are typed in as SQL. */
  readonly makes: readonly ('enum' | 'domain' | 'composite' | 'sequence' | 'schema')[];
  /** A trigger calls a function that stands apart, in PL/pgSQL. */
  readonly triggersCallFunctions?: true;
  /** A foreign key can be checked at the end of a transaction. */
  readonly defersChecks?: true;
  /** A foreign key may say RESTRICT; elsewhere NO ACTION refuses at once. */
  readonly saysRestrict?: true;
  /** An index may hold some of the rows only. */
  readonly partialIndexes?: true;
  /** Foreign keys and keys stand in CREATE TABLE only: no statement adds one to a table. */
  readonly inlineConstraints?: true;
  /** An engine of this dialect runs in the browser, so that what is written can be executed there. */
  readonly checkable?: true;
  /** Its own planner runs in the browser and plans for declared sizes, without rows. */
  readonly planner?: true;
  /** A key or index without a name gets its first column's, with a number when that is taken. */
  readonly namesIndexesByColumn: boolean;
  /** A check in a column's own definition has the column's name, and follows it. */
  readonly checksNamedByColumn?: true;
  /** A unique index over whole columns, ascending, and a unique constraint are one and the same: the model holds a key. */
  readonly uniqueIndexIsKey?: true;
  /** `RENAME TABLE a TO b, c TO d` */
  readonly renamesByList?: true;
  /** A foreign key makes an index of its columns where there is none, and leaves it behind when it goes. */
  readonly indexesForeignKeys?: true;
  /** Every index ends with the columns of the primary key, for that is how it points to rows. */
  readonly indexesHoldKey?: true;
  /** Triggers of one table and event run in the order in which they were made. */
  readonly ordersTriggers: boolean;
  /** What the engine calls a foreign key without a name cannot be foretold, so that a script which needs it gives one. */
  readonly foreignKeysNeedNames?: true;
  /** So it is with primary keys. */
  readonly keysNeedNames?: true;
  /** Options of a table that one made from it takes along: without them its columns would be of other types. */
  readonly sharedOptions?: RegExp;
  /** Types, with what stands in their brackets, of which no key can hold whole values. */
  readonly keyless?: RegExp;
  /** What is said between CREATE and VIEW to put another query in a view's place; absent: it is dropped and made again. */
  readonly replacesViews?: 'OR REPLACE' | 'OR ALTER';
  /** First version with unique keys in which NULL equals NULL; absent = none. */
  readonly equalNullsSince?: number;
  /** In every unique key NULL equals NULL. */
  readonly uniqueNullsEqual?: true;
  /** First version with unique indexes on expressions; absent = none. */
  readonly expressionIndexesSince?: number;
  /** Versions that can be chosen, newest first. */
  readonly versions: readonly number[];
}

/** A key of theirs holds so many of the first characters only. */
const MYSQL_KEYLESS = /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry|point|linestring|polygon|multi\w+|vector)\b/i;

/** Engines and character sets: a foreign key between columns of different ones is refused. */
const MYSQL_SHARED = /^(?:ENGINE|(?:DEFAULT )?(?:CHARSET|CHARACTER SET|COLLATE))$/i;

export const TRAITS: Readonly<Record<Dialect, Traits>> = {
  postgresql: {
    label: 'PostgreSQL',
    replacesViews: 'OR REPLACE',
    defersChecks: true,
    saysRestrict: true,
    makes: ['enum', 'domain', 'composite', 'sequence', 'schema'],
    triggersCallFunctions: true,
    partialIndexes: true,
    checkable: true,
    planner: true,
    folds: 'lower',
    caseMatters: true,
    nameLimit: { size: 63, unit: 'bytes' },
    dropsColumnFromIndexes: false,
    namesIndexesByColumn: false,
    ordersTriggers: false,
    typesSayNull: false,
    equalNullsSince: 15,
    expressionIndexesSince: 0,
    versions: [18, 17, 16, 15, 14],
  },
  mysql: {
    label: 'MySQL',
    replacesViews: 'OR REPLACE',
    expressionIndexesSince: 8,
    saysRestrict: true,
    makes: ['schema'],
    uniqueIndexIsKey: true,
    renamesByList: true,
    indexesForeignKeys: true,
    indexesHoldKey: true,
    folds: 'keep',
    caseMatters: false,
    nameLimit: { size: 64, unit: 'characters' },
    dropsColumnFromIndexes: true,
    namesIndexesByColumn: true,
    ordersTriggers: true,
    typesSayNull: false,
    foreignKeysNeedNames: true,
    keyless: MYSQL_KEYLESS,
    sharedOptions: MYSQL_SHARED,
    versions: [9, 8, 5],
  },
  mariadb: {
    label: 'MariaDB',
    replacesViews: 'OR REPLACE',
    saysRestrict: true,
    makes: ['sequence', 'schema'],
    checksNamedByColumn: true,
    uniqueIndexIsKey: true,
    renamesByList: true,
    indexesForeignKeys: true,
    indexesHoldKey: true,
    folds: 'keep',
    caseMatters: false,
    nameLimit: { size: 64, unit: 'characters' },
    dropsColumnFromIndexes: true,
    namesIndexesByColumn: true,
    ordersTriggers: true,
    typesSayNull: false,
    foreignKeysNeedNames: true,
    keyless: MYSQL_KEYLESS,
    sharedOptions: MYSQL_SHARED,
    versions: [12, 11, 10],
  },
  sqlite: {
    label: 'SQLite',
    sharedOptions: /^STRICT$/i,
    expressionIndexesSince: 0,
    defersChecks: true,
    saysRestrict: true,
    makes: [],
    partialIndexes: true,
    checkable: true,
    inlineConstraints: true,
    folds: 'keep',
    caseMatters: false,
    nameLimit: { size: 1_000_000, unit: 'bytes' },
    dropsColumnFromIndexes: false,
    namesIndexesByColumn: false,
    ordersTriggers: false,
    typesSayNull: false,
    versions: [3],
  },
  mssql: {
    label: 'SQL Server',
    replacesViews: 'OR ALTER',
    uniqueNullsEqual: true,
    makes: ['domain', 'sequence', 'schema'],
    partialIndexes: true,
    folds: 'keep',
    caseMatters: false,
    nameLimit: { size: 128, unit: 'characters' },
    dropsColumnFromIndexes: false,
    namesIndexesByColumn: false,
    ordersTriggers: false,
    typesSayNull: true,
    foreignKeysNeedNames: true,
    keysNeedNames: true,
    keyless: /\(max\)|^(?:n?text|image|xml|geometry|geography|json|sql_variant)\b/i,
    versions: [2025, 2022, 2019, 2017, 2016],
  },
  oracle: {
    label: 'Oracle',
    replacesViews: 'OR REPLACE',
    expressionIndexesSince: 0,
    defersChecks: true,
    makes: ['composite', 'sequence', 'schema'],
    folds: 'upper',
    caseMatters: true,
    nameLimit: { size: 128, unit: 'bytes' },
    dropsColumnFromIndexes: false,
    namesIndexesByColumn: false,
    ordersTriggers: false,
    typesSayNull: false,
    foreignKeysNeedNames: true,
    keyless: /^(?:n?clob|blob|bfile|long|json|xmltype|sys\.xmltype)\b/i,
    versions: [23, 21, 19, 12],
  },
};

/** A name that was written without quotes, as the dialect's catalog has it. PostgreSQL and Oracle fold ASCII letters. */
export function foldName(name: string, dialect: Dialect): string {
  const { folds } = TRAITS[dialect];
  if (folds === 'keep') return name;
  return folds === 'lower' ? name.replaceAll(/[A-Z]+/g, (run) => run.toLowerCase()) : name.toUpperCase();
}

/** What two names have in common when the dialect takes them for the same. */
export function nameKey(name: string, dialect: Dialect): string {
  return TRAITS[dialect].caseMatters ? name : name.toLowerCase();
}

/** Dialects of which an engine runs in the browser. */
export type CheckableDialect = 'postgresql' | 'sqlite';

/** Whether an engine of the dialect runs in the browser. */
export function isCheckable(dialect: Dialect): dialect is CheckableDialect {
  return TRAITS[dialect].checkable === true;
}
