-- A shop: what is sold (catalog), to whom and how (sales). Prices of the past stay what they were.

CREATE SCHEMA catalog;
COMMENT ON SCHEMA catalog IS 'What can be bought.';

CREATE SCHEMA sales;
COMMENT ON SCHEMA sales IS 'Who buys, what was ordered, paid and sent.';

CREATE DOMAIN sales.email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(VALUE) <= 320);
CREATE DOMAIN catalog.currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
COMMENT ON DOMAIN catalog.currency_code IS 'ISO 4217, such as EUR.';

CREATE TYPE sales.order_status AS ENUM ('pending', 'paid', 'shipped', 'delivered', 'cancelled');
CREATE TYPE sales.payment_status AS ENUM ('authorised', 'captured', 'failed', 'refunded');

CREATE FUNCTION sales.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = ''
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

CREATE TABLE catalog.categories (
    id integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    parent_id integer,
    slug text NOT NULL,
    title text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT categories_pkey PRIMARY KEY (id),
    CONSTRAINT categories_slug_key UNIQUE (slug),
    CONSTRAINT categories_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES catalog.categories (id) ON DELETE RESTRICT,
    CONSTRAINT categories_not_own_parent CHECK (parent_id <> id)
);
COMMENT ON TABLE catalog.categories IS 'A tree: each category but the topmost ones has a parent.';

CREATE TABLE catalog.products (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    category_id integer NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    description text DEFAULT '' NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    search tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english'::regconfig, title), 'A') || setweight(to_tsvector('english'::regconfig, description), 'B')) STORED,
    CONSTRAINT products_pkey PRIMARY KEY (id),
    CONSTRAINT products_slug_key UNIQUE (slug),
    CONSTRAINT products_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT products_category_id_fkey FOREIGN KEY (category_id) REFERENCES catalog.categories (id) ON DELETE RESTRICT
);
COMMENT ON TABLE catalog.products IS 'What the shop shows. What is bought is one of its variants.';
COMMENT ON COLUMN catalog.products.published_at IS 'NULL while it is being prepared.';

CREATE TABLE catalog.variants (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    product_id bigint NOT NULL,
    sku text NOT NULL,
    title text NOT NULL,
    attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    weight_grams integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT variants_pkey PRIMARY KEY (id),
    CONSTRAINT variants_sku_key UNIQUE (sku),
    CONSTRAINT variants_weight_positive CHECK (weight_grams > 0),
    CONSTRAINT variants_attributes_object CHECK (jsonb_typeof(attributes) = 'object'),
    CONSTRAINT variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
);
COMMENT ON COLUMN catalog.variants.attributes IS 'What differs between variants, such as {"size": "M", "colour": "navy"}.';

CREATE TABLE catalog.prices (
    variant_id bigint NOT NULL,
    currency catalog.currency_code NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    amount numeric(12,2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT prices_pkey PRIMARY KEY (variant_id, currency, valid_from),
    CONSTRAINT prices_amount_not_negative CHECK (amount >= 0),
    CONSTRAINT prices_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variants (id) ON DELETE CASCADE
);
COMMENT ON TABLE catalog.prices IS 'What a variant costs from a moment on, until its next row.';

CREATE TABLE catalog.stock_levels (
    variant_id bigint NOT NULL,
    warehouse_code text NOT NULL,
    on_hand integer DEFAULT 0 NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stock_levels_pkey PRIMARY KEY (variant_id, warehouse_code),
    CONSTRAINT stock_levels_counts CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand),
    CONSTRAINT stock_levels_warehouse_form CHECK (warehouse_code ~ '^[A-Z]{3}[0-9]{2}$'),
    CONSTRAINT stock_levels_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variants (id) ON DELETE CASCADE
);

CREATE TABLE sales.customers (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    email sales.email_address NOT NULL,
    full_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customers_pkey PRIMARY KEY (id),
    CONSTRAINT customers_email_key UNIQUE (email),
    CONSTRAINT customers_full_name_length CHECK (length(full_name) BETWEEN 1 AND 200)
);

CREATE TABLE sales.postal_areas (
    country_code text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    region text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT postal_areas_pkey PRIMARY KEY (country_code, postal_code),
    CONSTRAINT postal_areas_country_form CHECK (country_code ~ '^[A-Z]{2}$')
);
COMMENT ON TABLE sales.postal_areas IS 'City and region of a postal code are stored once, and not with each address.';

CREATE TABLE sales.addresses (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    customer_id bigint NOT NULL,
    recipient text NOT NULL,
    street text NOT NULL,
    country_code text NOT NULL,
    postal_code text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT addresses_pkey PRIMARY KEY (id),
    CONSTRAINT addresses_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (id) ON DELETE CASCADE,
    CONSTRAINT addresses_postal_area_fkey FOREIGN KEY (country_code, postal_code) REFERENCES sales.postal_areas (country_code, postal_code) ON UPDATE CASCADE
);

CREATE TABLE sales.orders (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    customer_id bigint NOT NULL,
    ship_to_id bigint NOT NULL,
    status sales.order_status DEFAULT 'pending' NOT NULL,
    currency catalog.currency_code NOT NULL,
    placed_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (id) ON DELETE RESTRICT,
    CONSTRAINT orders_ship_to_id_fkey FOREIGN KEY (ship_to_id) REFERENCES sales.addresses (id) ON DELETE RESTRICT
);

CREATE TABLE sales.order_items (
    order_id bigint NOT NULL,
    line_no smallint NOT NULL,
    variant_id bigint NOT NULL,
    quantity integer NOT NULL,
    unit_price numeric(12,2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT order_items_pkey PRIMARY KEY (order_id, line_no),
    CONSTRAINT order_items_line_positive CHECK (line_no > 0),
    CONSTRAINT order_items_quantity_positive CHECK (quantity > 0),
    CONSTRAINT order_items_unit_price_not_negative CHECK (unit_price >= 0),
    CONSTRAINT order_items_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders (id) ON DELETE CASCADE,
    CONSTRAINT order_items_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variants (id) ON DELETE RESTRICT
);
COMMENT ON COLUMN sales.order_items.unit_price IS 'The price agreed when the order was placed; it does not follow the catalog.';

CREATE TABLE sales.payments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    order_id bigint NOT NULL,
    provider text NOT NULL,
    provider_reference text NOT NULL,
    status sales.payment_status NOT NULL,
    amount numeric(12,2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_reference_key UNIQUE (provider, provider_reference),
    CONSTRAINT payments_amount_positive CHECK (amount > 0),
    CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES sales.orders (id) ON DELETE RESTRICT
);
COMMENT ON TABLE sales.payments IS 'What the payment provider reported. Card numbers are never stored.';

CREATE TABLE sales.reviews (
    customer_id bigint NOT NULL,
    product_id bigint NOT NULL,
    rating smallint NOT NULL,
    body text DEFAULT '' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reviews_pkey PRIMARY KEY (customer_id, product_id),
    CONSTRAINT reviews_rating_range CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT reviews_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES sales.customers (id) ON DELETE CASCADE,
    CONSTRAINT reviews_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.products (id) ON DELETE CASCADE
);
COMMENT ON TABLE sales.reviews IS 'One review per customer and product.';

CREATE INDEX categories_parent_id_idx ON catalog.categories (parent_id);
CREATE INDEX products_category_idx ON catalog.products (category_id);
CREATE INDEX products_new_idx ON catalog.products (published_at DESC) INCLUDE (slug, title) WHERE published_at IS NOT NULL;
CREATE INDEX products_search_idx ON catalog.products USING gin (search);
CREATE INDEX variants_product_id_idx ON catalog.variants (product_id);
CREATE INDEX variants_attributes_idx ON catalog.variants USING gin (attributes jsonb_path_ops);
CREATE INDEX addresses_customer_id_idx ON sales.addresses (customer_id);
CREATE INDEX addresses_postal_area_idx ON sales.addresses (country_code, postal_code);
CREATE INDEX orders_customer_idx ON sales.orders (customer_id, placed_at DESC);
CREATE INDEX orders_ship_to_id_idx ON sales.orders (ship_to_id);
CREATE INDEX orders_to_ship_idx ON sales.orders (placed_at) INCLUDE (customer_id) WHERE status = 'paid';
CREATE INDEX order_items_variant_id_idx ON sales.order_items (variant_id);
CREATE INDEX payments_order_id_idx ON sales.payments (order_id);
CREATE INDEX reviews_product_id_idx ON sales.reviews (product_id, rating);

COMMENT ON INDEX sales.orders_to_ship_idx IS 'The packing station reads only paid orders, oldest first: a small part of all.';
COMMENT ON INDEX catalog.products_new_idx IS 'The list of new products is answered from the index alone.';

CREATE VIEW sales.order_totals WITH (security_invoker = true) AS
SELECT o.id AS order_id, o.customer_id, o.currency, sum(i.quantity * i.unit_price) AS total, count(*) AS lines
FROM sales.orders o
    JOIN sales.order_items i ON i.order_id = o.id
GROUP BY o.id, o.customer_id, o.currency;
COMMENT ON VIEW sales.order_totals IS 'Derived, so that no stored total can disagree with its lines.';

CREATE TRIGGER orders_touch BEFORE UPDATE ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.touch_updated_at();
CREATE TRIGGER customers_touch BEFORE UPDATE ON sales.customers FOR EACH ROW EXECUTE FUNCTION sales.touch_updated_at();
CREATE TRIGGER products_touch BEFORE UPDATE ON catalog.products FOR EACH ROW EXECUTE FUNCTION sales.touch_updated_at();

ALTER TABLE sales.customers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sales.orders ENABLE ROW LEVEL SECURITY;

CREATE POLICY own_customer ON sales.customers FOR SELECT
    USING (id = nullif(current_setting('shop.customer_id', true), '')::bigint);
CREATE POLICY own_orders ON sales.orders FOR SELECT
    USING (customer_id = nullif(current_setting('shop.customer_id', true), '')::bigint);
