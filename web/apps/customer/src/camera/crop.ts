export type Size = { width: number; height: number };
export type Box = Size & { x: number; y: number };

/** The least that the services take of a picture (long side, short side). */
export const LEAST = { long: 900, short: 480 };

/**
 * The part of a video's frame that lies within the guide, in the video's own pixels. The video covers `view`
 * (`object-fit: cover`), `guide` is given in the pixels of the view. A part that the services would refuse as
 * too small grows around its middle, at most to the whole frame.
 */
export function cropOf(video: Size, view: Size, guide: Box): Box {
  const scale = Math.max(view.width / video.width, view.height / video.height);
  const hidden = {
    x: (video.width * scale - view.width) / 2,
    y: (video.height * scale - view.height) / 2,
  };
  const seen = {
    x: (guide.x + hidden.x) / scale,
    y: (guide.y + hidden.y) / scale,
    width: guide.width / scale,
    height: guide.height / scale,
  };
  return within(video, seen, grown(video, seen));
}

/** The size of a part that is big enough, if the frame has room for it. */
function grown(video: Size, part: Size): Size {
  const [long, short] = [Math.max(part.width, part.height), Math.min(part.width, part.height)];
  const factor = Math.max(1, LEAST.long / long, LEAST.short / short);
  const width = Math.min(video.width, part.width * factor);
  const height = Math.min(video.height, part.height * factor);
  if (Math.max(width, height) >= LEAST.long) return { width, height };
  return video.width >= video.height
    ? { width: Math.min(video.width, LEAST.long), height }
    : { width, height: Math.min(video.height, LEAST.long) };
}

/** Put a part of a size around the middle of another one, and keep it within the frame. */
function within(video: Size, middle: Box, size: Size): Box {
  const place = (from: number, length: number, part: number, whole: number) =>
    Math.round(Math.min(Math.max(0, from + length / 2 - part / 2), whole - part));
  return {
    x: place(middle.x, middle.width, size.width, video.width),
    y: place(middle.y, middle.height, size.height, video.height),
    width: Math.round(size.width),
    height: Math.round(size.height),
  };
}

/** Tell whether a picture of this size is big enough for the services. */
export const isEnough = ({ width, height }: Size): boolean =>
  Math.max(width, height) >= LEAST.long && Math.min(width, height) >= LEAST.short;
