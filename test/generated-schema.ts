/**
 * A large schema as a dump would write it, made of nothing but a seed: subject areas as schemas, 5 to 15 columns a table,
 * about 1.4 foreign keys a table, a few hubs that many tables refer to, one of them more than a tenth of all.
 */
export interface GeneratedOptions {
  readonly tables: number;
  readonly seed?: number;
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const NOUNS = [
  'account',
  'invoice',
  'order',
  'shipment',
  'ticket',
  'user',
  'device',
  'event',
  'contract',
  'payment',
  'product',
  'visit',
];
const WORDS = [
  'status',
  'title',
  'amount',
  'created',
  'updated',
  'kind',
  'code',
  'region',
  'score',
  'payload',
  'notes',
  'source',
  'weight',
  'active',
];
const TYPES = [
  'text',
  'integer',
  'bigint',
  'boolean',
  'timestamp with time zone',
  'numeric(12,2)',
  'jsonb',
  'uuid',
  'character varying(120)',
  'date',
];

/** How strongly links to hubs gather at the first: at this strength it takes about two thirds of them. */
const HUB_PULL = 10;

export function generatedSchema({ tables, seed = 1 }: GeneratedOptions): string {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const areas = Math.max(1, Math.round(Math.sqrt(tables) / 1.5));
  const out = ["SET client_encoding = 'UTF8';", "SELECT pg_catalog.set_config('search_path', '', false);", ''];
  for (let area = 0; area < areas; area++) out.push(`CREATE SCHEMA area_${area};`, '');
  const names: string[] = [];
  const keys: string[] = [];
  const indexes: string[] = [];
  for (let t = 0; t < tables; t++) {
    const area = t % areas;
    const name = `area_${area}.${pick(NOUNS)}_${t}`;
    names.push(name);
    const columns = ['    id bigint NOT NULL'];
    const links: string[] = [];
    for (let l = random() < 0.4 ? 2 : 1; l > 0 && t > 0; l--) {
      const near = names.filter((_, at) => at % areas === area && at < t);
      const hub = random() < 0.12;
      const target =
        hub || near.length === 0 ? (names[Math.floor(random() ** HUB_PULL * Math.min(t, areas * 2))] as string) : pick(near);
      const column = `${target.split('.')[1]}_id`;
      if (target === name || links.includes(column)) continue;
      links.push(column);
      columns.push(`    ${column} bigint${random() < 0.7 ? ' NOT NULL' : ''}`);
      const short = `${name.split('.')[1]}_${links.length}`;
      keys.push(
        `ALTER TABLE ONLY ${name}\n    ADD CONSTRAINT ${short}_fkey FOREIGN KEY (${column}) REFERENCES ${target}(id) ON DELETE CASCADE;`,
      );
      indexes.push(`CREATE INDEX ${short}_idx ON ${name} USING btree (${column});`);
    }
    const count = 3 + Math.floor(random() * 9);
    for (let c = 0; c < count; c++)
      columns.push(`    ${WORDS[(t + c) % WORDS.length]}_${c} ${pick(TYPES)}${random() < 0.5 ? ' NOT NULL' : ''}`);
    out.push(`CREATE TABLE ${name} (\n${columns.join(',\n')}\n);`, '', `ALTER TABLE ${name} OWNER TO postgres;`, '');
    if (t % 5 === 0) out.push(`COMMENT ON TABLE ${name} IS 'Generated table ${t}';`, '');
    keys.unshift(`ALTER TABLE ONLY ${name}\n    ADD CONSTRAINT ${name.split('.')[1]}_pkey PRIMARY KEY (id);`);
  }
  keys.sort((a, b) => Number(b.includes('PRIMARY KEY')) - Number(a.includes('PRIMARY KEY')));
  return `${[...out, ...keys.flatMap((key) => [key, '']), ...indexes.flatMap((index) => [index, ''])].join('\n')}\n`;
}
