import { Button } from '@chonso/ui';
import { ArrowDownUp, Download, Search, X } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { Views } from '../../lists/Views.tsx';
import { REGIONS } from '../../record/regions.ts';
import { useMe } from '../../shell/session.ts';
import type { ListSearch, Tab } from './search.ts';
import type { Counts } from './shipments.ts';
import { words } from './words.ts';

type Props = {
  tab: Tab;
  search: ListSearch;
  text: string;
  finder: RefObject<HTMLInputElement | null>;
  counts: Counts | undefined;
  onFind: (text: string) => void;
  onFilter: (change: Partial<ListSearch>) => void;
  onExport: () => void;
};

const { filter } = words;
const choices = (names: Record<string, string>) => Object.entries(names) as [string, string][];

/** Search, filters, order and saved views of the list; all but the searched text stand in the address. */
export function Filters({ tab, search, text, finder, counts, onFind, onFilter, onExport }: Props) {
  const regions = useMe().regions;
  const states = counts?.tabs.find((one) => one.tab === tab)?.states ?? [];
  const { id: _, ...view } = search;
  return (
    <div className="filters">
      <Finder text={text} finder={finder} onFind={onFind} />
      {states.length > 1 && (
        <Pick
          label={filter.statusLabel}
          any={filter.status}
          value={search.status}
          options={states.map(({ status, label }) => [status, label])}
          onPick={(status) => onFilter({ status: status as ListSearch['status'] })}
        />
      )}
      {regions.length !== 1 && (
        <Pick
          label={filter.regionLabel}
          any={filter.region}
          value={search.region}
          options={(regions.length ? regions : REGIONS).map((region) => [region, region])}
          onPick={(region) => onFilter({ region: region as ListSearch['region'] })}
        />
      )}
      <Pick
        label={filter.deliveryLabel}
        any={filter.delivery}
        value={search.delivery}
        options={choices(words.ways)}
        onPick={(delivery) => onFilter({ delivery: delivery as ListSearch['delivery'] })}
      />
      <Pick
        label={filter.paymentLabel}
        any={filter.payment}
        value={search.payment}
        options={choices(words.paymentsLong)}
        onPick={(payment) => onFilter({ payment: payment as ListSearch['payment'] })}
      />
      <button
        type="button"
        className="chip"
        aria-pressed={!!search.overdue}
        onClick={() => onFilter({ overdue: search.overdue ? undefined : true })}
      >
        {filter.overdue}
      </button>
      <span className="end">
        <button
          type="button"
          className="chip"
          title={filter.orderLabel}
          onClick={() => onFilter({ order: search.order ? undefined : 'NEWEST' })}
        >
          <ArrowDownUp size={15} aria-hidden="true" />
          {search.order ? filter.newest : filter.oldest}
        </button>
        <Views list="orders" search={view} />
        <button type="button" className="chip" title={words.export} onClick={onExport}>
          <Download size={15} aria-hidden="true" /> {words.export}
        </button>
      </span>
    </div>
  );
}

type FinderProps = Pick<Props, 'text' | 'finder' | 'onFind'>;

/** A scanner types the code and presses Enter; a person does the same. */
function Finder({ text, finder, onFind }: FinderProps) {
  const [typed, setTyped] = useState(text);
  return (
    <form
      className="find-in"
      onSubmit={(event) => {
        event.preventDefault();
        onFind(typed.trim());
        finder.current?.select();
      }}
    >
      <Search size={16} aria-hidden="true" />
      <input
        ref={finder}
        type="search"
        aria-label={words.findLabel}
        placeholder={words.find}
        value={typed}
        maxLength={64}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.target.value);
          if (!event.target.value) onFind('');
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setTyped('');
          onFind('');
          finder.current?.blur();
        }}
      />
      {text && (
        <Button
          kind="text"
          className="o-end"
          aria-label={words.endFind}
          onClick={() => {
            setTyped('');
            onFind('');
          }}
        >
          <X size={15} aria-hidden="true" />
        </Button>
      )}
    </form>
  );
}

type PickProps = {
  label: string;
  any: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onPick: (value: string | undefined) => void;
};

function Pick({ label, any, value, options, onPick }: PickProps) {
  return (
    <select
      aria-label={label}
      className={value ? 'is-set' : undefined}
      value={value ?? ''}
      onChange={(event) => onPick(event.target.value || undefined)}
    >
      <option value="">{any}</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
