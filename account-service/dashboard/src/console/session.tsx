import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useState, type FormEvent, type ReactNode } from 'react'
import { told } from '../dashboard/api/client'
import { Loading, Problem } from '../dashboard/parts/states'
import { api, speakWith, type Role } from './api'

interface SignedIn { name: string; installation: boolean; has(...roles: Role[]): boolean }

const Context = createContext<SignedIn | null>(null)

export function useOperator(): SignedIn {
  const operator = useContext(Context)
  if (!operator) throw new Error('Only what stands within OperatorSession knows who is signed in.')
  return operator
}

export const session = { queryKey: ['session'], queryFn: () => told(api.GET('/operator/session')), staleTime: Infinity }

/** Shows what is in it to an operator who is signed in, and the way in to everybody else. */
export function OperatorSession({ children }: { children: ReactNode }) {
  const answer = useQuery(session)
  if (answer.isPending) return <main className="narrow"><Loading /></main>
  if (answer.isError) return <main className="narrow"><Problem error={answer.error} retry={answer.refetch} /></main>
  const { signed_in: isSignedIn, name, roles = [], installation = false, csrf_token: token } = answer.data
  speakWith(token ?? '')
  if (!isSignedIn || !name) return <SignIn />
  // What is shown goes by the roles; what is done, the server decides.
  const operator = { name, installation, has: (...some: Role[]) => some.some((role) => roles.includes(role)) }
  return <Context.Provider value={operator}>{children}</Context.Provider>
}

/** The token is in the page while it is typed and sent, and nowhere after that. */
function SignIn() {
  const client = useQueryClient()
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<Error>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const sent = told(api.POST('/operator/session', { body: { token: String(new FormData(form).get('token')) } }))
    form.reset()
    setSending(true)
    sent.then((begun) => client.setQueryData(session.queryKey, begun), setFailure).finally(() => setSending(false))
  }
  return (
    <main className="narrow">
      <h1>Operators</h1>
      <p>Sign in with your operator’s secret. It is exchanged for a session that ends when you sign out, after a quarter of an hour without use, and as soon as the secret is revoked or renewed.</p>
      <form onSubmit={submit}>
        <div className="field"><label htmlFor="token">Operator’s secret</label>
          <input id="token" name="token" type="password" required maxLength={1000} autoComplete="off" autoFocus /></div>
        {failure && <div className="wrong" role="alert"><p>{failure.message}</p></div>}
        <button className="primary" disabled={isSending}>Sign in</button>
      </form>
    </main>
  )
}

/** Whatever was shown to the operator goes with him. */
export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => told(api.DELETE('/operator/session')),
    onSuccess: () => location.assign('/operator'),
    onError: () => client.invalidateQueries(session),
  })
}
