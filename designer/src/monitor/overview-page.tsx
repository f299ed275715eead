import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function OverviewPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Overview' }]} />
      <RowsSkeleton />
    </>
  )
}
