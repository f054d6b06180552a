import { fmt } from '@chonso/i18n';
import { Button } from '@chonso/ui';
import { Side } from '../../../lists/Side.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { type AgentLine, type Forced, useForceState } from './wall.ts';
import { words } from './words.ts';

const WAYS: readonly (readonly [Forced, string])[] = [
  [{ state: 'AVAILABLE' }, words.makeAvailable],
  [{ state: 'BREAK', reason_code: 'MEETING' }, words.makeBreak],
  [{ state: 'OFFLINE' }, words.makeOffline],
];

/** An agent on the wall, who is put into another state. */
export function AgentSide({ agent, name, onClose }: { agent: AgentLine; name: string; onClose: () => void }) {
  const force = useForceState(agent.agent_id);
  return (
    <Side title={name} lead={`${words.states[agent.state]}, ${fmt.hour(agent.since)}`} onClose={onClose}>
      <h2 className="v-h">{words.force}</h2>
      <p className="lead">{words.forceLead}</p>
      <Refused error={force.error} />
      {WAYS.map(([forced, way]) => (
        <Button
          key={forced.state}
          disabled={agent.state === forced.state}
          busy={force.isPending && force.variables?.state === forced.state}
          onClick={() => force.mutate(forced)}
        >
          {way}
        </Button>
      ))}
    </Side>
  );
}
