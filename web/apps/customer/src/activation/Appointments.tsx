import { fmt } from '@chonso/i18n';
import { Button, Note, Sheet, Skeleton, toast } from '@chonso/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useShellWords } from '../shell/words.ts';
import { useCallWords } from './call.words.ts';
import { type Appointment, book, type Call, useSlots } from './calls.ts';
import { Trouble, Unreadable } from './Trouble.tsx';

/** The appointment that was booked. */
export function Booked({ appointment }: { appointment: Appointment }) {
  const t = useCallWords();
  return (
    <Note icon={<CalendarClock size={18} aria-hidden="true" />}>
      <b>
        {t.appointment}: {fmt.time(appointment.starts_at)}
      </b>
      <p>{t.appointmentText}</p>
    </Note>
  );
}

type SheetProps = {
  holdId: string;
  /** The call that waits in the queue, which is left for the appointment. */
  waiting: Call | null;
  onClose: () => void;
};

/** The sheet of free times, by day (G33). */
export function Appointments({ holdId, waiting, onClose }: SheetProps) {
  const t = useCallWords();
  const shell = useShellWords();
  const slots = useSlots(holdId);
  return (
    <Sheet title={t.book} close={shell.close} onClose={onClose}>
      {slots.isPending && <Skeleton height={260} />}
      {slots.isError && <Unreadable error={slots.error} retry={() => void slots.refetch()} />}
      {slots.data &&
        (slots.data.items.length ? (
          <Times holdId={holdId} slots={slots.data.items} waiting={waiting} onClose={onClose} />
        ) : (
          <p>{t.noSlots}</p>
        ))}
    </Sheet>
  );
}

type Props = SheetProps & { slots: string[] };

function Times({ holdId, slots, waiting, onClose }: Props) {
  const t = useCallWords();
  const client = useQueryClient();
  const days = useMemo(() => byDay(slots), [slots]);
  const [day, setDay] = useState(() => fmt.date(slots[0]!));
  const [time, setTime] = useState('');
  const booking = useMutation({
    mutationFn: () => book(client, holdId, time, waiting),
    onSuccess: () => {
      toast(t.booked(fmt.time(time)));
      onClose();
    },
  });
  return (
    <div className="stack">
      <Chips
        legend={t.chooseDay}
        all={[...days.keys()]}
        chosen={day}
        text={(value) => value.slice(0, 5)}
        onChoose={setDay}
      />
      <Chips
        legend={t.chooseTime}
        all={days.get(day) ?? []}
        chosen={time}
        text={fmt.hour}
        onChoose={setTime}
      />
      <p className="field-hint">{waiting ? `${t.slotText} ${t.leavesQueue}` : t.slotText}</p>
      <Trouble error={booking.error} />
      <Button kind="primary" large disabled={!time} busy={booking.isPending} onClick={() => booking.mutate()}>
        {t.confirm}
      </Button>
    </div>
  );
}

type ChipsProps = {
  legend: string;
  all: string[];
  chosen: string;
  text: (value: string) => string;
  onChoose: (value: string) => void;
};

function Chips({ legend, all, chosen, text, onChoose }: ChipsProps) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="slots">
        {all.map((value) => (
          <button
            key={value}
            type="button"
            className="chip"
            aria-pressed={value === chosen}
            onClick={() => onChoose(value)}
          >
            {text(value)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function byDay(slots: string[]): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const slot of slots) {
    const day = fmt.date(slot);
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return days;
}
