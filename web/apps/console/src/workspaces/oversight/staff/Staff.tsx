import '../people.css';
import { Button, State } from '@chonso/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, Search, Users } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Column } from '../../../lists/DataTable.tsx';
import { ListTable } from '../../../lists/ListTable.tsx';
import { REGIONS } from '../../../record/regions.ts';
import { useKeys } from '../../../shell/keys.ts';
import { sayProblems } from '../../../shell/problems.ts';
import { useHasRole } from '../../../shell/session.ts';
import { Workspace } from '../../../shell/Workspace.tsx';
import { OversightPages } from '../OversightPages.tsx';
import { Duties } from './Duties.tsx';
import { HireDialog } from './HireDialog.tsx';
import { type Member, useMembers } from './members.ts';
import type { StaffSearch } from './routes.tsx';
import { problems, words } from './words.ts';

sayProblems(problems);

const COLUMNS: readonly Column<Member>[] = [
  {
    key: 'username',
    title: words.username,
    width: 'minmax(140px, 1fr)',
    cell: ({ username }) => <span className="t-code">{username}</span>,
  },
  {
    key: 'roles',
    title: words.duties,
    width: 'minmax(200px, 1.6fr)',
    cell: ({ roles }) => roles.map((role) => words.roles[role] ?? role).join(', '),
  },
  {
    key: 'regions',
    title: words.regions,
    width: 'minmax(110px, .8fr)',
    cell: ({ regions }) => (regions.length ? regions.join(', ') : words.wholeCountry),
  },
  { key: 'shop', title: words.shop, width: '104px', cell: ({ shop_code }) => shop_code ?? '–' },
  {
    key: 'state',
    title: words.state,
    width: '92px',
    cell: ({ active }) => (active ? words.here : <span className="t-soft">{words.gone}</span>),
  },
];

/** Who works here, with which roles and where; only an administrator changes anything. */
export function Staff() {
  const search = useSearch({ strict: false }) as StaffSearch;
  const navigate = useNavigate();
  const find = useRef<HTMLInputElement>(null);
  const [isHiring, setHiring] = useState(false);
  const isAdmin = useHasRole('admin');
  const { reading, rows, loading, onEnd, total } = useMembers(search);
  const chosen = rows.find(({ id }) => id === search.who);
  const ask = (change: { [K in keyof StaffSearch]?: string | undefined }) =>
    void navigate({ to: '.', search: { ...search, who: undefined, ...change } as never, replace: true });
  useKeys(words.list, [
    { key: '/', name: words.keys.find, run: () => find.current?.focus() },
    { key: 'n', name: words.keys.hire, run: () => setHiring(true), enabled: isAdmin },
  ]);
  return (
    <Workspace
      title={words.title}
      tabs={<OversightPages />}
      figures={total === undefined ? [] : [{ name: words.list, value: total }]}
      side={chosen && <Duties key={chosen.id} member={chosen} />}
    >
      <div className="filters">
        <label className="find-in">
          <Search size={15} aria-hidden="true" />
          <input
            ref={find}
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            maxLength={64}
            value={search.q ?? ''}
            onChange={(event) => ask({ q: event.target.value || undefined })}
          />
        </label>
        <Choice
          label={words.duties}
          none={words.anyRole}
          value={search.role}
          options={Object.entries(words.roles)}
          onChange={(role) => ask({ role })}
        />
        <Choice
          label={words.regions}
          none={words.anyRegion}
          value={search.region}
          options={REGIONS.map((region) => [region, region])}
          onChange={(region) => ask({ region })}
        />
        <Choice
          label={words.state}
          none={words.anyState}
          value={search.state}
          options={[
            ['here', words.here],
            ['gone', words.gone],
          ]}
          onChange={(state) => ask({ state })}
        />
        {isAdmin && (
          <span className="end">
            <Button kind="quiet" onClick={() => setHiring(true)}>
              <Plus size={16} aria-hidden="true" /> {words.hire}
            </Button>
          </span>
        )}
      </div>
      <ListTable
        reading={reading}
        label={words.list}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={({ username }) => username}
        selected={search.who}
        onSelect={({ id }) => ask({ who: id })}
        loading={loading}
        onEnd={onEnd}
        {...(total !== undefined && { total })}
        empty={
          <State
            icon={<Users size={30} aria-hidden="true" />}
            title={words.nobody}
            action={
              <Button kind="quiet" onClick={() => void navigate({ to: '.', search: {} as never })}>
                {words.clear}
              </Button>
            }
          >
            {words.nobodyText}
          </State>
        }
      />
      {isHiring && (
        <HireDialog onClose={() => setHiring(false)} onHired={(id) => ask({ q: undefined, who: id })} />
      )}
    </Workspace>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | undefined) => void;
};

function Choice({ label, none, value, options, onChange }: ChoiceProps) {
  return (
    <select
      aria-label={label}
      className={value ? 'is-set' : ''}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      <option value="">{none}</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
