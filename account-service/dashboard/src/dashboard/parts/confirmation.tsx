import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { passkeysThere, signByPasskey } from '../../passkeys'
import { api, confirmBy, told } from '../api/client'
import { Problem } from './states'
import { signOut, useSignedIn } from '../session'

/** Asks who is signed in to show once more who he is, whenever the API says so; what he was doing goes on then by itself. */
export function Confirmation() {
  const { session } = useSignedIn()
  const dialog = useRef<HTMLDialogElement>(null)
  const answer = useRef<(confirmed: boolean) => void>(undefined)
  const [asked, setAsked] = useState(0)
  useEffect(() => confirmBy(() => new Promise((resolve) => {
    answer.current?.(false)
    answer.current = resolve
    setAsked((times) => times + 1)
    dialog.current?.showModal()
  })), [])
  const end = (confirmed: boolean) => {
    answer.current?.(confirmed)
    answer.current = undefined
    dialog.current?.close()
  }
  return (
    <dialog ref={dialog} aria-labelledby="confirmation" onClose={() => end(false)}>
      <h2 id="confirmation">Is it you?</h2>
      <p>This hands out power over the account, such as a key that spends or a member’s role. You signed in a while ago: show once more that it is you, and it goes on.</p>
      {/* Each time anew: nothing of the last time stands in it. */}
      <Ways key={asked} hasPasskeys={passkeysThere && (session.passkeys?.length ?? 0) > 0} email={session.email ?? ''} done={() => end(true)} />
      <p className="actions"><button onClick={() => end(false)}>Cancel</button><button className="plain" onClick={signOut}>Sign out, to sign in again</button></p>
    </dialog>
  )
}

function Ways({ hasPasskeys, email, done }: { hasPasskeys: boolean; email: string; done(): void }) {
  const byPasskey = useMutation({
    mutationFn: async () => {
      const { public_key: options } = await told(api.POST('/session/confirmation/options', { body: {} }))
      return told(api.POST('/session/confirmation', { body: { credential: await signByPasskey(options) } }))
    },
    onSuccess: done,
  })
  const mail = useMutation({ mutationFn: () => told(api.POST('/session/confirmation/code', { body: {} })) })
  const byCode = useMutation({ mutationFn: (code: string) => told(api.POST('/session/confirmation', { body: { code } })), onSuccess: done })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    byCode.mutate(String(new FormData(event.currentTarget).get('code')))
  }
  return (
    <>
      {hasPasskeys && <p><button className="primary" disabled={byPasskey.isPending} onClick={() => byPasskey.mutate()}>Use a passkey</button></p>}
      {byPasskey.isError && <Problem error={byPasskey.error} />}
      {mail.data ? (
        <form onSubmit={submit}>
          <div className="field"><label htmlFor="code">The code that was mailed to {mail.data.mailed_to}</label><input id="code" name="code" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} required maxLength={40} autoFocus /></div>
          {byCode.isError && <Problem error={byCode.error} />}
          <p><button className="primary" disabled={byCode.isPending}>Go on</button></p>
        </form>
      ) : <p><button disabled={mail.isPending} onClick={() => mail.mutate()}>Mail a code to {email}</button></p>}
      {mail.isError && <Problem error={mail.error} />}
    </>
  )
}
