/**
 * Names of Oracle's own types as a document holds them, by the word they are written with ("Oracle Database SQL Language
 * Reference", Data Types). Types of the SQL standard stay as they were declared.
 */
export const BUILTIN_TYPES: ReadonlyMap<string, string> = new Map(
  (
    'NUMBER FLOAT BINARY_FLOAT BINARY_DOUBLE VARCHAR2 NVARCHAR2 VARCHAR CHAR NCHAR CLOB NCLOB BLOB BFILE DATE RAW LONG ROWID ' +
    'UROWID BOOLEAN BOOL JSON VECTOR XMLTYPE SDO_GEOMETRY SDO_TOPO_GEOMETRY SDO_GEORASTER ANYDATA ANYTYPE ANYDATASET URITYPE ' +
    'HTTPURITYPE DBURITYPE XDBURITYPE INTEGER INT SMALLINT DECIMAL DEC NUMERIC REAL'
  )
    .split(' ')
    .map((word) => [word, word.toLowerCase()]),
);

/** Types that Oracle supplies in schemas of its own and that are known everywhere, by schema and name. */
export const OWNED_TYPES: ReadonlyMap<string, string> = new Map([
  ...['XMLTYPE', 'ANYDATA', 'ANYTYPE', 'ANYDATASET', 'URITYPE', 'HTTPURITYPE', 'DBURITYPE', 'XDBURITYPE'].map(
    (name) => [`SYS.${name}`, name.toLowerCase()] as const,
  ),
  ...['SDO_GEOMETRY', 'SDO_TOPO_GEOMETRY', 'SDO_GEORASTER'].map((name) => [`MDSYS.${name}`, name.toLowerCase()] as const),
]);
