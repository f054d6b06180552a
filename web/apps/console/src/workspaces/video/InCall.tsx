import { useDraft } from '@chonso/app';
import { fmt } from '@chonso/i18n';
import { toast } from '@chonso/ui';
import { PhoneMissed, User } from 'lucide-react';
import { useRef, useState } from 'react';
import { useCase, useStill } from '../../record/papers.ts';
import { useKeys } from '../../shell/keys.ts';
import { problemText } from '../../shell/problems.ts';
import { type Call, type Form, type PhotoKind, useKeepPhoto } from './calls.ts';
import { secondsSince, useNow } from './clock.ts';
import { frameOf, pictureOf, Unusable, useDevices } from './devices.ts';
import { Script } from './Script.tsx';
import { type Shutter, Stage } from './Stage.tsx';
import { following, photoOf, type StepName, stepsOf, takeOf } from './steps.ts';
import { words } from './words.ts';

const w = words.stage;
const GRACE_S = 120;

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
  const shutter = useRef<Shutter>(null);
  const [kept, keep] = useDraft<{ step: StepName; done: StepName[] }>(`steps:${call.call_id}`, {
    step: 'GREET',
    done: [],
  });
  const [muted, setMuted] = useState(false);
  const [hidden, setHidden] = useState(false);
  const keeping = useKeepPhoto(call.call_id);
  const steps = stepsOf(call);
  const kind = photoOf(kept.step);
  const isTalking = call.status === 'IN_CALL';
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
    const video = shutter.current?.picture();
    if (!kind) goOn();
    else if (video && !keeping.isPending) void send(kind, frameOf(video));
  };
  const toggle = (tracks: MediaStreamTrack[] | undefined, off: boolean) => {
    for (const track of tracks ?? []) track.enabled = !off;
    return off;
  };
  const mute = () => setMuted((before) => toggle(own?.getAudioTracks(), !before));
  const hide = () => setHidden((before) => toggle(own?.getVideoTracks(), !before));
  const onShoot = isTalking && (!kind || own) ? shoot : undefined;
  useKeys(words.script.title, [
    { key: ' ', name: w.shoot, run: () => onShoot?.(), enabled: !asking },
    { key: 'ArrowRight', name: words.script.done, run: goOn, enabled: !asking },
    { key: 'm', name: w.mute, run: mute, enabled: !!own },
    { key: 'v', name: w.hide, run: hide, enabled: !!own },
  ]);
  return (
    <>
      <Stage
        shutter={shutter}
        own={own}
        standIn={<StandIn call={call} kind={kind} nameOf={nameOf} />}
        name={<Name call={call} number={number} />}
        line={<Line call={call} />}
        muted={muted}
        hidden={hidden}
        onMute={mute}
        onHide={hide}
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

function Line({ call }: { call: Call }) {
  const now = useNow();
  const isDropped = call.status === 'DROPPED';
  const seconds = isDropped
    ? GRACE_S - secondsSince(call.dropped_at ?? call.queued_at, now)
    : secondsSince(call.started_at ?? call.queued_at, now);
  return (
    <>
      <span className="line-s" data-lost={isDropped || undefined}>
        <i aria-hidden="true" />
        {isDropped ? w.lost : w.live}
      </span>
      <span role="timer">{fmt.clock(seconds)}</span>
    </>
  );
}

type StandInProps = { call: Call; kind: PhotoKind | undefined; nameOf: (kind: PhotoKind) => string };

function StandIn({ call, kind, nameOf }: StandInProps) {
  const shown = kind && takeOf(call, kind) ? kind : takeOf(call, 'FACE') ? 'FACE' : undefined;
  const address = useStill(call.call_id, shown ?? 'FACE', shown && takeOf(call, shown)?.sha256);
  if (call.status === 'DROPPED')
    return (
      <div className="stand">
        <PhoneMissed size={40} aria-hidden="true" />
        <b>{w.dropped}</b>
        <p>{w.droppedText}</p>
      </div>
    );
  if (address && shown)
    return (
      <figure className="still">
        <img src={address} alt={w.takenOf(nameOf(shown))} />
        <figcaption>{w.takenOf(nameOf(shown))}</figcaption>
      </figure>
    );
  return (
    <div className="stand">
      <User size={84} strokeWidth={1.1} aria-hidden="true" />
      <b>{w.inCall}</b>
      <p>{w.noPicture}</p>
    </div>
  );
}
