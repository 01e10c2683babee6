import type { Document } from '#model/types.ts';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Select } from '#ui/Select.tsx';
import { TextField } from '#ui/TextField.tsx';
import { Group } from '../forms/parts.tsx';
import type { NameRule } from './rules.ts';
import type { NameKind, Scope } from './targets.ts';

const KINDS: readonly { readonly kind: NameKind; readonly label: string }[] = [
  { kind: 'table', label: 'Tables' },
  { kind: 'column', label: 'Columns' },
  { kind: 'constraint', label: 'Constraints' },
  { kind: 'index', label: 'Indexes' },
];

const CASES: readonly { readonly value: NameRule['case']; readonly label: string }[] = [
  { value: 'same', label: 'as it is' },
  { value: 'snake', label: 'snake_case' },
  { value: 'camel', label: 'camelCase' },
  { value: 'pascal', label: 'PascalCase' },
  { value: 'upper', label: 'UPPER' },
  { value: 'lower', label: 'lower' },
];

const NUMBERS: readonly { readonly value: NameRule['number']; readonly label: string }[] = [
  { value: 'same', label: 'as it is' },
  { value: 'singular', label: 'singular' },
  { value: 'plural', label: 'plural' },
];

export interface RuleFormProps {
  readonly document: Document;
  readonly hasSelection: boolean;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly kinds: ReadonlySet<NameKind>;
  readonly onKinds: (kinds: ReadonlySet<NameKind>) => void;
  readonly rule: NameRule;
  readonly onRule: (rule: NameRule) => void;
  /** What is wrong with the regular expression. */
  readonly problem: string | undefined;
}

/** What is renamed, and how. */
export function RuleForm({ document, hasSelection, scope, onScope, kinds, onKinds, rule, onRule, problem }: RuleFormProps) {
  const set = (change: Partial<NameRule>) => onRule({ ...rule, ...change });
  const schemas = Object.values(document.schemas).filter((schema) =>
    Object.values(document.tables).some((table) => table.schema === schema.id),
  );
  const scopes = [
    ...(hasSelection ? [{ value: 'selection', label: 'What is selected' }] : []),
    { value: 'all', label: 'The whole model' },
    ...(schemas.length > 1 ? schemas.map((one) => ({ value: `schema ${one.id}`, label: `Schema ${one.name}` })) : []),
  ];
  const flip = (kind: NameKind) => {
    const next = new Set(kinds);
    if (next.has(kind)) next.delete(kind);
    else next.add(kind);
    onKinds(next);
  };
  return (
    <>
      <Group title="Where">
        <Select
          label="Where"
          value={scope.kind === 'schema' ? `schema ${scope.schema}` : scope.kind}
          options={scopes}
          onValueChange={(value) =>
            onScope(
              value.startsWith('schema ')
                ? { kind: 'schema', schema: value.slice(7) }
                : { kind: value === 'all' ? 'all' : 'selection' },
            )
          }
        />
        <div className="grid grid-cols-2 gap-1.5 pt-1">
          {KINDS.map(({ kind, label }) => (
            <Checkbox key={kind} label={label} checked={kinds.has(kind)} onCheckedChange={() => flip(kind)} />
          ))}
        </div>
      </Group>
      <Group title="Find and replace">
        <TextField label="Find" mono value={rule.find} onChange={(find) => set({ find })} error={problem} />
        <TextField label="Replace with" mono value={rule.replace} onChange={(replace) => set({ replace })} />
        <Checkbox label="Regular expression" checked={rule.regex} onCheckedChange={(regex) => set({ regex })} />
        <Checkbox label="Match case" checked={rule.matchCase} onCheckedChange={(matchCase) => set({ matchCase })} />
      </Group>
      <Group title="Take away, then change">
        <div className="grid grid-cols-2 gap-2">
          <TextField label="Prefix to remove" mono value={rule.removePrefix} onChange={(removePrefix) => set({ removePrefix })} />
          <TextField label="Suffix to remove" mono value={rule.removeSuffix} onChange={(removeSuffix) => set({ removeSuffix })} />
        </div>
        <div className="grid grid-cols-2 gap-2">
          <div className="flex min-w-0 flex-col gap-1">
            <span className="text-xs text-ink-2">Number</span>
            <Select label="Number" value={rule.number} options={NUMBERS} onValueChange={(number) => set({ number })} />
          </div>
          <div className="flex min-w-0 flex-col gap-1">
            <span className="text-xs text-ink-2">Case</span>
            <Select label="Case" value={rule.case} options={CASES} onValueChange={(to) => set({ case: to })} />
          </div>
        </div>
      </Group>
      <Group title="Add">
        <div className="grid grid-cols-2 gap-2">
          <TextField label="Prefix" mono value={rule.prefix} onChange={(prefix) => set({ prefix })} />
          <TextField label="Suffix" mono value={rule.suffix} onChange={(suffix) => set({ suffix })} />
        </div>
      </Group>
    </>
  );
}
