import { Skeleton } from '@chonso/ui';
import { Workspace } from '../../shell/Workspace.tsx';

export function Video() {
  return (
    <Workspace title="Video">
      <Skeleton height={240} />
    </Workspace>
  );
}
