import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refusal } from './api/client'
import { router } from './router'
import { Session } from './session'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused is refused again; what did not answer may.
      retry: (failures, error) => failures < 2 && !(error instanceof Refusal && error.status < 500),
      staleTime: 2_000,
    },
  },
})

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <Session><RouterProvider router={router} /></Session>
    </QueryClientProvider>
  </StrictMode>,
)
