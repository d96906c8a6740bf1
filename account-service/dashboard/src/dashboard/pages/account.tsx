import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, told } from '../api/client'
import { at } from '../api/time'
import { Passkeys } from '../parts/passkeys'
import { Problem } from '../parts/states'
import { signOut, useSignedIn } from '../session'

/** Who is signed in, as what, and where else. */
export function AccountPage() {
  const { session, account } = useSignedIn()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: (sessionId: string) => told(api.DELETE('/sessions/{session}', { params: { path: { session: sessionId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['session'] }),
  })
  return (
    <>
      <h1>Account</h1>
      <section className="panel" aria-labelledby="who">
        <h2 id="who">You</h2>
        <p>{session.name ? `${session.name}, ` : ''}{session.email}</p>
        <table className="cards">
          <caption>What you are a member of</caption>
          <thead><tr><th>Account</th><th>Id</th><th>Kind</th><th>Your role</th></tr></thead>
          <tbody>{session.accounts?.map((one) => (
            <tr key={one.account_id}><td data-label="Account">{one.name}{one.account_id === account.account_id ? ' (shown)' : ''}</td><td data-label="Id" className="code">{one.account_id}</td><td data-label="Kind">{one.kind}</td><td data-label="Your role">{one.role}</td></tr>
          ))}</tbody>
        </table>
      </section>
      <Passkeys />
      <section className="panel" aria-labelledby="sessions">
        <header><h2 id="sessions">Where you are signed in</h2><button onClick={signOut}>Sign out here</button></header>
        {end.isError && <Problem error={end.error} />}
        <table className="cards">
          <thead><tr><th>Browser</th><th>From</th><th>Began</th><th>Last used</th><th>Ends</th><th><span className="hint">End it</span></th></tr></thead>
          <tbody>{session.sessions?.map((one) => (
            <tr key={one.session_id}>
              <td data-label="Browser">{one.browser}</td><td data-label="From">{one.address}</td><td data-label="Began">{at(one.created_at)}</td>
              <td data-label="Last used">{at(one.last_seen_at)}</td><td data-label="Ends">{at(one.expires_at)}</td>
              <td>{one.current ? <span className="tag good">this one</span> : <button disabled={end.isPending} aria-label={`End the session from ${one.address} that began ${at(one.created_at)}`} onClick={() => end.mutate(one.session_id)}>End</button>}</td>
            </tr>
          ))}</tbody>
        </table>
      </section>
    </>
  )
}
