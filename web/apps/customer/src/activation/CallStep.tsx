import { isProblem } from '@chonso/api';
import { Button, Skeleton } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { CallScreen } from '../call/CallScreen.tsx';
import { ConsentSheet } from '../call/Consent.tsx';
import { DeviceButton } from '../call/DeviceButton.tsx';
import { DeviceCheck } from '../call/DeviceCheck.tsx';
import { useCallDevices } from '../call/devices.ts';
import { InQueue } from '../call/InQueue.tsx';
import { useCallLine } from '../call/use_call_line.ts';
import { go } from '../router.tsx';
import { Appointments, Booked } from './Appointments.tsx';
import { AtStore } from './AtStore.tsx';
import { CallEnded, Closed, OutsidePilot, Prelude, Queued } from './CallStates.tsx';
import { useCallWords } from './call.words.ts';
import {
  type Call,
  type GivenConsent,
  heedCall,
  leaveCall,
  opensAt,
  placeCall,
  returnToCall,
  sendsBack,
  usable,
  useAppointment,
  useCall,
  useIsOutsidePilot,
} from './calls.ts';
import { stepAddress } from './journey.ts';
import { atStep, StepPage, type StepProps } from './StepPage.tsx';
import { allows, stepAfter } from './steps.ts';
import { Trouble, Unreadable } from './Trouble.tsx';

/** The video call: the devices, waiting for it, being in it, and what came of it (F5a.8, F5b.7). */
export const CallStep = atStep('call', (props) => {
  const call = useCall(props.journey.holdId);
  const client = useQueryClient();
  const status = call.data?.status;
  useEffect(() => {
    if (status) void heedCall(client, props.journey.holdId);
  }, [status, client, props.journey.holdId]);
  useKycToHear(call.data, props.journey);
  const booked = useAppointment(props.journey.holdId);
  if (call.data !== undefined && !booked.isPending)
    return <Calling {...props} call={usable(call.data, props.journey)} />;
  return (
    <StepPage step="call" journey={props.journey}>
      {call.isError ? (
        <Unreadable error={call.error} retry={() => void call.refetch()} />
      ) : (
        <Skeleton height={320} />
      )}
    </StepPage>
  );
});

const HEARS_MS = 1_000;

/** Ask how the check stands, after a call that sends back to it, until kyc has heard of that call. */
function useKycToHear(call: Call | null | undefined, journey: StepProps['journey']): void {
  const client = useQueryClient();
  const isDue = sendsBack(usable(call ?? null, journey)) && !allows('info', journey);
  useEffect(() => {
    if (!isDue) return;
    const timer = setInterval(() => void heedCall(client, journey.holdId), HEARS_MS);
    return () => clearInterval(timer);
  }, [isDue, client, journey.holdId]);
}

/** The ways a call ends after which another one may be placed. */
const AGAIN = ['RETRY_NEEDED', 'ABANDONED', 'REVOKED'];

/** What was pressed; a call that begins anew is asked for again with the consent to it. */
type Act = { work: (consent?: GivenConsent) => Promise<Call>; consent?: GivenConsent };

function Calling({ journey, call }: StepProps & { call: Call | null }) {
  const t = useCallWords();
  const client = useQueryClient();
  const { holdId } = journey;
  const [booking, setBooking] = useState(false);
  const appointment = useAppointment(holdId).data ?? null;
  const act = useMutation({ mutationFn: ({ work, consent }: Act) => work(consent) });
  const run = (work: Act['work']) => act.mutate({ work });
  const placing = () => run((consent) => placeCall(client, holdId, consent));
  const status = call?.status;
  const isClosed = isProblem(act.error, 'out-of-hours') || (!!call?.opens_at && status === 'RETRY_NEEDED');
  const isOutside = useIsOutsidePilot(holdId, act.error) && (!call || AGAIN.includes(call.status));
  const isStale = isProblem(act.error, 'check-too-old');
  const asksConsent = isProblem(act.error, 'consent-needed') || (act.isPending && !!act.variables.consent);
  const atStore =
    isProblem(act.error, 'only-at-store') || isOutside || (status === 'REJECTED' && call?.repeat === 'STORE');
  const mayCall = !atStore && !isStale && (!call || AGAIN.includes(call.status) || call.repeat === 'CALL');
  const isWaiting = status === 'QUEUED' || status === 'OFFERED';
  const isTalking = status === 'CONNECTING' || status === 'IN_CALL';
  const devices = useCallDevices((mayCall && !isClosed) || isWaiting || isTalking);
  const line = useCallLine(call, devices);
  const next = stepAfter('call', journey.slip.sim);
  const leave = () => run(() => leaveCall(client, call!));
  const later = (
    <Button kind="text" onClick={() => setBooking(true)}>
      {appointment ? t.bookOther : t.book}
    </Button>
  );
  const action = () => {
    if (status === 'APPROVED')
      return (
        <Button kind="primary" large onClick={() => go(stepAddress(holdId, next))}>
          {next === 'serial' ? t.toSerial : t.toSign}
        </Button>
      );
    if (isWaiting)
      return (
        <>
          <Button kind="refuse" large busy={act.isPending} onClick={leave}>
            {t.leave}
          </Button>
          {later}
        </>
      );
    if (status === 'DROPPED')
      return (
        <Button
          kind="primary"
          large
          busy={act.isPending}
          onClick={() => run((consent) => returnToCall(client, call!, consent))}
        >
          {t.comeBack}
        </Button>
      );
    if (call && sendsBack(call))
      return (
        // Until kyc has heard of the refusal, the way there would lead back to here.
        <Button
          kind="primary"
          large
          disabled={!allows('info', journey)}
          onClick={() => go(stepAddress(holdId, call.repeat === 'EDIT' ? 'info' : undefined))}
        >
          {t.mend[call.repeat]}
        </Button>
      );
    if (isStale)
      return (
        <Button kind="primary" large onClick={() => go(stepAddress(holdId, 'portrait'))}>
          {t.portrait}
        </Button>
      );
    if (!mayCall) return null;
    if (!isClosed && devices.status !== 'live')
      return (
        <>
          <DeviceButton devices={devices} />
          {later}
        </>
      );
    const words = [call ? t.callAgain : t.call, appointment ? t.bookOther : t.book];
    const ways = [placing, () => setBooking(true)];
    const [first, second] = isClosed ? [1, 0] : [0, 1];
    return (
      <>
        <Button kind="primary" large busy={act.isPending} onClick={ways[first]}>
          {words[first]}
        </Button>
        <Button kind="text" onClick={ways[second]}>
          {words[second]}
        </Button>
      </>
    );
  };
  if (isTalking)
    return <CallScreen call={call!} line={line} devices={devices} leaving={act.isPending} onLeave={leave} />;
  return (
    <StepPage step="call" journey={journey} lead={call ? undefined : t.lead} action={action()}>
      {isClosed && <Closed holdId={holdId} opens={call?.opens_at ?? opensAt(act.error)} />}
      {isWaiting && <Queued call={call!} />}
      {isWaiting && <InQueue devices={devices} ringing={status === 'OFFERED'} />}
      {call && !isWaiting && !isClosed && <CallEnded call={call} />}
      {appointment && status !== 'APPROVED' && <Booked appointment={appointment} />}
      {isOutside && <OutsidePilot />}
      {atStore && <AtStore slip={journey.slip} />}
      {mayCall && !isClosed && <DeviceCheck devices={devices} holdId={holdId} />}
      {mayCall && <Prelude holdId={holdId} closed={isClosed} />}
      {!isClosed && !isOutside && !asksConsent && <Trouble error={act.error} />}
      {asksConsent && (
        <ConsentSheet
          busy={act.isPending}
          onAgree={(consent) => act.mutate({ work: act.variables!.work, consent })}
          onClose={act.reset}
        />
      )}
      {booking && (
        <Appointments holdId={holdId} waiting={isWaiting ? call : null} onClose={() => setBooking(false)} />
      )}
    </StepPage>
  );
}
