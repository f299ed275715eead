import { useLocalStorage } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Outlet, ScrollRestoration, useMatch } from 'react-router'
import type { InstanceSummary } from '../api/api-types.ts'
import { type Purged, tellPurged, tellReopened, tellSummary } from '../api/instance-feed.ts'
import { keys } from '../api/query-client.ts'
import { apiPath } from '../api/request.ts'
import { useStream } from '../api/use-stream.ts'
import { useSessionToken } from '../store/session-token.ts'
import { PageBarMenu } from '../ui/page-bar.tsx'
import { listenToKeys, useShortcut } from '../ui/shortcuts.ts'
import { CommandPalette } from './command-palette.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { ShortcutHelp } from './shortcut-help.tsx'
import { TokenDialog } from './token-dialog.tsx'

/** What stands around every page. */
export function Shell() {
  const [isRailShown, setRailShown] = useLocalStorage({
    key: 'durable-canvas.rail',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  useEffect(() => listenToKeys(window), [])
  useInstanceFeed()
  useShortcut({
    id: 'rail',
    title: isRailShown ? 'Hide the navigation' : 'Show the navigation',
    keys: 'mod+.',
    group: 'General',
    run: () => setRailShown(!isRailShown),
  })

  return (
    <div className={styles.shell} data-rail={isRailShown}>
      <a href="#page" className={styles.skip}>
        Skip to the page
      </a>
      {isRailShown && <Rail />}
      <main id="page" className={styles.page} tabIndex={-1}>
        <PageBarMenu.Provider value={isRailShown ? null : () => setRailShown(true)}>
          <Outlet />
        </PageBarMenu.Provider>
      </main>
      <CommandPalette />
      <ShortcutHelp />
      <TokenDialog />
      <ScrollRestoration />
    </div>
  )
}

/** The stream of all instances, except while a page has the stream of one. */
function useInstanceFeed(): void {
  const client = useQueryClient()
  const isInstancePage = useMatch('/instances/:id') !== null
  const token = useSessionToken((session) => session.token)
  // The fragment never reaches the server: a new token makes a new connection.
  useStream(isInstancePage ? null : `${apiPath('/stream')}#${token ? 'with-token' : ''}`, {
    onMessage: ({ event, data }) => {
      if (event === 'instance') tellSummary(client, JSON.parse(data) as InstanceSummary)
      else if (event === 'purged') tellPurged(JSON.parse(data) as Purged)
      else if (event === 'reload') tellReopened()
    },
    onOpen: (isAgain) => {
      if (!isAgain) return
      tellReopened()
      void client.invalidateQueries({
        // A draft that is open is not read again behind its back; one that could not be read is.
        predicate: ({ queryKey, state }) =>
          queryKey[0] !== keys.instances[0] && (queryKey[0] !== keys.drafts[0] || state.status === 'error'),
      })
    },
  })
}
