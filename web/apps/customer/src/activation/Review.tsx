import { api, send } from '@chonso/api';
import { Button } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { patiently } from '../patiently.ts';
import { go } from '../router.tsx';
import { activationKey, stepAddress } from './journey.ts';
import { useOutcomeWords } from './outcome.words.ts';
import { atStep, StepPage } from './StepPage.tsx';
import { Trouble } from './Trouble.tsx';

/** Send the signed dossier (F5a.10, F5b.9). */
export const Review = atStep('review', ({ journey }) => {
  const t = useOutcomeWords();
  const client = useQueryClient();
  const { holdId, slip } = journey;
  const sending = useMutation({
    mutationFn: () =>
      patiently(() =>
        send(
          api.POST('/api/activation/v1/activations/{hold_id}/submit', {
            params: { path: { hold_id: holdId } },
          }),
        ),
      ),
    onSuccess: (after) => {
      client.setQueryData(activationKey(holdId), after);
      go(stepAddress(holdId, 'outcome'), true);
    },
  });
  const rows = [
    [t.number, slip.display],
    [t.sim, slip.sim === 'ESIM' ? t.esim : t.physical],
    [t.identity, t.identityDone],
    [t.call, t.callDone],
    [t.contract, t.contractDone],
  ];
  return (
    <StepPage
      step="review"
      journey={journey}
      lead={t.reviewLead}
      action={
        <Button kind="primary" large busy={sending.isPending} onClick={() => sending.mutate()}>
          {t.send}
        </Button>
      }
    >
      <dl className="list facts-list">
        {rows.map(([name, value]) => (
          <div key={name} className="row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Trouble error={sending.error} />
    </StepPage>
  );
});
