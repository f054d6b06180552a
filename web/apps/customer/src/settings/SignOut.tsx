import { Button, Sheet } from '@chonso/ui';
import { useMutation } from '@tanstack/react-query';
import { Refused } from '../shell/Failure.tsx';
import { useSignOut } from '../shell/session.ts';
import { useShellWords } from '../shell/words.ts';
import { useSettingsWords } from './words.ts';

/** The question before signing out, with what is lost by it. */
export function SignOut({ onClose }: { onClose: () => void }) {
  const t = useSettingsWords();
  const shell = useShellWords();
  const leave = useMutation({ mutationFn: useSignOut() });
  return (
    <Sheet title={t.signOutAsk} close={shell.close} onClose={onClose}>
      <p>{t.signOutText}</p>
      <Refused error={leave.error} />
      <Button kind="refuse" large busy={leave.isPending} onClick={() => leave.mutate()}>
        {t.signOut}
      </Button>
      <Button kind="text" onClick={onClose}>
        {t.stay}
      </Button>
    </Sheet>
  );
}
