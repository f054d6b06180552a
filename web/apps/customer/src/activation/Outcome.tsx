import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Note, Seal, State, Steps, type Step as UiStep } from '@chonso/ui';
import { CircleSlash, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { go } from '../router.tsx';
import { AtStore } from './AtStore.tsx';
import { type Activation, type Journey, stepAddress } from './journey.ts';
import { useOutcomeWords } from './outcome.words.ts';
import { remarkOf, useCodeText } from './problems.ts';
import { atStep, StepPage } from './StepPage.tsx';
import { STEP_OF, stepToRepeat } from './steps.ts';

/** What became of the dossier: on its way, connected, refused, or over (F5a.11 to F5a.18, F5b.10 to F5b.20). */
export const Outcome = atStep('outcome', ({ journey }) => {
  const activation = journey.activation!;
  const isOpen = !SETTLED.includes(activation.status);
  useEffect(() => {
    if (isOpen) go(stepAddress(journey.holdId), true);
  }, [isOpen, journey.holdId]);
  switch (activation.status) {
    case 'ACTIVATED':
    case 'ESIM_QR_SENT':
    case 'ESIM_INSTALL_FAILED':
      return <Connected journey={journey} activation={activation} />;
    case 'REFUSED':
      return <Refusal journey={journey} activation={activation} />;
    case 'EXPIRED':
    case 'CLOSED':
      return <Over journey={journey} activation={activation} />;
    default:
      return <OnItsWay journey={journey} activation={activation} />;
  }
});

const SETTLED = [
  'QUEUED',
  'CONNECTING',
  'ACTIVATED',
  'ESIM_QR_SENT',
  'ESIM_INSTALL_FAILED',
  'REFUSED',
  'EXPIRED',
  'CLOSED',
];

type Props = { journey: Journey; activation: Activation };

function OnItsWay({ journey, activation }: Props) {
  const t = useOutcomeWords();
  const { slip } = journey;
  const isConnecting = activation.status === 'CONNECTING';
  const steps: UiStep[] = [
    { name: t.steps.sent, state: 'done' },
    { name: t.steps.queued, state: isConnecting ? 'done' : 'now' },
    { name: t.steps.connecting, state: isConnecting ? 'now' : 'todo' },
    { name: t.steps.done, state: 'todo' },
  ];
  return (
    <StepPage step="outcome" journey={journey}>
      <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
      <section className="list pad" aria-live="polite">
        <h2>{t.sent}</h2>
        <Steps steps={steps} now={t.now} done={t.done} />
      </section>
      <p className="lead">{t.sentText}</p>
    </StepPage>
  );
}

function Connected({ journey, activation }: Props) {
  const t = useOutcomeWords();
  const { slip, holdId } = journey;
  const isEsim = slip.sim === 'ESIM';
  const toInstall = isEsim && activation.status !== 'ACTIVATED';
  return (
    <StepPage
      step="outcome"
      journey={journey}
      action={
        toInstall ? (
          <Button kind="primary" large onClick={() => go(`/esim/${holdId}`)}>
            {t.toEsim}
          </Button>
        ) : (
          <Button kind="primary" large onClick={() => go(`/holds/${holdId}`)}>
            {t.toSlip}
          </Button>
        )
      }
    >
      <section className="joined" role="status">
        <Seal word={t.seal} around={t.around} size={124} />
        <h2>{t.connected}</h2>
        <Msisdn display={slip.display} priceClass={slip.price_class} size="lg" />
        {activation.connected_at && <p>{t.connectedAt(fmt.time(activation.connected_at))}</p>}
      </section>
      <p className="lead">{toInstall ? t.connectedEsim : isEsim ? t.installed : t.connectedCard}</p>
    </StepPage>
  );
}

function Refusal({ journey, activation }: Props) {
  const t = useOutcomeWords();
  const text = useCodeText();
  const step = stepToRepeat(activation.repeat, journey);
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    // Pressed before kyc had heard of the refusal: the press counts as soon as it has.
    if (pressed && step && step !== 'STORE') go(stepAddress(journey.holdId, step));
  }, [pressed, step, journey.holdId]);
  const remark = remarkOf(activation);
  return (
    <StepPage
      step="outcome"
      journey={journey}
      action={
        step !== 'STORE' && (
          <Button kind="primary" large busy={pressed} onClick={() => setPressed(true)}>
            {step && STEP_OF[activation.repeat ?? ''] !== step ? t.onward : t.repeat[activation.repeat ?? '']}
          </Button>
        )
      }
    >
      <Msisdn display={journey.slip.display} priceClass={journey.slip.price_class} size="lg" />
      <Note kind="bad" icon={<TriangleAlert size={18} aria-hidden="true" />} live>
        <b>{t.refused}</b>
        <p>{text(activation.reason_code)}</p>
        {remark && (
          <p>
            {t.remark}: {remark}
          </p>
        )}
      </Note>
      {step === 'STORE' ? <AtStore slip={journey.slip} /> : <p className="lead">{t.keep}</p>}
    </StepPage>
  );
}

function Over({ journey, activation }: Props) {
  const t = useOutcomeWords();
  const isExpired = activation.status === 'EXPIRED';
  return (
    <StepPage step="outcome" journey={journey}>
      <State
        icon={<CircleSlash size={32} aria-hidden="true" />}
        title={isExpired ? t.expired : t.closed}
        action={
          <Button kind="quiet" onClick={() => go('/')}>
            {t.toSearch}
          </Button>
        }
      >
        {isExpired ? t.expiredText : t.closedText}
      </State>
    </StepPage>
  );
}
