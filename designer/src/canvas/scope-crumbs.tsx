import { branchOf, enclosingScopes, idOf, ownerOf, rootScope } from '../drawing/static-path.ts'
import { stepAt } from '../drawing/tree.ts'
import { titleOf } from '../steps/words.ts'
import { useDrawing } from '../store/drawing-store.ts'
import styles from './canvas.module.css'

export interface ScopeCrumbsProps {
  readonly root: string
  readonly onGo: (scope: string) => void
  readonly onOut: () => void
}

/** The way out of the scope that fills the canvas. */
export function ScopeCrumbs({ root, onGo, onOut }: ScopeCrumbsProps) {
  const definition = useDrawing((state) => state.drawing.definition)
  const name = (scope: string) => {
    const owner = ownerOf(scope)
    if (owner === undefined) return 'Whole workflow'
    const title = titleOf(idOf(owner), stepAt(definition, owner))
    const branch = branchOf(scope)
    return branch === undefined ? title : `${title}, ${branch}`
  }
  return (
    <nav className={styles.crumbs} aria-label="Scopes">
      {enclosingScopes(`${root}/x`)
        .slice(0, -1)
        .map((scope) => (
          <span key={scope}>
            <button type="button" onClick={() => onGo(scope)}>
              {name(scope)}
            </button>{' '}
            /
          </span>
        ))}
      <strong>{name(root)}</strong>
      {root !== rootScope && (
        <button type="button" onClick={onOut} title="Out of this scope">
          Out
        </button>
      )}
    </nav>
  )
}
