import { isProblem } from '@chonso/api';
import { Button, Note, State } from '@chonso/ui';
import { CircleAlert, CloudOff } from 'lucide-react';
import { useShellWords } from '../shell/words.ts';
import { InstallApp } from './InstallApp.tsx';
import { useTroubleText } from './problems.ts';

/** A step that was refused, said where the person pressed; a wrong client is told how to install the app. */
export function Trouble({ error }: { error: unknown }) {
  const text = useTroubleText();
  if (!error) return null;
  if (isProblem(error, 'activation-channel')) return <InstallApp />;
  return (
    <div role="alert">
      <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
        {text(error)}
      </Note>
    </div>
  );
}

/** A screen of the activation that could not be read: why, and the way to try again. */
export function Unreadable({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useShellWords();
  const text = useTroubleText();
  if (isProblem(error, 'activation-channel')) return <InstallApp />;
  return (
    <State
      icon={<CloudOff size={32} aria-hidden="true" />}
      title={text(error)}
      action={
        <Button kind="quiet" onClick={retry}>
          {t.retry}
        </Button>
      }
    />
  );
}
