import type { Document } from '#model/types.ts';
import type { Finding, Severity } from '../finding.ts';
import { labelOf } from './labels.ts';
import { RULES } from './registry.ts';

/** Where a finding's first place stands in a text: lines and columns count from 1. */
export interface TextPlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

function location(document: Document, finding: Finding, place: TextPlace | undefined): unknown {
  const at = finding.at[0];
  const name = at === undefined ? '' : labelOf(document, at);
  return {
    ...(place === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(place.file.replaceAll('\\', '/')) },
            region: { startLine: place.line, ...(place.column === undefined ? {} : { startColumn: place.column }) },
          },
        }),
    logicalLocations: [{ fullyQualifiedName: name }],
  };
}

/**
 * Findings as a SARIF 2.1.0 log, the format code hosts read. Waived findings carry their reason as a suppression.
 * @param places where each finding stands, in the order of the findings.
 */
export function sarifLog(
  document: Document,
  findings: readonly Finding[],
  places: readonly (TextPlace | undefined)[],
  version: string,
): unknown {
  const used = RULES.filter((rule) => findings.some((finding) => finding.rule === rule.id));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'crowfoot',
            version,
            rules: used.map((rule) => ({
              id: rule.id,
              name: rule.title,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.docs.what },
              help: { text: `${rule.docs.why} ${rule.docs.todo}` },
              defaultConfiguration: { level: LEVEL[rule.severity] },
              properties: { category: rule.category },
            })),
          },
        },
        results: findings.map((finding, at) => ({
          ruleId: finding.rule,
          ruleIndex: used.findIndex((rule) => rule.id === finding.rule),
          level: LEVEL[finding.severity],
          message: { text: `${finding.message.what} ${finding.message.why} ${finding.message.todo}` },
          locations: [location(document, finding, places[at])],
          ...(finding.waivedBy === undefined
            ? {}
            : {
                suppressions: [{ kind: 'external', justification: document.waivers[finding.waivedBy]?.reason ?? '' }],
              }),
        })),
      },
    ],
  };
}
