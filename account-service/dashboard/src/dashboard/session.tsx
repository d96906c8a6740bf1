import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react'
import { api, speakFor, told, type Schemas } from './api/client'
import { endRunKey } from './api/runkey'
import { Loading, Problem } from './parts/states'

type Account = NonNullable<Schemas['Session']['accounts']>[number]

interface SignedIn {
  session: Schemas['Session']
  account: Account
  choose(accountId: string): void
}

const Context = createContext<SignedIn | null>(null)
const CHOSEN = 'account'

export function useSignedIn(): SignedIn {
  const signedIn = useContext(Context)
  if (!signedIn) throw new Error('Only what stands within Session knows who is signed in.')
  return signedIn
}

/** Whether the member's role lets him do what owners, admins and developers do: have keys. */
export function mayHaveKeys(role: string) {
  return ['owner', 'admin', 'developer'].includes(role)
}

/** Whether it lets him buy credit. */
export function mayTopUp(role: string) {
  return ['owner', 'admin', 'billing'].includes(role)
}

/** Shows what is in it to somebody who is signed in and a member of something; sends everybody else to sign in. */
export function Session({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [chosen, setChosen] = useState(() => localStorage.getItem(CHOSEN) ?? '')
  const answer = useQuery({ queryKey: ['session'], queryFn: () => told(api.GET('/session')), staleTime: 60_000 })
  const session = answer.data
  useEffect(() => {
    if (session && !session.signed_in) location.assign('/sign-in')
  }, [session])
  if (answer.isPending) return <main className="narrow"><Loading /></main>
  if (answer.isError) return <main className="narrow"><Problem error={answer.error} retry={answer.refetch} /></main>
  if (!session?.signed_in) return <main className="narrow"><p>You are not signed in. <a href="/sign-in">Sign in</a></p></main>
  const accounts = session.accounts ?? []
  const account = accounts.find((one) => one.account_id === chosen) ?? accounts[0]
  speakFor(account?.account_id ?? '', session.csrf_token ?? '')
  if (!account) {
    return <main className="narrow"><h1>No account yet</h1>
      <p>You are signed in as {session.email}, and not a member of any account. Ask an owner to invite this address.</p>
      <button onClick={signOut}>Sign out</button></main>
  }
  const choose = (accountId: string) => {
    localStorage.setItem(CHOSEN, accountId)
    setChosen(accountId)
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
  }
  // Another account is another dashboard: nothing of the one before stays on it.
  return <Context.Provider key={account.account_id} value={{ session, account, choose }}>{children}</Context.Provider>
}

export async function signOut() {
  await endRunKey()
  await api.DELETE('/session')
  location.assign('/sign-in')
}
