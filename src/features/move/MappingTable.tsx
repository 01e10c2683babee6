import { Fragment, useMemo } from 'react';
import type { MoveMapping } from '#engine/move/plan-types.ts';
import { Pill } from '#ui/Pill.tsx';
import { Select } from '#ui/Select.tsx';
import { GROUPS, VERDICTS } from './words.ts';

const TEXT = 'block min-w-0 font-mono text-xs leading-4.5 [overflow-wrap:anywhere]';

type OnChoose = (mapping: string, option: string) => void;

function Target({ mapping, onChoose }: { readonly mapping: MoveMapping; readonly onChoose: OnChoose }) {
  const { options, chosen, to, what } = mapping;
  if (options === undefined || options.length < 2) {
    return to === '' ? <span className="text-ink-3 text-xs leading-4.5">nothing</span> : <span className={TEXT}>{to}</span>;
  }
  const now = options.find((one) => one.id === chosen) ?? options[0];
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      <Select
        label={`What ${what} becomes`}
        size="sm"
        value={now?.id ?? ''}
        options={options.map(({ id, label }) => ({ value: id, label }))}
        className="-my-1 max-w-full self-start"
        onValueChange={(option) => onChoose(mapping.id, option)}
      />
      {to === '' || to === now?.label ? null : <span className={`${TEXT} pt-1.5 text-ink-3`}>{to}</span>}
    </span>
  );
}

function Row({ mapping, onChoose }: { readonly mapping: MoveMapping; readonly onChoose: OnChoose }) {
  const verdict = VERDICTS.find((one) => one.verdict === mapping.verdict);
  const option = mapping.options?.find((one) => one.id === mapping.chosen);
  return (
    <tr className="border-line border-b align-top">
      <th scope="row" className="px-3 py-2 text-left font-normal">
        {mapping.what === mapping.from ? (
          <span className={TEXT}>{mapping.from}</span>
        ) : (
          <>
            <span className="block leading-4.5 [overflow-wrap:anywhere]">{mapping.what}</span>
            <span className={`${TEXT} text-ink-3`}>{mapping.from}</span>
          </>
        )}
      </th>
      <td className="px-2 py-2">
        <Target mapping={mapping} onChoose={onChoose} />
      </td>
      <td className="px-2 py-2 leading-4.5">
        <Pill tone={verdict?.tone ?? 'plain'}>{verdict?.label ?? mapping.verdict}</Pill>
      </td>
      <td className="px-2 py-2 text-right text-ink-2 text-xs leading-4.5 tabular-nums">{mapping.count.toLocaleString('en')}</td>
      <td className="px-3 py-2 text-ink-2 text-xs leading-4.5 [overflow-wrap:anywhere]">
        {mapping.reason}
        {option === undefined || option.reason === mapping.reason ? null : (
          <span className="block text-ink-3">{option.reason}</span>
        )}
      </td>
    </tr>
  );
}

/** Type by type and feature by feature: what it is, what it becomes, and how well that says the same. */
export function MappingTable({
  mappings,
  from,
  to,
  onChoose,
}: {
  readonly mappings: readonly MoveMapping[];
  /** The two databases. */
  readonly from: string;
  readonly to: string;
  /** Another form was chosen for a mapping that has several. */
  readonly onChoose: OnChoose;
}) {
  const groups = useMemo(() => {
    const found = new Map<MoveMapping['group'], MoveMapping[]>();
    for (const one of mappings) {
      const group = found.get(one.group);
      if (group === undefined) found.set(one.group, [one]);
      else group.push(one);
    }
    return [...found];
  }, [mappings]);
  return (
    <table className="w-full min-w-[640px] table-fixed border-collapse">
      <caption className="sr-only">What becomes of each type and feature</caption>
      <colgroup>
        <col className="w-[24%]" />
        <col className="w-[22%]" />
        <col className="w-[100px]" />
        <col className="w-[64px]" />
        <col />
      </colgroup>
      <thead className="sticky top-0 z-10 bg-raised text-left text-ink-2 text-xs">
        <tr className="border-line border-b [&>th]:font-semibold">
          <th scope="col" className="px-3 py-1.5">
            {from}
          </th>
          <th scope="col" className="px-2 py-1.5">
            {to}
          </th>
          <th scope="col" className="px-2 py-1.5">
            Verdict
          </th>
          <th scope="col" className="px-2 py-1.5 text-right">
            Places
          </th>
          <th scope="col" className="px-3 py-1.5">
            Why
          </th>
        </tr>
      </thead>
      {groups.map(([group, rows]) => (
        <Fragment key={group}>
          <tbody>
            <tr className="border-line border-b bg-sunken text-xs">
              <th scope="colgroup" colSpan={5} className="px-3 py-1 text-left font-semibold">
                {GROUPS[group]} <span className="text-ink-3 tabular-nums">{rows.length}</span>
              </th>
            </tr>
            {rows.map((mapping) => (
              <Row key={mapping.id} mapping={mapping} onChoose={onChoose} />
            ))}
          </tbody>
        </Fragment>
      ))}
    </table>
  );
}
