import { Skeleton } from '@chonso/ui';
import { type ComponentType, type ReactNode, useEffect } from 'react';
import { go, useParams } from '../router.tsx';
import { useSignedIn } from '../shell/guard.tsx';
import { Page } from '../shell/Page.tsx';
import type { Me } from '../shell/session.ts';
import { useMayActivate } from './channels.ts';
import { InstallApp } from './InstallApp.tsx';
import { type Journey, stepAddress, useJourney } from './journey.ts';
import { allows, pathOf, type Step } from './steps.ts';
import { Unreadable } from './Trouble.tsx';
import { useActivationWords } from './words.ts';

export type StepProps = { journey: Journey; me: Me; refetch: () => void };

/** Make a screen of a step: signed-in people only, with the journey read, and only when the step can be done. */
export function atStep(step: Step, Body: ComponentType<StepProps>): ComponentType {
  return function AtStep() {
    const t = useActivationWords();
    const { holdId = '' } = useParams();
    const me = useSignedIn();
    const mayActivate = useMayActivate();
    const { journey, error, refetch } = useJourney(holdId, me !== undefined);
    const mayHere = step === 'outcome' || mayActivate;
    const wrong = journey !== undefined && !allows(step, journey);
    useEffect(() => {
      if (wrong) go(stepAddress(holdId), true);
    }, [wrong, holdId]);
    if (me && journey && !wrong && mayHere) return <Body journey={journey} me={me} refetch={refetch} />;
    return (
      <Page title={t.names[step]} up={`/holds/${holdId}`} busy={!error && mayHere !== false}>
        {mayHere === false ? (
          <InstallApp />
        ) : error ? (
          <Unreadable error={error} retry={refetch} />
        ) : (
          <Waiting />
        )}
      </Page>
    );
  };
}

function Waiting() {
  return (
    <>
      <Skeleton height={34} />
      <Skeleton height={280} />
      <Skeleton height={56} />
    </>
  );
}

type PageProps = {
  step: Step;
  journey: Journey;
  lead?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
};

/** The page of a step: its place on the path, its content, its action at the thumb. */
export function StepPage({ step, journey, lead, action, children }: PageProps) {
  const t = useActivationWords();
  return (
    <Page title={t.names[step]} up={`/holds/${journey.holdId}`} action={action}>
      <Path step={step} sim={journey.slip.sim} />
      {lead && <p className="lead">{lead}</p>}
      {children}
    </Page>
  );
}

/** "Step n of m", as words and as a bar. */
function Path({ step, sim }: { step: Step; sim: Journey['slip']['sim'] }) {
  const t = useActivationWords();
  const path = pathOf(sim);
  const place = path.indexOf(step) + 1;
  if (!place) return null;
  const next = path[place];
  return (
    <div className="path">
      <p>
        <b>{t.place(place, path.length)}</b>
        {next && <span>{t.following(t.names[next])}</span>}
      </p>
      <div className="path-bar" aria-hidden="true">
        {path.map((name, at) => (
          <i key={name} data-state={at + 1 < place ? 'done' : at + 1 === place ? 'now' : 'todo'} />
        ))}
      </div>
    </div>
  );
}
