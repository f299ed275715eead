import { useParams } from 'react-router'
import { addresses } from '../app/addresses.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { PageBar } from '../ui/page-bar.tsx'
import { PanelSkeleton } from '../ui/skeletons.tsx'
import { Designer } from './designer.tsx'
import { useDraftSession } from './use-draft-session.ts'

/** `/definitions/:name/draft?step=`: the drawing board. */
export function DesignerPage() {
  const { name = '' } = useParams()
  return <OpenedDraft key={name} name={name} />
}

function OpenedDraft({ name }: { readonly name: string }) {
  const session = useDraftSession(name)
  if (session.phase === 'ready') return <Designer name={name} session={session} />
  return (
    <>
      <PageBar crumbs={[{ label: 'Definitions', to: addresses.definitions }, { label: name }]} />
      {session.phase === 'failed' ? (
        <ErrorState title="The draft could not be loaded" error={session.error} onRetry={session.retry} />
      ) : (
        <PanelSkeleton />
      )}
    </>
  )
}
