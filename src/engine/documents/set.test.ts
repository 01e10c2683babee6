import { describe, expect, it } from 'vitest';
import { writeDocument } from '#engine/sql/write.ts';
import { emptyDocument } from '#model/create.ts';
import { type DrawnDiagram, documentSet } from './set.ts';

const drawing = (name: string, whole = false): DrawnDiagram => ({ name, whole, svg: `<svg>${name}</svg>` });

function filesOf(...drawn: readonly DrawnDiagram[]): Record<string, string> {
  const document = emptyDocument();
  const files = documentSet({
    document,
    findings: [],
    normalForms: {},
    written: writeDocument(document, { version: 18 }),
    migrations: {},
    drawn,
    file: '{}',
  });
  expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort());
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

const images = (design: string | undefined) => [...(design ?? '').matchAll(/!\[.*?\]\(.*?\)/g)].map(([image]) => image);

describe('what is handed over', () => {
  it('has no picture when nothing is drawn', () => {
    const files = filesOf();
    expect(Object.keys(files).filter((path) => path.endsWith('.svg'))).toEqual([]);
    expect(images(files['database-design.md'])).toEqual([]);
  });

  it('has the only diagram without a heading of its own', () => {
    const files = filesOf(drawing('Main', true));
    expect(files['diagram.svg']).toBe('<svg>Main</svg>');
    expect(images(files['database-design.md'])).toEqual(['![The whole diagram](diagram.svg)']);
    expect(files['database-design.md']).not.toContain('**Main**');
  });

  it('has each further diagram by its name, and two of one name apart', () => {
    const files = filesOf(drawing('Main', true), drawing('Field work'), drawing('field: work'), drawing('注文'), drawing('../up'));
    expect(Object.keys(files).filter((path) => path.startsWith('diagrams/'))).toEqual([
      'diagrams/database.svg',
      'diagrams/field-work-2.svg',
      'diagrams/field-work.svg',
      'diagrams/up.svg',
    ]);
    expect(files['diagrams/field-work.svg']).toBe('<svg>Field work</svg>');
    expect(files['diagrams/field-work-2.svg']).toBe('<svg>field: work</svg>');
    expect(images(files['database-design.md'])).toEqual([
      '![The whole diagram](diagram.svg)',
      '![Field work](diagrams/field-work.svg)',
      '![field: work](diagrams/field-work-2.svg)',
      '![注文](diagrams/database.svg)',
      '![../up](diagrams/up.svg)',
    ]);
    expect(files['database-design.md']).toContain('**Field work**\n\n![Field work]');
  });

  it('does not call a diagram whole that shows a choice', () => {
    expect(images(filesOf(drawing('Sales'))['database-design.md'])).toEqual(['![Sales](diagram.svg)']);
  });
});
