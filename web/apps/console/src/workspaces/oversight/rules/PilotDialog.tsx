import { Button, Choices, toast } from '@chonso/ui';
import { useState } from 'react';
import { Dialog } from '../../../shell/Dialog.tsx';
import { Refused } from '../../../shell/Failure.tsx';
import { type Pilot, useSwitchPilot } from './rules.ts';
import { words } from './words.ts';

const [ON, STORE] = ['on', 'store'];

/** Who answers the customers of a region: its own team, another's, or a store (G40). */
export function PilotDialog({
  pilot,
  teams,
  onClose,
}: {
  pilot: Pilot;
  teams: string[];
  onClose: () => void;
}) {
  const [way, setWay] = useState(pilot.offered ? ON : (pilot.substitute ?? STORE));
  const switching = useSwitchPilot();
  const options = [
    { value: ON, title: words.ways.on },
    { value: STORE, title: words.ways.store },
    ...teams.map((team) => ({ value: team, title: words.ways.team(team) })),
  ];
  return (
    <Dialog title={words.changeRegion(pilot.region)} onClose={onClose}>
      <form
        className="dlg-form"
        onSubmit={(event) => {
          event.preventDefault();
          const substitute = way === ON || way === STORE ? null : way;
          switching.mutate(
            { region: pilot.region, offered: way === ON, substitute },
            {
              onSuccess: () => {
                toast(words.saved);
                onClose();
              },
            },
          );
        }}
      >
        <p className="lead">{words.keptPromises}</p>
        <Choices legend={words.pilot} name="way" value={way} onChange={setWay} options={options} />
        <Refused error={switching.error} />
        <footer>
          <Button kind="primary" type="submit" busy={switching.isPending}>
            {words.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
