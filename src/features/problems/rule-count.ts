/** How many rules the registry holds. The registry is a chunk of its own that the page loads only to explain a rule. */
export const RULE_COUNT = 79;
