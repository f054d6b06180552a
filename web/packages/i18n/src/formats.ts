const ZONE = 'Asia/Ho_Chi_Minh';
const NUMBER = new Intl.NumberFormat('vi-VN');
const DAY = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const HOUR = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Amounts, days and times as Vietnamese readers write them, in the time of Hồ Chí Minh City. */
export const fmt = {
  /** `12.500.000 ₫` */
  vnd: (amount: number) => `${NUMBER.format(amount)}\u00a0₫`,
  /** `1.248` */
  count: (value: number) => NUMBER.format(value),
  /** `23/11/2026` */
  date: (moment: string | Date) => DAY.format(new Date(moment)),
  /** `16:40` */
  hour: (moment: string | Date) => HOUR.format(new Date(moment)),
  /** `16:40, 23/11/2026` */
  time: (moment: string | Date) => `${HOUR.format(new Date(moment))}, ${DAY.format(new Date(moment))}`,
  /** `16:40` of a moment today, `23/11/2026` of another */
  day: (moment: string | Date) => {
    const day = DAY.format(new Date(moment));
    return day === DAY.format(new Date()) ? HOUR.format(new Date(moment)) : day;
  },
  /** `09:41`, or `71:09:41` from an hour on */
  clock: (seconds: number) => {
    const left = Math.max(0, Math.floor(seconds));
    const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    return h ? `${twoDigits(h)}:${twoDigits(m)}:${twoDigits(s)}` : `${twoDigits(m)}:${twoDigits(s)}`;
  },
  /** `0931 266 868` of `0931266868`, or of `84931266868` as the services answer */
  phone: (digits: string) => digits.replace(/^(?:84|0)(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3'),
};
