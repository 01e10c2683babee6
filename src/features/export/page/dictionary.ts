import { qualifiedName, relationshipSentence } from '#engine/documents/words.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnNames, columnsOf } from '#model/derive/columns.ts';
import { linksOf } from '#model/derive/links.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Relationship, Table, View } from '#model/types.ts';
import { escapeXml } from '#paint/xml.ts';

/** The data dictionary as HTML: sections, and how many of what there are. */
export interface Dictionary {
  readonly html: string;
  readonly tables: number;
  readonly views: number;
  readonly relationships: number;
}

interface Book {
  readonly document: Document;
  /** The address of each table's and view's section. */
  readonly anchors: ReadonlyMap<Id, string>;
}

const e = escapeXml;

function cell(content: string, tag: 'td' | 'th' = 'td', className = ''): string {
  return `<${tag}${className === '' ? '' : ` class="${className}"`}>${content}</${tag}>`;
}

function code(text: string): string {
  return text === '' ? '' : `<code>${e(text)}</code>`;
}

/** A name that leads to the section of what it names. */
function link({ document, anchors }: Book, id: Id, column?: Id): string {
  const one = recordIn(document, 'tables', id) ?? recordIn(document, 'views', id);
  if (one === undefined) return '';
  const table = recordIn(document, 'tables', id);
  const tail = column === undefined || table === undefined ? '' : `.${columnNames(document, table, [column]).join('')}`;
  const text = `${qualifiedName(document, one)}${tail}`;
  const anchor = anchors.get(id);
  return anchor === undefined ? code(text) : `<a href="#${anchor}">${code(text)}</a>`;
}

function defaultOf({ identity, generated, default: value }: Column): string {
  if (identity !== undefined) return `identity, ${e(identity.mode)}`;
  if (generated !== undefined) return `generated: ${code(generated.expression)}`;
  return value === undefined ? '' : code(value.sql);
}

/** What a column takes part in: keys, and where its foreign keys lead. */
function marksOf(book: Book, table: Table, column: Id): string {
  const marks = table.keys
    .filter((key) => key.columns.includes(column))
    .map((key) => `<span class="mark ${key.kind}">${key.kind === 'primary' ? 'primary key' : 'unique'}</span>`);
  for (const one of linksOf(book.document).byChild.get(table.id) ?? []) {
    const at = one.childColumns.indexOf(column);
    if (at >= 0) marks.push(`<span class="mark foreign">→ ${link(book, one.parent, one.parentColumns[at])}</span>`);
  }
  return marks.join(' ');
}

function columnRows(book: Book, table: Table): string {
  const primary = new Set(table.keys.find((key) => key.kind === 'primary')?.columns ?? []);
  return columnsOf(book.document, table)
    .map((column) => {
      const cells = [
        cell(code(column.name), 'th'),
        cell(code(typeName(book.document, column.type))),
        cell(column.nullable && !primary.has(column.id) ? 'null' : ''),
        cell(marksOf(book, table, column.id)),
        cell(defaultOf(column)),
        cell(e(column.comment ?? ''), 'td', 'says'),
      ];
      return `<tr data-column="${e(column.name)}">${cells.join('')}</tr>`;
    })
    .join('');
}

function columnTable(book: Book, table: Table): string {
  if (columnsOf(book.document, table).length === 0) return '<p class="quiet">No columns.</p>';
  const head = ['Column', 'Type', 'Null', 'Keys', 'Default', 'Meaning'].map((one) => cell(one, 'th')).join('');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${columnRows(book, table)}</tbody></table></div>`;
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<h4>${title}</h4><ul>${items.map((one) => `<li>${one}</li>`).join('')}</ul>`;
}

function constraintItems({ document }: Book, table: Table): string[] {
  const names = (ids: readonly Id[]) => columnNames(document, table, ids).join(', ');
  return [
    ...table.keys.map((key) => `${key.kind === 'primary' ? 'primary key' : 'unique'} ${code(`(${names(key.columns)})`)}`),
    ...table.checks.map((check) => `check ${code(check.expression)}`),
  ];
}

function indexItems({ document }: Book, table: Table): string[] {
  return table.indexes.map((index) => {
    const parts = index.elements.map(
      (one) =>
        (one.column === undefined ? undefined : columnNames(document, table, [one.column])[0]) ??
        one.expression ??
        one.columnName ??
        '',
    );
    const where = index.where === undefined ? '' : ` where ${code(index.where)}`;
    return `${index.unique === true ? 'unique ' : ''}${e(index.method ?? 'btree')} ${code(`(${parts.join(', ')})`)}${where}`;
  });
}

/** The other end of a relationship, and what it says in words. */
function relationshipItem(book: Book, one: Relationship, other: Id): string {
  const says = relationshipSentence(book.document, one);
  return `${link(book, other)}${says === '' ? '' : ` <span class="quiet">${e(says)}</span>`}`;
}

function heading(book: Book, id: Id, name: string, kind: string, comment: string | undefined): string {
  const purpose = comment === undefined ? '' : `<p class="says">${e(comment)}</p>`;
  return `<h3><a href="#${book.anchors.get(id)}">${e(name)}</a> <span class="kind">${kind}</span></h3>${purpose}`;
}

function tableSection(book: Book, table: Table): string {
  const links = linksOf(book.document);
  const outgoing = links.byChild.get(table.id) ?? [];
  const incoming = (links.byParent.get(table.id) ?? []).filter((one) => one.child !== table.id);
  const name = qualifiedName(book.document, table);
  return [
    `<section id="${book.anchors.get(table.id)}" data-of="${e(table.id)}" data-name="${e(name)}">`,
    heading(book, table.id, name, table.partitionOf === undefined ? 'table' : 'partition', table.comment),
    columnTable(book, table),
    list('Constraints', constraintItems(book, table)),
    list('Indexes', indexItems(book, table)),
    list(
      'Refers to',
      outgoing.map((one) => relationshipItem(book, one, one.parent)),
    ),
    list(
      'Referred to by',
      incoming.map((one) => link(book, one.child)),
    ),
    '</section>',
  ].join('');
}

function viewSection(book: Book, view: View): string {
  const name = qualifiedName(book.document, view);
  return [
    `<section id="${book.anchors.get(view.id)}" data-of="${e(view.id)}" data-name="${e(name)}">`,
    heading(book, view.id, name, view.materialized === true ? 'materialized view' : 'view', view.comment),
    view.columns === undefined ? '' : `<p>Columns: ${code(view.columns.join(', '))}</p>`,
    `<pre>${e(view.query)}</pre></section>`,
  ].join('');
}

/** Enumerations that the shown tables use or may use: their values are part of what columns mean. */
function enumSections({ document }: Book): string {
  const items = Object.values(document.types).flatMap((type) =>
    type.kind === 'enum' ? [`${code(qualifiedName(document, type))}: ${type.values.map(code).join(', ')}`] : [],
  );
  return items.length === 0 ? '' : `<section class="types">${list('Enumerations', items)}</section>`;
}

/**
 * The data dictionary of the given tables and views, in order of their names: every column with type, keys, default and
 * comment, constraints, indexes, and relationships that lead to each other. Every text is escaped.
 */
export function dictionaryOf(document: Document, ids: readonly Id[]): Dictionary {
  const byName = <T extends Table | View>(records: readonly T[]) =>
    [...records].sort((a, b) => {
      const [x, y] = [qualifiedName(document, a), qualifiedName(document, b)];
      return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1;
    });
  const tables = byName(ids.flatMap((id) => recordIn(document, 'tables', id) ?? []));
  const views = byName(ids.flatMap((id) => recordIn(document, 'views', id) ?? []));
  const anchors = new Map([...tables, ...views].map((one, at) => [one.id, `t${at + 1}`]));
  const book: Book = { document, anchors };
  const shown = Object.values(document.relationships).filter((one) => anchors.has(one.child) && anchors.has(one.parent));
  const html = [...tables.map((one) => tableSection(book, one)), ...views.map((one) => viewSection(book, one)), enumSections(book)];
  return { html: html.join('\n'), tables: tables.length, views: views.length, relationships: shown.length };
}
