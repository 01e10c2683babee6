/** How a database is asked for what it knows of its tables, without reading rows. */
export interface FactQuery {
  /** One statement that gives one value: the JSON that `facts/production/read.ts` reads. */
  readonly sql: string;
  /** What has to be done for it to know something, and how its value is best taken out whole. */
  readonly hint: string;
}
