-- The Sakila shape, from payments along every foreign key; addresses, cities and countries stand twice, of customers and of shops.
SELECT
  y.payment_id,
  y.rental_id,
  y.amount,
  y.payment_date,
  n.rental_date,
  n.inventory_id,
  n.customer_id,
  n.return_date,
  n.staff_id,
  c.first_name,
  c.last_name,
  c.email,
  c.address_id,
  c.active,
  c.create_date,
  ca.address,
  ca.district,
  ca.city_id,
  ca.postal_code,
  ca.phone,
  cc.city,
  cc.country_id,
  ck.country,
  v.film_id,
  v.store_id,
  f.title,
  f.description,
  f.release_year,
  f.language_id,
  f.rental_duration,
  f.rental_rate,
  f.length,
  f.replacement_cost,
  f.rating,
  g.name,
  s.opened,
  s.address_id AS store_address_id,
  sa.address AS store_address,
  sa.district AS store_district,
  sa.city_id AS store_city_id,
  sa.postal_code AS store_postal_code,
  sa.phone AS store_phone,
  sc.city AS store_city,
  sc.country_id AS store_country_id,
  sk.country AS store_country,
  w.first_name AS staff_first_name,
  w.last_name AS staff_last_name,
  w.username,
  w.active AS staff_active
FROM payment y
JOIN rental n ON n.rental_id = y.rental_id
JOIN customer c ON c.customer_id = n.customer_id
JOIN address ca ON ca.address_id = c.address_id
JOIN city cc ON cc.city_id = ca.city_id
JOIN country ck ON ck.country_id = cc.country_id
JOIN inventory v ON v.inventory_id = n.inventory_id
JOIN film f ON f.film_id = v.film_id
JOIN language g ON g.language_id = f.language_id
JOIN store s ON s.store_id = v.store_id
JOIN address sa ON sa.address_id = s.address_id
JOIN city sc ON sc.city_id = sa.city_id
JOIN country sk ON sk.country_id = sc.country_id
JOIN staff w ON w.staff_id = n.staff_id
