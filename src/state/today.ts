/** Today as an ISO date (UTC), for what a person does now. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
