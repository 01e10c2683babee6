import { writeDjango } from './code/django.ts';
import { writeDrizzle } from './code/drizzle.ts';
import { writeSqlAlchemy } from './code/sqlalchemy.ts';
import { writeTypeOrm } from './code/typeorm.ts';
import { writeDbml } from './dbml/write.ts';
import type { ExchangeWriter } from './exchange.ts';
import type { ExchangeId } from './formats.ts';
import { writePlantUml } from './mermaid/plantuml.ts';
import { writeMermaid } from './mermaid/write.ts';
import { writePrisma } from './prisma/write.ts';
import { writeDbt } from './schema/dbt.ts';
import { writeHcl } from './schema/hcl.ts';
import { writeJsonSchema, writeOpenApi } from './schema/json.ts';

/** The writer of each format: takes a document of any dialect and never fails. */
export const EXCHANGE_WRITERS: Readonly<Record<ExchangeId, ExchangeWriter>> = {
  dbml: writeDbml,
  mermaid: writeMermaid,
  plantuml: writePlantUml,
  prisma: writePrisma,
  drizzle: writeDrizzle,
  typeorm: writeTypeOrm,
  sqlalchemy: writeSqlAlchemy,
  django: writeDjango,
  'json-schema': writeJsonSchema,
  openapi: writeOpenApi,
  atlas: writeHcl,
  dbt: writeDbt,
};
