import { api, type Schemas, send } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Msisdn, State, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { usePages } from '../../lists/pages.ts';
import { elapsed } from '../../shell/elapsed.ts';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useKeys } from '../../shell/keys.ts';
import { raiseNamed } from '../../shell/names.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { Facts } from './Facts.tsx';
import { incidentWords as says } from './incidents.words.ts';
import { words } from './words.ts';

type Incident = Schemas['activation.IncidentView'];
type Resolution = Schemas['activation.Closing']['resolution'];

const COLUMNS: readonly Column<Incident>[] = [
  {
    key: 'number',
    title: words.columns.number,
    width: 'minmax(140px, .8fr)',
    cell: ({ msisdn }) => (msisdn ? <Msisdn display={fmt.phone(msisdn)} size="sm" /> : '—'),
  },
  {
    key: 'kind',
    title: words.columns.kind,
    width: 'minmax(220px, 2fr)',
    cell: ({ kind }) => says.kinds[kind] ?? kind,
  },
  { key: 'region', title: words.columns.region, width: '76px', cell: ({ region }) => region ?? '—' },
  {
    key: 'opened',
    title: words.columns.waiting,
    width: '96px',
    align: 'end',
    cell: ({ opened_at }) => <span className="t-late">{elapsed(opened_at)}</span>,
  },
];

/** The incidents of the desk: oddities about connections that a person has to judge (decision 0024). */
export function Incidents({ frame }: { frame: Omit<Parameters<typeof Workspace>[0], 'children' | 'side'> }) {
  const search = useSearch({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const { rows, loading, reading, onEnd } = usePages<Incident>({
    key: ['connection', 'incidents'],
    read: (after, signal) =>
      send(api.GET('/api/activation/v1/desk/incidents', { params: { query: { after, limit: 50 } }, signal })),
  });
  const chosen = rows.find(({ id }) => id === search.id);
  const choose = (id: string | undefined) =>
    void navigate({ to: '.', search: { ...search, id } as never, replace: true });
  useKeys(words.tabs.INCIDENTS, [
    { key: 'Escape', name: words.keys.close, enabled: !!chosen, run: () => choose(undefined) },
  ]);
  return (
    <Workspace {...frame} side={chosen && <Detail key={chosen.id} incident={chosen} />}>
      <ListTable
        reading={reading}
        label={words.tabs.INCIDENTS}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ id }) => id}
        nameOf={({ kind, msisdn }) => `${says.kinds[kind] ?? kind}, ${fmt.phone(msisdn ?? '')}`}
        selected={search.id}
        onSelect={({ id }) => choose(id)}
        loading={loading}
        onEnd={onEnd}
        empty={
          <State icon={<ShieldCheck size={30} aria-hidden="true" />} title={words.empty.INCIDENTS}>
            {words.emptyText.INCIDENTS}
          </State>
        }
      />
    </Workspace>
  );
}

function Detail({ incident }: { incident: Incident }) {
  const client = useQueryClient();
  const [isClosing, setClosing] = useState(false);
  const close = useMutation({
    mutationFn: ({ resolution, note }: { resolution: Resolution; note: string }) =>
      send(
        api.POST('/api/activation/v1/desk/incidents/{incident_id}/close', {
          params: { path: { incident_id: incident.id } },
          body: { resolution, note },
        }),
      ).catch(raiseNamed),
    onSuccess: () => toast(says.closed),
    onSettled: () => client.invalidateQueries({ queryKey: ['connection'] }),
  });
  return (
    <>
      <header className="side-h">
        <p>{words.tabs.INCIDENTS}</p>
        {incident.msisdn && <Msisdn display={fmt.phone(incident.msisdn)} />}
        <b>{says.kinds[incident.kind] ?? incident.kind}</b>
      </header>
      <div className="side-b">
        <p className="lead">{says.explained[incident.kind]}</p>
        <Facts
          facts={[
            [words.facts.stage, words.stages[incident.stage] ?? incident.stage],
            [words.columns.opened, fmt.time(incident.opened_at)],
            [words.facts.region, incident.region],
            [says.found, incident.found.map((point) => words.objections[point] ?? point).join(', ')],
          ]}
        />
        <div>
          <JourneyLink holdId={incident.hold_id} />
        </div>
      </div>
      <footer className="side-f">
        <Button kind="primary" onClick={() => setClosing(true)}>
          {says.close}
        </Button>
      </footer>
      {isClosing && (
        <ReasonDialog
          title={says.close}
          lead={says.closeLead}
          legend={says.resolution}
          reasons={says.resolutions}
          note={says.note}
          confirm={says.close}
          busy={close.isPending}
          error={close.error}
          onConfirm={(resolution, note) =>
            close.mutate({
              resolution: resolution as Resolution,
              note: note || (says.resolutions.find(({ code }) => code === resolution)?.name ?? ''),
            })
          }
          onClose={() => setClosing(false)}
        />
      )}
    </>
  );
}
