import { Button, Sheet } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { go } from '../router.tsx';
import { Refused } from '../shell/Failure.tsx';
import { useShellWords } from '../shell/words.ts';
import { giveUp } from './holds.ts';
import { useHoldWords } from './words.ts';

/** The way to return a number, with its consequence said first (F3.14 TH2). */
export function GiveUp({ holdId }: { holdId: string }) {
  const t = useHoldWords();
  const shell = useShellWords();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const giving = useMutation({
    mutationFn: () => giveUp(client, holdId),
    onSuccess: () => go('/', true),
  });
  return (
    <>
      <Button kind="text" className="is-refuse" onClick={() => setAsking(true)}>
        {t.giveUp}
      </Button>
      {asking && (
        <Sheet title={t.giveUpAsk} close={shell.close} onClose={() => setAsking(false)}>
          <p>{t.giveUpText}</p>
          <Refused error={giving.error} />
          <Button kind="refuse" large busy={giving.isPending} onClick={() => giving.mutate()}>
            {t.giveUp}
          </Button>
          <Button kind="text" onClick={() => setAsking(false)}>
            {t.keep}
          </Button>
        </Sheet>
      )}
    </>
  );
}
