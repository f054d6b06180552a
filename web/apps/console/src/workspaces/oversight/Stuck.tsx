import './oversight.css';
import { fmt } from '@chonso/i18n';
import { Msisdn, State } from '@chonso/ui';
import { CircleCheck } from 'lucide-react';
import { Choice } from '../../lists/Choice.tsx';
import type { Column } from '../../lists/DataTable.tsx';
import { ListTable } from '../../lists/ListTable.tsx';
import { Facts, Side } from '../../lists/Side.tsx';
import { Routing } from '../../record/Routing.tsx';
import { elapsed } from '../../shell/elapsed.ts';
import { JourneyLink } from '../../shell/JourneyLink.tsx';
import { useHasRole } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Journey, useStuck } from './journeys.ts';
import { OversightPages } from './OversightPages.tsx';
import { REGION_OPTIONS, useOversightSearch } from './parts.tsx';
import { RESPONSIBLE } from './search.ts';
import { words as all } from './words.ts';

const words = all.stuck;

const whoseOf = ({ responsible }: Journey) => (responsible === 'NOBODY' ? '' : all.responsible[responsible]);
const late = ({ due_at }: Journey) => (due_at ? elapsed(due_at) : '');

const COLUMNS: readonly Column<Journey>[] = [
  {
    key: 'code',
    title: all.code,
    width: '128px',
    cell: ({ hold_code }) => <span className="t-code">{hold_code}</span>,
  },
  {
    key: 'number',
    title: all.number,
    width: '134px',
    cell: ({ display }) => display && <Msisdn display={display} size="sm" />,
  },
  { key: 'region', title: all.region, width: '60px', cell: ({ region }) => region ?? '' },
  {
    key: 'stage',
    title: words.stage,
    width: 'minmax(130px, 1.2fr)',
    cell: ({ label_vi }) => <span className="t-strong">{label_vi}</span>,
  },
  { key: 'whose', title: words.whose, width: 'minmax(104px, 1fr)', cell: whoseOf },
  {
    key: 'late',
    title: words.late,
    width: '76px',
    align: 'end',
    cell: (journey) => <span className="t-late">{late(journey)}</span>,
  },
];

/** The journeys that have been in one place for too long, with why, whose work is next, and what it is. */
export function Stuck() {
  const [search, go] = useOversightSearch();
  const list = useStuck(search.region, search.responsible);
  const chosen = list.rows.find(({ hold_id }) => hold_id === search.id);
  const close = () => go({ id: undefined });
  return (
    <Workspace
      title={all.title}
      tabs={<OversightPages />}
      side={chosen && <Detail key={chosen.hold_id} journey={chosen} onClose={close} />}
    >
      <div className="filters">
        <Choice
          label={all.region}
          all={all.allRegions}
          options={REGION_OPTIONS}
          value={search.region}
          onChange={(region) => go({ region, id: undefined })}
        />
        <Choice
          label={words.whose}
          all={all.allResponsible}
          options={RESPONSIBLE.map((each) => [each, all.responsible[each]] as const)}
          value={search.responsible}
          onChange={(responsible) => go({ responsible, id: undefined })}
        />
      </div>
      <ListTable
        reading={list.reading}
        label={words.label}
        columns={COLUMNS}
        rows={list.rows}
        keyOf={({ hold_id }) => hold_id}
        nameOf={({ hold_code, label_vi }) => words.rowName(hold_code, label_vi)}
        selected={search.id}
        onSelect={({ hold_id }) => go({ id: hold_id })}
        loading={list.loading}
        onEnd={list.onEnd}
        empty={
          <State icon={<CircleCheck size={30} aria-hidden="true" />} title={words.empty}>
            {words.emptyText}
          </State>
        }
      />
    </Workspace>
  );
}

function Detail({ journey, onClose }: { journey: Journey; onClose: () => void }) {
  const mayReroute = useHasRole('region_manager', 'admin');
  const { order_id, region } = journey;
  return (
    <Side
      title={journey.display ? <Msisdn display={journey.display} size="lg" /> : journey.hold_code}
      lead={`${journey.hold_code}, ${words.sim[journey.sim]}`}
      onClose={onClose}
      foot={<JourneyLink holdId={journey.hold_id} />}
    >
      <div>
        <h2 className="v-h">{words.next}</h2>
        <p className="v-next">{journey.next_vi}</p>
      </div>
      <Facts
        facts={[
          [words.stage, journey.label_vi],
          [words.whose, whoseOf(journey)],
          [all.since, journey.since && fmt.time(journey.since)],
          [words.due, journey.due_at && fmt.time(journey.due_at)],
          [words.late, <span className="t-late">{late(journey)}</span>],
          [words.reason, journey.reason_code],
          [words.event, journey.event],
          [all.region, region],
        ]}
      />
      {order_id && region && (
        <Routing order={{ order_id, region }} mayReroute={mayReroute} onMoved={onClose} />
      )}
    </Side>
  );
}
