-- Two roles beside the owner of the warehouse, for those who need less. Run by a superuser once the tables are there,
-- and again after an upgrade that adds some; then for each program: CREATE USER charts PASSWORD '…' IN ROLE prongsai_reader;
--   prongsai_reader    sees everything, writes nothing: tools that make charts
--   prongsai_watchdog  the same, and keeps what it has to tell: prongsai status --alert
DO $$
DECLARE
  owner name := (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'export');
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prongsai_reader') THEN
    CREATE ROLE prongsai_reader;
    CREATE ROLE prongsai_watchdog IN ROLE prongsai_reader;
  END IF;
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO prongsai_reader', current_database());
  EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT SELECT ON TABLES TO prongsai_reader', owner);
END $$;
GRANT USAGE ON SCHEMA public TO prongsai_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO prongsai_reader;
GRANT INSERT, UPDATE ON outbox TO prongsai_watchdog;
GRANT USAGE ON SEQUENCE outbox_id_seq TO prongsai_watchdog;
