import { Button, Choices, Sheet } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Trouble } from '../activation/Trouble.tsx';
import { useShellWords } from '../shell/words.ts';
import { FAULTS, type Fault, sayScanned } from './esim.ts';
import { useEsimWords } from './words.ts';

/** What happened at the scan: the help differs by reason (F5b.17, G29). */
export function ScanFailed({ holdId, onClose }: { holdId: string; onClose: () => void }) {
  const t = useEsimWords();
  const shell = useShellWords();
  const client = useQueryClient();
  const [fault, setFault] = useState<Fault>();
  const saying = useMutation({
    mutationFn: () => sayScanned(client, holdId, fault ?? 'UNKNOWN'),
    onSuccess: () => {
      onClose();
      scrollTo({ top: 0 });
    },
  });
  return (
    <Sheet title={t.failed} close={shell.close} onClose={onClose}>
      <Choices<Fault>
        legend={t.why}
        name="fault"
        value={fault}
        onChange={setFault}
        options={FAULTS.map((value) => ({ value, title: t.faults[value] }))}
      />
      <Trouble error={saying.error} />
      <Button kind="primary" large disabled={!fault} busy={saying.isPending} onClick={() => saying.mutate()}>
        {t.send}
      </Button>
    </Sheet>
  );
}
