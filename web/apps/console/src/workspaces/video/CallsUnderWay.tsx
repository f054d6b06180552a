import { api, send } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, State, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Headset } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { usePages } from '../../lists/pages.ts';
import { Refused } from '../../shell/Failure.tsx';
import { useNumbers } from '../../shell/numbers.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Call, useQueue } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { QueueList } from './QueueList.tsx';
import { words } from './words.ts';

const w = words.manage;
const CALLS = ['desk', 'under way'] as const;

/** A supervisor's view of the desk: who waits, and the calls under way, each of which can be freed. */
export function CallsUnderWay() {
  const queue = useQueue();
  const pages = usePages<Call>({
    key: CALLS,
    read: (after, signal) =>
      send(
        api.GET('/api/videocall/v1/desk/calls', {
          signal,
          params: { query: { after, status: 'IN_CALL', limit: 50 } },
        }),
      ),
  });
  const [selected, setSelected] = useState<string>();
  const now = useNow();
  const numbers = useNumbers([...(queue.data?.items ?? []), ...pages.rows]);
  const call = pages.rows.find(({ call_id }) => call_id === selected);
  const nameOf = (row: Call) => numbers.get(row.hold_id)?.display ?? words.queue.caller;
  const columns: Column<Call>[] = [
    { key: 'number', title: w.number, width: 'minmax(150px, 1fr)', cell: nameOf },
    { key: 'sim', title: w.sim, width: '110px', cell: ({ sim }) => (sim ? words.sim[sim] : words.none) },
    { key: 'team', title: w.team, width: 'minmax(130px, 1fr)', cell: ({ team }) => team },
    {
      key: 'time',
      title: w.time,
      width: '110px',
      align: 'end',
      cell: ({ started_at }) => (started_at ? fmt.clock(secondsSince(started_at, now)) : words.none),
    },
  ];
  return (
    <Workspace
      title={words.title}
      count={queue.data?.waiting ?? 0}
      list={<QueueList reading={queue} numbers={numbers} />}
      side={call && <Release key={call.call_id} call={call} name={nameOf(call)} />}
    >
      <h2 className="ws-h">{w.title}</h2>
      <ListTable
        reading={pages.reading}
        label={w.title}
        columns={columns}
        rows={pages.rows}
        keyOf={({ call_id }) => call_id}
        selected={selected}
        onSelect={({ call_id }) => setSelected(call_id)}
        nameOf={nameOf}
        loading={pages.loading}
        onEnd={pages.onEnd}
        empty={<State icon={<Headset size={30} aria-hidden="true" />} title={w.empty} />}
      />
    </Workspace>
  );
}

function Release({ call, name }: { call: Call; name: string }) {
  const client = useQueryClient();
  const release = useMutation({
    mutationFn: () =>
      send(
        api.POST('/api/videocall/v1/desk/calls/{call_id}/release', {
          params: { path: { call_id: call.call_id } },
        }),
      ),
    onSuccess: () => {
      toast(w.released);
      void client.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  return (
    <>
      <header className="side-h">
        <b>{name}</b>
        <p>{call.started_at && fmt.time(call.started_at)}</p>
      </header>
      <div className="side-b">
        <p className="lead">{words.decide.technicalLead}</p>
        <Refused error={release.error} />
      </div>
      <footer className="side-f">
        <Button kind="refuse" busy={release.isPending} onClick={() => release.mutate()}>
          {w.release}
        </Button>
      </footer>
    </>
  );
}
