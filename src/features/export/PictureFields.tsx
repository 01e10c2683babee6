import type { Area } from '#model/layout-types.ts';
import type { Id } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { type Segment, Segments } from '#ui/Segments.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { CSS_DPI, DPI_LIMITS, type Format, MILLIMETRE_LIMITS, type PictureChoice, type What } from './choice.ts';

type Change = (change: Partial<PictureChoice>) => void;

interface FieldsProps {
  readonly choice: PictureChoice;
  readonly onChange: Change;
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="grid grid-cols-[64px_minmax(0,1fr)] items-center gap-3">
      <span className="text-ink-2">{label}</span>
      <div className="flex min-w-0 items-center gap-2">{children}</div>
    </div>
  );
}

/** A whole number with its unit; what makes no sense is not taken. */
function NumberField({
  label,
  value,
  unit,
  limits,
  onValue,
}: {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly limits: { readonly min: number; readonly max: number };
  readonly onValue: (value: number) => void;
}) {
  return (
    <TextField
      label={label}
      hideLabel
      inputMode="numeric"
      boxClassName="w-24"
      value={String(value)}
      onCommit={(text) => {
        const given = Number(text.replace(',', '.'));
        if (Number.isFinite(given)) onValue(Math.min(limits.max, Math.max(limits.min, Math.round(given))));
      }}
      end={<span className="text-ink-3 text-xs">{unit}</span>}
    />
  );
}

const FORMATS: readonly Segment<Format>[] = [
  { value: 'svg', label: 'SVG', title: 'Sharp at any size, text stays text' },
  { value: 'png', label: 'PNG', title: 'Pixels, for slides and chats' },
  { value: 'pdf', label: 'PDF', title: 'For print, on one page or on sheets' },
  { value: 'html', label: 'Web page', title: 'One file with the diagram, a search and the data dictionary' },
];

/** What is drawn, of what is there. */
export function WhatFields({
  what,
  onWhat,
  selection,
  areas,
  area,
  onArea,
}: {
  readonly what: What;
  readonly onWhat: (what: What) => void;
  readonly selection: number;
  readonly areas: readonly Area[];
  readonly area: Id | undefined;
  readonly onArea: (area: Id) => void;
}) {
  const segments: readonly Segment<What>[] = [
    { value: 'diagram', label: 'Diagram' },
    {
      value: 'selection',
      label: selection === 0 ? 'Selection' : `Selection (${selection})`,
      disabled: selection === 0,
      title: selection === 0 ? 'Nothing is selected' : 'What is selected, with the relationships among it',
    },
    {
      value: 'area',
      label: 'Area',
      disabled: areas.length === 0,
      title: areas.length === 0 ? 'The diagram has no areas' : 'An area with all that stands in it',
    },
  ];
  return (
    <>
      <Row label="Show">
        <div className="min-w-0 flex-1">
          <Segments label="What is drawn" value={what} segments={segments} onValueChange={onWhat} />
        </div>
      </Row>
      {what !== 'area' ? null : (
        <Row label="Area">
          <Select
            label="Area"
            className="flex-1"
            value={area ?? ''}
            options={areas.map((one) => ({ value: one.id, label: one.name }))}
            onValueChange={onArea}
          />
        </Row>
      )}
    </>
  );
}

const SCALES = [0.5, 1, 2, 3, 4] as const;

function PngFields({ choice, onChange }: FieldsProps) {
  const options = [
    ...SCALES.map((scale) => ({ value: String(scale), label: `${scale}×` })),
    ...(SCALES.some((one) => one === choice.scale) ? [] : [{ value: String(choice.scale), label: `${choice.scale.toFixed(2)}×` }]),
  ];
  return (
    <Row label="Scale">
      <Select
        label="Scale"
        className="w-24"
        value={String(choice.scale)}
        options={options}
        onValueChange={(value) => onChange({ scale: Number(value) })}
      />
      <NumberField
        label="Dots per inch"
        unit="dpi"
        value={Math.round(choice.scale * CSS_DPI)}
        limits={DPI_LIMITS}
        onValue={(dpi) => onChange({ scale: dpi / CSS_DPI })}
      />
    </Row>
  );
}

const PERCENTS = [100, 75, 50, 33, 25] as const;

function SheetFields({ choice, onChange }: FieldsProps) {
  return (
    <>
      <Row label="Sheet">
        <Select
          label="Sheet"
          className="w-24"
          value={choice.sheet}
          options={[
            { value: 'A4', label: 'A4' },
            { value: 'A3', label: 'A3' },
            { value: 'Letter', label: 'Letter' },
          ]}
          onValueChange={(sheet) => onChange({ sheet })}
        />
        <div className="min-w-0 flex-1">
          <Segments
            label="Orientation"
            value={choice.landscape ? 'landscape' : 'portrait'}
            segments={[
              { value: 'portrait', label: 'Upright' },
              { value: 'landscape', label: 'Wide' },
            ]}
            onValueChange={(value) => onChange({ landscape: value === 'landscape' })}
          />
        </div>
      </Row>
      <Row label="Size">
        <Select
          label="Size on the sheets"
          className="flex-1"
          value={String(choice.percent)}
          options={[
            { value: 'fit', label: 'Fit on one sheet' },
            ...PERCENTS.map((percent) => ({ value: String(percent), label: `${percent}%` })),
          ]}
          onValueChange={(value) => onChange({ percent: value === 'fit' ? 'fit' : Number(value) })}
        />
      </Row>
      <Row label="Margin">
        <NumberField
          label="Margin"
          unit="mm"
          value={choice.margin}
          limits={MILLIMETRE_LIMITS.margin}
          onValue={(margin) => onChange({ margin })}
        />
        {choice.percent === 'fit' ? null : (
          <>
            <span className="text-ink-2">Overlap</span>
            <NumberField
              label="Overlap"
              unit="mm"
              value={choice.overlap}
              limits={MILLIMETRE_LIMITS.overlap}
              onValue={(overlap) => onChange({ overlap })}
            />
          </>
        )}
      </Row>
    </>
  );
}

function PdfFields(props: FieldsProps) {
  const { choice, onChange } = props;
  return (
    <>
      <Row label="Pages">
        <div className="min-w-0 flex-1">
          <Segments
            label="Pages"
            value={choice.pages}
            segments={[
              { value: 'single', label: 'One page' },
              { value: 'tiled', label: 'Sheets', title: 'With crop marks and numbers, to be put together' },
            ]}
            onValueChange={(pages) => onChange({ pages })}
          />
        </div>
      </Row>
      {choice.pages === 'tiled' ? <SheetFields {...props} /> : null}
    </>
  );
}

/** How it is made: format, looks, and what the format asks for. */
export function FormatFields({ choice, onChange, theme }: FieldsProps & { readonly theme: 'light' | 'dark' }) {
  const { format } = choice;
  return (
    <>
      <Row label="Format">
        <div className="min-w-0 flex-1">
          <Segments label="Format" value={format} segments={FORMATS} onValueChange={(next) => onChange({ format: next })} />
        </div>
      </Row>
      {format === 'png' ? <PngFields choice={choice} onChange={onChange} /> : null}
      {format === 'pdf' ? <PdfFields choice={choice} onChange={onChange} /> : null}
      {format === 'html' ? (
        <p className="text-ink-2 text-xs leading-4.5">
          One file that opens in any browser without a network: the diagram to move about in, a search, and every table with its
          columns, keys and comments. It follows the reader's light or dark appearance.
        </p>
      ) : (
        <Row label="Colours">
          <div className="min-w-0 flex-1">
            <Segments
              label="Colours"
              value={theme}
              segments={[
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
              onValueChange={(next) => onChange({ theme: next })}
            />
          </div>
        </Row>
      )}
      <Row label="">
        <div className="flex flex-col gap-1.5">
          {format === 'html' ? null : (
            <Checkbox
              label="Coloured background"
              checked={choice.background}
              onCheckedChange={(background) => onChange({ background })}
            />
          )}
          <Checkbox label="Counts of findings" checked={choice.findings} onCheckedChange={(findings) => onChange({ findings })} />
          {format !== 'svg' ? null : (
            <Checkbox label="Bring the fonts along" checked={choice.fonts} onCheckedChange={(fonts) => onChange({ fonts })} />
          )}
        </div>
      </Row>
    </>
  );
}
