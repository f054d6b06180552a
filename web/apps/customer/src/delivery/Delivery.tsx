import { useDraft } from '@chonso/app';
import { Button, Choices, Skeleton, State, toast } from '@chonso/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Package } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useHold } from '../hold/holds.ts';
import { LockEnded } from '../hold/LockEnded.tsx';
import { go, useAddress, useParams } from '../router.tsx';
import { Failure, Refused } from '../shell/Failure.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import { useFaults } from '../shell/problems.ts';
import { journeyKey } from '../slip/journey.ts';
import { Doorstep } from './Doorstep.tsx';
import { choose, type Kind, readBeginning, type Wish } from './deliveries.ts';
import { Stores } from './Stores.tsx';
import { useDeliveryWords } from './words.ts';

/** The choice between a parcel to the door and a walk to a store (F3.7 to F3.10). */
export function DeliveryChoice() {
  const t = useDeliveryWords();
  const { holdId = '' } = useParams();
  const me = useSignedIn();
  const hold = useHold(holdId);
  const beginning = useQuery({
    queryKey: ['delivery', holdId],
    queryFn: () => readBeginning(holdId),
    enabled: !!me,
    staleTime: 0,
  });
  const error = (hold.data ? null : hold.error) ?? (beginning.data ? null : beginning.error);
  if (error || !hold.data || !beginning.data)
    return (
      <Page title={t.title} up={`/holds/${holdId}`} busy={!error}>
        {error ? (
          <Failure error={error} retry={() => void Promise.all([hold.refetch(), beginning.refetch()])} />
        ) : (
          <>
            <Skeleton height={110} />
            <Skeleton height={380} />
          </>
        )}
      </Page>
    );
  if (hold.data.sim === 'ESIM') return <NotNeeded holdId={holdId} />;
  if (hold.data.status === 'RELEASED' || hold.data.status === 'EXPIRED')
    return <LockEnded slip={hold.data} />;
  return <Choosing holdId={holdId} beginning={beginning.data} />;
}

function NotNeeded({ holdId }: { holdId: string }) {
  const t = useDeliveryWords();
  return (
    <Page
      title={t.title}
      up={`/holds/${holdId}`}
      action={
        <Button kind="primary" large onClick={() => go(`/holds/${holdId}`, true)}>
          {t.toSlip}
        </Button>
      }
    >
      <State icon={<Package size={32} aria-hidden="true" />} title={t.notNeeded}>
        {t.notNeededText}
      </State>
    </Page>
  );
}

type Missing = { kind?: string; store?: string };

function Choosing({ holdId, beginning }: { holdId: string; beginning: Wish }) {
  const t = useDeliveryWords();
  const client = useQueryClient();
  const faultsOf = useFaults();
  const form = useRef<HTMLFormElement>(null);
  const ordered = useAddress().searchParams.get('order');
  const [missing, setMissing] = useState<Missing>({});
  const [wish, change, forget] = useDraft<Wish>(`delivery:${holdId}`, beginning);
  const choosing = useMutation({
    mutationFn: () => choose(holdId, wish),
    onSuccess: () => {
      forget();
      for (const queryKey of [['offer', holdId], ['delivery', holdId], journeyKey(holdId)])
        void client.invalidateQueries({ queryKey });
      toast(t.saved);
      go(ordered ? `/orders/${ordered}` : `/holds/${holdId}/pay`, true);
    },
    onError: () =>
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps: Missing = {
      ...(!wish.kind && { kind: t.pickOne }),
      ...(wish.kind === 'STORE' && !wish.store_code && { store: t.pickStore }),
    };
    setMissing(gaps);
    if (!gaps.kind && !gaps.store && !choosing.isPending) choosing.mutate();
  };
  return (
    <Page
      title={t.title}
      up={ordered ? `/orders/${ordered}` : `/holds/${holdId}`}
      lead={t.lead}
      action={
        <Button kind="primary" large type="submit" form="delivery" busy={choosing.isPending}>
          {ordered ? t.save : t.next}
        </Button>
      }
    >
      <form id="delivery" ref={form} className="stack" noValidate onSubmit={submit}>
        <Choices<Kind>
          legend={t.how}
          name="kind"
          value={wish.kind || undefined}
          onChange={(kind) => change({ kind })}
          options={[
            { value: 'HOME', title: t.home, text: t.homeText },
            { value: 'STORE', title: t.store, text: t.storeText },
          ]}
        />
        <p className="field-error" role="alert">
          {!wish.kind && missing.kind}
        </p>
        {wish.kind === 'HOME' && <Doorstep wish={wish} change={change} faults={faultsOf(choosing.error)} />}
        {wish.kind === 'STORE' && (
          <Stores wish={wish} change={change} error={wish.store_code ? undefined : missing.store} />
        )}
        <Refused error={choosing.error} />
      </form>
    </Page>
  );
}
