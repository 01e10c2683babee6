import { defineRule, type Said } from '../define.ts';
import { isText, typeFacts } from '../type-facts.ts';
import { secretKind } from '../words.ts';

/** Shortest text that holds a password hash of today: bcrypt's 60 characters. */
const HASH_LENGTH = 60;

export const passwordPlaintext = defineRule({
  id: 'password-plaintext',
  category: 'security',
  scope: 'table',
  severity: 'warning',
  title: 'Secret kept as it is',
  docs: {
    what: 'A text column is called password, secret, api_key, access_token, card_number ... and nothing in its name says that it holds a hash or is encrypted. A password column shorter than 60 characters, too short for a hash of today, is an error.',
    why: 'Whoever reads the table, a backup or a log has the secrets of everybody in it.',
    todo: 'Store a slow salted hash (argon2id, bcrypt) and call the column password_hash; keep tokens as a digest; keep card numbers out or encrypted.',
  },
  sources: [
    'Bill Karwin, SQL Antipatterns: Readable Passwords',
    'OWASP Password Storage Cheat Sheet',
    'Checked likewise by sqlcheck 4001, SOAR SEC.002',
  ],
  check(at) {
    if (at.table.partitionOf !== undefined) return [];
    return at.table.columns.flatMap((column): Said[] => {
      const kind = secretKind(column.name);
      const type = typeFacts(at.document, column.type);
      if (kind === undefined || !isText(type)) return [];
      const length = Number(type.args[0] ?? Number.POSITIVE_INFINITY);
      const tooShort = kind === 'password' && length < HASH_LENGTH;
      return [
        {
          at: [at.ref(column.id)],
          severity: tooShort ? 'error' : 'warning',
          what: tooShort
            ? `${at.title}.${column.name} holds ${length} characters: too short for a password hash.`
            : `${at.title}.${column.name} looks like a secret kept as it is.`,
          ...(kind === 'password' && !tooShort
            ? { todo: 'If it holds a hash, call it password_hash; if not, store one instead.' }
            : {}),
        },
      ];
    });
  },
  examples: {
    bad: [
      { ddl: 'CREATE TABLE users (id int PRIMARY KEY, password varchar(40) NOT NULL);', expect: ['users.password'] },
      { ddl: 'CREATE TABLE clients (id int PRIMARY KEY, api_key text NOT NULL);', expect: ['clients.api_key'] },
    ],
    good: [
      {
        ddl: 'CREATE TABLE users (id int PRIMARY KEY, password_hash text NOT NULL, api_key_digest bytea, token_count int, password_changed_at timestamptz);',
      },
    ],
  },
});
