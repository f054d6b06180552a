import './wall.css';
import { fmt } from '@chonso/i18n';
import { Skeleton, State } from '@chonso/ui';
import { Headset, PhoneIncoming, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Failure, Stale } from '../../../shell/Failure.tsx';
import { useNames } from '../../../shell/names.ts';
import { useNumbers } from '../../../shell/numbers.ts';
import { Workspace } from '../../../shell/Workspace.tsx';
import { secondsSince, useNow } from '../clock.ts';
import { AgentSide } from './AgentSide.tsx';
import { CallSide } from './CallSide.tsx';
import { TeamTile } from './TeamTile.tsx';
import { type AgentLine, type CallLine, useWall } from './wall.ts';
import { words } from './words.ts';

const UNANSWERED = 3;
/** More teams than this stand in rows, one below the other. */
const MANY = 4;

/** The supervisors' wall: teams, who is at the desks, who waits, and the calls with their recording light. */
export function Wall() {
  const reading = useWall();
  const { data } = reading;
  const [chosen, choose] = useState<string>();
  const calls = [...(data?.waiting ?? []), ...(data?.in_call ?? [])];
  const agents = data?.agents ?? [];
  const names = useNames([
    ...agents.map(({ agent_id }) => agent_id),
    ...calls.map(({ agent_id }) => agent_id),
  ]);
  const numbers = useNumbers(calls);
  const numberOf = (call: CallLine) => numbers.get(call.hold_id)?.display ?? words.customer;
  const nameOf = (id: string | null) => names(id) || words.colleague;
  const call = calls.find(({ call_id }) => call_id === chosen);
  const agent = agents.find(({ agent_id }) => agent_id === chosen);
  const close = () => choose(undefined);
  const side = call ? (
    <CallSide
      key={call.call_id}
      call={call}
      name={numberOf(call)}
      teams={data?.teams.map(({ team }) => team) ?? []}
      onClose={close}
    />
  ) : (
    agent && <AgentSide key={agent.agent_id} agent={agent} name={nameOf(agent.agent_id)} onClose={close} />
  );
  if (reading.error && !data)
    return (
      <Workspace title={words.title}>
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      </Workspace>
    );
  return (
    <Workspace title={words.title} count={data?.waiting.length ?? 0} side={side}>
      <div className="w-page">
        <Stale reading={reading} />
        <section
          className="w-teams"
          aria-label={words.title}
          data-many={(data?.teams.length ?? 0) > MANY || undefined}
        >
          {!data && [1, 2, 3].map((n) => <Skeleton key={n} height={220} />)}
          {data?.teams.map((line) => (
            <TeamTile key={line.team} line={line} within={data.answered_within_seconds} />
          ))}
        </section>
        {data && (
          <div className="w-lists">
            <List
              title={words.waiting}
              count={data.waiting.length}
              empty={[<PhoneIncoming key="icon" size={26} aria-hidden="true" />, words.noWaiting]}
            >
              {data.waiting.map((each) => (
                <CallRow
                  key={each.call_id}
                  call={each}
                  name={numberOf(each)}
                  chosen={chosen}
                  onChoose={choose}
                />
              ))}
            </List>
            <List
              title={words.calls}
              count={data.in_call.length}
              empty={[<Headset key="icon" size={26} aria-hidden="true" />, words.noCalls]}
            >
              {data.in_call.map((each) => (
                <CallRow
                  key={each.call_id}
                  call={each}
                  name={numberOf(each)}
                  by={nameOf(each.agent_id)}
                  chosen={chosen}
                  onChoose={choose}
                />
              ))}
            </List>
            <List
              title={words.agents}
              count={agents.length}
              empty={[<Users key="icon" size={26} aria-hidden="true" />, words.noAgents]}
            >
              {agents.map((each) => (
                <AgentRow
                  key={each.agent_id}
                  agent={each}
                  name={nameOf(each.agent_id)}
                  chosen={chosen}
                  onChoose={choose}
                />
              ))}
            </List>
          </div>
        )}
      </div>
    </Workspace>
  );
}

type ListProps = { title: string; count: number; empty: readonly [ReactNode, string]; children: ReactNode };

function List({ title, count, empty: [icon, text], children }: ListProps) {
  return (
    <section className="w-list">
      <h2>
        {title} <b>{count ? fmt.count(count) : ''}</b>
      </h2>
      {count ? <ul>{children}</ul> : <State icon={icon} title={text} />}
    </section>
  );
}

type Choosing = { name: string; chosen: string | undefined; onChoose: (id: string) => void };

function CallRow({ call, name, by, chosen, onChoose }: Choosing & { call: CallLine; by?: string }) {
  const now = useNow();
  const light = call.status === 'DROPPED' ? words.dropped : words.recording[call.recording];
  return (
    <li>
      <button type="button" aria-pressed={chosen === call.call_id} onClick={() => onChoose(call.call_id)}>
        <span>
          <b>{name}</b>
          <small>{[words.team(call.team, call.region), by].filter(Boolean).join(', ')}</small>
        </span>
        {by ? (
          <span className="w-light" data-recording={call.recording}>
            {light}
          </span>
        ) : (
          call.missed_offers >= UNANSWERED && (
            <span className="w-hot">{words.unanswered(call.missed_offers)}</span>
          )
        )}
        <time>{fmt.clock(secondsSince(call.started_at ?? call.queued_at, now))}</time>
      </button>
    </li>
  );
}

function AgentRow({ agent, name, chosen, onChoose }: Choosing & { agent: AgentLine }) {
  const now = useNow();
  const why = agent.reason_code ? words.breaks[agent.reason_code] : '';
  const next = agent.next_state ? words.afterwards(words.states[agent.next_state]) : '';
  return (
    <li>
      <button type="button" aria-pressed={chosen === agent.agent_id} onClick={() => onChoose(agent.agent_id)}>
        <span>
          <b>{name}</b>
          <small>{agent.teams.join(', ') || words.everyTeam}</small>
        </span>
        <span className="w-state" data-state-of={agent.state}>
          {[words.states[agent.state], why, next].filter(Boolean).join(', ')}
        </span>
        <time>{fmt.clock(secondsSince(agent.since, now))}</time>
      </button>
    </li>
  );
}
