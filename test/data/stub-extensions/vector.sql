-- A stand-in for pgvector: its type, its index method and an operator class, over functions that PostgreSQL has.
CREATE TYPE vector;
CREATE FUNCTION vector_in(cstring, oid, integer) RETURNS vector LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION vector_typmod_in(cstring[]) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, TYPMOD_IN = vector_typmod_in, STORAGE = extended);
CREATE FUNCTION vector_cmp(vector, vector) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'bttextcmp';
CREATE FUNCTION hnswhandler(internal) RETURNS index_am_handler LANGUAGE internal AS 'bthandler';
CREATE ACCESS METHOD hnsw TYPE INDEX HANDLER hnswhandler;
CREATE OPERATOR CLASS vector_cosine_ops FOR TYPE vector USING hnsw AS FUNCTION 1 vector_cmp(vector, vector);
