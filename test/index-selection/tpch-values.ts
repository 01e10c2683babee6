/** Five regions, and 25 nations with the number of their region, by their own numbers (TPC-H specification, clause 4.2.3). */
const REGIONS = ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'];
const NATIONS = [
  ...['ALGERIA 0', 'ARGENTINA 1', 'BRAZIL 1', 'CANADA 1', 'EGYPT 4', 'ETHIOPIA 0', 'FRANCE 3', 'GERMANY 3', 'INDIA 2'],
  ...['INDONESIA 2', 'IRAN 4', 'IRAQ 4', 'JAPAN 2', 'JORDAN 4', 'KENYA 0', 'MOROCCO 0', 'MOZAMBIQUE 0', 'PERU 1', 'CHINA 2'],
  ...['ROMANIA 3', 'SAUDI ARABIA 4', 'VIETNAM 2', 'RUSSIA 3', 'UNITED KINGDOM 3', 'UNITED STATES 1'],
];
/** A type of a part is one of each (clause 4.2.2.13). */
const TYPES = [
  ['STANDARD', 'SMALL', 'MEDIUM', 'LARGE', 'ECONOMY', 'PROMO'],
  ['ANODIZED', 'BURNISHED', 'PLATED', 'POLISHED', 'BRUSHED'],
  ['TIN', 'NICKEL', 'BRASS', 'STEEL', 'COPPER'],
] as const;
/** Words that a part's name is made of, five at a time: queries look for two of them. */
const WORDS = 92;

const list = (values: readonly string[]) => `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;
/** From 0 to below a number, the same each time. */
const drawn = (of: string, below: number) => `(abs(hashint4(${of})::bigint) % ${below})`;
const one = (values: readonly string[], of: string) => `(${list(values)})[${drawn(of, values.length)} + 1]`;

const NAME = `(SELECT string_agg(CASE n WHEN 0 THEN 'green' WHEN 1 THEN 'forest' ELSE 'word' || n END, ' ')
  FROM (SELECT ${drawn('p_partkey * 5 + k', WORDS)} AS n FROM generate_series(0, 4) AS k) AS words)`;
const TYPE = TYPES.map((words, at) => one(words, `p_partkey * 3 + ${at}`)).join(` || ' ' || `);
const LINE = 'l_orderkey * 8 + l_linenumber';

/** Rows of the smallest tables: as many at any scale. */
export const TPCH_LEAST = 25;

/**
 * Statements that give generated rows of TPC-H what its queries look for, as the specification has it: the names and words that
 * they compare with, and dates of lines that follow those of their orders. Without them many a query finds nothing in the first
 * table it reads, and what it touches says only with which table a plan begins.
 */
export const TPCH_VALUES: readonly string[] = [
  `UPDATE region SET r_name = (${list(REGIONS)})[r_regionkey + 1]`,
  `UPDATE nation SET n_name = regexp_replace((${list(NATIONS)})[n_nationkey + 1], ' \\d$', ''),
     n_regionkey = right((${list(NATIONS)})[n_nationkey + 1], 1)::integer`,
  `UPDATE part SET p_name = ${NAME}, p_type = ${TYPE}`,
  `UPDATE customer SET c_phone = (10 + c_nationkey) || substr(c_phone, 3)`,
  `UPDATE lineitem SET l_shipdate = o_orderdate + 1 + ${drawn(LINE, 121)}::integer,
     l_commitdate = o_orderdate + 30 + ${drawn(`-${LINE}`, 61)}::integer,
     l_receiptdate = o_orderdate + 2 + ${drawn(LINE, 121)}::integer + ${drawn(`${LINE} + 7`, 30)}::integer
   FROM orders WHERE o_orderkey = l_orderkey`,
  'CLUSTER lineitem USING lineitem_pkey',
  'VACUUM FULL region, nation, part, customer',
];
