import { fmt } from '@chonso/i18n';
import { Button, State } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Eye, X } from 'lucide-react';
import { useState } from 'react';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Failure, Refused } from '../../shell/Failure.tsx';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useNames } from '../../shell/names.ts';
import { useNumbers } from '../../shell/numbers.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Asked, holdOf, type Look, useLooks } from './accesses.ts';
import { ReviewPages } from './ReviewPages.tsx';
import { words } from './words.ts';

const w = words.access;

/** Who looked at whose data, in all services: by case, and by member of staff (LAW19). */
export function Accesses() {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const go = (search: Asked) => void navigate({ to: '.', search: search as never });
  const looks = useLooks(asked);
  const rows = looks.data ?? [];
  const [id, setId] = useState<string>();
  const chosen = rows.find((row) => row.id === id);
  const numbers = useNumbers([...rows, ...(asked.hold ? [{ hold_id: asked.hold }] : [])]);
  const names = useNames([...rows.map(({ staff_id }) => staff_id), asked.staff]);
  const codeOf = (holdId: string) => numbers.get(holdId)?.hold_code ?? holdId.slice(-8);
  const columns: Column<Look>[] = [
    { key: 'at', title: words.columns.at, width: '150px', cell: ({ at }) => fmt.time(at) },
    {
      key: 'staff',
      title: words.columns.staff,
      width: 'minmax(120px, 1fr)',
      cell: (row) => <b>{names(row.staff_id) || words.none}</b>,
    },
    { key: 'what', title: words.columns.what, width: 'minmax(190px, 1.4fr)', cell: sayWhat },
    { key: 'code', title: words.columns.code, width: '170px', cell: (row) => codeOf(row.hold_id) },
    { key: 'place', title: words.columns.place, width: '150px', cell: ({ place }) => w.places[place] },
  ];
  const isAsked = !!asked.hold || !!asked.staff;
  return (
    <Workspace
      title={words.pages.access}
      tabs={<ReviewPages />}
      side={
        chosen && (
          <>
            <header className="side-h">
              <b>{sayWhat(chosen)}</b>
              <p>{words.audits.by(names(chosen.staff_id), fmt.time(chosen.at))}</p>
            </header>
            <div className="side-b">
              <Button onClick={() => go({ hold: chosen.hold_id })}>{w.of(codeOf(chosen.hold_id))}</Button>
              <Button onClick={() => go({ staff: chosen.staff_id })}>
                {w.allOf(names(chosen.staff_id))}
              </Button>
              <JourneyLink holdId={chosen.hold_id} />
            </div>
          </>
        )
      }
    >
      <Ask onFound={(hold) => go({ ...asked, hold })} />
      <div className="filters">
        {asked.hold && (
          <button type="button" className="chip" aria-pressed onClick={() => go({ staff: asked.staff })}>
            {w.of(codeOf(asked.hold))} <X size={14} aria-hidden="true" />
          </button>
        )}
        {asked.staff && (
          <button type="button" className="chip" aria-pressed onClick={() => go({ hold: asked.hold })}>
            {names(asked.staff)} <X size={14} aria-hidden="true" />
          </button>
        )}
      </div>
      {looks.error ? (
        <Failure error={looks.error} retry={() => void looks.refetch()} />
      ) : (
        <DataTable
          label={words.pages.access}
          columns={columns}
          rows={rows}
          keyOf={(row) => row.id}
          nameOf={(row) => `${names(row.staff_id)}, ${sayWhat(row)}`}
          selected={id}
          onSelect={(row) => setId(row.id)}
          loading={isAsked && looks.isPending}
          empty={
            <State icon={<Eye size={30} aria-hidden="true" />} title={isAsked ? w.empty : w.begin}>
              {isAsked ? w.emptyText : w.lead}
            </State>
          }
        />
      )}
    </Workspace>
  );
}

const sayWhat = ({ what }: Look): string => w.whats[what] ?? what;

function Ask({ onFound }: { onFound: (hold: string) => void }) {
  const [text, setText] = useState('');
  const find = useMutation({
    mutationFn: holdOf,
    onSuccess: (hold) => hold && onFound(hold),
  });
  return (
    <form
      className="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim().length >= 4) find.mutate(text.trim());
      }}
    >
      <div className="field">
        <label htmlFor="access-code">{w.code}</label>
        <input
          id="access-code"
          value={text}
          maxLength={40}
          autoComplete="off"
          placeholder={w.codeHint}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <Button kind="primary" type="submit" busy={find.isPending}>
        {w.find}
      </Button>
      {find.isSuccess && find.data === null && <p role="alert">{w.unknownCode}</p>}
      <Refused error={find.error} />
    </form>
  );
}
