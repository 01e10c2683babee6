import type { RoundTrip } from '#engine/sql/round-trip.ts';

/** What comes back from the DDL as something else, object by object. */
export function RoundTripView({ trip }: { readonly trip: RoundTrip }) {
  const rest = trip.different - trip.differences.length;
  return (
    <details open className="shrink-0 border-line border-b bg-warn-soft px-3 py-1 text-warn text-xs">
      <summary className="cursor-default font-semibold">
        {trip.different.toLocaleString('en')} {trip.different === 1 ? 'object comes' : 'objects come'} back from the DDL as
        something else
      </summary>
      <ul className="max-h-36 overflow-y-auto py-1 text-ink [overflow-wrap:anywhere]">
        {trip.differences.map(({ label, what }) => (
          <li key={label}>
            <b className="font-semibold">{label}</b>: {what.join('; ')}
          </li>
        ))}
        {rest > 0 ? <li>and {rest.toLocaleString('en')} more</li> : null}
      </ul>
    </details>
  );
}
