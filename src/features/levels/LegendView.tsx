import type { Notation } from '#model/layout-types.ts';
import { legendOf, type Sample } from '#paint/notation/legend.ts';

function SampleView({ sample }: { readonly sample: Sample }) {
  const { drawing, boxes, width, height, says } = sample;
  return (
    <li className="flex items-center gap-3">
      <svg
        className="legend-sample shrink-0"
        width={width + 2}
        height={height}
        viewBox={`-1 0 ${width + 2} ${height}`}
        aria-hidden="true"
      >
        <path d={drawing.solid} />
        <path d={drawing.dashes} strokeDasharray="5 4" />
        <path d={drawing.glyphs} />
        {boxes.map(({ name, x, y, width: wide, height: high, round, double }) => (
          <g key={name}>
            <rect x={x} y={y} width={wide} height={high} rx={round === true ? 8 : 2} />
            {double === true ? <rect x={x + 3} y={y + 3} width={wide - 6} height={high - 6} /> : null}
            <text className="name" x={x + wide / 2} y={y + high / 2 + 4}>
              {name}
            </text>
          </g>
        ))}
        <path className="hollow" d={drawing.hollow} />
        <path className="filled" d={drawing.filled} />
        {drawing.labels.map(({ x, y, text, anchor }) => (
          <text key={`${x} ${y}`} x={x} y={y} textAnchor={anchor}>
            {text}
          </text>
        ))}
      </svg>
      <span className="text-xs leading-4.5 text-ink-2">{says}</span>
    </li>
  );
}

/** How to read a notation: samples drawn by the notation itself, and what the boxes say. */
export function LegendView({ notation }: { readonly notation: Notation }) {
  const { samples, notes } = legendOf(notation);
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-1" aria-label="How to read it">
        {samples.map((sample) => (
          <SampleView key={sample.says} sample={sample} />
        ))}
      </ul>
      {notes.map((note) => (
        <p key={note} className="text-xs leading-4.5 text-ink-2">
          {note}
        </p>
      ))}
    </div>
  );
}
