import { useDraft } from '@chonso/app';
import { type OpenLine, useDevices } from '@chonso/media';
import { toast } from '@chonso/ui';
import { useRef, useState } from 'react';
import { useCase } from '../../record/papers.ts';
import { useKeys } from '../../shell/keys.ts';
import { problemText } from '../../shell/problems.ts';
import { ReasonDialog } from '../../shell/ReasonDialog.tsx';
import { Arrived } from './Arrived.tsx';
import { actOf, otherOf } from './acts.ts';
import { type Call, type Form, type PhotoKind, useKeepPhoto } from './calls.ts';
import { type Act, type Hint, useExamination } from './examination.ts';
import { Lights } from './Lights.tsx';
import { Script } from './Script.tsx';
import { Stage } from './Stage.tsx';
import { StandIn } from './StandIn.tsx';
import { words as script } from './script.words.ts';
import { presentStep, stepsOf, type Talk } from './steps.ts';
import { frameOf, pictureOf, Unusable } from './stills.ts';
import { words } from './words.ts';

const w = words.stage;

type Props = {
  call: Call;
  line: OpenLine;
  form: Form;
  number: string | undefined;
  asking: boolean;
  onTrouble: () => void;
};

/** The call in hand: stage, challenges, photos and script. */
export function InCall({ call, line, form, number, asking, onTrouble }: Props) {
  const devices = useDevices();
  const own = devices.status === 'live' ? devices.stream : undefined;
  const isTalking = call.status === 'CONNECTING' || call.status === 'IN_CALL';
  const screen = useRef<HTMLVideoElement>(null);
  const [{ said }, say] = useDraft<{ said: Talk[] }>(`said:${call.call_id}`, { said: [] });
  const [chosen, choose] = useState<string | null>(null);
  const [again, setAgain] = useState<PhotoKind | null>(null);
  const examination = useExamination(call.call_id);
  const keeping = useKeepPhoto(call.call_id);
  const steps = stepsOf(call, said);
  const present = presentStep(steps, chosen);
  const kind = present.type === 'photo' ? present.kind : undefined;
  const nameOf = (of: PhotoKind) => form.photos.find((photo) => photo.kind === of)?.text_vi ?? of;
  const onError = (error: Error) => toast(problemText(error));
  const perform = (act: Act) =>
    examination.mutate(act, {
      onError,
      onSuccess: () => {
        if (act.act === 'judge' || act.act === 'accept') choose(null);
      },
    });
  const send = async (of: PhotoKind, picture: Promise<Blob>) => {
    try {
      await keeping.mutateAsync({ kind: of, picture: await picture });
      choose(null);
    } catch (error) {
      toast(sayPhoto(error));
    }
  };
  const shoot = () => {
    if (!kind || line.phase !== 'live' || !screen.current) toast(w.noFrame);
    else if (!keeping.isPending) void send(kind, frameOf(screen.current));
  };
  const { name, act } = actOf(call, present);
  const goOn = () => {
    if (present.type === 'talk') {
      say({ said: [...new Set([...said, present.talk])] });
      choose(null);
    } else if (act) perform(act);
  };
  const other = otherOf(present);
  const goOtherwise = () => {
    if (present.type === 'photo') setAgain(present.kind);
    else if (other?.act) perform(other.act);
  };
  // One act at a time: what a key would do meanwhile is not known yet, and the button shows it.
  const isBusy = examination.isPending || keeping.isPending;
  const isFree = isTalking && !asking && again === null && !isBusy;
  useKeys(script.title, [
    { key: ' ', name: script.acts.talk, run: goOn, enabled: isFree },
    { key: 'f', name: script.acts.fail, run: goOtherwise, enabled: isFree && other?.key === 'f' },
    { key: 'a', name: script.acts.again, run: goOtherwise, enabled: isFree && other?.key === 'a' },
    { key: 'c', name: w.shoot, run: shoot, enabled: isFree && !!kind },
  ]);
  return (
    <>
      <Stage
        line={line}
        own={own}
        screen={screen}
        standIn={<StandIn call={call} line={line} kind={kind} nameOf={nameOf} />}
        arrived={kind && present.state === 'arrived' ? <Arrived call={call} kind={kind} /> : null}
        name={<Name call={call} number={number} />}
        lights={<Lights call={call} line={line} />}
        step={{ name, run: isTalking && !isBusy && (act || present.type === 'talk') ? goOn : undefined }}
        other={isTalking && other ? { ...other, run: isBusy ? undefined : goOtherwise } : undefined}
        onShoot={isTalking && kind ? shoot : undefined}
        onUpload={isTalking && kind ? (file) => void send(kind, pictureOf(file)) : undefined}
        onTrouble={onTrouble}
      />
      <Script call={call} steps={steps} present={present} onStep={choose} />
      {again && (
        <ReasonDialog
          title={script.againTitle}
          lead={script.againLead}
          legend={script.againReason}
          reasons={Object.entries(script.hints).map(([code, text]) => ({ code, name: text }))}
          confirm={script.acts.again}
          busy={examination.isPending}
          onClose={() => setAgain(null)}
          onConfirm={(hint) => {
            perform({ act: 'ask', kind: again, hint: hint as Hint });
            setAgain(null);
          }}
        />
      )}
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
