import '../oversight.css';
import { Button, Skeleton } from '@chonso/ui';
import { useState } from 'react';
import type { Region } from '../../../record/regions.ts';
import { Failure, Refused, Stale } from '../../../shell/Failure.tsx';
import { Workspace } from '../../../shell/Workspace.tsx';
import { useOfficeHours } from '../hours/hours.ts';
import { OversightPages } from '../OversightPages.tsx';
import { words as oversight } from '../words.ts';
import { PilotDialog } from './PilotDialog.tsx';
import { RuleDialog } from './RuleDialog.tsx';
import {
  type Pilot,
  type Rule,
  useDropRule,
  useMayChange,
  usePilots,
  useRules,
  useSetRule,
} from './rules.ts';
import { words } from './words.ts';

export type Team = { team: string; region: Region };
const HEIGHT = 240;

/** Where customers call by video, and where calls overflow to (G40, SD.4). */
export function CallRules() {
  const calendars = useOfficeHours().data?.items ?? [];
  const teams = calendars.flatMap(({ team, region }) => (team && region ? [{ team, region }] : []));
  return (
    <Workspace title={oversight.title} tabs={<OversightPages />}>
      <div className="v-page">
        <div className="v-cols">
          <Regions teams={teams} />
          <Overflow teams={teams} />
        </div>
      </div>
    </Workspace>
  );
}

function Regions({ teams }: { teams: readonly Team[] }) {
  const reading = usePilots();
  const { pilot: mayChange } = useMayChange();
  const [changing, setChanging] = useState<Pilot>();
  return (
    <section className="v-card">
      <h2>{words.pilot}</h2>
      <p>{words.pilotLead}</p>
      <Stale reading={reading} />
      {reading.error && !reading.data && (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      )}
      {reading.isPending && <Skeleton height={HEIGHT} />}
      <dl className="v-rows">
        {reading.data?.items.map((pilot) => (
          <div key={pilot.region}>
            <dt>{words.region(pilot.region)}</dt>
            <dd className={pilot.offered ? undefined : 'is-off'}>
              {pilot.offered ? words.on : words.off(pilot.substitute)}
              {mayChange && (
                <Button kind="text" onClick={() => setChanging(pilot)}>
                  {words.change}
                </Button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {changing && (
        <PilotDialog
          pilot={changing}
          teams={teams.filter(({ region }) => region !== changing.region).map(({ team }) => team)}
          onClose={() => setChanging(undefined)}
        />
      )}
    </section>
  );
}

function Overflow({ teams }: { teams: readonly Team[] }) {
  const reading = useRules();
  const { rules: mayChange } = useMayChange();
  const [adding, setAdding] = useState(false);
  const [setting, dropping] = [useSetRule(), useDropRule()];
  return (
    <section className="v-card">
      <h2>{words.overflow}</h2>
      <p>{words.overflowLead}</p>
      <Stale reading={reading} />
      {reading.error && !reading.data && (
        <Failure error={reading.error} retry={() => void reading.refetch()} />
      )}
      {reading.isPending && <Skeleton height={HEIGHT} />}
      {reading.data && !reading.data.items.length && <p>{words.none}</p>}
      <Refused error={setting.error ?? dropping.error} />
      <ul className="v-rules">
        {reading.data?.items.map((rule) => (
          <RuleLine
            key={rule.rule_id}
            rule={rule}
            mayChange={mayChange}
            onSwitch={() =>
              setting.mutate({ rule_id: rule.rule_id, after_seconds: rule.after_seconds, open: !rule.open })
            }
            onDrop={() => dropping.mutate(rule)}
          />
        ))}
      </ul>
      {mayChange && teams.length > 0 && (
        <Button kind="primary" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      )}
      {adding && <RuleDialog teams={teams} onClose={() => setAdding(false)} />}
    </section>
  );
}

type LineProps = { rule: Rule; mayChange: boolean; onSwitch: () => void; onDrop: () => void };

function RuleLine({ rule, mayChange, onSwitch, onDrop }: LineProps) {
  return (
    <li data-open={rule.open || undefined}>
      <span>
        <b>{words.from(rule.from_team)}</b>{' '}
        {`${words.after(words.minutes(rule.after_seconds))} → ${words.to(rule.to_region, rule.to_team)}`}
        <small>{rule.open ? words.open : words.closed}</small>
      </span>
      {mayChange && (
        <>
          <Button kind="text" onClick={onSwitch}>
            {rule.open ? words.closeRule : words.openRule}
          </Button>
          {!rule.open && (
            <Button kind="text" onClick={onDrop}>
              {words.drop}
            </Button>
          )}
        </>
      )}
    </li>
  );
}
