import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Change, Shift } from './calls.ts';
import { words } from './words.ts';

const w = words.state;

type Props = { shift: Shift | undefined; onChoose: (change: Change) => void };

/** The agent's state, and the menu that chooses another; during a call, the one that follows it. */
export function StateSwitch({ shift, onChoose }: Props) {
  if (!shift) return null;
  const isEngaged = shift.state === 'RESERVED' || shift.state === 'BUSY';
  const chosen = isEngaged ? shift.next_state : shift.state;
  const item = (body: Change, text: string) => (
    <DropdownMenu.Item key={text} className="menu-i" onSelect={() => onChoose(body)}>
      {text}
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="ready" data-state-of={shift.state}>
        <i aria-hidden="true" />
        {w.names[shift.state]}
        {isEngaged && chosen && <small>{w.later(w.names[chosen])}</small>}
        <ChevronDown size={15} aria-hidden="true" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8}>
          {isEngaged && <DropdownMenu.Label className="menu-l">{w.afterCall}</DropdownMenu.Label>}
          {chosen !== 'AVAILABLE' && item({ state: 'AVAILABLE' }, w.available)}
          <DropdownMenu.Label className="menu-l">{w.goOnBreak}</DropdownMenu.Label>
          {Object.entries(words.breaks).map(([code, text]) =>
            item({ state: 'BREAK', reason_code: code as NonNullable<Change['reason_code']> }, text),
          )}
          <DropdownMenu.Separator className="menu-s" />
          {chosen !== 'OFFLINE' && item({ state: 'OFFLINE' }, w.leave)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
