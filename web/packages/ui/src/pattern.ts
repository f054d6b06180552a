/** A stretch of the ten digits: `start` is in, `end` is not. */
export type Span = { start: number; end: number };

/** The drawing of a number: ties under repeats, nested arcs under mirrors, a stair under runs, bars under the rest. */
export type Drawing = { kind: 'ties' | 'arcs' | 'stair' | 'bars'; spans: Span[] };

const DIGITS = 10;

const tail = (...sizes: number[]): Span[] => {
  let start = DIGITS - sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => {
    const span = { start, end: start + size };
    start += size;
    return span;
  });
};

const DRAWINGS: Record<string, Drawing> = {
  TAXI_2: { kind: 'ties', spans: tail(2, 2, 2) },
  TAXI_3: { kind: 'ties', spans: tail(3, 3) },
  TAXI_4: { kind: 'ties', spans: tail(4, 4) },
  LAP: { kind: 'ties', spans: tail(2, 2) },
  KEP_BA: { kind: 'bars', spans: tail(2, 2, 2) },
  KEP: { kind: 'bars', spans: tail(2, 2) },
  TIEN_DOI: { kind: 'bars', spans: tail(2, 2, 2) },
  TAM_HOA_KEP: { kind: 'bars', spans: tail(3, 3) },
  SOI_GUONG: { kind: 'arcs', spans: tail(6) },
  DAO: { kind: 'arcs', spans: tail(4) },
  GANH: { kind: 'arcs', spans: tail(3) },
  GANH_KEP: { kind: 'arcs', spans: tail(3, 3) },
  SANH_TIEN_6: { kind: 'stair', spans: tail(6) },
  SANH_TIEN_5: { kind: 'stair', spans: tail(5) },
  SANH_TIEN_4: { kind: 'stair', spans: tail(4) },
  SANH_TIEN_3: { kind: 'stair', spans: tail(3) },
  SANH_LUI_6: { kind: 'stair', spans: tail(6) },
  SANH_LUI_5: { kind: 'stair', spans: tail(5) },
  SANH_LUI_4: { kind: 'stair', spans: tail(4) },
  TAM_HOA: { kind: 'bars', spans: tail(3) },
  NAM_SINH: { kind: 'bars', spans: tail(4) },
  NGAY_SINH_DU: { kind: 'bars', spans: tail(2, 2, 4) },
  NGAY_SINH: { kind: 'bars', spans: tail(2, 2, 2) },
  SO_DOC: { kind: 'bars', spans: tail(4) },
  LOC_PHAT: { kind: 'bars', spans: tail(2) },
  THAN_TAI: { kind: 'bars', spans: tail(2) },
  ONG_DIA: { kind: 'bars', spans: tail(2) },
  DAU_SO_CO: { kind: 'bars', spans: [{ start: 0, end: 3 }] },
};

/** The longest run of one digit, at the end (`QUY`) or in the middle (`QUY_GIUA`). */
function longestRun(msisdn: string): Span {
  const runs = [...msisdn.slice(1).matchAll(/(\d)\1+/g)].map((run) => ({
    start: run.index + 1,
    end: run.index + 1 + run[0].length,
  }));
  return runs.reduce((best, run) => (run.end - run.start >= best.end - best.start ? run : best), {
    start: 0,
    end: 0,
  });
}

/** The drawing of a number of a class of the catalogue; null for one that shows nothing. */
export function drawingOf(msisdn: string, priceClass: string): Drawing | null {
  if (/QUY/.test(priceClass)) return { kind: 'bars', spans: [longestRun(msisdn)] };
  return DRAWINGS[priceClass] ?? null;
}

/** Where a gap stands before a digit, of a number as the catalogue sets it apart: `0901 68 68 68`. */
export function gapsOf(display: string): Set<number> {
  const gaps = new Set<number>();
  let digits = 0;
  for (const sign of display) {
    if (sign === ' ') gaps.add(digits);
    else digits += 1;
  }
  return gaps;
}
