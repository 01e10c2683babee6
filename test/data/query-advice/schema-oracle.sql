CREATE TABLE customers (id number(19) PRIMARY KEY, code varchar2(20) NOT NULL, name varchar2(80) NOT NULL, manager_id number(19));
CREATE TABLE orders (id number(19) PRIMARY KEY, customer_id number(19) NOT NULL, created_at timestamp NOT NULL, total number(12, 2));
CREATE INDEX customers_code ON customers (code);
