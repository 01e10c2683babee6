import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { RecordScope } from '../../base/write/scope.ts';
import type { Owner } from '../../base/write/slots.ts';
import { FEATURES, type Feature } from '../features.ts';
import { utf8Length } from '../names.ts';
import { checkText, ident, literal, NAME_BYTES, qualified } from '../quote.ts';
import { isBuiltinTypeName } from '../type-names.ts';

/**
 * The SQL name of a schema's object. Those in `public` go unqualified unless the plain name would mean something else, or
 * the schema says of itself that it is not implied.
 */
export function objectName(document: Document, schema: Id, name: string, isType = false): string {
  const found = recordIn(document, 'schemas', schema);
  const hidden = name.startsWith('pg_') || (isType && isBuiltinTypeName(name));
  return found === undefined || (found.name === 'public' && found.implicit !== false && !hidden)
    ? ident(name)
    : qualified(found.name, name);
}

const NAMING = { objectName, ident };

/** {@link RecordScope} for PostgreSQL, which knows what came with which version. */
export class Scope extends RecordScope {
  constructor(document: Document, version: number, owner: Owner) {
    super(document, version, owner, NAMING);
  }

  /** Notes that the target version cannot say something that the model holds. */
  lacks(feature: Feature, instead: string, part?: Id): void {
    const { since, says } = FEATURES[feature];
    this.note({
      feature,
      since,
      message: `PostgreSQL ${this.version} does not know ${says} (they came with ${since}). ${instead}`,
      ...(part === undefined ? {} : { part }),
    });
  }

  /** Whether the target has a feature. */
  knows(feature: Feature): boolean {
    return this.version >= FEATURES[feature].since;
  }

  /** Whether the target has a feature; if not, says so with what is written instead. */
  has(feature: Feature, instead: string, part?: Id): boolean {
    if (this.knows(feature)) return true;
    this.lacks(feature, instead, part);
    return false;
  }

  /** Says when a name is one that PostgreSQL cannot hold: it is written with U+FFFD in place of what it cannot, or gets cut. */
  checkName(name: string, part?: Id): void {
    const checked =
      name === '' ? { ok: false as const, problem: { message: 'The name is empty. Give it one.' } } : checkText(name, 'name');
    const long =
      utf8Length(name) > NAME_BYTES ? `PostgreSQL keeps ${NAME_BYTES} bytes of a name and cuts the rest. Shorten it.` : undefined;
    const message = checked.ok ? long : checked.problem.message;
    if (message === undefined) return;
    this.note({ feature: 'name', message, ...(part === undefined ? {} : { part }) });
  }

  /** A comment as a literal; says when PostgreSQL cannot hold it. */
  comment(text: string, part?: Id): string {
    const checked = checkText(text, 'comment');
    if (!checked.ok) this.note({ feature: 'comment', message: checked.problem.message, ...(part === undefined ? {} : { part }) });
    return literal(text);
  }
}
