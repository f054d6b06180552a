import { describe, expect, it } from 'vitest';
import { faultOf, grouped } from './serial.ts';

describe('the serial of a SIM card', () => {
  it('is checked by its last digit before it is sent (F5a.9)', () => {
    expect(faultOf('8984 0100 0000 0000 013')).toBeUndefined();
    expect(faultOf('8984 0100 0000 0000 014')).toBe('SIM_SERIAL_MISREAD');
    expect(faultOf('8980 4100 0000 0000 013')).toBe('SIM_SERIAL_MISREAD');
  });

  it('may be the printed part alone, which has no check digit', () => {
    expect(faultOf('0123456789')).toBeUndefined();
    expect(faultOf('012345678')).toBe('SIM_SERIAL_INVALID');
    expect(faultOf('')).toBe('SIM_SERIAL_INVALID');
  });

  it('is read in groups of four', () => {
    expect(grouped('8984010000000000013')).toBe('8984 0100 0000 0000 013');
  });
});
