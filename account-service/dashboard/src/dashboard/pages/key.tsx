import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { api, told, type Schemas } from '../api/client'
import { key, models } from '../api/queries'
import { at } from '../api/time'
import { KeyFields, settingsOf } from '../parts/keyform'
import { ShownOnce } from '../parts/shownonce'
import { Source } from '../parts/source'
import { Problem, Shown } from '../parts/states'
import { mayHaveKeys, useSignedIn } from '../session'
import { KeyState } from './keys'

export function KeyPage() {
  const { keyId } = useParams({ from: '/keys/$keyId' })
  const answer = useQuery(key(keyId))
  return (
    <>
      <p><Link to="/keys">API keys</Link></p>
      {!answer.data && <h1>API key</h1>}
      {/* Another key's page is another page: nothing that was typed on one stands on the next. */}
      <Shown of={answer}>{(data) => <OneKey of={data} key={data.key_id} />}</Shown>
    </>
  )
}

function OneKey({ of }: { of: Schemas['ApiKey'] }) {
  const { account } = useSignedIn()
  const client = useQueryClient()
  const sold = useQuery(models)
  const [issued, setIssued] = useState<Schemas['IssuedApiKey']>()
  const path = { params: { path: { keyId: of.key_id } } }
  const changed = () => Promise.all([client.invalidateQueries({ queryKey: ['key'] }), client.invalidateQueries({ queryKey: ['keys'] })])
  const change = useMutation({ mutationFn: (body: Schemas['ApiKeyChange']) => told(api.PATCH('/keys/{keyId}', { ...path, body })), onSuccess: changed })
  const revoke = useMutation({ mutationFn: () => told(api.DELETE('/keys/{keyId}', path)), onSuccess: changed })
  const rotate = useMutation({
    mutationFn: (overlapSeconds: number) => told(api.POST('/keys/{keyId}/rotation', { ...path, body: { overlap_seconds: overlapSeconds } })),
    onSuccess: (successor) => { setIssued(successor); return changed() },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    change.mutate(settingsOf(new FormData(event.currentTarget), of) as Schemas['ApiKeyChange'])
  }
  const isOver = of.status === 'revoked'
  return (
    <>
      <div className="title"><h1>{of.label}</h1><KeyState of={of} /></div>
      {issued && <ShownOnce of={issued} model={issued.allowed_routes?.[0] ?? sold.data?.[0] ?? ''} close={() => setIssued(undefined)} />}
      <dl className="figures">
        <div className="figure"><dt>Ends in</dt><dd className="code">…{of.last_four}</dd></div>
        <div className="figure"><dt>Created</dt><dd className="hint">{at(of.created_at)}</dd></div>
        <div className="figure"><dt>Last used</dt><dd className="hint">{of.last_used_at ? at(of.last_used_at) : 'never'}</dd></div>
        <div className="figure"><dt>{of.revoked_at ? 'Revoked' : 'Expires'}</dt><dd className="hint">{of.revoked_at ? at(of.revoked_at) : of.expires_at ? at(of.expires_at) : 'never'}</dd></div>
      </dl>
      <p className="actions"><span className="code">{of.key_id}</span><Source path={`/keys/${of.key_id}`} data={of} /><Link to="/requests" search={{ key: of.key_id }}>Its requests</Link>
        {of.replaced_by && <Link to="/keys/$keyId" params={{ keyId: of.replaced_by }}>Its successor</Link>}</p>
      {!isOver && mayHaveKeys(account.role) && (
        <>
          <form className="panel" onSubmit={submit} aria-labelledby="limits">
            <h2 id="limits">Label and limits</h2>
            <KeyFields of={of} models={sold.data ?? []} />
            {change.isError && <Problem error={change.error} />}
            <div className="actions"><button className="primary" disabled={change.isPending}>Save</button>
              <button type="button" disabled={change.isPending} onClick={() => change.mutate({ disabled: of.status !== 'disabled' } as Schemas['ApiKeyChange'])}>{of.status === 'disabled' ? 'Enable it' : 'Disable it'}</button>
              <span role="status" className="hint">{change.isSuccess && 'Saved, and in force everywhere.'}</span></div>
          </form>
          <section className="panel" aria-labelledby="end">
            <h2 id="end">Another key in its place, or none</h2>
            {(rotate.isError || revoke.isError) && <Problem error={(rotate.error ?? revoke.error)!} />}
            <div className="actions">
              <Confirmed name="Rotate" title="Another key in its place" busy={rotate.isPending} act={() => rotate.mutate(86_400)}>
                A successor with the same limits, and what was spent of them, is shown once. This key goes on for a day.</Confirmed>
              <Confirmed name="Revoke" title="Revoke the key" danger busy={revoke.isPending} act={() => revoke.mutate()}>
                Whatever still uses “{of.label}” is refused from now on. This cannot be taken back.</Confirmed>
            </div>
          </section>
        </>
      )}
    </>
  )
}

/** What cannot be taken back is asked for twice. */
function Confirmed({ name, title, danger, busy, act, children }: { name: string; title: string; danger?: boolean; busy: boolean; act(): void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const confirm = () => { dialog.current?.close(); act() }
  return (
    <>
      <button className={danger ? 'danger' : ''} disabled={busy} onClick={() => dialog.current?.showModal()}>{name}…</button>
      <dialog ref={dialog} aria-label={title}>
        <h2>{title}</h2><p>{children}</p>
        <div className="actions"><button className={danger ? 'danger' : 'primary'} onClick={confirm}>{name}</button><button onClick={() => dialog.current?.close()}>Cancel</button></div>
      </dialog>
    </>
  )
}
