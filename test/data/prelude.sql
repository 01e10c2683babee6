-- What the compared databases stand on: roles that dumps name, and stand-ins for extensions that PGlite does not bring.
DO $roles$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['reader', 'writer', 'anon', 'authenticated', 'service_role', 'app'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I', role_name);
    END IF;
  END LOOP;
END $roles$;
