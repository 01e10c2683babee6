/**
 * Reading names: what a column is about by the words of its name. Heuristics, so each is narrow on purpose; the rules
 * that use them say which words made them speak.
 */

interface Words {
  readonly words: readonly string[];
  readonly snake: string;
}

/** The same few names are asked about by many rules, again and again. */
const known = new Map<string, Words>();
const KNOWN_LIMIT = 50_000;

function read(name: string): Words {
  const hit = known.get(name);
  if (hit !== undefined) return hit;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const made = { words, snake: words.join('_') };
  if (known.size >= KNOWN_LIMIT) known.clear();
  known.set(name, made);
  return made;
}

/** Words of a name in lower case: `unitPrice`, `UNIT_PRICE` and `unit_price` are `unit`, `price`. */
export function wordsOf(name: string): readonly string[] {
  return read(name).words;
}

export function snake(name: string): string {
  return read(name).snake;
}

const AUDIT =
  /^(created|updated|modified|changed|inserted)(_?(at|on|date|time|datetime|timestamp|utc))?$|^(create|update|last_update|last_updated|last_modified|date_created|date_updated|date_added|last_change)(_?(at|on|date|time|datetime|timestamp))?$/;

/** `created_at`, `last_update`, `modifiedOn` ... */
export function isAuditTimestamp(name: string): boolean {
  return AUDIT.test(snake(name));
}

/** Columns that accompany any row and say nothing of their own: timestamps, who did it, position, version. */
export function isBookkeeping(name: string): boolean {
  return (
    isAuditTimestamp(name) ||
    /^(created|updated|added|granted|assigned|changed|modified)_by(_id)?$|^(position|sort_order|ordinal|version|lock_version|added_at|assigned_at|joined_at|linked_at)$/.test(
      snake(name),
    )
  );
}

const MONEY = new Set(
  (
    'price amount cost total subtotal balance fee fees salary wage tax payment paid revenue budget rent charge ' +
    'refund deposit freight money invoice expense cash earnings profit premium tip gross net'
  ).split(' '),
);
const NOT_MONEY = new Set(
  'rate ratio percent percentage pct score count weight share factor index id days hours minutes level points rank'.split(' '),
);

/** A name that holds an amount of money. */
export function isMoney(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => MONEY.has(word)) && !words.some((word) => NOT_MONEY.has(word));
}

const HASHED = /hash|digest|salt|encrypt|cipher|bcrypt|argon|scrypt|crypt|hmac|fingerprint|_enc$|checksum|signature|public/;

export type SecretKind = 'password' | 'secret';

/** A name that says its column holds a secret as people or programs type it. */
export function secretKind(name: string): SecretKind | undefined {
  const text = snake(name);
  if (HASHED.test(text)) return undefined;
  if (/(^|_)(password|passwd|passphrase|pwd|pass_word)$/.test(text)) return 'password';
  if (
    /(^|_)(secret|secret_key|client_secret|private_key|api_key|apikey|access_token|refresh_token|auth_token|api_token|cvv|cvc|credit_card_number|card_number)$/.test(
      text,
    )
  ) {
    return 'secret';
  }
  return undefined;
}

const PII: readonly (readonly [RegExp, 'personal' | 'contact' | 'financial' | 'health' | 'location'])[] = [
  [
    /(^|_)(e_?mail|email_address|phone|phone_?number|mobile|telephone|tel|fax|cell_?phone|home_?phone|work_?phone)(_?\d)?$/,
    'contact',
  ],
  [/(^|_)(first_?name|last_?name|full_?name|given_?name|family_?name|surname|maiden_?name|middle_?name)$/, 'personal'],
  [/(^|_)(ssn|social_security(_number)?|national_id|passport(_number|_no)?|tax_id|driver_licen[sc]e(_number)?)$/, 'personal'],
  [/(^|_)(dob|date_of_birth|birth_?date|birth_?day|gender|sex|ethnicity|religion|marital_status)$/, 'personal'],
  [/(^|_)(iban|card_number|credit_?card(_number)?|account_number|bank_account|salary|sort_code)$/, 'financial'],
  [/(^|_)(diagnosis|blood_type|medical_record|insurance_number)$/, 'health'],
  [
    /(^|_)(ip|ip_addr|ip_address|last_ip|remote_ip|sign_in_ip|street|street_address|home_address|postal_?code|zip_?code|latitude|longitude)$/,
    'location',
  ],
];

/** The kind of personal data a column of this name most likely holds. */
export function piiKind(name: string): 'personal' | 'contact' | 'financial' | 'health' | 'location' | undefined {
  const text = snake(name);
  return PII.find(([pattern]) => pattern.test(text))?.[1];
}

/** `tenant_id`, `organization_id` ...: whose rows these are in a shared database. */
export function isTenantColumn(name: string): boolean {
  return /^(tenant|organi[sz]ation|org|workspace|account|company)_?id$/.test(snake(name));
}

/** `deleted_at`, `removed_on`: set when a row counts as deleted. */
export function isSoftDelete(name: string): boolean {
  return /^(deleted|removed|archived)_?(at|on|date)$|^date_deleted$/.test(snake(name));
}
