import './oversight.css';
import { fmt } from '@chonso/i18n';
import { State } from '@chonso/ui';
import { Link } from '@tanstack/react-router';
import { FileSearch, Search } from 'lucide-react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { useNames } from '../../shell/names.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Access, useAccesses } from './accesses.ts';
import { OversightPages } from './OversightPages.tsx';
import { Partial, useOversightSearch } from './parts.tsx';
import { words as all } from './words.ts';

const words = all.audit;
const UUID = /^[0-9a-f-]{36}$/i;

/** The name of a paper: `IMAGE:FRONT` and `PHOTO:FRONT` are one. */
const paperOf = (what: string) => {
  const paper = what.split(':').at(-1) ?? what;
  return words.papers[paper] ?? what;
};

const columnsOf = (name: (id: string) => string): Column<Access>[] => [
  { key: 'at', title: words.at, width: '150px', cell: ({ at }) => fmt.time(at) },
  {
    key: 'staff',
    title: words.staff,
    width: '140px',
    cell: ({ staff_id }) => <b>{name(staff_id) || staff_id.slice(0, 8)}</b>,
  },
  { key: 'what', title: words.what, width: 'minmax(200px, 1fr)', cell: ({ what }) => paperOf(what) },
  {
    key: 'service',
    title: words.service,
    width: '104px',
    cell: ({ service }) => all.services[service],
  },
  {
    key: 'hold',
    title: words.hold,
    width: '140px',
    cell: ({ hold_id }) => (
      <Link
        to={'/journeys/$holdId' as never}
        params={{ holdId: hold_id } as never}
        className="t-code"
        onClick={(event) => event.stopPropagation()}
      >
        {hold_id.slice(-12)}
      </Link>
    ),
  },
];

/** Who looked at whose papers, and when: for auditors and administrators. */
export function Accesses() {
  const [search, go] = useOversightSearch();
  const holdId = search.state && UUID.test(search.state) ? search.state : undefined;
  const list = useAccesses(holdId);
  const name = useNames(list.rows.map(({ staff_id }) => staff_id));
  return (
    <Workspace title={all.title} tabs={<OversightPages />}>
      <div className="filters">
        <label className="find-in">
          <Search size={16} aria-hidden="true" />
          <input
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            defaultValue={search.state ?? ''}
            onChange={(event) => go({ state: event.target.value.trim() || undefined, id: undefined })}
          />
        </label>
      </div>
      {list.answers.length > 0 && <Partial failed={list.failed} />}
      {list.error && !list.answers.length ? (
        <Failure error={list.error} retry={list.refetch} />
      ) : (
        <DataTable
          label={words.label}
          columns={columnsOf(name)}
          rows={list.rows}
          keyOf={({ key }) => key}
          nameOf={({ what, at }) => words.rowName(paperOf(what), fmt.time(at))}
          selected={search.id}
          onSelect={({ key }) => go({ id: key })}
          loading={list.isPending}
          empty={
            <State
              icon={<FileSearch size={30} aria-hidden="true" />}
              title={holdId ? words.emptyFound : words.empty}
            />
          }
        />
      )}
    </Workspace>
  );
}
