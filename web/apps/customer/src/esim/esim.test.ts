import { describe, expect, it } from 'vitest';
import { deviceOf } from './esim.ts';

describe('the link that installs an eSIM', () => {
  it('is offered to iPhones since iOS 17.4', () => {
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)')).toBe('ios');
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)')).toBe('ios');
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X)')).toBe('other');
  });

  it('is offered to phones with Android, and to no computer', () => {
    expect(deviceOf('Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari')).toBe('android');
    expect(deviceOf('Mozilla/5.0 (Linux; Android 9; SM-A10) Chrome/100 Mobile Safari')).toBe('other');
    expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/130')).toBe('other');
  });
});
