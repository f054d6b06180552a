import './oversight.css';
import './problems.ts';
import type { Schemas } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Choice, named } from '../../lists/Choice.tsx';
import { type Column, DataTable } from '../../lists/DataTable.tsx';
import { Nothing, Partial } from '../../lists/Partial.tsx';
import { SERVICES } from '../../lists/services.ts';
import { words as lists } from '../../lists/words.ts';
import { elapsed } from '../../shell/elapsed.ts';
import { Failure } from '../../shell/Failure.tsx';
import { Workspace } from '../../shell/Workspace.tsx';
import { type Letter, STATES, useLetterCounts, useLetters } from './dead_letters.ts';
import { LetterDetail } from './LetterDetail.tsx';
import { OversightPages } from './OversightPages.tsx';
import { useOversightSearch } from './parts.tsx';
import { words as all } from './words.ts';

const words = all.events;

const COLUMNS: readonly Column<Letter>[] = [
  {
    key: 'service',
    title: words.service,
    width: '88px',
    cell: ({ service }) => <b>{lists.services[service]}</b>,
  },
  {
    key: 'topic',
    title: words.topic,
    width: 'minmax(130px, 1fr)',
    cell: ({ topic }) => <span className="t-code">{topic}</span>,
  },
  { key: 'reason', title: words.reason, width: 'minmax(110px, 1.4fr)', cell: ({ reason }) => reason },
  { key: 'attempts', title: words.attempts, width: '52px', align: 'end', cell: ({ attempts }) => attempts },
  {
    key: 'drop',
    title: words.state,
    width: '100px',
    cell: ({ drop_asked_by }) => drop_asked_by && <span className="t-late">{words.toApprove}</span>,
  },
  {
    key: 'since',
    title: all.waited,
    width: '76px',
    align: 'end',
    cell: ({ parked_at }) => <span className="t-strong">{elapsed(parked_at)}</span>,
  },
];

/** The events that the nine services could not handle: one person runs one again, two drop it. */
export function DeadLetters() {
  const [search, go] = useOversightSearch();
  const state = STATES.find((each) => each === search.state) ?? 'DEAD';
  const counts = useLetterCounts();
  const letters = useLetters(state, search.service ? [search.service] : SERVICES);
  const chosen = letters.rows.find(({ event_id }) => event_id === search.id);
  const total = (of: (data: Schemas['DeadLetterCounts']) => number) =>
    counts.answers.reduce((sum, { data }) => sum + of(data), 0);
  const asked = total((data) => data.drops_asked);
  return (
    <Workspace
      title={all.title}
      figures={[{ name: words.asked, value: fmt.count(asked), hot: asked > 0 }]}
      tabs={<OversightPages />}
      side={
        chosen && <LetterDetail key={chosen.event_id} letter={chosen} onClose={() => go({ id: undefined })} />
      }
    >
      <div className="filters">
        <Choice
          label={all.state}
          options={STATES.map(
            (each) =>
              [
                each,
                named(
                  all.states[each],
                  total((data) => data.counts[each] ?? 0),
                ),
              ] as const,
          )}
          value={state}
          onChange={(next) => go({ state: next, id: undefined })}
        />
        <Choice
          label={words.service}
          all={lists.allServices}
          options={SERVICES.map((service) => [service, lists.services[service]] as const)}
          value={search.service}
          onChange={(service) => go({ service, id: undefined })}
        />
      </div>
      {letters.answers.length > 0 && <Partial failed={letters.failed} />}
      {letters.error && !letters.answers.length ? (
        <Failure error={letters.error} retry={letters.refetch} />
      ) : (
        <DataTable
          label={words.label}
          columns={COLUMNS}
          rows={letters.rows}
          keyOf={({ event_id }) => event_id}
          nameOf={({ topic, service }) => words.rowName(topic, lists.services[service])}
          selected={search.id}
          onSelect={({ event_id }) => go({ id: event_id })}
          loading={letters.isPending}
          empty={
            <Nothing failed={letters.failed} title={words.empty}>
              {state === 'DEAD' && !search.service ? words.emptyText : undefined}
            </Nothing>
          }
        />
      )}
    </Workspace>
  );
}
