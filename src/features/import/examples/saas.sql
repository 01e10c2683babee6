-- A multi-tenant SaaS: every row of a tenant carries its tenant, row-level security keeps tenants apart,
-- and composite foreign keys make a reference across tenants impossible.

CREATE SCHEMA app;
COMMENT ON SCHEMA app IS 'What tenants work with.';

CREATE SCHEMA billing;
COMMENT ON SCHEMA billing IS 'What tenants pay for.';

CREATE DOMAIN app.email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(VALUE) <= 320);
COMMENT ON DOMAIN app.email_address IS 'An address that can be written to; kept in lower case by the application.';

CREATE TYPE app.member_role AS ENUM ('owner', 'admin', 'member', 'guest');
CREATE TYPE app.task_status AS ENUM ('open', 'in_progress', 'blocked', 'done');
CREATE TYPE billing.invoice_status AS ENUM ('draft', 'open', 'paid', 'void');

CREATE FUNCTION app.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

CREATE FUNCTION app.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE
    SET search_path = ''
    RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;
COMMENT ON FUNCTION app.current_tenant() IS 'The tenant of the session: SET LOCAL app.tenant_id in each transaction.';

CREATE TABLE app.tenants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    slug text NOT NULL,
    display_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT tenants_slug_key UNIQUE (slug),
    CONSTRAINT tenants_slug_form CHECK (slug ~ '^[a-z][a-z0-9-]{1,62}$'),
    CONSTRAINT tenants_display_name_length CHECK (length(display_name) BETWEEN 1 AND 200)
);
COMMENT ON TABLE app.tenants IS 'A customer organisation. Everything below belongs to exactly one.';
COMMENT ON COLUMN app.tenants.slug IS 'First label of the tenant''s host name.';

CREATE TABLE app.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email app.email_address NOT NULL,
    full_name text NOT NULL,
    password_hash text NOT NULL,
    last_seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200)
);
COMMENT ON TABLE app.users IS 'A person. One person may be a member of several tenants.';
COMMENT ON COLUMN app.users.password_hash IS 'Argon2id in PHC form; never the password.';

CREATE TABLE app.memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role app.member_role DEFAULT 'member' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT memberships_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.tenants (id) ON DELETE CASCADE,
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users (id) ON DELETE CASCADE
);
COMMENT ON TABLE app.memberships IS 'Who may work in which tenant, and as what.';

CREATE TABLE app.projects (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    title text NOT NULL,
    lead_id uuid,
    archived_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT projects_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT projects_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT projects_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.tenants (id) ON DELETE CASCADE,
    CONSTRAINT projects_lead_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES app.memberships (tenant_id, user_id) ON DELETE SET NULL (lead_id)
);
COMMENT ON TABLE app.projects IS 'A body of work of one tenant.';
COMMENT ON COLUMN app.projects.archived_at IS 'Set when the project is put away; its tasks stay readable.';

CREATE TABLE app.tasks (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    project_id uuid NOT NULL,
    title text NOT NULL,
    details text DEFAULT '' NOT NULL,
    status app.task_status DEFAULT 'open' NOT NULL,
    assignee_id uuid,
    due_on date,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, title || ' ' || details)) STORED,
    CONSTRAINT tasks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tasks_title_length CHECK (length(title) BETWEEN 1 AND 500),
    CONSTRAINT tasks_completed_when_done CHECK ((status = 'done') = (completed_at IS NOT NULL)),
    CONSTRAINT tasks_project_fkey FOREIGN KEY (tenant_id, project_id) REFERENCES app.projects (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT tasks_assignee_fkey FOREIGN KEY (tenant_id, assignee_id) REFERENCES app.memberships (tenant_id, user_id) ON DELETE SET NULL (assignee_id)
);
COMMENT ON TABLE app.tasks IS 'Something to do within a project.';
COMMENT ON COLUMN app.tasks.search IS 'Words of title and details, for full-text search.';

CREATE TABLE app.task_comments (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    task_id uuid NOT NULL,
    author_id uuid,
    body text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT task_comments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_comments_body_length CHECK (length(body) BETWEEN 1 AND 20000),
    CONSTRAINT task_comments_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES app.tasks (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT task_comments_author_fkey FOREIGN KEY (tenant_id, author_id) REFERENCES app.memberships (tenant_id, user_id) ON DELETE SET NULL (author_id)
);
COMMENT ON TABLE app.task_comments IS 'What people say about a task. A comment outlives its author''s membership.';

CREATE TABLE app.audit_events (
    tenant_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_events_pkey PRIMARY KEY (tenant_id, occurred_at, id),
    CONSTRAINT audit_events_action_form CHECK (action ~ '^[a-z_]+\.[a-z_]+$'),
    CONSTRAINT audit_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.tenants (id) ON DELETE CASCADE
) PARTITION BY RANGE (occurred_at);
COMMENT ON TABLE app.audit_events IS 'Append only. Partitioned by time, so that old months are dropped and not deleted.';
COMMENT ON COLUMN app.audit_events.actor_id IS 'Kept without a foreign key: the record outlives the person.';

CREATE TABLE app.audit_events_2026_h2 PARTITION OF app.audit_events
    FOR VALUES FROM ('2026-07-01 00:00:00+00') TO ('2027-01-01 00:00:00+00');
CREATE TABLE app.audit_events_2027_h1 PARTITION OF app.audit_events
    FOR VALUES FROM ('2027-01-01 00:00:00+00') TO ('2027-07-01 00:00:00+00');
CREATE TABLE app.audit_events_rest PARTITION OF app.audit_events DEFAULT;

CREATE TABLE billing.plans (
    code text NOT NULL,
    display_name text NOT NULL,
    monthly_cents integer NOT NULL,
    seat_limit integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT plans_pkey PRIMARY KEY (code),
    CONSTRAINT plans_display_name_key UNIQUE (display_name),
    CONSTRAINT plans_monthly_cents_not_negative CHECK (monthly_cents >= 0),
    CONSTRAINT plans_seat_limit_positive CHECK (seat_limit > 0)
);
COMMENT ON COLUMN billing.plans.seat_limit IS 'Members included; NULL means no limit.';

CREATE TABLE billing.subscriptions (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    plan_code text NOT NULL,
    started_on date NOT NULL,
    ended_on date,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscriptions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT subscriptions_period CHECK (ended_on > started_on),
    CONSTRAINT subscriptions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES app.tenants (id) ON DELETE RESTRICT,
    CONSTRAINT subscriptions_plan_code_fkey FOREIGN KEY (plan_code) REFERENCES billing.plans (code) ON UPDATE CASCADE
);
COMMENT ON TABLE billing.subscriptions IS 'A plan during a time. At most one runs per tenant.';

CREATE TABLE billing.invoices (
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    subscription_id uuid NOT NULL,
    status billing.invoice_status DEFAULT 'draft' NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invoices_pkey PRIMARY KEY (tenant_id, number),
    CONSTRAINT invoices_number_positive CHECK (number > 0),
    CONSTRAINT invoices_due_after_issue CHECK (due_on >= issued_on),
    CONSTRAINT invoices_subscription_fkey FOREIGN KEY (tenant_id, subscription_id) REFERENCES billing.subscriptions (tenant_id, id) ON DELETE RESTRICT
);
COMMENT ON COLUMN billing.invoices.number IS 'Counts from 1 within a tenant, without gaps.';

CREATE TABLE billing.invoice_lines (
    tenant_id uuid NOT NULL,
    invoice_number integer NOT NULL,
    line_number smallint NOT NULL,
    description text NOT NULL,
    quantity integer NOT NULL,
    unit_cents integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invoice_lines_pkey PRIMARY KEY (tenant_id, invoice_number, line_number),
    CONSTRAINT invoice_lines_quantity_positive CHECK (quantity > 0),
    CONSTRAINT invoice_lines_invoice_fkey FOREIGN KEY (tenant_id, invoice_number) REFERENCES billing.invoices (tenant_id, number) ON DELETE CASCADE
);
COMMENT ON TABLE billing.invoice_lines IS 'What an invoice charges for. Prices are copied when it is issued and never change.';

CREATE INDEX memberships_user_id_idx ON app.memberships (user_id);
CREATE INDEX projects_lead_idx ON app.projects (tenant_id, lead_id);
CREATE INDEX projects_active_idx ON app.projects (tenant_id, title) WHERE archived_at IS NULL;
CREATE INDEX tasks_project_idx ON app.tasks (tenant_id, project_id, status) INCLUDE (title);
CREATE INDEX tasks_assignee_due_idx ON app.tasks (tenant_id, assignee_id, due_on) WHERE status <> 'done';
CREATE INDEX tasks_assignee_idx ON app.tasks (tenant_id, assignee_id);
CREATE INDEX tasks_search_idx ON app.tasks USING gin (search);
CREATE INDEX task_comments_task_idx ON app.task_comments (tenant_id, task_id, created_at);
CREATE INDEX task_comments_author_idx ON app.task_comments (tenant_id, author_id);
CREATE UNIQUE INDEX subscriptions_one_running_idx ON billing.subscriptions (tenant_id) WHERE ended_on IS NULL;
CREATE INDEX subscriptions_plan_code_idx ON billing.subscriptions (plan_code);
CREATE INDEX invoices_subscription_idx ON billing.invoices (tenant_id, subscription_id);
CREATE INDEX invoices_unpaid_idx ON billing.invoices (due_on) INCLUDE (tenant_id, number) WHERE status = 'open';

COMMENT ON INDEX app.tasks_assignee_due_idx IS 'My open tasks by due date: the page people see first.';
COMMENT ON INDEX billing.invoices_unpaid_idx IS 'The nightly reminder run reads only this.';

CREATE VIEW app.open_tasks WITH (security_invoker = true) AS
SELECT t.tenant_id, t.id, t.title, t.due_on, p.title AS project_title, t.assignee_id
FROM app.tasks t
    JOIN app.projects p ON p.tenant_id = t.tenant_id AND p.id = t.project_id
WHERE t.status <> 'done' AND p.archived_at IS NULL;
COMMENT ON VIEW app.open_tasks IS 'What is still to do in projects that are not archived; row security of the reader applies.';

CREATE TRIGGER tenants_touch BEFORE UPDATE ON app.tenants FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER users_touch BEFORE UPDATE ON app.users FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER projects_touch BEFORE UPDATE ON app.projects FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();
CREATE TRIGGER tasks_touch BEFORE UPDATE ON app.tasks FOR EACH ROW EXECUTE FUNCTION app.touch_updated_at();

ALTER TABLE app.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.projects ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.task_comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.audit_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.invoices ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.invoice_lines ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_tenant ON app.tenants USING (id = app.current_tenant());
CREATE POLICY own_tenant ON app.memberships USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON app.projects USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON app.tasks USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON app.task_comments USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_events ON app.audit_events FOR SELECT USING (tenant_id = app.current_tenant());
CREATE POLICY append_events ON app.audit_events FOR INSERT WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON billing.subscriptions USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON billing.invoices USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
CREATE POLICY own_tenant ON billing.invoice_lines USING (tenant_id = app.current_tenant()) WITH CHECK (tenant_id = app.current_tenant());
