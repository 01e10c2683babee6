CREATE TABLE my_table (id int PRIMARY KEY, col text);
