import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { RecordScope } from '../../base/write/scope.ts';
import type { Owner } from '../../base/write/slots.ts';
import { FEATURES, type Feature } from '../features.ts';
import { checkText, ident, qualified } from '../quote.ts';
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

  /** Says when a name is one that PostgreSQL cannot hold; it is then written with U+FFFD in place of what it cannot. */
  checkName(name: string, part?: Id): void {
    const checked =
      name === '' ? { ok: false as const, problem: { message: 'The name is empty. Give it one.' } } : checkText(name, 'name');
    if (checked.ok) return;
    this.note({ feature: 'name', message: checked.problem.message, ...(part === undefined ? {} : { part }) });
  }
}
