import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { api, Refusal, told, type Schemas } from '../api/client'
import { memberLimits } from '../api/queries'
import { mayHaveKeys, useSignedIn } from '../session'
import { LimitFields, limitsOf } from './keyform'
import { Problem, Shown } from './states'

type Member = Schemas['Member']
type Role = Schemas['Role']
/** What becomes of a member's keys, where he may have none any more. */
type Keys = { keys?: 'revoke' | 'transfer'; to?: string }

export const ROLES: Role[] = ['owner', 'admin', 'billing', 'developer', 'viewer'] as Role[]

/** A member's role, limits and end; what the reader may not, the API refuses in its own words. */
export function MemberDialog({ of, all }: { of: Member; all: Member[] }) {
  const { account, session } = useSignedIn()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  const title = useId()
  const isSelf = of.member_id === session.person_id
  const mayEdit = account.role === 'owner' || account.role === 'admin'
  useEffect(() => { if (isOpen) dialog.current?.showModal() }, [isOpen])
  if (!mayEdit && !isSelf) return null
  const who = of.name ?? of.email
  return (
    <>
      <button aria-label={mayEdit ? `Edit ${who}` : `Leave ${account.name}`} onClick={() => setOpen(true)}>{mayEdit ? 'Edit…' : 'Leave…'}</button>
      {isOpen && (
        <dialog ref={dialog} aria-labelledby={title} onClose={() => setOpen(false)}>
          <h2 id={title}>{of.name ? `${of.name}, ` : ''}{of.email}</h2>
          {mayEdit && <RoleForm of={of} all={all} />}
          {mayEdit && <LimitsForm of={of} />}
          <End of={of} all={all} isSelf={isSelf} />
          <p><button onClick={() => dialog.current?.close()}>Close</button></p>
        </dialog>
      )}
    </>
  )
}

function RoleForm({ of, all }: { of: Member; all: Member[] }) {
  const { account } = useSignedIn()
  const client = useQueryClient()
  const id = useId()
  const change = useMutation({
    mutationFn: (body: { role: Role } & Keys) => told(api.PATCH('/members/{member}', { params: { path: { member: of.member_id } }, body })),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['members'] }), client.invalidateQueries({ queryKey: ['session'] })]),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    change.mutate({ role: form.get('role') as Role, ...keysOf(form) })
  }
  return (
    <form onSubmit={submit} aria-label="Role">
      <div className="field"><label htmlFor={id}>Role</label>
        <select id={id} name="role" defaultValue={of.role}>{ROLES.filter((role) => role !== 'owner' || account.role === 'owner' || of.role === 'owner').map((role) => <option key={role}>{role}</option>)}</select></div>
      <KeysQuestion error={change.error} of={of} all={all} />
      <div className="actions"><button className="primary" disabled={change.isPending}>Give the role</button><span role="status" className="hint">{change.isSuccess && `${change.data.email} is ${change.data.role} now.`}</span></div>
    </form>
  )
}

function LimitsForm({ of }: { of: Member }) {
  const client = useQueryClient()
  const answer = useQuery(memberLimits(of.member_id))
  const save = useMutation({
    mutationFn: (body: Schemas['Limits']) => told(api.PUT('/members/{member}/limits', { params: { path: { member: of.member_id } }, body })),
    onSuccess: (limits) => { client.setQueryData(memberLimits(of.member_id).queryKey, limits) },
  })
  return (
    <Shown of={answer}>{(limits) => (
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(limitsOf(new FormData(event.currentTarget), limits)) }} aria-label="Limits">
        <h3>Limits of all keys of the member together</h3>
        <LimitFields of={limits} />
        {save.isError && <Problem error={save.error} />}
        <div className="actions"><button className="primary" disabled={save.isPending}>Save the limits</button><span role="status" className="hint">{save.isSuccess && 'Saved, and in force everywhere.'}</span></div>
      </form>
    )}</Shown>
  )
}

function End({ of, all, isSelf }: { of: Member; all: Member[]; isSelf: boolean }) {
  const client = useQueryClient()
  const [isMeant, setMeant] = useState(false)
  const end = useMutation({
    mutationFn: (body: Keys) => told(api.POST('/members/{member}/removal', { params: { path: { member: of.member_id } }, body })),
    // Who is a member no more has no limits to ask for.
    onSuccess: () => (isSelf ? location.reload() : client.invalidateQueries({ predicate: ({ queryKey: [name] }) => name !== 'member-limits' })),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    end.mutate(keysOf(new FormData(event.currentTarget)))
  }
  const name = isSelf ? 'Leave the account' : 'Remove the member'
  if (!isMeant) return <p className="actions"><button className="danger" onClick={() => setMeant(true)}>{name}…</button></p>
  return (
    <form onSubmit={submit} aria-label={name} className="note">
      <p>{isSelf ? 'You see and do nothing in this account any more' : `${of.email} sees and does nothing in this account any more`}. Keys that manage keys are revoked. Another invitation brings {isSelf ? 'you' : 'the member'} back.</p>
      <KeysQuestion error={end.error} of={of} all={all} />
      <div className="actions"><button className="danger" disabled={end.isPending}>{name}</button><button type="button" onClick={() => setMeant(false)}>Cancel</button></div>
    </form>
  )
}

/** Asked once the API says that there are keys of which it must be said; any other refusal is shown. */
function KeysQuestion({ error, of, all }: { error: Error | null; of: Member; all: Member[] }) {
  const id = useId()
  const [choice, setChoice] = useState('revoke')
  if (!error) return null
  const keys = error instanceof Refusal ? error.details.valid_keys : undefined
  if (keys === undefined) return <Problem error={error} />
  const heirs = all.filter((one) => one.member_id !== of.member_id && mayHaveKeys(one.role))
  return (
    <fieldset><legend>{String(keys)} {keys === 1 ? 'key that calls models is' : 'keys that call models are'} in use</legend>
      <div className="field"><label htmlFor={`${id}k`}>What becomes of {keys === 1 ? 'it' : 'them'}</label>
        <select id={`${id}k`} name="keys" value={choice} onChange={(event) => setChoice(event.target.value)}><option value="revoke">revoke: refused from now on</option><option value="transfer">transfer: another member’s, as they are</option></select></div>
      {choice === 'transfer' && (
        <div className="field"><label htmlFor={`${id}t`}>To</label><select id={`${id}t`} name="to" required>{heirs.map((one) => <option key={one.member_id} value={one.member_id}>{one.email}</option>)}</select></div>
      )}
    </fieldset>
  )
}

function keysOf(form: FormData): Keys {
  const keys = form.get('keys')
  return keys === 'transfer' ? { keys, to: String(form.get('to')) } : keys === 'revoke' ? { keys } : {}
}
