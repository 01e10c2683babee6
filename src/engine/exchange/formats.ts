/** A language that a document can leave in, as people choose it. */
export interface ExchangeFormat {
  /** Name on the command line, such as `dbml`. */
  readonly id: string;
  /** Name for people, such as `DBML`. */
  readonly label: string;
  /** What comes out and for whom: one sentence. */
  readonly description: string;
}

/** Every language beside SQL that is written, in the order in which they are offered. Their writers are loaded when asked for. */
export const EXCHANGE_FORMATS = [
  {
    id: 'dbml',
    label: 'DBML',
    description: 'Tables, references, enums, indexes and notes as one .dbml file, for dbdiagram.io and dbdocs.',
  },
  {
    id: 'mermaid',
    label: 'Mermaid',
    description: 'An entity-relationship diagram as text, which GitHub, GitLab and many editors draw.',
  },
  {
    id: 'plantuml',
    label: 'PlantUML',
    description: 'An entity-relationship diagram as text for PlantUML, in information engineering notation.',
  },
  {
    id: 'prisma',
    label: 'Prisma schema',
    description: 'schema.prisma with models, relations both ways, enums and native types, for Prisma.',
  },
  {
    id: 'drizzle',
    label: 'Drizzle',
    description: 'schema.ts for Drizzle ORM on PostgreSQL, MySQL or SQLite: tables, enums, indexes, checks and foreign keys.',
  },
  {
    id: 'typeorm',
    label: 'TypeORM',
    description: 'entities.ts with decorated classes and relations both ways, for TypeORM.',
  },
  {
    id: 'sqlalchemy',
    label: 'SQLAlchemy',
    description: 'models.py with declarative models and relationships, for SQLAlchemy 2.',
  },
  {
    id: 'django',
    label: 'Django',
    description: 'models.py with models, constraints and indexes, for Django 5.2.',
  },
  {
    id: 'json-schema',
    label: 'JSON Schema',
    description: 'schema.json: a row of each table as JSON Schema 2020-12.',
  },
  {
    id: 'openapi',
    label: 'OpenAPI',
    description: 'openapi.json: a row of each table as a component of OpenAPI 3.1.',
  },
  {
    id: 'atlas',
    label: 'Atlas HCL',
    description: 'schema.hcl: the schema for Atlas, with keys, indexes and checks.',
  },
  {
    id: 'dbt',
    label: 'dbt',
    description: 'Sources, staging models and tests of a dbt project, as a zip.',
  },
] as const satisfies readonly ExchangeFormat[];

export type ExchangeId = (typeof EXCHANGE_FORMATS)[number]['id'];
