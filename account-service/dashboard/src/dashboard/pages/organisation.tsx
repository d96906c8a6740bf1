import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api, told, type Schemas } from '../api/client'
import { invitations, members } from '../api/queries'
import { at } from '../api/time'
import { MemberDialog, ROLES } from '../parts/memberdialog'
import { Copy, Source } from '../parts/source'
import { Empty, Problem, Shown } from '../parts/states'
import { useSignedIn } from '../session'

type Role = Schemas['Role']

/** Who else is in the account, and who is asked to be. */
export function OrganisationPage() {
  const { account, session } = useSignedIn()
  const mayInvite = account.role === 'owner' || account.role === 'admin'
  return (
    <>
      <h1>Organisation</h1>
      <p className="actions"><span>{account.name}</span><span className="tag">{account.kind}</span><span className="code">{account.account_id}</span></p>
      {account.role === 'developer'
        ? <><p className="quiet">Members are shown to owners, admins, billing and viewers.</p><MemberDialog of={{ member_id: session.person_id ?? '', email: session.email ?? '', email_verified: true, role: 'developer' as Role, joined_at: '' }} all={[]} /></>
        : <Members />}
      {account.kind === 'personal' && account.role === 'owner' && <BecomeOrganisation />}
      {account.kind === 'organisation' && mayInvite && <Invitations />}
    </>
  )
}

function Members() {
  const { session } = useSignedIn()
  const answer = useQuery(members)
  return (
    <section className="panel" aria-labelledby="members">
      <header><h2 id="members">Members</h2>{answer.data && <Source path="/members?limit=1000" data={answer.data} />}</header>
      <Shown of={answer}>{({ data, next_cursor: next }) => data.length === 0
        ? <Empty title="No members" />
        : (
          <>
            <table className="cards">
              <thead><tr><th>Who</th><th>Role</th><th>Address verified</th><th>Since</th><th><span className="hint">Edit</span></th></tr></thead>
              <tbody>{data.map((one) => (
                <tr key={one.member_id}><td data-label="Who"><span>{one.name ? `${one.name}, ` : ''}{one.email}{one.member_id === session.person_id ? ' (you)' : ''}</span></td>
                  <td data-label="Role">{one.role}</td><td data-label="Address verified">{one.email_verified ? 'yes' : 'no'}</td><td data-label="Since">{at(one.joined_at)}</td>
                  <td><MemberDialog of={one} all={data} /></td></tr>
              ))}</tbody>
            </table>
            {next && <p className="hint">The first 1,000 are shown.</p>}
          </>
        )}</Shown>
    </section>
  )
}

function BecomeOrganisation() {
  const client = useQueryClient()
  const become = useMutation({
    mutationFn: (name: string) => told(api.POST('/account/organisation', { body: { name } })),
    onSuccess: () => client.invalidateQueries(),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    become.mutate(String(new FormData(event.currentTarget).get('name')))
  }
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="become">
      <h2 id="become">Make it an organisation’s</h2>
      <p>Then it has more members than you. Its id, its credit and its keys stay. This cannot be taken back.</p>
      <div className="field"><label htmlFor="name">Name of the organisation</label><input id="name" name="name" required maxLength={200} /></div>
      {become.isError && <Problem error={become.error} />}
      <button className="primary" disabled={become.isPending}>Make it an organisation’s</button>
    </form>
  )
}

function Invitations() {
  const { account } = useSignedIn()
  const client = useQueryClient()
  const answer = useQuery(invitations)
  const changed = () => client.invalidateQueries({ queryKey: ['invitations'] })
  const invite = useMutation({ mutationFn: (body: { email: string; role: Role }) => told(api.POST('/invitations', { body })), onSuccess: changed })
  const revoke = useMutation({ mutationFn: (invitation: string) => told(api.DELETE('/invitations/{invitation}', { params: { path: { invitation } } })), onSuccess: changed })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    invite.mutate({ email: String(form.get('email')), role: form.get('role') as Role })
  }
  return (
    <>
      <form className="panel" onSubmit={submit} aria-labelledby="invite">
        <h2 id="invite">Invite somebody</h2>
        <div className="row">
          <div className="field"><label htmlFor="email">E-mail address</label><input id="email" name="email" type="email" required maxLength={254} /></div>
          <div className="field"><label htmlFor="role">Role</label><select id="role" name="role" defaultValue="developer">{ROLES.filter((role) => role !== 'owner' || account.role === 'owner').map((role) => <option key={role}>{role}</option>)}</select></div>
        </div>
        {invite.isError && <Problem error={invite.error} />}
        {invite.data && (invite.data.link
          ? <div className="note"><p>No mail server is set: hand this link over yourself. It is shown this once.</p><pre tabIndex={0}>{invite.data.link}</pre><Copy text={invite.data.link} /></div>
          : <p role="status">The invitation is mailed to {invite.data.email}.</p>)}
        <button className="primary" disabled={invite.isPending}>Invite</button>
      </form>
      <section className="panel" aria-labelledby="invitations">
        <header><h2 id="invitations">Invitations</h2>{answer.data && <Source path="/invitations?limit=1000" data={answer.data} />}</header>
        {revoke.isError && <Problem error={revoke.error} />}
        <Shown of={answer}>{({ data }) => data.length === 0 ? <Empty title="None so far" /> : (
          <table className="cards">
            <thead><tr><th>Address</th><th>Role</th><th>State</th><th>Open until</th><th><span className="hint">Revoke</span></th></tr></thead>
            <tbody>{[...data].reverse().map((one) => (
              <tr key={one.invitation_id}><td data-label="Address">{one.email}</td><td data-label="Role">{one.role}</td><td data-label="State"><span className="tag">{one.status}</span></td><td data-label="Open until">{at(one.expires_at)}</td>
                <td>{one.status === 'open' && <button disabled={revoke.isPending} aria-label={`Revoke the invitation of ${one.email}`} onClick={() => revoke.mutate(one.invitation_id)}>Revoke</button>}</td></tr>
            ))}</tbody>
          </table>
        )}</Shown>
      </section>
    </>
  )
}
