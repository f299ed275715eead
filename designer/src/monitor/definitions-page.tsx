import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

export function DefinitionsPage() {
  return (
    <>
      <PageBar crumbs={[{ label: 'Definitions' }]} />
      <RowsSkeleton />
    </>
  )
}
