import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { makePasskey, passkeysThere } from '../../passkeys'
import { api, told } from '../api/client'
import { at } from '../api/time'
import { Empty, Problem } from './states'
import { useSignedIn } from '../session'

/** The passkeys of who is signed in: what each is called, when it was used; another one; and away with it. */
export function Passkeys() {
  const { session } = useSignedIn()
  const client = useQueryClient()
  const changed = () => client.invalidateQueries({ queryKey: ['session'] })
  const add = useMutation({
    mutationFn: async (name: string) => {
      const { public_key: options } = await told(api.POST('/passkeys/options', { body: {} }))
      return told(api.POST('/passkeys', { body: { name, credential: await makePasskey(options) } }))
    },
    onSuccess: changed,
  })
  const remove = useMutation({
    mutationFn: (passkey: string) => told(api.DELETE('/passkeys/{passkey}', { params: { path: { passkey } } })),
    onSuccess: changed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    add.mutate(String(new FormData(form).get('passkey')), { onSuccess: () => form.reset() })
  }
  return (
    <section className="panel" aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p className="hint">You sign in with your device’s lock, fingerprint, face or PIN: nothing to type, nothing that can be told to somebody else’s page.</p>
      {remove.isError && <Problem error={remove.error} />}
      {session.passkeys?.length ? (
        <table className="cards">
          <thead><tr><th>Name</th><th>Added</th><th>Last used</th><th>Copies</th><th><span className="hint">Remove it</span></th></tr></thead>
          <tbody>{session.passkeys.map((one) => (
            <tr key={one.passkey_id}>
              <td data-label="Name">{one.name}</td><td data-label="Added">{at(one.created_at)}</td><td data-label="Last used">{at(one.last_used_at)}</td>
              <td data-label="Copies">{one.backed_up ? 'kept with its keeper' : 'none known'}</td>
              <td><button disabled={remove.isPending} aria-label={`Remove the passkey ${one.name}`} onClick={() => remove.mutate(one.passkey_id)}>Remove</button></td>
            </tr>
          ))}</tbody>
        </table>
      ) : <Empty title="No passkeys yet" />}
      {passkeysThere ? (
        <form onSubmit={submit}>
          <div className="field"><label htmlFor="passkey">Name of the passkey <span className="hint">(such as the device’s)</span></label><input id="passkey" name="passkey" required maxLength={100} /></div>
          {add.isError && <Problem error={add.error} />}
          <button className="primary" disabled={add.isPending}>Add a passkey</button>
        </form>
      ) : <p className="quiet">This browser has no passkeys here: they need https.</p>}
    </section>
  )
}
