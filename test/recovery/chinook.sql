-- Chinook, from invoice lines along every foreign key, and the playlists that the tracks are on.
SELECT
  l.invoice_line_id,
  l.invoice_id,
  l.track_id,
  l.unit_price AS line_unit_price,
  l.quantity,
  i.customer_id,
  i.invoice_date,
  i.billing_address,
  i.billing_city,
  i.billing_state,
  i.billing_country,
  i.billing_postal_code,
  i.total,
  c.first_name,
  c.last_name,
  c.company,
  c.address,
  c.city,
  c.state,
  c.country,
  c.postal_code,
  c.phone,
  c.fax,
  c.email,
  c.support_rep_id,
  e.last_name AS employee_last_name,
  e.first_name AS employee_first_name,
  e.title AS employee_title,
  e.reports_to,
  e.birth_date,
  e.hire_date,
  e.address AS employee_address,
  e.city AS employee_city,
  e.state AS employee_state,
  e.country AS employee_country,
  e.postal_code AS employee_postal_code,
  e.phone AS employee_phone,
  e.fax AS employee_fax,
  e.email AS employee_email,
  t.name AS track_name,
  t.album_id,
  t.media_type_id,
  t.genre_id,
  t.composer,
  t.milliseconds,
  t.bytes,
  t.unit_price,
  a.title,
  a.artist_id,
  r.name AS artist_name,
  g.name AS genre_name,
  m.name AS media_type_name,
  pt.playlist_id,
  p.name AS playlist_name
FROM invoice_line l
JOIN invoice i ON i.invoice_id = l.invoice_id
JOIN customer c ON c.customer_id = i.customer_id
JOIN employee e ON e.employee_id = c.support_rep_id
JOIN track t ON t.track_id = l.track_id
JOIN album a ON a.album_id = t.album_id
JOIN artist r ON r.artist_id = a.artist_id
JOIN genre g ON g.genre_id = t.genre_id
JOIN media_type m ON m.media_type_id = t.media_type_id
JOIN playlist_track pt ON pt.track_id = l.track_id
JOIN playlist p ON p.playlist_id = pt.playlist_id
