CREATE TABLE dbo.customers (id bigint NOT NULL PRIMARY KEY, email varchar(100) NOT NULL, name nvarchar(80) NOT NULL, manager_id bigint NULL);
CREATE TABLE dbo.orders (id bigint NOT NULL PRIMARY KEY, customer_id bigint NOT NULL, created_at datetime2 NOT NULL, total decimal(12, 2) NULL);
CREATE INDEX customers_email ON dbo.customers (email);
CREATE INDEX orders_created ON dbo.orders (created_at);
