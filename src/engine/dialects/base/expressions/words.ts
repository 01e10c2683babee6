/** Words of SQL as far as the meaning of names depends on them. No dialect's grammar: what any of them says so. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that an operand follows, so that a name behind them is no alias of what stands before. */
export const BEFORE_OPERAND = words(
  'AND OR NOT IN IS LIKE BETWEEN RLIKE REGEXP GLOB MATCH ESCAPE DIV MOD XOR CASE WHEN THEN ELSE DISTINCT ALL INTERVAL COLLATE ' +
    'OVER AS BY BINARY PRIOR EXISTS ANY SOME FROM SELECT TOP UNIQUE ROW ON WHERE HAVING SET VALUES RETURNING UNTIL OUTPUT ' +
    'CONNECT_BY_ROOT RETURN USING IF WHILE',
);

/** Words that are never a name where a value stands, unless in quotes. */
export const NO_NAME: ReadonlySet<string> = new Set([
  ...BEFORE_OPERAND,
  ...words('NULL TRUE FALSE DEFAULT CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME ASC DESC NULLS END INTO WITH FOR BEGIN GROUP'),
  ...words('ORDER LIMIT OFFSET FETCH UNION EXCEPT INTERSECT MINUS JOIN INNER LEFT RIGHT FULL CROSS OUTER NATURAL WINDOW'),
]);

/** Words that follow a relation and are no alias of it. */
export const NO_ALIAS: ReadonlySet<string> = new Set([
  ...NO_NAME,
  ...words('VALUE STRAIGHT_JOIN USE FORCE IGNORE PIVOT UNPIVOT PARTITION CONNECT START AFTER BEFORE INSTEAD ADD ALTER DROP'),
  ...words('RENAME MODIFY CHANGE DO LOOP INDEXED OPTION DECLARE EXEC EXECUTE PRINT INSERT UPDATE DELETE MERGE QUALIFY SAMPLE'),
  ...words('TABLESAMPLE MODEL LOG CALL OPEN CLOSE RAISERROR THROW COMMIT ROLLBACK APPLY PROCEDURE LOCK OVERRIDING TO REFERENCING'),
  ...words('CREATE GRANT TRUNCATE CONNECT'),
]);

/** Words that end a statement where no CASE is open, whatever stands before them. */
export const ENDS_STATEMENT = words('THEN ELSE ELSEIF ELSIF EXCEPTION');

/** Words that SQL Server keeps to itself and that begin a statement, which needs no semicolon before it. */
export const RESERVED_STARTS = words(
  'BEGIN IF WHILE SET DECLARE EXEC EXECUTE RETURN PRINT RAISERROR OPEN CLOSE COMMIT ROLLBACK GOTO TRUNCATE ALTER DROP CREATE ' +
    'GRANT REVOKE DENY FETCH',
);

/** After these a statement begins. */
export const BEFORE_STATEMENT = words('; BEGIN THEN ELSE LOOP DO REPEAT');

/** Behind these INSERT, UPDATE and DELETE are no statements of their own. */
export const NO_CHANGE_AFTER = words('AFTER BEFORE FOR OF OR ON KEY , INSTEAD NO . GRANT REVOKE DENY');

/** Words after which a relation stands in statements that are neither queries nor changes of rows. */
export const BEFORE_RELATION = words('TABLE VIEW SEQUENCE REFERENCES ON IDENTITY_INSERT TABLES');

/** Words between one of those and the relation. */
export const BEFORE_NAME = words('ONLY IF NOT EXISTS LATERAL IGNORE LOW_PRIORITY DELAYED HIGH_PRIORITY QUICK INTO FROM TABLE');

/** Words that stand where a relation was expected and show that none comes. */
export const NO_RELATION = words('SELECT WITH SET WHERE VALUES BEGIN AS FOR ON INSERT UPDATE DELETE MERGE IF COLUMN');

/** Words between SELECT and what is selected. */
export const SELECT_MODIFIERS = words(
  'DISTINCT ALL UNIQUE DISTINCTROW HIGH_PRIORITY STRAIGHT_JOIN SQL_SMALL_RESULT SQL_BIG_RESULT SQL_BUFFER_RESULT SQL_NO_CACHE ' +
    'SQL_CACHE SQL_CALC_FOUND_ROWS',
);

/** Functions whose argument is a sequence. */
export const OF_SEQUENCE = words('NEXTVAL LASTVAL SETVAL CURRVAL');
