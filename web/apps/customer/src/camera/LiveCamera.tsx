import { useEffect, useRef } from 'react';
import { cropOf } from './crop.ts';
import { frameOf, type Picture } from './pictures.ts';

export type Shape = 'card' | 'face' | 'sim';

type Props = {
  stream: MediaStream;
  shape: Shape;
  mirrored: boolean;
  /** Called with the shutter as soon as the camera shows something. */
  onReady: (shoot: () => Promise<Picture>) => void;
};

/** The live picture with its guide: what lies within the guide is what is sent. */
export function LiveCamera({ stream, shape, mirrored, onReady }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const guide = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const screen = video.current;
    if (!screen) return;
    screen.srcObject = stream;
    void screen.play().catch(() => undefined);
    return () => {
      screen.srcObject = null;
    };
  }, [stream]);
  const shoot = () => {
    const [screen, frame] = [video.current, guide.current];
    if (!screen || !frame) return Promise.reject(new Error('the camera is gone'));
    const [view, inside] = [screen.getBoundingClientRect(), frame.getBoundingClientRect()];
    const size = { width: screen.videoWidth, height: screen.videoHeight };
    const box = {
      x: inside.x - view.x,
      y: inside.y - view.y,
      width: inside.width,
      height: inside.height,
    };
    return frameOf(screen, cropOf(size, { width: view.width, height: view.height }, box));
  };
  return (
    <div className={`live live-${shape}`}>
      <video
        ref={video}
        className={mirrored ? 'is-mirrored' : undefined}
        playsInline
        muted
        autoPlay
        aria-hidden="true"
        onLoadedData={() => onReady(shoot)}
      />
      <div className="guide" ref={guide} />
    </div>
  );
}
