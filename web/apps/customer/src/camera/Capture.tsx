import { fmt } from '@chonso/i18n';
import { Button, Note } from '@chonso/ui';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { CameraOff } from './CameraOff.tsx';
import { FilePicker } from './FilePicker.tsx';
import { LiveCamera, type Shape } from './LiveCamera.tsx';
import { type Picture, Unusable } from './pictures.ts';
import { type Facing, switchOn, useCamera } from './stream.ts';
import { useCameraWords } from './words.ts';

type Props = {
  /** What lies within the guide: a card, a face, or the SIM in its frame. */
  shape: Shape;
  towards: Facing;
  /** The picture that the server has already: when it was taken, and its address if it was sent in this tab. */
  kept: { at?: string; preview?: string | undefined } | undefined;
  /** The picture that is kept was found fault with: begin with the camera. */
  refused?: boolean;
  /** Send the picture; the part sent is told as it goes. */
  send: (picture: Picture, onProgress: (part: number) => void) => Promise<void>;
  onNext: () => void;
  /** What the server said against the picture, in words. */
  trouble: (error: unknown) => ReactNode;
  /** Show the content, with the buttons of the present state, on the screen. */
  children: (content: ReactNode, action: ReactNode) => ReactNode;
};

/** Take a picture: live camera with a guide or a file, look at it, send it or take it again (F5a.5, F5b.4). */
export function Capture({ shape, towards, kept, refused = false, send, onNext, trouble, children }: Props) {
  const t = useCameraWords();
  const camera = useCamera(towards);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [retaking, setRetaking] = useState(!kept || refused);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [shoot, setShoot] = useState<(() => Promise<Picture>) | null>(null);
  const preview = usePreview(picture);

  const take = (taken: Promise<Picture>) =>
    taken
      .then((next) => {
        setPicture(next);
        setError(null);
      })
      .catch(setError);
  const again = () => {
    setPicture(null);
    setError(null);
    setRetaking(true);
  };
  const use = async () => {
    if (!picture || sent !== null) return;
    setSent(0);
    setError(null);
    try {
      await send(picture, setSent);
      setPicture(null);
      setRetaking(false);
      onNext();
    } catch (failure) {
      setError(failure);
    } finally {
      setSent(null);
    }
  };
  const said = error && (
    <div role="alert">
      <Note kind="bad" icon={<CircleAlert size={18} aria-hidden="true" />}>
        {error instanceof Unusable ? t.unusable[error.because] : trouble(error)}
      </Note>
    </div>
  );

  if (picture)
    return children(
      <>
        <figure className={`shot shot-${shape}`}>
          <img src={preview} alt={t.preview} />
          {sent !== null && <progress value={sent} max={1} aria-label={t.sending(Math.round(sent * 100))} />}
        </figure>
        {said || <p className="lead">{shape === 'face' ? null : t.look}</p>}
      </>,
      <>
        <Button kind="primary" large busy={sent !== null} onClick={() => void use()}>
          {sent === null ? t.use : t.sending(Math.round(sent * 100))}
        </Button>
        <Button kind="text" disabled={sent !== null} onClick={again}>
          {t.again}
        </Button>
      </>,
    );
  if (kept && !retaking)
    return children(
      <>
        {kept.preview && (
          <figure className={`shot shot-${shape}`}>
            <img src={kept.preview} alt={t.preview} />
          </figure>
        )}
        <Note kind="good" icon={<CircleCheck size={18} aria-hidden="true" />}>
          <b>{kept.at ? t.sent(fmt.time(kept.at)) : t.isSent}</b>
          <p>{t.sentText}</p>
        </Note>
      </>,
      <>
        <Button kind="primary" large onClick={onNext}>
          {t.next}
        </Button>
        <Button kind="text" onClick={again}>
          {t.again}
        </Button>
      </>,
    );
  if (camera.status === 'live')
    return children(
      <>
        <LiveCamera
          stream={camera.stream}
          shape={shape}
          mirrored={towards === 'user'}
          onReady={(ready) => setShoot(() => ready)}
        />
        {said}
      </>,
      <>
        <Button kind="primary" large disabled={!shoot} onClick={() => shoot && void take(shoot())}>
          {t.shoot}
        </Button>
        <FilePicker text={t.file} kind="text" onFile={take} />
      </>,
    );
  return children(
    <>
      <CameraOff status={camera.status} shape={shape} />
      {said}
    </>,
    camera.status === 'off' || camera.status === 'asking' ? (
      <>
        <Button kind="primary" large busy={camera.status === 'asking'} onClick={() => void switchOn(towards)}>
          {camera.status === 'asking' ? t.asking : t.switchOn}
        </Button>
        <FilePicker text={t.file} kind="text" onFile={take} />
      </>
    ) : (
      <>
        <FilePicker text={t.fileInstead} kind="primary" onFile={take} />
        <Button kind="text" onClick={() => void switchOn(towards)}>
          {t.switchOn}
        </Button>
      </>
    ),
  );
}

function usePreview(picture: Picture | null): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!picture) return;
    const url = URL.createObjectURL(picture.blob);
    setAddress(url);
    return () => {
      setAddress(undefined);
      URL.revokeObjectURL(url);
    };
  }, [picture]);
  return address;
}
