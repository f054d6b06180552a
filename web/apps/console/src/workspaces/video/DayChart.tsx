import type { Shift } from './calls.ts';
import { words } from './words.ts';

const w = words.queue;
const [WIDTH, HEIGHT, BAR, LEAST_HOURS] = [240, 46, 20, 9];

/** The agent's calls of today by the hour, the present hour in full colour. */
export function DayChart({ shift, now }: { shift: Shift | undefined; now: number }) {
  const hours = shift?.hours ?? [];
  const present = (new Date(now).getUTCHours() + 7) % 24;
  const first = Math.max(0, Math.min(8, present - LEAST_HOURS + 1, ...hours.map(({ hour }) => hour)));
  const last = Math.max(present, first + LEAST_HOURS - 1, ...hours.map(({ hour }) => hour));
  const shown = Array.from({ length: last - first + 1 }, (_, i) => first + i).slice(-LEAST_HOURS);
  const counts = new Map(hours.map(({ hour, calls }) => [hour, calls]));
  const most = Math.max(1, ...counts.values());
  const step = WIDTH / shown.length;
  const text = hours.map(({ hour, calls }) => w.loadText(hour, calls)).join(', ');
  return (
    <section className="day">
      <h3>{w.load}</h3>
      <svg viewBox={`0 0 ${WIDTH} 64`} role="img" aria-label={text || w.noLoad}>
        {shown.map((hour, i) => {
          const count = counts.get(hour) ?? 0;
          const height = count ? Math.max(4, (count / most) * HEIGHT) : 2;
          return (
            <g key={hour} data-now={hour === present || undefined}>
              <rect x={i * step + (step - BAR) / 2} y={HEIGHT - height} width={BAR} height={height} rx="4" />
              <text x={i * step + step / 2} y="60" textAnchor="middle">
                {hour}
              </text>
            </g>
          );
        })}
      </svg>
    </section>
  );
}
