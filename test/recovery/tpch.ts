import { Draw, type MadeTable, rowsOf } from './rows.ts';

const NATIONS =
  'ALGERIA 0,ARGENTINA 1,BRAZIL 1,CANADA 1,EGYPT 4,ETHIOPIA 0,FRANCE 3,GERMANY 3,INDIA 2,INDONESIA 2,IRAN 4,IRAQ 4,JAPAN 2,JORDAN 4,KENYA 0,MOROCCO 0,MOZAMBIQUE 0,PERU 1,CHINA 2,ROMANIA 3,SAUDI ARABIA 4,VIETNAM 2,RUSSIA 3,UNITED KINGDOM 3,UNITED STATES 1'.split(
    ',',
  );
const REGIONS = ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'];
const SEGMENTS = ['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'HOUSEHOLD', 'MACHINERY'];
const PRIORITIES = ['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'];
const INSTRUCTIONS = ['COLLECT COD', 'DELIVER IN PERSON', 'NONE', 'TAKE BACK RETURN'];
const MODES = ['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'];
const SIZES = ['JUMBO', 'LG', 'MED', 'SM', 'WRAP'];
const BOXES = ['BAG', 'BOX', 'CAN', 'CASE', 'DRUM', 'JAR', 'PACK', 'PKG'];
const TYPES = ['ANODIZED', 'BRUSHED', 'BURNISHED', 'PLATED', 'POLISHED'];
const METALS = ['BRASS', 'COPPER', 'NICKEL', 'STEEL', 'TIN'];
/** The day on which orders count as current. */
const TODAY = 1263;

const number = (prefix: string, value: number) => `${prefix}#${String(value).padStart(9, '0')}`;
const money = (cents: number) => cents / 100;
const phone = (draw: Draw, nation: number) => `${10 + nation}-${draw.digits(3)}-${draw.digits(3)}-${draw.digits(4)}`;

function places(draw: Draw): MadeTable[] {
  return [
    {
      name: 'region',
      columns: ['r_regionkey int', 'r_name text', 'r_comment text'],
      key: ['r_regionkey'],
      rows: REGIONS.map((name, at) => [at, name, draw.words(7)]),
    },
    {
      name: 'nation',
      columns: ['n_nationkey int', 'n_name text', 'n_regionkey int', 'n_comment text'],
      key: ['n_nationkey'],
      rows: NATIONS.map((text, at) => [at, text.slice(0, -2), Number(text.slice(-1)), draw.words(6)]),
    },
  ];
}

function partners(draw: Draw, customers: number, suppliers: number): MadeTable[] {
  return [
    {
      name: 'supplier',
      columns: [
        's_suppkey int',
        's_name text',
        's_address text',
        's_nationkey int',
        's_phone text',
        's_acctbal numeric',
        's_comment text',
      ],
      key: ['s_suppkey'],
      rows: rowsOf(suppliers, (at) => {
        const nation = draw.below(25);
        const balance = money(draw.between(-99_999, 999_999));
        return [at + 1, number('Supplier', at + 1), draw.words(3), nation, phone(draw, nation), balance, draw.words(8)];
      }),
    },
    {
      name: 'customer',
      columns: [
        'c_custkey int',
        'c_name text',
        'c_address text',
        'c_nationkey int',
        'c_phone text',
        'c_acctbal numeric',
        'c_mktsegment text',
        'c_comment text',
      ],
      key: ['c_custkey'],
      rows: rowsOf(customers, (at) => {
        const nation = draw.below(25);
        const balance = money(draw.between(-99_999, 999_999));
        const who = [at + 1, number('Customer', at + 1), draw.words(3), nation, phone(draw, nation), balance];
        return [...who, draw.of(SEGMENTS), draw.words(9)];
      }),
    },
  ];
}

/** What a part costs follows from its number, as the benchmark has it. */
const retail = (part: number) => 90_000 + (((part / 10) % 20_001) | 0) + 100 * (part % 1000);

function goods(draw: Draw, parts: number, suppliers: number): MadeTable[] {
  return [
    {
      name: 'part',
      columns: [
        'p_partkey int',
        'p_name text',
        'p_mfgr text',
        'p_brand text',
        'p_type text',
        'p_size int',
        'p_container text',
        'p_retailprice numeric',
        'p_comment text',
      ],
      key: ['p_partkey'],
      rows: rowsOf(parts, (at) => {
        const maker = draw.between(1, 5);
        const brand = `Brand#${maker}${draw.between(1, 5)}`;
        const what = [at + 1, draw.words(5), `Manufacturer#${maker}`, brand, `${draw.of(TYPES)} ${draw.of(METALS)}`];
        return [...what, draw.between(1, 50), `${draw.of(SIZES)} ${draw.of(BOXES)}`, money(retail(at + 1)), draw.words(2)];
      }),
    },
    {
      name: 'partsupp',
      columns: ['ps_partkey int', 'ps_suppkey int', 'ps_availqty int', 'ps_supplycost numeric', 'ps_comment text'],
      key: ['ps_partkey', 'ps_suppkey'],
      rows: rowsOf(parts * 4, (at) => {
        const part = Math.floor(at / 4) + 1;
        const supplier = ((part + (at % 4) * (suppliers / 4)) % suppliers) + 1;
        return [part, supplier, draw.between(1, 9999), money(draw.between(100, 100_000)), draw.words(12)];
      }),
    },
  ];
}

function sales(draw: Draw, orders: number, customers: number, pairs: MadeTable['rows']): MadeTable[] {
  const lines: (string | number)[][] = [];
  const heads = rowsOf(orders, (at) => {
    const key = Math.floor(at / 8) * 32 + (at % 8) + 1;
    // A third of the customers never order.
    const customer = 1 + Math.floor(draw.below(Math.floor((customers * 2) / 3)) * 1.5);
    const day = draw.below(2400);
    const made = rowsOf(draw.between(1, 7), (line) => {
      const [part, supplier] = draw.of(pairs) as readonly [number, number];
      const quantity = draw.between(1, 50);
      const [sent, promised] = [day + draw.between(1, 121), day + draw.between(30, 90)];
      const got = sent + draw.between(1, 30);
      const flags = [got <= TODAY ? draw.of(['R', 'A']) : 'N', sent > TODAY ? 'O' : 'F'];
      const price = [money(quantity * retail(part)), draw.below(11) / 100, draw.below(9) / 100];
      const days = [sent, promised, got].map(Draw.day);
      return [
        key,
        part,
        supplier,
        line + 1,
        quantity,
        ...price,
        ...flags,
        ...days,
        draw.of(INSTRUCTIONS),
        draw.of(MODES),
        draw.words(4),
      ];
    });
    lines.push(...made);
    const states = new Set(made.map((line) => line[9]));
    const total = Math.round(made.reduce((sum, line) => sum + Number(line[5]) * 100, 0)) / 100;
    const state = states.size > 1 ? 'P' : (made[0]?.[9] as string);
    return [
      key,
      customer,
      state,
      total,
      Draw.day(day),
      draw.of(PRIORITIES),
      number('Clerk', draw.between(1, 40)),
      0,
      draw.words(7),
    ];
  });
  return [
    {
      name: 'orders',
      columns: [
        'o_orderkey int',
        'o_custkey int',
        'o_orderstatus text',
        'o_totalprice numeric',
        'o_orderdate date',
        'o_orderpriority text',
        'o_clerk text',
        'o_shippriority int',
        'o_comment text',
      ],
      key: ['o_orderkey'],
      rows: heads,
    },
    {
      name: 'lineitem',
      columns: [
        'l_orderkey int',
        'l_partkey int',
        'l_suppkey int',
        'l_linenumber int',
        'l_quantity int',
        'l_extendedprice numeric',
        'l_discount numeric',
        'l_tax numeric',
        'l_returnflag text',
        'l_linestatus text',
        'l_shipdate date',
        'l_commitdate date',
        'l_receiptdate date',
        'l_shipinstruct text',
        'l_shipmode text',
        'l_comment text',
      ],
      key: ['l_orderkey', 'l_linenumber'],
      rows: lines,
    },
  ];
}

/** Tables of the shape of TPC-H (columns, links and rules between values as its specification has them), with rows of our own. */
export function tpch(seed: number, orders: number): MadeTable[] {
  const draw = new Draw(seed);
  const [customers, suppliers, parts] = [Math.ceil(orders / 10), 20, Math.ceil(orders / 8)];
  const stock = goods(draw, parts, suppliers);
  const pairs = stock[1]?.rows ?? [];
  return [...places(draw), ...partners(draw, customers, suppliers), ...stock, ...sales(draw, orders, customers, pairs)];
}
