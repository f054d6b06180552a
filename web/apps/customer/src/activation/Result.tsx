import { Button, Note, State } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react';
import { patiently } from '../patiently.ts';
import { go, Link } from '../router.tsx';
import { AtStore } from './AtStore.tsx';
import { isMended, type Journey, type Session, stepAddress, verify } from './journey.ts';
import { Reasons } from './Reasons.tsx';
import { useResultWords } from './result.words.ts';
import { atStep, StepPage } from './StepPage.tsx';
import { type Step, stepToMend, workOf } from './steps.ts';
import { Trouble } from './Trouble.tsx';
import { Parts, Verdict } from './Verdict.tsx';

/** Send the papers, and see what they were compared with and what came of it (F5a.6, F5a.7, F5b.5, F5b.6). */
export const Result = atStep('result', ({ journey }) => {
  const session = journey.session!;
  switch (session.status) {
    case 'KYC_CHECKING':
      return <Checking journey={journey} />;
    case 'NEEDS_REVIEW':
      return <InReview journey={journey} session={session} />;
    case 'KYC_PASSED':
      return <Passed journey={journey} session={session} />;
    default:
      return session.reasons.length > 0 && !isMended(session) ? (
        <Failed journey={journey} session={session} />
      ) : (
        <Ready journey={journey} session={session} />
      );
  }
});

type Props = { journey: Journey; session: Session };

function useVerify(session: Session) {
  const client = useQueryClient();
  return useMutation({ mutationFn: () => patiently(() => verify(client, session)) });
}

function Ready({ journey, session }: Props) {
  const t = useResultWords();
  const sending = useVerify(session);
  return (
    <StepPage
      step="result"
      journey={journey}
      lead={t.ready}
      action={
        <Button
          kind="primary"
          large
          busy={sending.isPending}
          disabled={session.missing.length > 0}
          onClick={() => sending.mutate()}
        >
          {t.verify}
        </Button>
      }
    >
      <Parts holdId={journey.holdId} session={session} />
      <Trouble error={sending.error} />
    </StepPage>
  );
}

function Checking({ journey }: { journey: Journey }) {
  const t = useResultWords();
  return (
    <StepPage step="result" journey={journey}>
      <div role="status">
        <State icon={<span className="waves-in" aria-hidden="true" />} title={t.checking}>
          {t.checkingText}
        </State>
      </div>
    </StepPage>
  );
}

function Passed({ journey, session }: Props) {
  const t = useResultWords();
  const next: Step = workOf(journey);
  return (
    <StepPage
      step="result"
      journey={journey}
      action={
        <Button kind="primary" large onClick={() => go(stepAddress(journey.holdId, next))}>
          {next === 'call' ? t.toCall : t.onward}
        </Button>
      }
    >
      <Note kind="good" icon={<CircleCheck size={18} aria-hidden="true" />} live>
        <b>{t.passed}</b>
        {next === 'call' && <p>{t.passedText}</p>}
      </Note>
      <Verdict session={session} />
    </StepPage>
  );
}

function InReview({ journey, session }: Props) {
  const t = useResultWords();
  return (
    <StepPage step="result" journey={journey}>
      <Note kind="warn" icon={<Hourglass size={18} aria-hidden="true" />} live>
        <b>{t.review}</b>
        <p>{t.reviewText}</p>
      </Note>
      <Verdict session={session} />
    </StepPage>
  );
}

function Failed({ journey, session }: Props) {
  const t = useResultWords();
  const sending = useVerify(session);
  const mend = stepToMend(session);
  const judged = Object.keys(session.verdict).length > 0;
  const again = mend !== 'STORE' && session.attempts_left > 0;
  return (
    <StepPage
      step="result"
      journey={journey}
      action={
        again && (
          <>
            <Button kind="primary" large onClick={() => go(stepAddress(journey.holdId, mend))}>
              {t.mend[mend]}
            </Button>
            {session.missing.length === 0 && (
              <Button kind="text" busy={sending.isPending} onClick={() => sending.mutate()}>
                {t.verifyAgain}
              </Button>
            )}
          </>
        )
      }
    >
      <Note kind="bad" icon={<TriangleAlert size={18} aria-hidden="true" />} live>
        <b>{session.status === 'DRAFT' ? t.stale : t.failed}</b>
        {again && session.status === 'KYC_FAILED' && <Left count={session.attempts_left} />}
      </Note>
      <Reasons session={session} />
      {judged && session.status === 'KYC_FAILED' && <Verdict session={session} />}
      {!again && <AtStore slip={journey.slip} />}
      <Trouble error={sending.error} />
      {again && mend !== 'info' && (
        <Link className="btn btn-text" href={stepAddress(journey.holdId, 'info')}>
          {t.mend.info}
        </Link>
      )}
    </StepPage>
  );
}

function Left({ count }: { count: number }) {
  const t = useResultWords();
  return <p>{count === 1 ? t.lastLeft : `${t.left(count)}. ${t.leftText}`}</p>;
}
