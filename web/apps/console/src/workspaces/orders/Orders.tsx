import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Orders() {
  return (
    <Workspace title="Orders">
      <Skeleton height={240} />
    </Workspace>
  );
}
