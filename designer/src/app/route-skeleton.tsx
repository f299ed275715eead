import { PageBar } from '../ui/page-bar.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'

/** The frame of a page whose code is still on its way. */
export function RouteSkeleton() {
  return (
    <>
      <PageBar crumbs={[]} />
      <RowsSkeleton rows={8} />
    </>
  )
}
