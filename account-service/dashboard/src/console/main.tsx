import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refusal } from '../dashboard/api/client'
import { router } from './router'
import { OperatorSession, session } from './session'

/** A session that is over ends what is shown, whichever request found it out. */
const whenOver = (error: Error) => {
  if (!(error instanceof Refusal && error.code === 'session_over')) return
  client.setQueryData(session.queryKey, { object: 'operator_session', signed_in: false })
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== session.queryKey[0] })
}

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: whenOver }),
  mutationCache: new MutationCache({ onError: whenOver }),
  defaultOptions: {
    queries: {
      // Nothing is asked for by itself: a session that nobody uses is to end.
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 2 && !(error instanceof Refusal && error.status < 500),
      staleTime: 2_000,
    },
  },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <OperatorSession><RouterProvider router={router} /></OperatorSession>
    </QueryClientProvider>
  </StrictMode>,
)
