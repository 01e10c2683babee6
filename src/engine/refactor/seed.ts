/** First strings of the rows that a block of {@link seedBlock} or an INSERT puts into a table. */
export function seededValues(sql: string): readonly string[] {
  const from = /\bVALUES\b/i.exec(sql);
  if (from === null) return [];
  const values: string[] = [];
  for (const row of sql.slice(from.index + 6).matchAll(/\(\s*(E?'(?:[^'\\]|''|\\.)*')/g)) {
    const raw = row[1] ?? '';
    const inner = raw.slice(raw.indexOf("'") + 1, -1).replaceAll("''", "'");
    values.push(raw.startsWith('E') ? inner.replaceAll(/\\(.)/g, '$1') : inner);
  }
  return values;
}
