import { fmt } from '@chonso/i18n';
import { Button, Note, State } from '@chonso/ui';
import { CircleAlert, CloudOff } from 'lucide-react';
import { useProblemText } from './problems.ts';
import { useShellWords } from './words.ts';

type Props = { error: unknown; retry?: () => void };

/** A page or list that could not be read: why, and the way to try again. */
export function Failure({ error, retry }: Props) {
  const t = useShellWords();
  const text = useProblemText();
  return (
    <State
      icon={<CloudOff size={32} aria-hidden="true" />}
      title={text(error)}
      action={
        retry && (
          <Button kind="quiet" onClick={retry}>
            {t.retry}
          </Button>
        )
      }
    />
  );
}

/** A request that was refused, said where the person pressed; nothing typed is lost. */
export function Refused({ error }: { error: unknown }) {
  const text = useProblemText();
  if (!error) return null;
  return (
    <div role="alert">
      <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
        {text(error)}
      </Note>
    </div>
  );
}

type Reading = { isError: boolean; dataUpdatedAt: number };

/** A list that could not be read anew: what is shown is from then. */
export function Stale({ reading }: { reading: Reading }) {
  const t = useShellWords();
  if (!reading.isError || !reading.dataUpdatedAt) return null;
  return (
    <Note kind="warn" live icon={<CloudOff size={18} aria-hidden="true" />}>
      {t.stale(fmt.time(new Date(reading.dataUpdatedAt)))}
    </Note>
  );
}
