import './oversight.css';
import { fmt } from '@chonso/i18n';
import { Button, State } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileSearch, Search, X } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Partial } from '../../lists/Partial.tsx';
import { words as lists } from '../../lists/words.ts';
import { Refused } from '../../shell/Failure.tsx';
import { useNames } from '../../shell/names.ts';
import { useNumbers } from '../../shell/numbers.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { AccessSide, sayWhat } from './AccessSide.tsx';
import { words } from './access.words.ts';
import { type Access, type Asked, holdOf, useAccesses } from './accesses.ts';
import { OversightPages } from './OversightPages.tsx';
import { words as all } from './words.ts';

const SHORTEST = 4;

const COLUMNS: readonly Column<Access>[] = [
  { key: 'at', title: words.at, width: '136px', cell: ({ at }) => fmt.time(at) },
  { key: 'staff', title: words.staff, width: 'minmax(84px, .6fr)', cell: ({ staff }) => <b>{staff}</b> },
  { key: 'what', title: words.what, width: 'minmax(170px, 1.4fr)', cell: sayWhat },
  {
    key: 'hold',
    title: words.hold,
    width: '132px',
    cell: ({ look }) =>
      look ? <span className="t-code">{look.code || look.hold_id.slice(-12)}</span> : words.none,
  },
  { key: 'service', title: words.service, width: '92px', cell: ({ service }) => lists.services[service] },
];

/** Who looked at whose data, and who took orders away in a file: of all services, the newest first (LAW19). */
export function Accesses() {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const go = (search: Asked) => void navigate({ to: '.', search: search as never, replace: 'id' in search });
  const list = useAccesses(asked);
  const chosen = list.rows.find(({ key }) => key === asked.id);
  const isAsked = !!asked.hold || !!asked.staff;
  return (
    <Workspace
      title={all.title}
      tabs={<OversightPages />}
      side={
        chosen && <AccessSide access={chosen} onAsk={go} onClose={() => go({ ...asked, id: undefined })} />
      }
    >
      <Filters asked={asked} onAsk={go} />
      <Partial failed={list.failed} />
      <ListTable
        reading={list.reading}
        label={words.label}
        columns={COLUMNS}
        rows={list.rows}
        keyOf={({ key }) => key}
        nameOf={(access) => words.row(access.staff, sayWhat(access))}
        selected={asked.id}
        onSelect={({ key }) => go({ ...asked, id: key })}
        loading={list.loading}
        onEnd={list.onEnd}
        empty={
          <State
            icon={<FileSearch size={30} aria-hidden="true" />}
            title={isAsked ? words.emptyFound : words.empty}
          >
            {words.emptyText}
          </State>
        }
      />
    </Workspace>
  );
}

/** What the log is asked for: one hold by its code or number, one member of staff by a row. */
function Filters({ asked: { hold, staff }, onAsk }: { asked: Asked; onAsk: (asked: Asked) => void }) {
  const [text, setText] = useState('');
  const find = useMutation({
    mutationFn: holdOf,
    onSuccess: (found) => {
      if (!found) return;
      setText('');
      onAsk({ hold: found, staff });
    },
  });
  const code = useNumbers(hold ? [{ hold_id: hold }] : []).get(hold ?? '')?.hold_code ?? hold?.slice(-12);
  const name = useNames([staff])(staff) || staff?.slice(0, 8);
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim().length >= SHORTEST) find.mutate(text.trim());
      }}
    >
      <label className="find-in">
        <Search size={16} aria-hidden="true" />
        <input
          type="search"
          aria-label={words.code}
          placeholder={words.code}
          value={text}
          maxLength={40}
          autoComplete="off"
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <Button type="submit" busy={find.isPending}>
        {words.find}
      </Button>
      {hold && code && <Chosen name={words.of(code)} onForget={() => onAsk({ staff })} />}
      {staff && name && <Chosen name={words.ofStaff(name)} onForget={() => onAsk({ hold })} />}
      {find.data === null && <p role="alert">{words.unknownCode}</p>}
      <Refused error={find.error} />
    </form>
  );
}

function Chosen({ name, onForget }: { name: string; onForget: () => void }) {
  return (
    <button type="button" className="chip" aria-pressed aria-label={words.forget(name)} onClick={onForget}>
      {name} <X size={14} aria-hidden="true" />
    </button>
  );
}
