/** One text in each sink's own quotes. Whatever the text holds, it comes out as one token of that language. */

function hex(char: string, digits: number): string {
  return char.charCodeAt(0).toString(16).padStart(digits, '0');
}

/** Half surrogates have no UTF-8 form: a file would hold something else than was written. */
export function wellFormed(text: string): string {
  return text.replaceAll(/[\ud800-\udfff]/gu, '\ufffd');
}

/** What ends a line, or is not seen: as `\n`, `\t` or `\uXXXX`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;

function backslashed(text: string, quote: string): string {
  return wellFormed(text)
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(UNSEEN, (char) => (char === '\n' ? '\\n' : char === '\t' ? '\\t' : `\\u${hex(char, 4)}`));
}

/** DBML: a name in double quotes. */
export function dbmlName(name: string): string {
  return `"${backslashed(name, '"')}"`;
}

/** DBML: a text in single quotes. */
export function dbmlText(text: string): string {
  return `'${backslashed(text, "'")}'`;
}

/** TypeScript and JavaScript: a string in single quotes. */
export function jsString(text: string): string {
  return `'${backslashed(text, "'")}'`;
}

/** JavaScript: what stands between backticks. */
export function jsTemplate(text: string): string {
  return wellFormed(text).replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r');
}

/** JavaScript: text in a block comment. */
export function jsComment(text: string): string {
  return wellFormed(text)
    .replaceAll('*/', '*\u200b/')
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n');
}

/** Prisma: a string in double quotes, which knows JSON's escapes. */
export function prismaString(text: string): string {
  return `"${backslashed(text, '"')}"`;
}

/** Python: a string in double quotes. */
export function pythonString(text: string): string {
  return `"${backslashed(text, '"')}"`;
}

/** HCL: a quoted template without templates: `${` and `%{` are doubled. */
export function hclString(text: string): string {
  return `"${backslashed(text, '"').replaceAll('${', '$${').replaceAll('%{', '%%{')}"`;
}

/** YAML: a double-quoted scalar, which holds every character there is. */
export function yamlString(text: string): string {
  const held = wellFormed(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(UNSEEN, (char) => (char === '\n' ? '\\n' : char === '\t' ? '\\t' : `\\u${hex(char, 4)}`));
  return `"${held}"`;
}

/** Text of one line: line breaks and what is not seen become spaces. */
export function oneLine(text: string): string {
  return wellFormed(text).replaceAll(UNSEEN, ' ').replaceAll(/ {2,}/g, ' ').trim();
}

/** Mermaid: quoted text has no escape for these characters, which end it or begin something else. */
export function mermaidText(text: string): string {
  return `"${oneLine(text).replace(/["%\\;#<>]/g, '_') || '_'}"`;
}

/** PlantUML: quoted text without what ends it or begins a directive or markup. */
export function plantText(text: string): string {
  return `"${plantPlain(text).replaceAll('"', "'") || '_'}"`;
}

/** PlantUML: text of a line inside an entity. */
export function plantPlain(text: string): string {
  return oneLine(text).replaceAll(/[{}\\~!@%<>]/g, '_');
}
