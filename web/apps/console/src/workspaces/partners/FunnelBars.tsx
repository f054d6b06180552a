import { fmt } from '@chonso/i18n';
import { Link } from '@tanstack/react-router';
import type { Funnel, Stages } from './channels.ts';
import { words } from './words.ts';

const STAGES = ['locked', 'held', 'confirmed', 'claimed', 'connected'] as const;
const WIDTH = 100;
const BAR = 12;
const HEIGHT = 26;

/** The funnel of one channel: a bar for each stage, as seller and as referrer where it was one. */
export function FunnelBars({ funnel, name }: { funnel: Funnel; name?: string | undefined }) {
  const { sold, referred } = funnel;
  return (
    <article className="funnel">
      <header>
        <h3>
          {name ? (
            <Link to="/partners/$partnerId" params={{ partnerId: funnel.partner_id }}>
              {name}
            </Link>
          ) : (
            funnel.channel_code
          )}
        </h3>
        <small>{funnel.channel_code}</small>
      </header>
      {sold.locked > 0 && <Bars title={words.sold} stages={sold} />}
      {referred.locked > 0 && <Bars title={words.referred} stages={referred} />}
    </article>
  );
}

/** The stages of a funnel as bars of one scale; the numbers stand beside them, in words for everybody. */
export function Bars({ title, stages }: { title: string; stages: Stages }) {
  const most = Math.max(1, stages.locked);
  const rate = Math.round((stages.connected / most) * 100);
  return (
    <div className="bars">
      <p className="bars-h">
        <span>{title}</span>
        <span>
          {words.rate} <b>{rate}%</b>
        </span>
      </p>
      <dl>
        {STAGES.map((stage) => (
          <div key={stage}>
            <dt>{words.stages[stage]}</dt>
            <dd>
              <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
                <rect className="bar-rest" y={(HEIGHT - BAR) / 2} width={WIDTH} height={BAR} rx="3" />
                <rect
                  className={stage === 'connected' ? 'bar-end' : 'bar-part'}
                  y={(HEIGHT - BAR) / 2}
                  width={(stages[stage] / most) * WIDTH}
                  height={BAR}
                  rx="3"
                />
              </svg>
              <b>{fmt.count(stages[stage])}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p className="bars-f">
        {words.ended} <b>{fmt.count(stages.ended)}</b>
      </p>
    </div>
  );
}
