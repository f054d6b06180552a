import { Button, Field, Labelled, toast } from '@chonso/ui';
import { useState } from 'react';
import { REGIONS, type Region } from '../../../record/regions.ts';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import type { Team } from './CallRules.tsx';
import { useAddRule } from './rules.ts';
import { words } from './words.ts';

const USUAL_SECONDS = 300;
const LONGEST_SECONDS = 3600;

/** A new rule of overflow. */
export function RuleDialog({ teams, onClose }: { teams: readonly Team[]; onClose: () => void }) {
  const [from, setFrom] = useState(teams[0]?.team ?? '');
  const [to, setTo] = useState<string>(teams[0]?.region ?? 'KV1');
  const [after, setAfter] = useState(String(USUAL_SECONDS));
  const adding = useAddRule();
  return (
    <Dialog title={words.add} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          const [region, team] = to.split(':') as [Region, string | undefined];
          adding.mutate(
            { from_team: from, to_region: region, to_team: team ?? null, after_seconds: Number(after) },
            {
              onSuccess: () => {
                toast(words.saved);
                onClose();
              },
            },
          );
        }}
      >
        <Labelled label={words.fromField}>
          {(wiring) => (
            <select {...wiring} value={from} onChange={(event) => setFrom(event.target.value)}>
              {teams.map(({ team }) => (
                <option key={team} value={team}>
                  {words.team(team)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={words.toField}>
          {(wiring) => (
            <select {...wiring} value={to} onChange={(event) => setTo(event.target.value)}>
              {REGIONS.map((region) => (
                <option key={region} value={region}>
                  {words.agentsOf(region)}
                </option>
              ))}
              {teams
                .filter(({ team }) => team !== from)
                .map(({ team, region }) => (
                  <option key={team} value={`${region}:${team}`}>
                    {words.team(team)}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
        <Field
          label={words.afterField}
          type="number"
          min={0}
          max={LONGEST_SECONDS}
          required
          value={after}
          onChange={(event) => setAfter(event.target.value)}
        />
        <Refused error={adding.error} />
        <footer>
          <Button kind="primary" type="submit" busy={adding.isPending}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
