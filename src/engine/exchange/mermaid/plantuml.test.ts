import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CORPUS, documentOf, hostileDocument, NAUGHTY_NAMES } from '#test/exchange-documents.ts';
import { writePlantUml } from './plantuml.ts';

const installed = spawnSync('plantuml', ['-syntax'], { input: '@startuml\nentity a\n@enduml\n', encoding: 'utf8' }).status === 0;
if (!installed) console.info('PlantUML is not installed (apt-get install plantuml): its own check of the syntax is left out.');

/** What PlantUML itself says of a text: the kind of diagram, or where the error is. */
function judged(text: string): string {
  return spawnSync('plantuml', ['-syntax', '-charset', 'UTF-8'], { input: text, encoding: 'utf8' }).stdout.trim();
}

/** The few lines that a diagram is made of; everything else would be something that PlantUML does not draw as meant. */
const LINES = [
  /^@(?:start|end)uml$/,
  /^$/,
  /^hide circle$/,
  /^skinparam linetype ortho$/,
  /^entity "[^"]+" as \w+ \{$/,
  / {2}--$/,
  /^ {2}(?:\* )?[^{}\\<>]+(?: <<(?:PK|FK|UK|generated)>>)*$/,
  /^\}$/,
  /^note bottom of \w+ : .+$/,
  /^\w+ (?:\|o|\|\||\}o|\}\|)(?:--|\.\.)(?:o\||\|\||o\{|\|\{) \w+(?: : .+)?$/,
];

function unknownLines(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => !LINES.some((one) => one.test(line)));
}

describe.each(CORPUS)('PlantUML of %s', (path, dialect) => {
  it('is an entity diagram of lines that it knows', async () => {
    const document = await documentOf(path, dialect);
    const text = writePlantUml(document).files[0]?.text ?? '';
    expect(unknownLines(text)).toEqual([]);
    const tables = Object.values(document.tables).filter((table) => table.partitionOf === undefined);
    expect(text.match(/^entity /gm)).toHaveLength(tables.length);
    expect(new Set(text.match(/(?<=^entity "[^"]+" as )\w+/gm))).toHaveLength(tables.length);
  });
});

it('says hostile names in lines that it knows', () => {
  const text = writePlantUml(hostileDocument(NAUGHTY_NAMES)).files[0]?.text ?? '';
  expect(unknownLines(text)).toEqual([]);
  expect(text.match(/^entity /gm)).toHaveLength(NAUGHTY_NAMES.length);
});

it.skipIf(!installed)('is accepted by PlantUML itself, which refuses what is wrong', async () => {
  for (const path of CORPUS.slice(0, 3)) {
    const text = writePlantUml(await documentOf(...path)).files[0]?.text ?? '';
    expect(judged(text)).toMatch(/^(?:DESCRIPTION|CLASS)/);
  }
  const hostile = writePlantUml(hostileDocument(NAUGHTY_NAMES.slice(0, 150))).files[0]?.text ?? '';
  expect(judged(hostile)).toMatch(/^(?:DESCRIPTION|CLASS)/);
  expect(judged('@startuml\nentity "a" as a {\nx : y\n@enduml\n?!')).toMatch(/^ERROR/);
});
