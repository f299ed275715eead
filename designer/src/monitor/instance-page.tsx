import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function InstancePage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Instance' }]} />
      <RowsSkeleton />
    </>
  )
}
