import type { Classification } from '#model/column-types.ts';
import type { IconName } from '#ui/icons.ts';

/** What an example knows beyond its SQL. Tables are named as `schema.table`. */
export interface Example {
  readonly id: 'saas' | 'shop' | 'blog';
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  readonly sql: () => Promise<string>;
  /** Functional dependencies that hold in the world: determinant -> dependent, column names. */
  readonly dependencies: readonly {
    readonly table: string;
    readonly determinant: readonly string[];
    readonly dependent: readonly string[];
    readonly note?: string;
  }[];
  /** Kinds of personal and secret data, by `schema.table.column`. */
  readonly classified: Readonly<Record<string, Classification>>;
  readonly areas: readonly { readonly name: string; readonly tint: number; readonly tables: readonly string[] }[];
  readonly decisions: readonly {
    readonly title: string;
    readonly context: string;
    readonly decision: string;
    readonly consequences: string;
  }[];
}

const raw = (load: () => Promise<{ readonly default: string }>) => async () => (await load()).default;

const SAAS: Example = {
  id: 'saas',
  title: 'Multi-tenant SaaS',
  text: 'Tenants kept apart by row security and composite keys; tasks, audit by month, billing.',
  icon: 'Layers',
  sql: raw(() => import('./saas.sql?raw')),
  dependencies: [
    { table: 'app.tenants', determinant: ['slug'], dependent: ['display_name'], note: 'A host name belongs to one tenant.' },
    { table: 'app.users', determinant: ['email'], dependent: ['full_name', 'password_hash'] },
    { table: 'app.memberships', determinant: ['tenant_id', 'user_id'], dependent: ['role'] },
    { table: 'app.projects', determinant: ['tenant_id', 'id'], dependent: ['title', 'lead_id', 'archived_at'] },
    { table: 'app.tasks', determinant: ['tenant_id', 'id'], dependent: ['project_id', 'title', 'status', 'assignee_id', 'due_on'] },
    { table: 'billing.plans', determinant: ['display_name'], dependent: ['monthly_cents', 'seat_limit'] },
    { table: 'billing.subscriptions', determinant: ['tenant_id', 'id'], dependent: ['plan_code', 'started_on', 'ended_on'] },
    {
      table: 'billing.invoices',
      determinant: ['tenant_id', 'number'],
      dependent: ['subscription_id', 'status', 'issued_on', 'due_on'],
    },
    {
      table: 'billing.invoice_lines',
      determinant: ['tenant_id', 'invoice_number', 'line_number'],
      dependent: ['description', 'quantity', 'unit_cents'],
    },
  ],
  classified: {
    'app.users.email': 'contact',
    'app.users.full_name': 'personal',
    'app.users.password_hash': 'credential',
  },
  areas: [
    { name: 'Work', tint: 2, tables: ['app.projects', 'app.tasks', 'app.task_comments'] },
    { name: 'Billing', tint: 1, tables: ['billing.plans', 'billing.subscriptions', 'billing.invoices', 'billing.invoice_lines'] },
  ],
  decisions: [
    {
      title: 'One database for all tenants, kept apart by row security',
      context: 'Thousands of small tenants; a database or schema for each would multiply migrations and connections.',
      decision: 'Every row carries tenant_id, which leads each key; policies compare it with the tenant of the session.',
      consequences:
        'Composite foreign keys make a reference across tenants impossible. A tenant can later be moved out by its key.',
    },
    {
      title: 'Audit events are partitioned by time',
      context: 'They grow without end and are read for recent weeks only.',
      decision: 'Range partitions over occurred_at, and a default one that should stay empty.',
      consequences: 'Old months are dropped at once. The primary key contains occurred_at, as PostgreSQL requires.',
    },
  ],
};

const SHOP: Example = {
  id: 'shop',
  title: 'Shop',
  text: 'Catalog with variants and price history, orders, payments, stock and reviews.',
  icon: 'Tag',
  sql: raw(() => import('./shop.sql?raw')),
  dependencies: [
    { table: 'catalog.categories', determinant: ['slug'], dependent: ['title', 'parent_id'] },
    { table: 'catalog.products', determinant: ['slug'], dependent: ['category_id', 'title', 'description'] },
    { table: 'catalog.variants', determinant: ['sku'], dependent: ['product_id', 'title', 'attributes', 'weight_grams'] },
    { table: 'catalog.prices', determinant: ['variant_id', 'currency', 'valid_from'], dependent: ['amount'] },
    { table: 'catalog.stock_levels', determinant: ['variant_id', 'warehouse_code'], dependent: ['on_hand', 'reserved'] },
    { table: 'sales.customers', determinant: ['email'], dependent: ['full_name'] },
    {
      table: 'sales.postal_areas',
      determinant: ['country_code', 'postal_code'],
      dependent: ['city', 'region'],
      note: 'Why city and region do not stand in addresses.',
    },
    {
      table: 'sales.addresses',
      determinant: ['id'],
      dependent: ['customer_id', 'recipient', 'street', 'country_code', 'postal_code'],
    },
    { table: 'sales.orders', determinant: ['id'], dependent: ['customer_id', 'ship_to_id', 'status', 'currency', 'placed_at'] },
    { table: 'sales.order_items', determinant: ['order_id', 'line_no'], dependent: ['variant_id', 'quantity', 'unit_price'] },
    { table: 'sales.payments', determinant: ['provider', 'provider_reference'], dependent: ['order_id', 'status', 'amount'] },
    { table: 'sales.reviews', determinant: ['customer_id', 'product_id'], dependent: ['rating', 'body'] },
  ],
  classified: {
    'sales.customers.email': 'contact',
    'sales.customers.full_name': 'personal',
    'sales.addresses.recipient': 'personal',
    'sales.addresses.street': 'location',
    'sales.addresses.postal_code': 'location',
    'sales.postal_areas.city': 'none',
    'sales.postal_areas.postal_code': 'none',
    'sales.payments.provider_reference': 'financial',
  },
  areas: [
    {
      name: 'Catalog',
      tint: 0,
      tables: ['catalog.categories', 'catalog.products', 'catalog.variants', 'catalog.prices', 'catalog.stock_levels'],
    },
    { name: 'Orders', tint: 1, tables: ['sales.orders', 'sales.order_items', 'sales.payments'] },
  ],
  decisions: [
    {
      title: 'The unit price is copied into the order',
      context: 'Prices change; what a customer agreed to does not.',
      decision: 'order_items.unit_price is written once when the order is placed.',
      consequences: 'No dependency from variant to price holds in order_items, so this is a fact of its own and no redundancy.',
    },
    {
      title: 'Totals are derived',
      context: 'A stored total can disagree with its lines.',
      decision: 'The view order_totals computes them.',
      consequences: 'Should the sum become slow at scale, a materialized view takes its place under the same name.',
    },
  ],
};

const BLOG: Example = {
  id: 'blog',
  title: 'Blog',
  text: 'Authors, posts with tags, threaded comments, drafts only their author sees.',
  icon: 'FileText',
  sql: raw(() => import('./blog.sql?raw')),
  dependencies: [
    { table: 'public.authors', determinant: ['handle'], dependent: ['full_name', 'email', 'biography'] },
    { table: 'public.posts', determinant: ['author_id', 'slug'], dependent: ['title', 'body', 'status', 'published_at'] },
    { table: 'public.tags', determinant: ['slug'], dependent: ['label'] },
    { table: 'public.post_tags', determinant: ['post_id', 'tag_id'], dependent: ['created_at'] },
    {
      table: 'public.comments',
      determinant: ['post_id', 'id'],
      dependent: ['reply_to_id', 'writer_name', 'writer_email', 'body', 'state'],
    },
    { table: 'public.subscribers', determinant: ['email'], dependent: ['confirmed_at'] },
  ],
  classified: {
    'public.authors.full_name': 'personal',
    'public.authors.email': 'contact',
    'public.comments.writer_name': 'personal',
    'public.comments.writer_email': 'contact',
    'public.subscribers.email': 'contact',
  },
  areas: [{ name: 'Publishing', tint: 0, tables: ['public.authors', 'public.posts', 'public.tags', 'public.post_tags'] }],
  decisions: [
    {
      title: 'A reply belongs to the post of what it answers',
      context: 'With a plain reference a reply could answer a comment of another post.',
      decision: 'Comments are identified by post and number, and a reply refers to both.',
      consequences: 'The rule is kept by the foreign key and needs no trigger.',
    },
  ],
};

/** The worked designs a person can start from. */
export const EXAMPLES: readonly Example[] = [SAAS, SHOP, BLOG];
