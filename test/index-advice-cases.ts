import { readFileSync } from 'node:fs';

/** Cases of other index advisors' own tests, as `data/workload/README.md` says. */
export interface AdviceCase {
  readonly id: string;
  readonly sql: string;
  readonly expected: {
    readonly verdict: 'ok' | 'index' | 'see-output';
    readonly index?: string;
    readonly note?: string;
    readonly output?: string;
  };
}

export const ADVICE_CASES: readonly AdviceCase[] = readFileSync(new URL('data/workload/index-cases.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as AdviceCase);

/** The tables of those tests, as far as the cases say them; dexter's posts have no key, as `posts (id)` is expected. */
export const ADVICE_SCHEMA = `
CREATE TABLE posts (id integer, blog_id integer, user_id integer, title text);
CREATE SCHEMA "Bar";
CREATE TABLE "Bar"."Foo" ("Id" integer);
CREATE TABLE cities (id bigint PRIMARY KEY, name text);
CREATE TABLE users (id bigint PRIMARY KEY, city_id integer, login_attempts integer, email text, zip_code text, active boolean, created_at timestamp, updated_at timestamp);
CREATE TABLE public.book (id int, name text);
`;

export function adviceQuery({ sql }: AdviceCase): string {
  return /index_advisor\(\$\$([\s\S]*?)\$\$\)/.exec(sql)?.[1] ?? sql.replaceAll('\\"', '"');
}

/** `table (a, b DESC)`, however a case writes it. */
export function adviceWants({ expected }: AdviceCase): { readonly table: string; readonly columns: readonly string[] } | undefined {
  const text =
    expected.index ??
    /CREATE INDEX ON (\S+) USING btree \(([^)]*)\)/
      .exec(expected.output ?? '')
      ?.slice(1, 3)
      .join(' (')
      .concat(')');
  if (text === undefined) return undefined;
  const hash = /table: "(\w+)", columns: \[([^\]]*)\]/.exec(text);
  const plain = /(?:(\w+)\.)?(\w+) \(([^)]*)\)/.exec(text);
  const [table, columns] = hash === null ? [plain?.[2], plain?.[3]] : [hash[1], hash[2]];
  return table === undefined || columns === undefined
    ? undefined
    : { table, columns: columns.split(',').map((one) => one.trim().replaceAll('"', '').replace(' DESC', ' desc')) };
}
