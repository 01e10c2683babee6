/** The target versions a document can be written for, as choices. */
export const VERSIONS = [18, 17, 16, 15, 14].map((version) => ({ value: String(version), label: `PostgreSQL ${version}` }));
