import { describe, expect, it } from 'vitest';
import { cropOf, isEnough } from './crop.ts';

describe('the part of a frame within the guide', () => {
  it('is cut where the eye saw it, although the video is cropped to its view', () => {
    const crop = cropOf(
      { width: 1080, height: 1920 },
      { width: 360, height: 480 },
      { x: 18, y: 126, width: 324, height: 204 },
    );
    expect(crop).toEqual({ x: 54, y: 618, width: 972, height: 612 });
  });

  it('grows around its middle when the services would refuse it as too small', () => {
    const crop = cropOf(
      { width: 1280, height: 720 },
      { width: 640, height: 360 },
      { x: 200, y: 60, width: 240, height: 240 },
    );
    expect(isEnough(crop)).toBe(true);
    expect(crop).toEqual({ x: 190, y: 0, width: 900, height: 720 });
  });

  it('is the whole frame of a weak camera, which is refused before it is sent', () => {
    const crop = cropOf(
      { width: 640, height: 480 },
      { width: 320, height: 240 },
      { x: 40, y: 40, width: 240, height: 160 },
    );
    expect(crop.width).toBe(640);
    expect(isEnough(crop)).toBe(false);
  });
});
