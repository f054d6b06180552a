import './journey.css';
import { fmt } from '@chonso/i18n';
import { Button, Msisdn, Skeleton, toast } from '@chonso/ui';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeft, Check, CircleAlert, Copy, Hourglass } from 'lucide-react';
import { elapsed } from '../../shell/elapsed.ts';
import { Failure, Stale } from '../../shell/Failure.tsx';
import { useKeys } from '../../shell/keys.ts';
import { screensOf } from '../../shell/screens.ts';
import { useMe } from '../../shell/session.ts';
import { Workspace } from '../../shell/Workspace.tsx';
import { JourneyFacts } from './JourneyFacts.tsx';
import { type JourneyPage, useJourney } from './journeys.ts';
import { Story } from './Story.tsx';
import { words } from './words.ts';

/** One journey from hold to connected: where it stands, whose work is next, and everything that happened. */
export function Journey() {
  const { holdId } = useParams({ strict: false }) as { holdId: string };
  const reading = useJourney(holdId);
  const { data: page, error, refetch } = reading;
  const { history } = useRouter();
  useKeys(words.title, [{ key: 'Escape', name: words.keys.back, run: () => history.back() }]);
  const title = page?.journey.display ? `${words.title} ${page.journey.display}` : words.title;
  return (
    <Workspace
      title={title}
      switches={
        <Button kind="quiet" onClick={() => history.back()}>
          <ArrowLeft size={16} aria-hidden="true" /> {words.keys.back}
        </Button>
      }
      side={page && <JourneyFacts page={page} />}
    >
      {!page && error && <Failure error={error} retry={() => void refetch()} />}
      {!page && !error && (
        <div className="jy" aria-busy="true">
          <Skeleton height={150} />
          <Skeleton height={360} />
        </div>
      )}
      {page && (
        <div className="jy">
          <Stale reading={reading} />
          <Heading page={page} />
          <Story lines={page.timeline} />
        </div>
      )}
    </Workspace>
  );
}

function Heading({ page: { journey } }: { page: JourneyPage }) {
  const copy = () => void navigator.clipboard.writeText(journey.hold_code).then(() => toast(words.copied));
  return (
    <header className="jy-h">
      <div>
        {journey.display && <Msisdn display={journey.display} size="lg" />}
        <button type="button" className="jy-code" title={words.copy} onClick={copy}>
          {journey.hold_code} <Copy size={15} aria-label={words.copy} />
        </button>
      </div>
      <Standing journey={journey} />
    </header>
  );
}

function Standing({ journey }: { journey: JourneyPage['journey'] }) {
  const isOver = journey.responsible === 'NOBODY';
  const look = isOver ? 'done' : journey.is_stuck ? 'stuck' : 'on';
  const Icon = isOver ? Check : journey.is_stuck ? CircleAlert : Hourglass;
  const span = journey.since && elapsed(journey.since);
  return (
    <div className="jy-now" data-look={look}>
      <i>
        <Icon size={19} aria-hidden="true" />
      </i>
      <div>
        <b>{journey.label_vi}</b>
        {isOver ? (
          <p>{journey.since ? fmt.time(journey.since) : words.over}</p>
        ) : (
          <>
            {span && <p>{journey.is_stuck ? words.stuck(span) : words.standsSince(span)}</p>}
            <p>
              {words.next}: {journey.next_vi.toLowerCase()} · {words.people[journey.responsible]}
            </p>
          </>
        )}
      </div>
      {!isOver && <DeskLink journey={journey} />}
    </div>
  );
}

/** The way to the desk whose work the next step is, for those who sit there. */
function DeskLink({ journey }: { journey: JourneyPage['journey'] }) {
  const { roles } = useMe();
  const name = journey.responsible.toLowerCase();
  const screen = screensOf(roles).find((one) => one.name === name);
  const label = words.desks[journey.responsible];
  if (!screen || !label) return null;
  const to = screen.name === 'connection' ? `/connection/${journey.hold_id}` : screen.path;
  return (
    <Link to={to as never} className="btn btn-primary">
      {label}
    </Link>
  );
}
