import { ActionIcon } from '@mantine/core'
import { IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { createContext, Fragment, type ReactNode, useContext, useEffect } from 'react'
import { Link } from 'react-router'
import styles from './page-bar.module.css'

export interface Crumb {
  readonly label: string
  readonly to?: string
}

export interface PageBarProps {
  readonly crumbs: readonly Crumb[]
  /** Beside the breadcrumb: version, state of saving, badges. */
  readonly children?: ReactNode
  /** On the right, the primary action last. */
  readonly actions?: ReactNode
}

/** Shows the navigation again while it is hidden. */
export const PageBarMenu = createContext<(() => void) | null>(null)

/** The one bar on top of a page: where one is, and what can be done. */
export function PageBar({ crumbs, children, actions }: PageBarProps) {
  const showRail = useContext(PageBarMenu)
  const title = crumbs
    .map((crumb) => crumb.label)
    .reverse()
    .join(' · ')
  useEffect(() => {
    document.title = title ? `${title} · durable-canvas` : 'durable-canvas'
  }, [title])

  return (
    <header className={styles.bar}>
      {showRail && (
        <ActionIcon onClick={showRail} aria-label="Show the navigation">
          <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
        </ActionIcon>
      )}
      <nav className={styles.crumbs} aria-label="Breadcrumb">
        {crumbs.map((crumb, index) => (
          <Fragment key={crumb.label}>
            {index > 0 && (
              <span className={styles.slash} aria-hidden>
                /
              </span>
            )}
            {index === crumbs.length - 1 ? (
              <h1 className={styles.here} title={crumb.label}>
                {crumb.label}
              </h1>
            ) : (
              <Link className={styles.crumb} to={crumb.to ?? '.'}>
                {crumb.label}
              </Link>
            )}
          </Fragment>
        ))}
      </nav>
      <div className={styles.state}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </header>
  )
}
