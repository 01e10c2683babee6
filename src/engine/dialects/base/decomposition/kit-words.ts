import type { Column } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';
import { writeBase } from '../write/document.ts';
import { KitScope, targetOf, type WriteKit } from '../write/kit.ts';
import type { Owner } from '../write/slots.ts';
import { sqlText } from '../write/text.ts';
import { type CarrierWords, countingQueries } from './words.ts';

/** A dialect that is written by a kit, for one version: its words, its writer, its scopes. */
export interface KitCarrier {
  readonly kit: WriteKit;
  readonly version: number;
  readonly words: CarrierWords;
  scope(document: Document, owner: Owner): KitScope;
  write(document: Document): ReturnType<typeof writeBase>;
  /** A statement with what ends it. @param body it holds statements of its own. */
  end(sql: string, body?: boolean): string;
}

/** What a kit does not know. */
export interface KitSays {
  readonly as: CarrierWords['as'];
  same(left: string, right: string): string;
  /** A value that differs whenever the column's does, and can be grouped. */
  exact(column: Column, sql: string): string;
  rowText(columns: readonly Column[], before: string): string;
  refuseIf(query: string, message: string, hint: string): string;
}

/** @param version major version of the target. */
export function kitCarrier(kit: WriteKit, version: number, says: KitSays): KitCarrier {
  const target = targetOf(kit, version);
  const ident = (name: string) => kit.ident(name, version);
  const bare = { ident, as: says.as };
  return {
    kit,
    version,
    words: {
      ...bare,
      objectName: (document, schema, name) => target.naming.objectName(document, schema, name, false),
      anything: ' 1 AS found',
      same: says.same,
      rowText: says.rowText,
      refuseIf: says.refuseIf,
      queries: countingQueries(bare, says.exact),
    },
    scope: (document, owner) => new KitScope(document, version, owner, target),
    write: (document) => writeBase(document, kit, version),
    end(sql, body = false) {
      const text = kit.ended(sqlText(sql), body).sql;
      return kit.after === undefined ? text : `${text}\n${kit.after}`;
    },
  };
}
