import { useQueryClient } from '@tanstack/react-query';
import { Capture } from '../camera/Capture.tsx';
import type { Shape } from '../camera/LiveCamera.tsx';
import { keepPreview, type Picture, previewOf } from '../camera/pictures.ts';
import type { Facing } from '../camera/stream.ts';
import { go } from '../router.tsx';
import { isMended, noteMended, sessionKey, stepAddress } from './journey.ts';
import { useTroubleText } from './problems.ts';
import { atStep, StepPage, type StepProps } from './StepPage.tsx';
import { type Step, stepAfter, stepToMend } from './steps.ts';
import { upload } from './uploads.ts';
import { useActivationWords } from './words.ts';

type Kind = { step: 'front' | 'back' | 'portrait'; image: string; shape: Shape; towards: Facing };

/** Make the screen of one picture of the papers (F5a.5, F5b.4). */
const photo = (kind: Kind) => atStep(kind.step, (props) => <Photo {...props} {...kind} />);

export const Front = photo({ step: 'front', image: 'FRONT', shape: 'card', towards: 'environment' });
export const Back = photo({ step: 'back', image: 'BACK', shape: 'card', towards: 'environment' });
export const Portrait = photo({ step: 'portrait', image: 'PORTRAIT', shape: 'face', towards: 'user' });

function Photo({ journey, step, image, shape, towards }: StepProps & Kind) {
  const t = useActivationWords();
  const client = useQueryClient();
  const text = useTroubleText();
  const session = journey.session!;
  const name = `${journey.holdId}:${image}`;
  const kept = session.images.find(({ kind }) => kind === image);
  const send = async ({ blob, capturedAt }: Picture, onProgress: (part: number) => void) => {
    const address = `/api/kyc/v1/sessions/${session.session_id}/images/${image}`;
    await upload({ address, picture: blob, capturedAt, onProgress });
    keepPreview(name, blob);
    noteMended(session);
    await client.invalidateQueries({ queryKey: sessionKey(journey.holdId) });
  };
  const next: Step = stepAfter(step, journey.slip.sim);
  return (
    <Capture
      shape={shape}
      towards={towards}
      kept={kept && { at: kept.captured_at, preview: previewOf(name) }}
      refused={session.repeat === 'PHOTO' && stepToMend(session) === step && !isMended(session)}
      send={send}
      onNext={() => go(stepAddress(journey.holdId, next))}
      trouble={text}
    >
      {(content, action) => (
        <StepPage step={step} journey={journey} lead={t.photos[step]} action={action}>
          {content}
          {shape === 'card' && <p className="field-hint">{t.photos.tips}</p>}
        </StepPage>
      )}
    </Capture>
  );
}
