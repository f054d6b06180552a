import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { BreakReason, Shift, useReadiness } from './calls.ts';
import { words } from './words.ts';

type Props = {
  shift: Shift | undefined;
  change: ReturnType<typeof useReadiness>;
  /** A call is in hand: whoever talks is neither ready nor on a break. */
  talking: boolean;
};

/** The agent's readiness, and the menu that changes it. */
export function Readiness({ shift, change, talking }: Props) {
  if (!shift) return null;
  const name = talking ? words.stage.inCall : words.readiness[shift.readiness];
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="ready"
        disabled={talking}
        data-state-of={talking ? 'TALK' : shift.readiness}
      >
        <i aria-hidden="true" />
        {name}
        {!talking && <ChevronDown size={15} aria-hidden="true" />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={8}>
          {shift.readiness !== 'READY' && (
            <DropdownMenu.Item className="menu-i" onSelect={() => change.mutate({ readiness: 'READY' })}>
              {words.ready}
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Label className="menu-l">{words.goOnBreak}</DropdownMenu.Label>
          {Object.entries(words.breaks).map(([code, text]) => (
            <DropdownMenu.Item
              key={code}
              className="menu-i"
              onSelect={() => change.mutate({ readiness: 'BREAK', reason_code: code as BreakReason })}
            >
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
