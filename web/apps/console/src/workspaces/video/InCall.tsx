import { useDraft } from '@chonso/app';
import { useDevices, useLine } from '@chonso/media';
import { toast } from '@chonso/ui';
import { useMemo, useRef } from 'react';
import { useCase } from '../../record/papers.ts';
import { useKeys } from '../../shell/keys.ts';
import { problemText } from '../../shell/problems.ts';
import { type Call, type Form, type PhotoKind, useKeepPhoto } from './calls.ts';
import { Lights } from './Lights.tsx';
import { Script } from './Script.tsx';
import { Stage } from './Stage.tsx';
import { StandIn } from './StandIn.tsx';
import { signallingOf } from './signalling.ts';
import { following, photoOf, type StepName, stepsOf } from './steps.ts';
import { frameOf, pictureOf, Unusable } from './stills.ts';
import { words } from './words.ts';

const w = words.stage;

type Props = {
  call: Call;
  form: Form;
  number: string | undefined;
  asking: boolean;
  onTrouble: () => void;
};

/** The call in hand: stage, stills and script. */
export function InCall({ call, form, number, asking, onTrouble }: Props) {
  const devices = useDevices();
  const own = devices.status === 'live' ? devices.stream : undefined;
  const isTalking = call.status === 'CONNECTING' || call.status === 'IN_CALL';
  const signalling = useMemo(
    () => (isTalking ? signallingOf(call.call_id) : null),
    [isTalking, call.call_id],
  );
  const line = useLine(signalling, own);
  const screen = useRef<HTMLVideoElement>(null);
  const [kept, keep] = useDraft<{ step: StepName; done: StepName[] }>(`steps:${call.call_id}`, {
    step: 'GREET',
    done: [],
  });
  const keeping = useKeepPhoto(call.call_id);
  const steps = stepsOf(call);
  const kind = photoOf(kept.step);
  const nameOf = (of: PhotoKind) => form.photos.find((photo) => photo.kind === of)?.text_vi ?? of;
  const goOn = () =>
    keep({ step: following(steps, kept.step), done: [...new Set([...kept.done, kept.step])] });
  const send = async (of: PhotoKind, picture: Promise<Blob>) => {
    try {
      await keeping.mutateAsync({ kind: of, picture: await picture });
      goOn();
    } catch (error) {
      toast(sayPhoto(error));
    }
  };
  const shoot = () => {
    if (!kind) goOn();
    else if (line.phase !== 'live' || !screen.current) toast(w.noFrame);
    else if (!keeping.isPending) void send(kind, frameOf(screen.current));
  };
  const onShoot = isTalking ? shoot : undefined;
  useKeys(words.script.title, [
    { key: ' ', name: w.shoot, run: () => onShoot?.(), enabled: !asking },
    { key: 'ArrowRight', name: words.script.done, run: goOn, enabled: !asking },
  ]);
  return (
    <>
      <Stage
        line={line}
        own={own}
        screen={screen}
        standIn={<StandIn call={call} line={line} kind={kind} nameOf={nameOf} />}
        name={<Name call={call} number={number} />}
        lights={<Lights call={call} line={line} />}
        onShoot={onShoot}
        onUpload={isTalking && kind ? (file) => void send(kind, pictureOf(file)) : undefined}
        onTrouble={onTrouble}
      />
      <Script call={call} step={kept.step} done={new Set(kept.done)} onStep={(step) => keep({ step })} />
    </>
  );
}

function sayPhoto(error: unknown): string {
  if (!(error instanceof Unusable)) return problemText(error);
  return error.because === 'TOO_SMALL' ? words.photoTooSmall : words.photoUnreadable;
}

function Name({ call, number }: { call: Call; number: string | undefined }) {
  const { data } = useCase(call.hold_id, call.attempt);
  return (
    <>
      <b>{(data?.declaration?.full_name as string | undefined) ?? words.compare.waiting}</b>
      <span>{number ?? (call.sim ? words.sim[call.sim] : '')}</span>
    </>
  );
}
