import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/base.css'
import './ui/tones.css'
import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { askAhead } from './api/drafts.ts'
import { queryClient } from './api/query-client.ts'
import { draftNameIn } from './app/draft-address.ts'
import { loadAhead, router } from './app/router.tsx'
import { cssVariables, theme } from './ui/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

const draft = draftNameIn(location.pathname)
if (draft !== undefined) void askAhead(queryClient, draft)

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="bottom-right" autoClose={5000} limit={4} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)

// When the first page has come to rest.
const restMs = 3_000
setTimeout(() => void loadAhead(), restMs)
