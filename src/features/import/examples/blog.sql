-- A blog with several authors: posts with tags, comments in threads, and drafts that only their author sees.

CREATE DOMAIN email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(VALUE) <= 320);

CREATE TYPE post_status AS ENUM ('draft', 'published', 'withdrawn');
CREATE TYPE comment_state AS ENUM ('waiting', 'approved', 'rejected');

CREATE FUNCTION touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

CREATE TABLE authors (
    id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    handle text NOT NULL,
    full_name text NOT NULL,
    email email_address NOT NULL,
    biography text DEFAULT '' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT authors_pkey PRIMARY KEY (id),
    CONSTRAINT authors_handle_key UNIQUE (handle),
    CONSTRAINT authors_email_key UNIQUE (email),
    CONSTRAINT authors_handle_form CHECK (handle ~ '^[a-z][a-z0-9_]{2,29}$')
);
COMMENT ON TABLE authors IS 'Who writes. The handle is part of the address of each post.';

CREATE TABLE posts (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    author_id integer NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    status post_status DEFAULT 'draft' NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, title || ' ' || body)) STORED,
    CONSTRAINT posts_pkey PRIMARY KEY (id),
    CONSTRAINT posts_author_slug_key UNIQUE (author_id, slug),
    CONSTRAINT posts_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT posts_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT posts_published_has_time CHECK (status <> 'published' OR published_at IS NOT NULL),
    CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE RESTRICT
);
COMMENT ON TABLE posts IS 'What is written. A post keeps its address: author and slug.';
COMMENT ON COLUMN posts.published_at IS 'Stays when a post is withdrawn.';

CREATE TABLE tags (
    id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    slug text NOT NULL,
    label text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tags_pkey PRIMARY KEY (id),
    CONSTRAINT tags_slug_key UNIQUE (slug),
    CONSTRAINT tags_slug_form CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

CREATE TABLE post_tags (
    post_id bigint NOT NULL,
    tag_id integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT post_tags_pkey PRIMARY KEY (post_id, tag_id),
    CONSTRAINT post_tags_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    CONSTRAINT post_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
COMMENT ON TABLE post_tags IS 'Which tags a post has.';

CREATE TABLE comments (
    post_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    reply_to_id bigint,
    writer_name text NOT NULL,
    writer_email email_address NOT NULL,
    body text NOT NULL,
    state comment_state DEFAULT 'waiting' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT comments_pkey PRIMARY KEY (post_id, id),
    CONSTRAINT comments_body_length CHECK (length(body) BETWEEN 1 AND 10000),
    CONSTRAINT comments_not_own_reply CHECK (reply_to_id <> id),
    CONSTRAINT comments_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    CONSTRAINT comments_reply_fkey FOREIGN KEY (post_id, reply_to_id) REFERENCES comments (post_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE comments IS 'A reply answers a comment of the same post: the key says so.';

CREATE TABLE subscribers (
    email email_address NOT NULL,
    confirmed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscribers_pkey PRIMARY KEY (email)
);
COMMENT ON COLUMN subscribers.confirmed_at IS 'Nothing is sent before the address was confirmed.';

CREATE INDEX posts_newest_idx ON posts (published_at DESC) INCLUDE (author_id, slug, title) WHERE status = 'published';
CREATE INDEX posts_search_idx ON posts USING gin (search);
CREATE INDEX post_tags_tag_idx ON post_tags (tag_id, post_id);
CREATE INDEX comments_reply_idx ON comments (post_id, reply_to_id);
CREATE INDEX comments_waiting_idx ON comments (created_at) WHERE state = 'waiting';

COMMENT ON INDEX posts_newest_idx IS 'The front page is answered from this index alone.';
COMMENT ON INDEX comments_waiting_idx IS 'What waits for approval: few rows of many.';

CREATE VIEW published_posts WITH (security_invoker = true) AS
SELECT p.id, a.handle, p.slug, p.title, p.published_at, count(c.id) FILTER (WHERE c.state = 'approved') AS comment_count
FROM posts p
    JOIN authors a ON a.id = p.author_id
    LEFT JOIN comments c ON c.post_id = p.id
WHERE p.status = 'published'
GROUP BY p.id, a.handle, p.slug, p.title, p.published_at;
COMMENT ON VIEW published_posts IS 'What readers see, with the number of approved comments.';

CREATE TRIGGER posts_touch BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
CREATE TRIGGER comments_touch BEFORE UPDATE OF body, state ON comments FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION touch_updated_at();

ALTER TABLE posts ENABLE ROW LEVEL SECURITY;

CREATE POLICY read_published ON posts FOR SELECT USING (status = 'published');
CREATE POLICY own_posts ON posts
    USING (author_id = nullif(current_setting('blog.author_id', true), '')::integer)
    WITH CHECK (author_id = nullif(current_setting('blog.author_id', true), '')::integer);
