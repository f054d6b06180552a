import { fmt } from '@chonso/i18n';
import { Note } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CloudOff, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useKeys } from '../../shell/keys.ts';
import { type OversightSearch, REGIONS } from './search.ts';
import type { Service } from './services.ts';
import { words } from './words.ts';

/** The address of an oversight page, and a function that changes it. */
export function useOversightSearch(): [OversightSearch, (change: Partial<OversightSearch>) => void] {
  const search = useSearch({ strict: false }) as OversightSearch;
  const navigate = useNavigate();
  return [
    search,
    (change) =>
      void navigate({ to: '.', search: { ...search, ...change } as never, replace: 'id' in change }),
  ];
}

type SideProps = {
  title: ReactNode;
  lead: ReactNode;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
};

/** The detail of a row: its name, its facts, and the buttons at its foot. Escape closes it. */
export function Side({ title, lead, onClose, children, foot }: SideProps) {
  useKeys(words.title, [{ key: 'Escape', name: words.close, run: onClose }]);
  return (
    <>
      <div className="side-h">
        <div className="v-top">
          <b>{title}</b>
          <button type="button" className="round" aria-label={words.close} onClick={onClose}>
            <X size={18} aria-hidden="true" />
          </button>
        </div>
        <p>{lead}</p>
      </div>
      <div className="side-b">{children}</div>
      {foot && <div className="side-f">{foot}</div>}
    </>
  );
}

/** Names and values, a line each; what has no value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts-r">
      {facts.map(
        ([name, value]) =>
          value !== null &&
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  /** The first choice, which filters nothing; without it one is always chosen. */
  all?: string;
  options: readonly (readonly [T, string])[];
  value: T | undefined;
  onChange: (value: T | undefined) => void;
};

/** A filter of a list. */
export function Choice<T extends string>({ label, all, options, value, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={label}
      className={all && value && 'is-set'}
      value={value ?? ''}
      onChange={(event) => onChange((event.target.value || undefined) as T | undefined)}
    >
      {all && <option value="">{all}</option>}
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** A choice with the number of its rows: `Cần xử lý (6)`. */
export const named = (name: string, count: number): string =>
  count ? `${name} (${fmt.count(count)})` : name;

export const REGION_OPTIONS = REGIONS.map((region) => [region, region] as const);

/** Some services did not answer: what is shown is not all. */
export function Partial({ failed }: { failed: readonly Service[] }) {
  if (!failed.length) return null;
  return (
    <Note kind="warn" live icon={<CloudOff size={18} aria-hidden="true" />}>
      {words.partial(failed.map((service) => words.services[service]).join(', '))}
    </Note>
  );
}
