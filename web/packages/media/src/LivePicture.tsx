import { type RefObject, useEffect, useRef } from 'react';

type Props = {
  stream: MediaStream;
  /** The own picture: mirrored and without sound, as in a mirror. */
  own?: boolean;
  className?: string;
  /** The sound stays off until the person presses something. */
  silent?: boolean;
  onShown?: (() => void) | undefined;
  /** The browser plays no sound without a press; the picture goes on. */
  onSilenced?: () => void;
  /** The element, for whoever takes stills of it. */
  screen?: RefObject<HTMLVideoElement | null>;
};

/** Chromium draws a frame of 2 × 2 for a track that ends without one. */
const BLANK = 2;

/** A live picture with its sound. */
export function LivePicture({ stream, own, className = '', silent, onShown, onSilenced, screen }: Props) {
  const unnamed = useRef<HTMLVideoElement>(null);
  const video = screen ?? unnamed;
  const told = useRef({ onShown, onSilenced });
  told.current = { onShown, onSilenced };
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    let frame = 0;
    const look = () => {
      frame = element.requestVideoFrameCallback((_, { width }) =>
        width > BLANK ? told.current.onShown?.() : look(),
      );
    };
    look();
    return () => {
      element.srcObject = null;
      element.cancelVideoFrameCallback(frame);
    };
  }, [video, stream]);
  const muted = own || silent;
  useEffect(() => {
    const element = video.current;
    if (!element || !stream) return;
    element.muted = !!muted;
    void element.play().catch((error: DOMException) => {
      if (error.name === 'NotAllowedError' && !muted) told.current.onSilenced?.();
    });
  }, [video, stream, muted]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: a person speaks live
    <video
      ref={video}
      className={own ? `is-mirrored ${className}` : className}
      playsInline
      autoPlay
      aria-hidden={own}
    />
  );
}
