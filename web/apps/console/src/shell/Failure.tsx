import { ApiError } from '@chonso/api';
import { fmt } from '@chonso/i18n';
import { Button, Note, State } from '@chonso/ui';
import { CircleAlert, CloudOff, Lock } from 'lucide-react';
import { problemText } from './problems.ts';
import { words } from './words.ts';

/** A page or list that could not be read: why, and the way to try again; what is not for this role says so. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error instanceof ApiError && error.status === 403) return <Forbidden />;
  return (
    <State
      icon={<CloudOff size={30} aria-hidden="true" />}
      title={problemText(error)}
      action={
        retry && (
          <Button kind="quiet" onClick={retry}>
            {words.retry}
          </Button>
        )
      }
    />
  );
}

/** A place that is not for the roles or regions of this person. */
export function Forbidden() {
  return (
    <State icon={<Lock size={30} aria-hidden="true" />} title={words.forbidden}>
      {words.forbiddenText}
    </State>
  );
}

/** A request that was refused, said where the person pressed; nothing typed is lost. */
export function Refused({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <div role="alert">
      <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
        {problemText(error)}
      </Note>
    </div>
  );
}

type Reading = { isError: boolean; dataUpdatedAt: number };

/** A thing that could not be read anew: what is shown is from then. */
export function Stale({ reading }: { reading: Reading }) {
  if (!reading.isError || !reading.dataUpdatedAt) return null;
  return (
    <Note kind="warn" live icon={<CloudOff size={18} aria-hidden="true" />}>
      {words.stale(fmt.hour(new Date(reading.dataUpdatedAt)))}
    </Note>
  );
}
